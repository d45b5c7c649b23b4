"""The pages: who sees and does what, what a bad form answers, sorting both ways, constant query counts."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from kompetanse.enums import Vei
from organisasjon.enums import Rolle
from planer.enums import Deltakerrolle, Hovedmaal, Planstatus, Tiltakstatus
from planer.models import Tiltak, Tiltaksmal, Varsel
from planer.services.tiltak import lagre_tiltak
from planer.tiltaksliste import SORTERING
from tests.fabrikk import gi_rolle, lag_bruker
from tests.planer.fabrikk import NAA, bekreft, gi_planrolle, lag_delplan, lag_tiltak, sett_status, skriv


@pytest.fixture
def plan(kommunetre):
    return lag_delplan("Delplan hjemmetjenesten", enheter=[kommunetre.hjemmetjenesten])


@pytest.fixture
def skoleplan(kommunetre):
    return lag_delplan("Delplan skolene", enheter=[kommunetre.skolen])


def lagre(plan, tittel="Fagdag", **felt):
    verdier = {"tittel": tittel, "omraade": plan.temaplan.omraader.first(), "hovedmaal": 1, "vei": Vei.UTVIKLE}
    return lagre_tiltak(tiltak=None, plan=plan, verdier=verdier | felt, av=None, naa=NAA)


def felter(plan, **endret):
    data = {"tittel": "Hospitering", "omraade": plan.temaplan.omraader.first().pk, "hovedmaal": "1", "vei": "utvikle"}
    return data | {"status": "planlagt"} | endret


def sporringer(klient, sti):
    klient.get(sti)
    with CaptureQueriesContext(connection) as fanget:
        assert klient.get(sti).status_code == 200
    return len(fanget)


RUTER = ("tiltak_en", "tiltak_endre", "tiltak_slett")


@pytest.mark.parametrize(
    ("rolle", "sider"),
    [
        ("hr", (200, 200, 200)),
        ("kommunedirektor", (200, 200, 200)),
        ("kommunalsjef", (200, 200, 200)),
        ("enhetsleder", (200, 200, 200)),
        ("avdelingsleder", (200, 403, 403)),
        ("tillitsvalgt", (200, 403, 403)),
        ("verneombud", (200, 403, 403)),
        ("leser", (404, 404, 404)),
        ("systemansvarlig", (403, 403, 403)),
    ],
)
def test_hvem_ser_og_endrer(som, plan, rolle, sider):
    tiltak = lagre(plan)
    klient = som(rolle)
    assert tuple(klient.get(reverse(f"planer:{r}", args=[tiltak.pk])).status_code for r in RUTER) == sider


def test_enhetsleder_utenfor_ser_ikke_tiltaket(som, plan, kommunetre):
    tiltak = lagre(plan, "Hemmelig fagdag")
    klient = som(Rolle.ENHETSLEDER, kommunetre.skolen)
    assert klient.get(reverse("planer:tiltak_en", args=[tiltak.pk])).status_code == 404
    assert klient.post(reverse("planer:tiltak_kopier", args=[tiltak.pk])).status_code == 404
    assert klient.get(reverse("planer:tiltak", args=[plan.pk])).status_code == 404
    assert "Hemmelig" not in klient.get(reverse("planer:alle_tiltak")).content.decode()
    assert "Hemmelig" not in klient.get(reverse("planer:sok") + "?q=hemmelig").content.decode().replace(
        'value="hemmelig"', ""
    )


def test_uten_innlogging_og_uten_rolle(anonym, utenforstaaende, plan):
    adresse = reverse("planer:alle_tiltak")
    assert anonym.get(adresse).status_code == 302
    assert utenforstaaende.get(adresse).status_code == 403


def test_nytt_tiltak_fra_katalogen(som, plan):
    klient = som("enhetsleder")
    mal = Tiltaksmal.objects.get(tittel="Øving på ansvar og myndighet i saker")
    katalog = klient.get(reverse("planer:tiltakskatalog", args=[plan.pk]) + "?sok=ØVING").content.decode()
    adresse = reverse("planer:tiltak_ny", args=[plan.pk]) + f"?mal={mal.pk}"
    assert adresse in katalog
    side = klient.get(adresse).content.decode()
    assert mal.tittel in side and mal.hva[:30] in side
    assert f'value="{plan.temaplan.omraader.first().pk}" selected' in side
    svar = klient.post(adresse, felter(plan, tittel=mal.tittel, kostnad="1 250 000"))
    assert svar.status_code == 302
    tiltak = Tiltak.objects.get()
    assert (tiltak.fra_mal, tiltak.kostnad) == (mal, 1_250_000)
    assert tiltak.historie.get().history_user == klient.bruker


def test_omraade_i_adressen_velges(som, plan):
    klient = som("enhetsleder")
    digital = plan.temaplan.omraader.get(nokkel="digital")
    for valg in ("digital", str(digital.pk)):
        side = klient.get(reverse("planer:tiltak_ny", args=[plan.pk]) + f"?omraade={valg}").content.decode()
        assert f'value="{digital.pk}" selected' in side


def test_feil_staar_ved_feltet_og_det_skrevne_staar(som, plan):
    klient = som("enhetsleder")
    data = felter(plan, start="2026-05-01", frist="2026-04-01", deltakere="Fagledere", status="utsatt")
    svar = klient.post(reverse("planer:tiltak_ny", args=[plan.pk]), data)
    side = svar.content.decode()
    assert svar.status_code == 422
    assert "Fristen kan ikke være før starten." in side and "Skriv hvorfor" in side
    assert 'value="Fagledere"' in side and 'value="2026-04-01"' in side
    assert not Tiltak.objects.exists()


def test_samtidig_endring_viser_begge_og_lar_en_lagre_igjen(som, plan):
    tiltak, klient = lagre(plan), som("enhetsleder")
    adresse = reverse("planer:tiltak_endre", args=[tiltak.pk])
    laas = klient.get(adresse).context["skjema"]["laas"].value()
    lagre_tiltak(tiltak=tiltak, plan=plan, verdier={"tittel": "Andres tittel"}, av=None, naa=NAA)
    svar = klient.post(adresse, felter(plan, tittel="Min tittel", laas=laas))
    side = svar.content.decode()
    assert svar.status_code == 422
    assert "Andres tittel" in side and "Min tittel" in side
    assert Tiltak.objects.get().tittel == "Andres tittel"
    nytt = svar.context["skjema"]["laas"].value()
    assert klient.post(adresse, felter(plan, tittel="Min tittel", laas=nytt)).status_code == 302
    assert Tiltak.objects.get().tittel == "Min tittel"


def test_ansvarlig_folger_opp_uten_andre_retter(som, plan, kommunetre):
    tiltak, klient = lagre(plan), som("avdelingsleder")
    adresse = reverse("planer:tiltak_en", args=[tiltak.pk])
    data = {"dato": timezone.localdate().isoformat(), "tekst": "Første dag holdt", "status": "i_gang"}
    assert klient.post(adresse, data).status_code == 403
    Tiltak.objects.update(ansvarlig=klient.bruker)
    sett_status(plan, Planstatus.VEDTATT)
    assert klient.post(adresse, data).status_code == 302
    side = klient.get(adresse).content.decode()
    assert "Første dag holdt" in side and "I gang" in side
    assert klient.post(adresse, data | {"dato": "2999-01-01"}).status_code == 422


@pytest.mark.parametrize(
    ("rolle", "omraade", "planrolle", "kan"),
    [
        # (the rest of the plan's tiltak, those nobody has, own)
        ("enhetsleder", "hjemmetjenesten", None, (False, False, True)),
        ("enhetsleder", "hjemmetjenesten", Deltakerrolle.VERNEOMBUD, (False, True, True)),
        ("enhetsleder", "hjemmetjenesten", Deltakerrolle.MEDFORFATTER, (True, True, True)),
        ("kommunalsjef", None, None, (False, False, True)),
        ("kommunedirektor", None, None, (True, True, True)),
        ("hr", None, None, (True, True, True)),
        ("avdelingsleder", None, Deltakerrolle.VERNEOMBUD, (False, False, True)),
        ("tillitsvalgt", None, Deltakerrolle.TILLITSVALGT, (False, False, True)),
    ],
)
def test_leder_for_en_av_flere_enheter_folger_bare_opp_sitt(som, kommunetre, rolle, omraade, planrolle, kan):
    """A leader of one of the plan's units has her own tiltak and, when named in the plan, those nobody has."""
    plan = lag_delplan("Delplan for to", enheter=[kommunetre.hjemmetjenesten, kommunetre.skolen])
    klient = som(rolle, getattr(kommunetre, omraade) if omraade else None)
    if planrolle:
        gi_planrolle(plan, klient.bruker, planrolle)
    tiltak = [lagre(plan, "Andres", ansvarlig=lag_bruker("annen")), lagre(plan, "Ledig")]
    tiltak.append(lagre(plan, "Eget", ansvarlig=klient.bruker))
    sett_status(plan, Planstatus.VEDTATT)
    data = {"dato": timezone.localdate().isoformat(), "tekst": "I rute", "status": "i_gang"}
    svar = [klient.post(reverse("planer:tiltak_en", args=[t.pk]), data).status_code for t in tiltak]
    assert tuple(s == 302 for s in svar) == kan and set(svar) <= {302, 403}
    rader = klient.get(reverse("planer:tiltak", args=[plan.pk])).context["rader"]
    assert {r.tiltak.tittel: r.kan_folge_opp for r in rader} == dict(zip(("Andres", "Ledig", "Eget"), kan, strict=True))
    valgt = {"velg": [t.pk for t in tiltak], "status": "gjennomfort"}
    vist = klient.post(reverse("planer:tiltak_samlet"), valgt).context
    assert {t.pk for t, _e in vist["rader"]} == {t.pk for t, lov in zip(tiltak, kan, strict=True) if lov}
    assert all("Du kan ikke endre dette tiltaket." in grunn for _t, grunn in vist["utelatt"])


def test_siden_sier_hvem_som_folger_opp_naar_lederen_ikke_kan(som, kommunetre):
    plan = lag_delplan("Delplan for to", enheter=[kommunetre.hjemmetjenesten, kommunetre.skolen])
    tiltak = lagre(plan, ansvarlig=lag_bruker("annen"))
    adresse, ord_ = reverse("planer:tiltak_en", args=[tiltak.pk]), "Status og oppfølging føres av den som har ansvaret"
    assert ord_ in som("enhetsleder").get(adresse).content.decode()
    assert ord_ not in som("verneombud").get(adresse).content.decode()
    assert ord_ not in som("hr").get(adresse).content.decode()


def test_utviklingen_tegnes_mot_nullpunkt_og_maal(som, plan):
    tiltak = lagre(plan, maalenhet="prosent heltid", nullpunkt=30, maaltall=50)
    klient = som("enhetsleder")
    adresse = reverse("planer:tiltak_en", args=[tiltak.pk])
    data = {"dato": timezone.localdate().isoformat(), "tekst": "Målt", "status": "i_gang", "verdi": "38,5"}
    assert "<figure" not in klient.get(adresse).content.decode()
    assert klient.post(adresse, data).status_code == 302
    side = klient.get(adresse).content.decode()
    assert "38,5 prosent heltid, målet er 50" in side and "<svg" in side


def test_liste_sorteres_begge_veier_og_ender_i_id(som, plan, skoleplan):
    folk = [lag_bruker("aase", "Åse"), lag_bruker("berit", "Berit")]
    dag = timezone.localdate()
    lagre(plan, "Åpen dag", ansvarlig=folk[0], frist=dag, kostnad=10, vei=Vei.ANSKAFFE)
    lagre(skoleplan, "Zumba", ansvarlig=folk[1], frist=dag + timedelta(days=90), kostnad=5, hovedmaal=3)
    lagre(plan, "Ærlighet", status=Tiltakstatus.I_GANG)
    klient = som("hr")

    def rader(sortering):
        svar = klient.get(reverse("planer:alle_tiltak"), {"sortering": sortering})
        return [r.tiltak.tittel for r in svar.context["rader"]]

    assert rader("tittel") == ["Zumba", "Ærlighet", "Åpen dag"]
    assert rader("-tittel") == ["Åpen dag", "Ærlighet", "Zumba"]
    assert rader("ansvarlig") == ["Zumba", "Åpen dag", "Ærlighet"]
    assert rader("-ansvarlig") == ["Åpen dag", "Zumba", "Ærlighet"]
    assert rader("-frist") == ["Zumba", "Åpen dag", "Ærlighet"]
    assert rader("-kostnad") == ["Åpen dag", "Zumba", "Ærlighet"]
    for felt in SORTERING:
        for retning in ("", "-"):
            assert len(rader(retning + felt)) == 3
    assert rader("tull") == rader("frist")
    lagre(plan, "Gjort i går", frist=dag - timedelta(days=1), status=Tiltakstatus.GJENNOMFORT)
    assert rader("frist") == ["Åpen dag", "Zumba", "Gjort i går", "Ærlighet"]
    assert rader("-frist") == ["Zumba", "Åpen dag", "Gjort i går", "Ærlighet"]


def test_filtre(som, plan, skoleplan, kommunetre):
    dag, hvem = timezone.localdate(), lag_bruker("eva")
    lagre(plan, "Forfalt", frist=dag - timedelta(days=1), ansvarlig=hvem)
    lagre(plan, "Snart", frist=dag + timedelta(days=30), ansvarlig=hvem)
    lagre(skoleplan, "Ledig", hovedmaal=3, vei=Vei.ANSKAFFE)
    lagre(skoleplan, "Ferdig", frist=dag - timedelta(days=9), status=Tiltakstatus.GJENNOMFORT, hva="Ærfugl")
    klient = som("hr")

    def funnet(**valg):
        svar = klient.get(reverse("planer:alle_tiltak"), valg)
        return {r.tiltak.tittel for r in svar.context["rader"]}

    assert funnet(vis="forfalt") == {"Forfalt"}
    assert funnet(vis="snart") == {"Snart"}
    assert funnet(vis="uten") == {"Ledig"}
    assert funnet(vis="i_arbeid") == {"Forfalt", "Snart", "Ledig"}
    assert funnet(sektor=kommunetre.oppvekst.pk) == {"Ledig", "Ferdig"}
    assert funnet(ansvarlig=hvem.pk) == {"Forfalt", "Snart"}
    assert funnet(maal=3) == {"Ledig"}
    assert funnet(vei="anskaffe") == {"Ledig"}
    assert funnet(status="gjennomfort") == funnet(sok="ÆRFUGL") == {"Ferdig"}
    assert funnet(plan=plan.pk) == {"Forfalt", "Snart"}
    assert funnet(omraade="digital") == set()


@pytest.mark.parametrize(
    "sporring",
    [
        "sektor=99999999999999999999999&plan=-1&ansvarlig=x&maal=9&omraade=%00&status=%00&vei=tull&vis=tull&side=99",
        "sok=%00%F0%9F%98%80%25_%5C&sortering=%00&side=-1&ansvarlig=9223372036854775808&maal=²",
        "sok=" + "lang " * 500,
    ],
)
@pytest.mark.parametrize("rute", ["alle_tiltak", "planoversikt", "sok", "mine", "tiltak_samlet"])
def test_rare_adresser_gir_aldri_feil(som, plan, rute, sporring):
    klient = som("hr")
    svar = klient.get(reverse(f"planer:{rute}") + f"?{sporring}&velg=99999999999999999999&q={sporring}")
    assert svar.status_code in (200, 302)


@pytest.mark.parametrize(("rute", "antall"), [("alle_tiltak", 14), ("mine", 15), ("sok", 12)])
def test_antall_sporringer_er_det_samme(som, plan, skoleplan, kommunetre, rute, antall):
    klient = som("hr")
    adresse = reverse(f"planer:{rute}") + "?q=fagdag"
    gi_planrolle(plan, klient.bruker, Deltakerrolle.KOMPETANSELEDER)
    lagre(plan, ansvarlig=klient.bruker)
    skriv(plan, "grep-digital", "Fagdag er bra")
    en = sporringer(klient, adresse)
    for _nr in range(3):
        lagre(skoleplan, ansvarlig=klient.bruker)
    tre = sporringer(klient, adresse)
    assert en == tre <= antall


def test_samlet_viser_utelater_lagrer_og_angrer(som, plan, skoleplan):
    mitt, annet = lagre(plan, "Mitt"), lagre(skoleplan, "Annet")
    klient = som("enhetsleder")
    gi_planrolle(skoleplan, klient.bruker, Deltakerrolle.TILLITSVALGT)
    adresse = reverse("planer:tiltak_samlet")
    side = klient.get(adresse, {"velg": [mitt.pk, annet.pk]})
    assert "Endre 2 tiltak" in side.content.decode()
    data = {"velg": [mitt.pk, annet.pk], "ansvarlig": str(klient.bruker.pk), "status": "utsatt"}
    assert klient.post(adresse, data).status_code == 422
    data["statusgrunn"] = "Streik"
    svar = klient.post(adresse, data)
    side = svar.content.decode()
    assert "Dette endres på 1 tiltak" in side and "Du kan ikke endre dette tiltaket." in side
    assert not Tiltak.objects.filter(status="utsatt").exists()
    svar = klient.post(adresse, data | {"bekreft": "1"})
    mitt.refresh_from_db()
    annet.refresh_from_db()
    assert (mitt.status, mitt.statusgrunn, mitt.ansvarlig) == ("utsatt", "Streik", klient.bruker)
    assert annet.status == "planlagt"
    assert klient.post(reverse("planer:tiltak_angre"), {"merke": svar.context["merke"]}).status_code == 302
    mitt.refresh_from_db()
    assert (mitt.status, mitt.ansvarlig) == ("planlagt", None)


def test_andre_kan_ikke_angre_det_de_ikke_kan_endre(som, plan, kommunetre):
    tiltak, klient = lagre(plan), som("enhetsleder")
    svar = klient.post(reverse("planer:tiltak_samlet"), {"velg": [tiltak.pk], "status": "i_gang", "bekreft": "1"})
    fremmed = som(Rolle.ENHETSLEDER, kommunetre.skolen)
    fremmed.post(reverse("planer:tiltak_angre"), {"merke": svar.context["merke"]})
    tiltak.refresh_from_db()
    assert tiltak.status == "i_gang"


def test_get_endrer_ingenting(som, plan):
    tiltak, klient = lagre(plan), som("hr")
    klient.get(reverse("planer:tiltak_samlet"), {"velg": tiltak.pk, "status": "i_gang", "bekreft": "1"})
    assert klient.get(reverse("planer:tiltak_kopier", args=[tiltak.pk])).status_code == 405
    assert klient.get(reverse("planer:tiltak_slett", args=[tiltak.pk])).status_code == 200
    assert list(Tiltak.objects.values_list("status", flat=True)) == ["planlagt"]


def test_slett_og_kopier(som, plan):
    tiltak, klient = lagre(plan), som("enhetsleder")
    svar = klient.post(reverse("planer:tiltak_kopier", args=[tiltak.pk]))
    kopi = Tiltak.objects.exclude(pk=tiltak.pk).get()
    assert svar.url == reverse("planer:tiltak_endre", args=[kopi.pk])
    assert bekreft(klient, reverse("planer:tiltak_slett", args=[kopi.pk])).status_code == 302
    assert list(Tiltak.objects.all()) == [tiltak]


def test_advarsel_naar_alt_er_anskaffe(som, plan):
    klient, adresse = som("enhetsleder"), reverse("planer:tiltak", args=[plan.pk])
    lagre(plan, vei=Vei.ANSKAFFE)
    assert "Alle tiltakene handler om å anskaffe" in klient.get(adresse).content.decode()
    lagre(plan, vei=Vei.BEHOLDE)
    assert "Alle tiltakene handler om å anskaffe" not in klient.get(adresse).content.decode()


def test_skript_i_tekst_er_harmloest(som, plan):
    ondt = "<script>alert(1)</script>"
    tiltak, klient = lagre(plan, ondt, hva=ondt, deltakere=ondt, ansvarlig=lag_bruker("x", ondt)), som("hr")
    sider = [
        reverse("planer:tiltak_en", args=[tiltak.pk]),
        reverse("planer:tiltak_endre", args=[tiltak.pk]),
        reverse("planer:alle_tiltak"),
        reverse("planer:planoversikt"),
        reverse("planer:sok") + "?q=script",
    ]
    for side in sider:
        assert ondt not in klient.get(side).content.decode()


def test_min_side_sier_hva_som_ventes(som, plan, skoleplan):
    klient = som("enhetsleder")
    dag = timezone.localdate()
    lagre(plan, "For sent", ansvarlig=klient.bruker, frist=dag - timedelta(days=3))
    lagre(plan, "Om litt", ansvarlig=klient.bruker, frist=dag + timedelta(days=3))
    lagre(plan, "Ferdig", ansvarlig=klient.bruker, status=Tiltakstatus.GJENNOMFORT)
    lagre(skoleplan, "Ikke mitt")
    Varsel.objects.create(bruker=klient.bruker, nokkel="a", slag="svar", tekst="Svar til deg", opprettet=NAA)
    svar = klient.get(reverse("planer:mine"))
    side = svar.content.decode()
    assert [p.plan for p in svar.context["planer"]] == [plan]
    assert svar.context["planer"][0].kapitler[0].adresse.startswith(f"/planer/{plan.pk}/kapittel/")
    assert "3 dager over fristen" in side and "3 dager igjen" in side and "Svar til deg" in side
    assert "Ferdig" not in side and "Ikke mitt" not in side
    assert "Svar til deg" in klient.get(reverse("analyse:oversikt")).content.decode()


def test_min_side_er_tom_for_den_som_ikke_er_med(som):
    side = som("leser").get(reverse("planer:mine")).content.decode()
    assert "Du er ikke med i noen plan ennå" in side


def test_min_side_viser_det_som_venter_paa_vedtak(som, plan, skoleplan):
    klient = som("kommunedirektor")
    assert "Ingen plan venter på vedtaket ditt" in klient.get(reverse("planer:mine")).content.decode()
    sett_status(plan, Planstatus.BESLUTNING)
    svar = klient.get(reverse("planer:mine"))
    assert [p.plan for p in svar.context["planer"]] == [plan]
    assert "Planen venter på vedtaket ditt" in svar.content.decode()
    assert [p.plan for p in som("hr").get(reverse("planer:mine")).context["planer"]] == []


def test_katalogen_er_samlet_etter_vei_og_brettes_ut_av_et_sok(som, plan):
    adresse = reverse("planer:tiltakskatalog", args=[plan.pk])
    svar = som("hr").get(adresse)
    assert [navn for navn, _forklart, _maler in svar.context["grupper"]] == [str(v.label) for v in Vei]
    assert sum(len(maler) for *_, maler in svar.context["grupper"]) == Tiltaksmal.objects.count()
    assert '<details class="fold">' in svar.content.decode()
    svar = som("hr").get(adresse, {"vei": Vei.UTVIKLE})
    assert [navn for navn, *_ in svar.context["grupper"]] == [str(Vei.UTVIKLE.label)]
    assert '<details class="fold" open>' in svar.content.decode()


def test_penger_og_maaling_er_foldet_til_noe_staar_der(som, plan):
    klient, ny = som("hr"), reverse("planer:tiltak_ny", args=[plan.pk])
    assert klient.get(ny).content.decode().count('<details class="fold" open>') == 0
    feil = klient.post(ny, {"tittel": "X", "kostnad": "mange"}).content.decode()
    assert feil.count('<details class="fold" open>') == 1
    t = lagre(plan, "Dyrt", kostnad=1000, maalenhet="prosent")
    endre = klient.get(reverse("planer:tiltak_endre", args=[t.pk])).content.decode()
    assert endre.count('<details class="fold" open>') == 2


def test_leser_ser_bare_tiltak_i_publiserte_planer(som, plan, skoleplan):
    lagre(plan, "Upublisert")
    lagre(skoleplan, "Publisert")
    sett_status(skoleplan, Planstatus.VEDTATT)
    type(skoleplan).objects.filter(pk=skoleplan.pk).update(publisert=NAA)
    side = som("leser").get(reverse("planer:alle_tiltak")).content.decode()
    assert "Publisert" in side and "Upublisert" not in side


def test_bare_en_versjon_av_hver_plan_i_listene(som, plan, kommunetre):
    lagre(plan, "I gjeldende")
    sett_status(plan, Planstatus.REVISJON)
    ny = lag_delplan("Rev", enheter=[kommunetre.hjemmetjenesten], stamme=plan.stamme, versjon=2, revisjon_av=plan)
    lag_tiltak(ny, "I revisjon")
    rader = som("hr").get(reverse("planer:alle_tiltak")).context["rader"]
    assert [r.tiltak.tittel for r in rader] == ["I revisjon"]


def test_ansvarlig_velges_blant_dem_som_har_rolle_der(som, plan, kommunetre):
    inne, ute = lag_bruker("inne", "Inne Rolle"), lag_bruker("ute", "Ute Rolle")
    gi_rolle(inne, Rolle.AVDELINGSLEDER, kommunetre.hjemme_sor)
    gi_rolle(ute, Rolle.ENHETSLEDER, kommunetre.skolen)
    gi_rolle(lag_bruker("leser", "Bare Leser"), Rolle.LESER, kommunetre.kommune)
    deltar = lag_bruker("deltar", "Deltar Her")
    gi_planrolle(plan, deltar, Deltakerrolle.MEDFORFATTER)
    klient = som("enhetsleder")
    side = klient.get(reverse("planer:tiltak_ny", args=[plan.pk])).content.decode()
    assert "Inne Rolle (Avdelingsleder" in side and "Deltar Her (Medforfatter)" in side
    assert "Ute Rolle" not in side and "Bare Leser" not in side
    svar = klient.post(reverse("planer:tiltak_ny", args=[plan.pk]), felter(plan, ansvarlig=ute.pk))
    assert svar.status_code == 422


def test_hovedmaal_vises_med_ord(som, plan):
    tiltak = lagre(plan, hovedmaal=Hovedmaal.LANGSIKTIG, frist=date(2026, 3, 1))
    side = som("hr").get(reverse("planer:tiltak_en", args=[tiltak.pk])).content.decode()
    assert "3 Langsiktig bemanningsplanlegging" in side and "1. mars 2026" in side
