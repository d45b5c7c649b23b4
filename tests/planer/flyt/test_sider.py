"""The pages: what each role meets, what a click does, with and without htmx."""

import re
from datetime import date, timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from planer.enums import Planstatus, Syn
from planer.models import Drofting, Horing, Kommentar, Plan, Statusskifte, Vedtak
from planer.services.drofting import foer_syn, opprett_drofting
from planer.services.horing import opprett_horing, registrer_brev
from planer.services.kommentarer import skriv_kommentar, svar_paa_kommentar
from tests import fabrikk
from tests.planer.fabrikk import bekreft, lag_mal, sett_status
from tests.planer.flyt.hjelp import NAA, droft, fyll_ut, klar_til_vedtak

SPORRINGER_SAMARBEID = 14
XSS = "<script>alert(1)</script>\nlinje to"


@pytest.fixture
def som(verden, client):
    """`som("hr")`: the client, logged in as that person."""

    def logg_inn(navn):
        client.force_login(getattr(verden, navn))
        return client

    return logg_inn


def til(plan, status):
    return reverse("planer:skift", args=[plan.pk, status])


# Moving


def test_the_page_says_who_what_and_what_happens_before_the_click(som, verden):
    side = som("enhetsleder").get(reverse("planer:samarbeid", args=[verden.plan.pk])).content.decode()
    assert "Send til drøfting" in side
    assert "kommunalsjefen eller ansvarlig enhetsleder" in side
    assert "Tillitsvalgte og verneombud i planen får varsel." in side
    assert til(verden.plan, "drofting") in side


def test_the_button_is_only_for_those_who_may(som, verden):
    side = som("tillitsvalgt").get(reverse("planer:samarbeid", args=[verden.plan.pk])).content.decode()
    assert "Send til drøfting" in side
    assert til(verden.plan, "drofting") not in side
    assert som("tillitsvalgt").get(til(verden.plan, "drofting")).status_code == 403
    assert som("tillitsvalgt").post(til(verden.plan, "drofting"), {"fra": "utkast"}).status_code == 403
    assert not Statusskifte.objects.exists()


@pytest.mark.parametrize("navn", ["nabo", "oppvekst", "utenfor"])
def test_others_do_not_know_the_plan(som, verden, navn):
    for adresse in (til(verden.plan, "drofting"), reverse("planer:samarbeid", args=[verden.plan.pk])):
        assert som(navn).get(adresse).status_code in {403, 404}
        if navn != "utenfor":
            assert som(navn).get(adresse).status_code == 404


def test_readers_of_a_published_plan_see_no_work(som, verden):
    Plan.objects.filter(pk=verden.plan.pk).update(publisert=NAA)
    for rute in ("samarbeid", "ny_drofting", "ny_horing", "revider"):
        assert som("leser").get(reverse(f"planer:{rute}", args=[verden.plan.pk])).status_code == 403


def test_a_template_has_no_such_pages(som, verden):
    mal = lag_mal()
    for adresse in (reverse("planer:samarbeid", args=[mal.pk]), til(mal, "drofting")):
        assert som("hr").get(adresse).status_code == 404


def test_get_changes_nothing_and_post_moves(som, verden):
    klient = som("enhetsleder")
    assert klient.get(til(verden.plan, "drofting")).status_code == 200
    assert Plan.objects.get(pk=verden.plan.pk).status == Planstatus.UTKAST
    svar = klient.post(til(verden.plan, "drofting"), {"fra": "utkast", "merknad": "Klar"})
    assert svar.url == reverse("planer:plan", args=[verden.plan.pk])
    assert Plan.objects.get(pk=verden.plan.pk).status == Planstatus.DROFTING


def test_what_is_missing_is_listed_with_links_and_no_button(som, verden):
    sett_status(verden.plan, Planstatus.DROFTING)
    side = som("kommunalsjef").get(til(verden.plan, "beslutning")).content.decode()
    assert reverse("planer:kapittel", args=[verden.plan.pk, 1]) + "#seksjon-utfordringer" in side
    assert "Planen er ikke drøftet." in side
    assert "<form" not in side.split("<main")[1].split("</main>")[0]


def test_sending_to_hearing_sets_the_deadline_on_the_same_page(som, verden):
    sett_status(verden.plan, Planstatus.DROFTING)
    klient, frist = som("hr"), timezone.localdate() + timedelta(days=21)
    gaar = {"fra": "drofting", "frist": (timezone.localdate() - timedelta(days=1)).isoformat()}
    assert klient.post(til(verden.plan, "horing"), gaar).status_code == 422
    assert not Horing.objects.exists()
    klient.post(til(verden.plan, "horing"), gaar | {"frist": frist.isoformat(), "invitasjon": "Si fra"})
    assert Plan.objects.get(pk=verden.plan.pk).status == Planstatus.HORING
    assert Horing.objects.get().frist == frist


def test_adopting_and_the_second_approver(som, verden):
    plan = klar_til_vedtak(verden)
    klient = som("kommunedirektor")
    assert "Vedta planen" in klient.get(til(plan, "vedtatt")).content.decode()
    klient.post(til(plan, "vedtatt"), {"fra": "beslutning", "sak": "25/7", "merknad": ""})
    assert Vedtak.objects.get().sak == "25/7"
    svar = klient.post(til(plan, "vedtatt"), {"fra": "beslutning", "sak": "25/8"}, follow=True)
    assert "kom deg i forkjøpet" in svar.content.decode()
    assert Statusskifte.objects.count() == 1


def test_a_stale_form_from_another_state_is_refused(som, verden):
    """The page was opened when the plan was a draft; since then it has been to drøfting and back, and on again."""
    fyll_ut(verden.plan)
    droft(verden)
    sett_status(verden.plan, Planstatus.BESLUTNING)
    svar = som("hr").post(til(verden.plan, "utkast"), {"fra": "drofting", "merknad": "Gammel side"})
    assert svar.status_code == 422
    assert Plan.objects.get(pk=verden.plan.pk).status == Planstatus.BESLUTNING


@pytest.mark.parametrize("status", ["tull", "erstattet", "vedtatt", "utkast"])
def test_unknown_moves_lead_back(som, verden, status):
    assert som("hr").get(til(verden.plan, status)).status_code == 302
    assert som("hr").post(til(verden.plan, status), {"fra": "utkast"}).status_code == 302
    assert Plan.objects.get(pk=verden.plan.pk).status == Planstatus.UTKAST


def test_revision_is_begun_and_dropped(som, verden):
    plan = sett_status(verden.plan, Planstatus.VEDTATT)
    assert som("enhetsleder").post(reverse("planer:revider", args=[plan.pk])).status_code == 403
    klient = som("kommunalsjef")
    bekreft(klient, reverse("planer:revider", args=[plan.pk]))
    ny = Plan.objects.get(revisjon_av=plan)
    assert bekreft(klient, reverse("planer:forkast", args=[ny.pk])).url == reverse("planer:plan", args=[plan.pk])
    assert Plan.objects.get(pk=plan.pk).status == Planstatus.VEDTATT


def test_the_page_says_what_is_next_for_the_one_who_reads(som, verden):
    sett_status(verden.plan, Planstatus.DROFTING)
    adresse, kall = reverse("planer:plan", args=[verden.plan.pk]), reverse("planer:ny_drofting", args=[verden.plan.pk])

    def neste(hvem):
        return re.findall(r'flytneste.*?href="([^"]+)"', som(hvem).get(adresse).content.decode(), re.DOTALL)

    assert neste("enhetsleder") == [kall] and neste("tillitsvalgt") == []
    drofting = droft(verden, dato=timezone.localdate(), foer=False)
    syn = reverse("planer:drofting", args=[drofting.pk])
    assert neste("tillitsvalgt") == [syn] and neste("hr") == []
    foer_syn(drofting=drofting, av=verden.tillitsvalgt, syn="enig", protokoll="", naa=timezone.now())
    assert neste("tillitsvalgt") == [] and neste("verneombud") == [syn]
    sett_status(verden.plan, Planstatus.HORING)
    assert neste("hr") == []
    horing = Horing.objects.create(
        plan=verden.plan, frist=timezone.localdate(), opprettet=timezone.now(), opprettet_av=verden.hr
    )
    assert neste("hr") == neste("tillitsvalgt") == [reverse("planer:horing", args=[horing.pk])]


# Drøfting


def test_hr_calls_and_the_representative_records(som, verden):
    dag = timezone.localdate()
    ny = reverse("planer:ny_drofting", args=[verden.plan.pk])
    side = som("hr").get(ny).content.decode()
    assert "Tillitsvalgt (med i planen)" in side
    data = {"dato": dag.isoformat(), "tema": "Del 3", "inviterte": [verden.tillitsvalgt.pk]}
    assert som("hr").post(ny, data).status_code == 302
    adresse = reverse("planer:drofting", args=[Drofting.objects.get().pk])
    assert "Før synet mitt" not in som("hr").get(adresse).content.decode()
    assert som("hr").post(adresse, {"syn": "enig"}).status_code == 403
    assert som("verneombud").post(adresse, {"syn": "enig"}).status_code == 403
    assert "Før synet mitt" in som("tillitsvalgt").get(adresse).content.decode()
    assert som("tillitsvalgt").post(adresse, {"syn": "uenig", "protokoll": ""}).status_code == 422
    assert som("tillitsvalgt").post(adresse, {"syn": "uenig", "protokoll": XSS}).status_code == 302
    side = som("enhetsleder").get(adresse).content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;<br>linje to" in side
    assert (
        som("tillitsvalgt").post(reverse("planer:avslutt_drofting", args=[Drofting.objects.get().pk])).status_code
        == 403
    )
    som("hr").post(reverse("planer:avslutt_drofting", args=[Drofting.objects.get().pk]))
    assert Drofting.objects.get().avsluttet


def test_only_representatives_of_the_scope_can_be_called(som, verden):
    data = {"dato": "2025-09-10", "tema": "X", "inviterte": [verden.nabo.pk, 10**30, "x"]}
    assert som("hr").post(reverse("planer:ny_drofting", args=[verden.plan.pk]), data).status_code == 422
    assert som("tillitsvalgt").get(reverse("planer:ny_drofting", args=[verden.plan.pk])).status_code == 403


def test_a_temaplans_drofting_is_entered_in_the_register(som, verden):
    drofting = droft(verden, verden.tema, dato=date(2025, 9, 9))
    Drofting.objects.update(avsluttet=NAA)
    adresse = reverse("planer:drofting", args=[drofting.pk])
    assert "Før inn i forankringsregisteret" in som("hr").get(adresse).content.decode()
    som("hr").post(reverse("planer:forankre_drofting", args=[drofting.pk]))
    assert verden.tema.forankringer.count() == 1
    assert "Før inn i forankringsregisteret" not in som("hr").get(adresse).content.decode()


def test_more_can_be_called_from_the_page(som, verden, kommunetre):
    drofting = droft(verden, foer=False)
    lokal = fabrikk.lag_bruker("lokal", "Lokal Tillitsvalgt")
    fabrikk.gi_rolle(lokal, "tillitsvalgt", kommunetre.hjemme_nord)
    adresse = reverse("planer:inviter_drofting", args=[drofting.pk])
    assert som("tillitsvalgt").get(adresse).status_code == 403
    assert "Lokal Tillitsvalgt" in som("hr").get(adresse).content.decode()
    assert som("hr").post(adresse, {"inviterte": [verden.tillitsvalgt.pk]}).status_code == 422
    assert som("hr").post(adresse, {"inviterte": [lokal.pk]}).status_code == 302
    assert drofting.syn.filter(bruker=lokal, syn="").exists()


# Hearing


@pytest.fixture
def horing(verden):
    frist = timezone.localdate() + timedelta(days=5)
    return opprett_horing(plan=verden.plan, frist=frist, invitasjon="Hva mener dere?", av=verden.hr, naa=timezone.now())


def test_answer_letter_assessment_and_file(som, verden, horing):
    adresse = reverse("planer:horing", args=[horing.pk])
    assert som("avdelingsleder").post(adresse, {"avsender": "Nord", "tekst": "=1+1 " + XSS}).status_code == 302
    assert som("hr").post(reverse("planer:horingsbrev", args=[horing.pk]), {"avsender": "Eldrerådet", "tekst": "Fint"})
    assert som("enhetsleder").get(reverse("planer:horingsbrev", args=[horing.pk])).status_code == 403
    svar = horing.svar.get(avsender="Nord")
    assert som("enhetsleder").get(reverse("planer:vurder_svar", args=[svar.pk])).status_code == 403
    vurder = reverse("planer:vurder_svar", args=[svar.pk])
    assert som("kommunalsjef").get(vurder).status_code == 200
    assert som("kommunalsjef").post(vurder, {"vurdering": "Tatt inn"}).status_code == 302
    side = som("enhetsleder").get(adresse).content.decode()
    assert "Tatt inn" in side
    assert "<script>alert" not in side
    fil = som("hr").get(reverse("planer:horingsfil", args=[horing.pk]))
    bok = load_workbook(BytesIO(fil.content))
    ark = bok["Høringssvar"]
    assert (ark["B2"].value.date(), ark["B2"].number_format) == (timezone.localdate(), "dd.mm.yyyy")
    assert (bok["Om tallene"]["B2"].value.date(), bok["Om tallene"]["B2"].is_date) == (horing.frist, True)
    assert [(r[0].value, r[4].value) for r in ark.iter_rows(min_row=2)] == [("Nord", "Tatt inn"), ("Eldrerådet", None)]
    assert ark["D2"].data_type == "s"


def test_after_the_deadline_only_hr_records(som, verden, horing):
    Horing.objects.update(frist=timezone.localdate() - timedelta(days=1))
    adresse = reverse("planer:horing", args=[horing.pk])
    assert "Fristen er ute" in som("enhetsleder").get(adresse).content.decode()
    som("enhetsleder").post(adresse, {"avsender": "E", "tekst": "Sent"})
    assert horing.svar.count() == 0
    som("hr").post(reverse("planer:horingsbrev", args=[horing.pk]), {"avsender": "Brev", "tekst": "Sent"})
    assert horing.svar.count() == 1


# Comments


def test_a_comment_with_and_without_htmx(som, verden):
    seksjon, klient = verden.plan.seksjoner.first(), som("verneombud")
    adresse = reverse("planer:ny_kommentar", args=[verden.plan.pk])
    bit = klient.post(adresse, {"seksjon": seksjon.pk, "tekst": XSS}, headers={"HX-Request": "true"})
    assert bit.status_code == 200
    assert "<html" not in bit.content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;<br>linje to" in bit.content.decode()
    hjem = reverse("planer:kapittel", args=[verden.plan.pk, 1])
    assert klient.post(adresse, {"seksjon": seksjon.pk, "tekst": "To", "neste": hjem}).url == hjem
    ond = klient.post(adresse, {"tekst": "Tre", "neste": "https://ond.example/"})
    assert ond.url == reverse("planer:samarbeid", args=[verden.plan.pk])
    assert Kommentar.objects.filter(seksjon=seksjon).count() == 2


def test_what_was_typed_stays_when_it_cannot_be_saved(som, verden):
    adresse = reverse("planer:ny_kommentar", args=[verden.plan.pk])
    lang = "Å" * 5001
    svar = som("hr").post(adresse, {"tekst": lang}, headers={"HX-Request": "true"})
    assert lang in svar.content.decode()
    assert 'role="alert"' in svar.content.decode()


@pytest.mark.parametrize("seksjon", ["0", "x", "9" * 30, "-1", "1e3"])
def test_unknown_sections_are_404(som, verden, seksjon):
    svar = som("hr").post(reverse("planer:ny_kommentar", args=[verden.plan.pk]), {"seksjon": seksjon, "tekst": "Hei"})
    assert svar.status_code == 404


def test_nul_bytes_are_refused_politely(som, verden):
    svar = som("hr").post(reverse("planer:ny_kommentar", args=[verden.plan.pk]), {"tekst": "a\x00b"})
    assert svar.status_code == 302
    assert not Kommentar.objects.exists()


def test_who_may_resolve_change_and_delete(som, verden):
    k = skriv_kommentar(plan=verden.plan, tekst="Mitt", av=verden.verneombud, naa=timezone.now())
    avslutt, rett, slett = (reverse(f"planer:{r}_kommentar", args=[k.pk]) for r in ("avslutt", "rett", "slett"))
    assert som("tillitsvalgt").post(avslutt, {"status": "lost"}).status_code == 403
    assert som("tillitsvalgt").post(rett, {"tekst": "Ditt"}).status_code == 403
    assert som("hr").post(slett).status_code == 403
    assert som("nabo").post(slett).status_code == 404
    som("enhetsleder").post(avslutt, {"status": "beholdt"})
    assert Kommentar.objects.get().status == "beholdt"
    som("verneombud").post(reverse("planer:gjenaapne_kommentar", args=[k.pk]))
    som("verneombud").post(rett, {"tekst": "Bedre"})
    assert (Kommentar.objects.get().status, Kommentar.objects.get().tekst) == ("aapen", "Bedre")
    som("verneombud").post(slett)
    assert not Kommentar.objects.exists()


def test_the_list_is_filtered(som, verden):
    for nr, status in enumerate(("aapen", "lost", "beholdt")):
        k = skriv_kommentar(plan=verden.plan, tekst=f"Kommentar {nr}", av=verden.hr, naa=NAA)
        Kommentar.objects.filter(pk=k.pk).update(status=status)
    hjem = reverse("planer:samarbeid", args=[verden.plan.pk])
    for filter_, ventet in (("", {0}), ("?status=lost", {1}), ("?status=alle", {0, 1, 2}), ("?status=%00", {0, 1, 2})):
        side = som("hr").get(hjem + filter_).content.decode()
        assert {nr for nr in range(3) if f"Kommentar {nr}" in side} == ventet


def test_samarbeid_takes_the_same_queries_whatever_it_holds(som, verden, horing, django_assert_num_queries):
    klient, seksjoner = som("hr"), list(verden.plan.seksjoner.all())

    def fyll(nr: int) -> None:
        k = skriv_kommentar(plan=verden.plan, tekst=f"{nr}", av=verden.hr, naa=NAA, seksjon=seksjoner[nr])
        svar_paa_kommentar(kommentar=k, tekst="Svar", av=verden.enhetsleder, naa=NAA)
        droft(verden)
        registrer_brev(horing=horing, avsender=f"Råd {nr}", tekst="Fint", av=verden.hr, naa=NAA)

    for antall in (1, 3):
        for nr in range(antall):
            fyll(nr)
        with django_assert_num_queries(SPORRINGER_SAMARBEID):
            klient.get(reverse("planer:samarbeid", args=[verden.plan.pk]))


def test_a_frozen_plan_takes_nothing(som, verden):
    """Every write of this room, on an adopted plan, as those who may most."""
    drofting = opprett_drofting(
        plan=verden.plan, dato=timezone.localdate(), tema="X", inviterte=[verden.tillitsvalgt], av=verden.hr,
        naa=timezone.now(),
    )  # fmt: skip
    k = skriv_kommentar(plan=verden.plan, tekst="Mitt", av=verden.hr, naa=timezone.now())
    plan = sett_status(verden.plan, Planstatus.VEDTATT)
    frist = {"frist": timezone.localdate().isoformat(), "invitasjon": ""}
    assert som("tillitsvalgt").post(reverse("planer:drofting", args=[drofting.pk]), {"syn": "enig"}).status_code == 403
    klient = som("hr")
    klient.post(reverse("planer:ny_kommentar", args=[plan.pk]), {"tekst": "x"})
    klient.post(reverse("planer:svar_kommentar", args=[k.pk]), {"tekst": "x"})
    klient.post(reverse("planer:rett_kommentar", args=[k.pk]), {"tekst": "x"})
    klient.post(reverse("planer:slett_kommentar", args=[k.pk]))
    klient.post(reverse("planer:avslutt_kommentar", args=[k.pk]), {"status": "lost"})
    assert klient.post(reverse("planer:ny_horing", args=[plan.pk]), frist).status_code == 403
    assert klient.post(reverse("planer:avslutt_drofting", args=[drofting.pk])).status_code == 403
    drofting.refresh_from_db()
    assert drofting.avsluttet is None
    assert drofting.syn.filter(syn=Syn.ENIG).count() == 0
    assert list(Kommentar.objects.values_list("tekst", "status")) == [("Mitt", "aapen")]
    assert not Horing.objects.exists()
