"""The pages of the frame: who may open them, what they show, and that they cost the same for one plan and three."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from zeal import zeal_ignore

from organisasjon.models import Tjeneste
from organisasjon.services import slaa_sammen_enheter
from planer.enums import Deltakerrolle, Planstatus
from planer.models import Forankring, Plan, Planlenke
from planer.services import planer as tjenester
from tests import fabrikk as felles
from tests.planer import fabrikk

LISTE_SPORRINGER = 12
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"


def adr(navn, *arg):
    return reverse(f"planer:{navn}", args=arg)


def test_personas_meet_the_plan_as_they_should(som, kommunetre, utenforstaaende, anonym):
    plan = fabrikk.lag_delplan(enheter=[kommunetre.hjemmetjenesten])
    side = adr("plan", plan.pk)
    leder, nabo, leser = som("enhetsleder"), som("enhetsleder", kommunetre.skolen), som("leser")
    assert [k.get(side).status_code for k in (som("hr"), leder, nabo, leser)] == [200, 200, 404, 404]
    assert utenforstaaende.get(side).status_code == 403
    assert anonym.get(side).status_code == 302
    assert leder.get(adr("innstillinger", plan.pk)).status_code == 403
    assert leder.get(adr("deltakere", plan.pk)).status_code == 403
    assert leder.get(adr("ny_delplan")).status_code == 403
    assert leder.get(adr("maler")).status_code == 403


def test_every_chapter_opens_for_those_who_may_see_it(som, kommunetre):
    delplan = fabrikk.lag_delplan(enheter=[kommunetre.hjemmetjenesten])
    hr, leder = som("hr"), som("enhetsleder")
    for plan, antall in ((delplan, 5), (delplan.temaplan, 8)):
        for nummer in range(1, antall + 1):
            assert hr.get(adr("kapittel", plan.pk, nummer)).status_code == 200
            assert leder.get(adr("kapittel", plan.pk, nummer)).status_code == 200
        assert hr.get(adr("kapittel", plan.pk, antall + 1)).status_code == 404


def test_list_shows_exactly_what_each_may_see(som, kommunetre):
    fabrikk.lag_delplan("Hjemmeplanen", enheter=[kommunetre.hjemmetjenesten])
    fabrikk.lag_delplan("Skoleplanen", enheter=[kommunetre.skolen])
    fabrikk.lag_mal("Malen")

    def titler(klient):
        liste = klient.get(adr("liste")).context["liste"]
        return {r.plan.tittel for r in (*liste.temaplaner, *(r for g in liste.grupper for r in g.rader))}

    assert titler(som("hr")) == {"Temaplan", "Hjemmeplanen", "Skoleplanen"}
    assert titler(som("enhetsleder")) == {"Temaplan", "Hjemmeplanen"}
    assert titler(som("leser")) == set()
    Plan.objects.filter(tittel="Skoleplanen").update(publisert=fabrikk.NAA, status=Planstatus.VEDTATT)
    assert titler(som("leser")) == {"Skoleplanen"}


def test_list_costs_the_same_for_one_and_three_plans(som, kommunetre):
    hr = som("hr")
    fabrikk.lag_delplan("A", enheter=[kommunetre.hjemmetjenesten], deltakere=[(hr.bruker, Deltakerrolle.ANSVARLIG)])
    hr.get(adr("liste"))
    tall = []
    for navn in ("B", "C"):
        with CaptureQueriesContext(
            connection,
        ) as sporringer:
            assert hr.get(adr("liste")).status_code == 200
        tall.append(len(sporringer))
        fabrikk.lag_delplan(navn, enheter=[kommunetre.skolen, kommunetre.helse])
    assert tall == [LISTE_SPORRINGER] * 2


def test_search_folds_norwegian_letters(som, kommunetre):
    fabrikk.lag_delplan("Delplan for skolene", enheter=[kommunetre.skolen])
    liste = som("hr").get(adr("liste"), {"sok": "ÅSEN"}).context["liste"]
    assert [r.plan.tittel for g in liste.grupper for r in g.rader] == ["Delplan for skolene"]
    assert not som("hr").get(adr("liste"), {"sok": "finnes ikke\x00"}).context["liste"].grupper


def test_temaplan_is_made_in_the_browser_and_overlap_is_explained(som, kommunetre):
    hr = som("hr")
    felter = {"tittel": "Temaplan", "fra_aar": 2025, "til_aar": 2028}
    assert hr.post(adr("ny_temaplan"), felter).status_code == 302
    svar = hr.post(adr("ny_temaplan"), felter)
    assert svar.status_code == 422
    assert "gjelder allerede for 2025–2028" in svar.content.decode()
    assert Plan.objects.count() == 1


def test_delplan_from_template_in_the_browser(som, kommunetre):
    mal = fabrikk.lag_mal()
    skole = Tjeneste.objects.create(navn="Skole")
    skole.enheter.set([kommunetre.skolen, kommunetre.barnehagen])
    hr = som("hr")
    side = hr.get(adr("ny_delplan") + f"?fra={mal.pk}")
    assert f'<option value="{mal.pk}" selected>' in side.content.decode()
    felter = {"tittel": "Skoleplanen", "temaplan": mal.temaplan_id, "mal": mal.pk, "fra_aar": 2025, "til_aar": 2028}
    svar = hr.post(adr("ny_delplan"), felter)
    assert svar.status_code == 422
    assert "Velg minst én enhet" in svar.content.decode()
    assert hr.post(adr("ny_delplan"), felter | {"tjenester": [skole.pk]}).status_code == 302
    plan = Plan.objects.get(tittel="Skoleplanen")
    assert {o.enhet for o in plan.omfang.all()} == {kommunetre.skolen, kommunetre.barnehagen}
    assert plan.opphav == mal


def test_thirty_units_are_set_up_at_once(som, kommunetre):
    mal = fabrikk.lag_mal()
    skole = Tjeneste.objects.create(navn="Skole")
    skole.enheter.set([kommunetre.skolen, kommunetre.barnehagen])
    felter = {
        "temaplan": mal.temaplan_id,
        "mal": mal.pk,
        "fra_aar": 2025,
        "til_aar": 2028,
        "tjenester": [skole.pk],
        "enheter": [kommunetre.hjemmetjenesten.pk, kommunetre.sykehjemmet.pk],
    }
    hr = som("hr")
    with zeal_ignore():  # each plan is written by itself
        svar = hr.post(adr("nye_delplaner"), felter, follow=True)
    assert "Ingen har rollen enhetsleder der disse gjelder: Delplan for skole" in svar.content.decode()
    delplaner = Plan.objects.delplaner()
    assert set(delplaner.values_list("tittel", flat=True)) == {
        "Delplan for skole",
        "Delplan for Hjemmetjenesten",
        "Delplan for Sykehjemmet",
    }
    assert delplaner.get(tittel="Delplan for skole").omfang.count() == 2
    svar = hr.post(adr("nye_delplaner"), {k: v for k, v in felter.items() if k not in ("tjenester", "enheter")})
    assert svar.status_code == 422


def test_many_delplaner_can_be_undone_but_not_those_somebody_has_worked_in(som, kommunetre):
    felter = {"temaplan": fabrikk.lag_temaplan().pk, "fra_aar": 2025, "til_aar": 2028}
    felter["enheter"] = [kommunetre.hjemmetjenesten.pk, kommunetre.sykehjemmet.pk, kommunetre.skolen.pk]
    hr = som("hr")
    with zeal_ignore():
        merke = hr.post(adr("nye_delplaner"), felter).context["merke"]
        brukt = Plan.objects.get(tittel="Delplan for Sykehjemmet")
        fabrikk.lag_tiltak(brukt)
        Plan.objects.filter(pk=brukt.pk).update(endret=timezone.now())
        svar = som("systemansvarlig").post(adr("angre_delplaner"), {"merke": merke}, follow=True)
        assert svar.status_code == 403 or "mer enn en time" in svar.content.decode()
        assert Plan.objects.delplaner().count() == 3
        svar = hr.post(adr("angre_delplaner"), {"merke": merke}, follow=True).content.decode()
    assert "2 delplaner er slettet igjen" in svar and "så de står: Delplan for Sykehjemmet" in svar
    assert list(Plan.objects.delplaner()) == [brukt]


def test_without_a_temaplan_one_is_asked_for(som, kommunetre):
    assert som("hr").get(adr("ny_delplan")).url == adr("ny_temaplan")


def test_bad_input_gives_no_crash(som, kommunetre):
    plan = fabrikk.lag_delplan(enheter=[kommunetre.skolen])
    hr = som("hr")
    assert hr.get(adr("ny_delplan") + "?fra=" + "9" * 30 + "&enhet=" + "9" * 30).status_code == 200
    assert (
        hr.post(adr("ny_delplan"), {"mal": "9" * 30, "enheter": ["9" * 30, "x"], "tittel": "\x00"}).status_code == 422
    )
    assert hr.get(adr("plan", 10**18)).status_code == 404
    assert hr.get(adr("ny_del", plan.temaplan_id, 3, "maal") + "?under=" + "9" * 30).status_code == 404
    assert hr.get(adr("ny_del", plan.temaplan_id, 3, "tull")).status_code == 404
    assert hr.get(adr("ny_del", plan.pk, 1, "roller")).status_code == 404
    assert (
        hr.post(adr("deltakere", plan.pk), {"deltaker": ["9" * 30 + ":hr", "x", "1:tull"], "avtrykk": "x"}).status_code
        == 422
    )


def test_settings_are_saved_and_a_stale_save_shows_both(som, kommunetre):
    plan = fabrikk.lag_delplan(enheter=[kommunetre.skolen])
    hr, side = som("hr"), adr("innstillinger", plan.pk)
    laas = hr.get(side).context["skjema"]["laas"].value()
    felter = {"tittel": "Nytt navn", "fra_aar": 2025, "til_aar": 2027, "nivaa": "enhet", "laas": laas}
    assert hr.post(side, felter).status_code == 302
    svar = hr.post(side, felter | {"tittel": "Enda et"})
    assert svar.status_code == 422
    assert "Noen andre har lagret" in svar.content.decode()
    plan.refresh_from_db()
    assert (plan.tittel, plan.periode) == ("Nytt navn", "2025–2027")


def test_scope_is_changed_and_a_stale_one_is_stopped(som, kommunetre):
    plan = fabrikk.lag_delplan(enheter=[kommunetre.skolen])
    hr, side = som("hr"), adr("omfang", plan.pk)
    avtrykk = hr.get(side).context["avtrykk"]
    assert hr.post(side, {"enheter": [kommunetre.helse.pk], "avtrykk": avtrykk}).status_code == 302
    svar = hr.post(side, {"enheter": [kommunetre.skolen.pk], "avtrykk": avtrykk})
    assert svar.status_code == 422
    assert "Lagret nå: Helse og omsorg" in " ".join(svar.content.decode().split())
    assert [o.enhet for o in plan.omfang.all()] == [kommunetre.helse]


def test_people_are_ticked_and_added(som, kommunetre):
    plan, ny = fabrikk.lag_delplan(enheter=[kommunetre.skolen]), som("avdelingsleder").bruker
    hr, side = som("hr"), adr("deltakere", plan.pk)
    kontekst = hr.get(side).context
    assert ("Kompetanseleder", True) in [(r, p["foreslaatt"]) for r, folk in kontekst["grupper"] for p in folk]
    felter = {"avtrykk": kontekst["avtrykk"], "deltaker": [f"{hr.bruker.pk}:kompetanseleder"]}
    felter |= {"ny_person": f"{ny} ({ny.username})", "ny_rolle": "medforfatter"}
    assert hr.post(side, felter).status_code == 302
    assert set(plan.deltakere.values_list("bruker", "rolle")) == {
        (hr.bruker.pk, "kompetanseleder"),
        (ny.pk, "medforfatter"),
    }
    svar = hr.post(side, {"avtrykk": tjenester.deltakeravtrykk(plan), "ny_person": "Ukjent"})
    assert "Fant ingen som heter «Ukjent»" in svar.content.decode()


def test_draft_is_deleted_after_confirmation(som, kommunetre):
    plan = fabrikk.lag_delplan(enheter=[kommunetre.skolen])
    hr = som("hr")
    assert "kan ikke angres" in hr.get(adr("slett_plan", plan.pk)).content.decode()
    assert fabrikk.bekreft(hr, adr("slett_plan", plan.pk)).url == adr("liste")
    assert not Plan.objects.delplaner().exists()
    assert som("enhetsleder", kommunetre.skolen).post(adr("slett_plan", plan.pk)).status_code == 404


@pytest.mark.parametrize(
    ("slug", "kapittel", "felter"),
    [
        ("roller", 1, {"gruppe": "Styringsgruppe", "hvem": "Kommunaldirektørene"}),
        ("lenker", 5, {"egen_side": "/analyse/rapporter/lederspenn/"}),
        ("oppfolging", 7, {"hva": "Status på tiltak", "ansvarlig": "Kommunalsjef", "rytme": "tertial"}),
        ("effekter", 8, {"tittel": "Lavere turnover", "indikator": "Andel som slutter"}),
        ("forankring", 2, {"dato": "2025-05-26", "slag": "mote", "organ": "AMU", "tema": "Alt", "steg": ["1", "2"]}),
    ],
)
def test_parts_are_added_changed_and_removed(som, kommunetre, slug, kapittel, felter):
    plan, hr = fabrikk.lag_temaplan(), som("hr")
    assert hr.post(adr("ny_del", plan.pk, kapittel, slug), felter).status_code == 302
    svar = hr.get(adr("kapittel", plan.pk, kapittel))
    assert svar.status_code == 200
    objekt = next(p for p in svar.context["paneler"] if "rader" in p.innhold).innhold["rader"][0]
    pk = (objekt.f if slug == "forankring" else objekt.objekt).pk
    endre = adr("endre_del", plan.pk, kapittel, slug, pk)
    laas = hr.get(endre).context["skjema"]["laas"].value()
    assert hr.post(endre, felter | {"laas": "gammel"}).status_code == 422
    assert hr.post(endre, felter | {"laas": laas}).status_code == 302
    assert som("enhetsleder").post(endre, felter).status_code == 403
    slett = adr("slett_del", plan.pk, kapittel, slug, pk)
    assert fabrikk.bekreft(hr, slett).status_code == 302
    assert hr.get(endre).status_code == 404


def test_subgoals_are_ordered_and_main_goals_stay(som, kommunetre):
    plan, hr = fabrikk.lag_temaplan(), som("hr")
    hoved = plan.maal.first()
    for navn in ("Første", "Andre"):
        assert hr.post(adr("ny_del", plan.pk, 3, "maal") + f"?under={hoved.pk}", {"tittel": navn}).status_code == 302
    andre = plan.maal.get(tittel="Andre")
    hr.post(adr("flytt_del", plan.pk, 3, "maal", andre.pk), {"opp": "1"})
    assert [m.tittel for m in hoved.delmaal.all()] == ["Andre", "Første"]
    fabrikk.bekreft(hr, adr("slett_del", plan.pk, 3, "maal", hoved.pk))
    assert plan.maal.filter(pk=hoved.pk).exists()
    assert hr.get(adr("ny_del", plan.pk, 3, "maal")).status_code == 404


@pytest.mark.parametrize(
    "adresse",
    ["javascript:alert(1)", "http://usikker.example", "//annen.example", "/\\annen.example", "data:text/html,x"],
)
def test_links_that_can_do_harm_are_refused(som, kommunetre, adresse):
    plan = fabrikk.lag_temaplan()
    svar = som("hr").post(adr("ny_del", plan.pk, 4, "lenker"), {"tittel": "Lenke", "adresse": adresse})
    assert svar.status_code == 422
    assert not Planlenke.objects.exists()


def test_attachment_is_sniffed_and_downloaded(som, kommunetre):
    plan, hr = fabrikk.lag_temaplan(), som("hr")
    felter = {"dato": "2025-05-26", "slag": "mote", "organ": "AMU", "tema": "Alt"}
    falsk = SimpleUploadedFile("protokoll.pdf", b"<script>alert(1)</script>", "application/pdf")
    svar = hr.post(adr("ny_del", plan.pk, 2, "forankring"), felter | {"vedlegg": falsk})
    assert svar.status_code == 422
    assert not Forankring.objects.exists()
    ekte = SimpleUploadedFile('../../møte "1".pdf', PDF, "text/html")
    assert hr.post(adr("ny_del", plan.pk, 2, "forankring"), felter | {"vedlegg": ekte}).status_code == 302
    f = Forankring.objects.get()
    svar = hr.get(adr("vedlegg", plan.pk, f.pk))
    assert (svar.content, svar["Content-Type"], svar["X-Content-Type-Options"]) == (PDF, "application/pdf", "nosniff")
    assert svar["Content-Disposition"].startswith("attachment; ")
    assert f.vedlegg_navn == "møte 1.pdf"
    assert som("leser").get(adr("vedlegg", plan.pk, f.pk)).status_code == 404


def test_doubtful_date_is_flagged_on_the_page_until_explained(som, kommunetre):
    plan, hr = fabrikk.lag_temaplan(), som("hr")
    for dato, tema in (
        ("2024-03-19", "Prosessen"),
        ("2024-03-31", "Planen"),
        ("2025-03-19", "Planen"),
        ("2025-03-31", "Planen"),
    ):
        Forankring.objects.create(plan=plan, dato=dato, organ="Utvalg", tema=tema)
    side = hr.get(adr("kapittel", plan.pk, 2)).content.decode()
    assert side.count("Datoen ser ut til å være feil") == 1
    assert "Kan det ha vært 31.03.2025?" in side
    Forankring.objects.filter(dato="2024-03-31").update(merknad="Orientering om oppstart")
    side = hr.get(adr("kapittel", plan.pk, 2)).content.decode()
    assert "Datoen ser ut til å være feil" not in side
    assert "Orientering om oppstart" in side


def test_long_register_is_folded_by_half_year_but_for_the_one_in_doubt(som, kommunetre):
    plan, hr = fabrikk.lag_temaplan(), som("hr")
    datoer = ("2024-03-19", "2024-03-31", "2025-03-19", "2025-03-31", "2025-06-30", "2025-07-01", "2025-11-02")
    for dato in datoer:
        tema = "Prosessen" if dato == datoer[0] else "Planen"
        Forankring.objects.create(plan=plan, dato=dato, organ="Utvalg", tema=tema)

    def perioder():
        paneler = hr.get(adr("kapittel", plan.pk, 2)).context["paneler"]
        return next(p.innhold["perioder"] for p in paneler if "perioder" in p.innhold)

    assert [(p.navn, p.antall, p.aapen) for p in perioder()] == [
        ("Våren 2024", "2 møter", True),
        ("Våren 2025", "3 møter", False),
        ("Høsten 2025", "2 møter", False),
    ]
    Forankring.objects.filter(dato__gte="2025-06-01").delete()
    assert all(p.aapen for p in perioder())


def test_areas_are_added_moved_and_refused_removed_in_the_browser(som, kommunetre):
    plan, hr = fabrikk.lag_temaplan(), som("hr")
    assert hr.post(adr("nytt_omraade", plan.pk), {"tittel": "Nytt", "grep": "stotte"}).status_code == 302
    nytt = plan.omraader.get(tittel="Nytt")
    hr.post(adr("flytt_omraade", plan.pk, nytt.pk), {"opp": "1"})
    assert [o.tittel for o in plan.omraader.all()] == ["Rolleforståelse", "Nytt", "Digital kompetanse"]
    fabrikk.lag_delplan(enheter=[kommunetre.skolen], temaplan=plan)
    kjerne = plan.omraader.first()
    svar = hr.post(adr("slett_omraade", plan.pk, kjerne.pk), follow=True)
    assert "er i bruk i Delplan" in svar.content.decode()
    fabrikk.bekreft(hr, adr("slett_omraade", plan.pk, nytt.pk))
    assert not plan.omraader.filter(pk=nytt.pk).exists()


def test_coverage_tells_none_partly_one_and_several(som, kommunetre):
    fabrikk.lag_delplan("Nord", enheter=[kommunetre.hjemme_nord])
    fabrikk.lag_delplan("Skole", enheter=[kommunetre.skolen])
    fabrikk.lag_delplan("Oppvekst", enheter=[kommunetre.oppvekst])
    hr = som("hr")

    def status(klient):
        grupper = klient.get(adr("dekning")).context["dekning"].grupper
        return {r.enhet.navn: r.status for g in grupper for r in g.rader}

    assert status(hr) == {
        "Hjemmetjenesten": "delvis",
        "Sykehjemmet": "ingen",
        "Åsen skole": "flere",
        "Ærfugl barnehage": "en",
        "Økonomi": "ingen",
    }
    assert status(som("kommunalsjef")) == {"Hjemmetjenesten": "delvis", "Sykehjemmet": "ingen"}
    fabrikk.lag_delplan("Sør", enheter=[kommunetre.hjemme_sor])
    assert status(hr)["Hjemmetjenesten"] == "en"
    assert som("leser").get(adr("dekning")).status_code == 403


def test_closed_unit_in_a_scope_is_flagged(som, kommunetre):
    fabrikk.lag_delplan("Skole", enheter=[kommunetre.skolen])
    type(kommunetre.skolen).objects.filter(pk=kommunetre.skolen.pk).update(gyldig_til="2020-01-01")
    side = som("hr").get(adr("dekning")).content.decode()
    assert "Åsen skole ble lagt ned 01.01.2020" in side


def test_unit_with_plans_is_not_deleted(som, kommunetre):
    fabrikk.lag_delplan("Skole", enheter=[kommunetre.skole_sfo])
    svar = som("hr").post(reverse("organisasjon:slett_enhet", args=[kommunetre.skole_sfo.pk]), follow=True)
    assert "planer" in svar.content.decode()
    assert type(kommunetre.skole_sfo).objects.filter(pk=kommunetre.skole_sfo.pk).exists()


def test_adopted_plan_can_be_read_but_not_changed(som, kommunetre):
    plan = fabrikk.lag_delplan(enheter=[kommunetre.skolen], status=Planstatus.VEDTATT)
    hr = som("hr")
    assert hr.get(adr("plan", plan.pk)).status_code == 200
    assert hr.get(adr("kapittel", plan.pk, 1)).status_code == 200
    assert hr.get(adr("innstillinger", plan.pk)).status_code == 403
    assert hr.get(adr("omfang", plan.pk)).status_code == 403
    assert hr.get(adr("ny_del", plan.pk, 5, "oppfolging")).status_code == 403


def test_hr_can_take_someone_out_of_an_adopted_plan(som, kommunetre):
    en = felles.lag_bruker("en")
    plan = fabrikk.lag_delplan(
        enheter=[kommunetre.skolen], deltakere=[(en, Deltakerrolle.ANSVARLIG)], status=Planstatus.VEDTATT
    )
    hr = som("hr")
    assert hr.post(adr("deltakere", plan.pk), {"avtrykk": tjenester.deltakeravtrykk(plan)}).status_code == 302
    assert not plan.deltakere.exists()


def test_closed_unit_stays_in_the_scope_until_it_is_unticked(som, kommunetre):
    plan = fabrikk.lag_delplan(enheter=[kommunetre.skolen, kommunetre.helse])
    type(kommunetre.skolen).objects.filter(pk=kommunetre.skolen.pk).update(gyldig_til="2020-01-01")
    hr, side = som("hr"), adr("omfang", plan.pk)
    kontekst = hr.get(side).context
    assert kontekst["nedlagte"] == [(kommunetre.skolen, True)]
    felter = {"enheter": [kommunetre.skolen.pk, kommunetre.barnehagen.pk], "avtrykk": kontekst["avtrykk"]}
    assert hr.post(side, felter).status_code == 302
    assert {o.enhet for o in plan.omfang.all()} == {kommunetre.skolen, kommunetre.barnehagen}
    felter = {"enheter": [kommunetre.barnehagen.pk], "avtrykk": tjenester.omfangsavtrykk(plan)}
    hr.post(side, felter)
    assert [o.enhet for o in plan.omfang.all()] == [kommunetre.barnehagen]


def test_merged_unit_keeps_its_plan_and_coverage_says_where_it_went(som, kommunetre):
    fabrikk.lag_delplan("Skole", enheter=[kommunetre.skolen])
    slaa_sammen_enheter(fra=kommunetre.skolen, til=kommunetre.barnehagen, dato=date(2025, 1, 1))
    side = som("hr").get(adr("dekning")).content.decode()
    assert "Åsen skole ble lagt ned 31.12.2024 og er nå del av Ærfugl barnehage" in side
