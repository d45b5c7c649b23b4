"""Tiltak from a row of the gap analysis: the delplan it goes in, what it begins with, what follows with it."""

from datetime import date

import pytest
from django.urls import reverse

from kompetanse.enums import Gapradslag, Gapstatus, Vei
from organisasjon.enums import Rolle
from planer.enums import Deltakerrolle, Grep, Planstatus
from planer.gaptiltak import startverdier_fra_rad
from planer.models import Tiltak, Varsel
from planer.services.revisjon import start_revisjon
from planer.services.tiltak import kopier_tiltak
from tests.kompetanse.gapsvar.fabrikk import lag_analyse, lag_besvart, lag_runde
from tests.planer.fabrikk import NAA, gi_planrolle, lag_delplan, lag_temaplan, lag_tiltak, sett_status

pytestmark = pytest.mark.django_db
OMRAADER = (("rekruttering", "Rekruttering", Grep.KJERNE), ("kompetanseledelse", "Kompetanseledelse", Grep.KJERNE))


@pytest.fixture
def analyse(kommunetre):
    return lag_analyse(lag_runde(2026), kommunetre.hjemmetjenesten)


@pytest.fixture
def rad(analyse):
    return lag_besvart(analyse, trenger=50, har=41, avgang_3=8, avgang_5=13, veier="anskaffe,utvikle")


@pytest.fixture
def plan(kommunetre):
    temaplan = lag_temaplan(omraader=OMRAADER)
    return lag_delplan("Delplan hjemmetjenesten", enheter=[kommunetre.hjemmetjenesten], temaplan=temaplan)


def fra_gap(rad, plan=None) -> str:
    return reverse("planer:tiltak_fra", args=["gap", rad.pk]) + (f"?plan={plan.pk}" if plan else "")


def skjemafelt(svar) -> dict[str, str]:
    skjema = svar.context["skjema"]
    return {n: v for n in skjema.fields if (v := skjema[n].value()) not in (None, "")}


def test_ett_delplan_gaar_rett_til_skjemaet_utfylt_fra_raden(som, rad, plan):
    leder = som("enhetsleder")
    til = leder.get(fra_gap(rad)).url
    assert til == fra_gap(rad, plan)
    felt = skjemafelt(leder.get(til))
    assert felt["tittel"] == "Rekruttere sykepleiere" and felt["vei"] == Vei.ANSKAFFE
    assert felt["omraade"] == plan.temaplan.omraader.get(nokkel="rekruttering").pk and felt["hovedmaal"] == 3
    # The plan ends in 2028: the last year with a gap before that is in one year.
    assert (felt["frist"], felt["nullpunkt"], felt["maaltall"]) == ("2027-12-31", "41", "50")
    assert felt["maalenhet"] == "antall sykepleiere" and "Hjemmetjenesten" in felt["hva"]
    assert felt["ansvarlig"] == leder.bruker.pk and "ansvarlig" not in skjemafelt(som("hr").get(til))
    svar = leder.post(til, felt)
    assert svar.url == reverse("kompetanse:gaprad", args=[rad.pk])
    (tiltak,) = rad.tiltak.all()
    assert (tiltak.plan, tiltak.nullpunkt) == (plan, 41)
    neste = skjemafelt(leder.get(til))
    assert neste["tittel"] == "Opplæring av sykepleiere" and neste["vei"] == Vei.UTVIKLE
    leder.post(til, neste)
    side = leder.get(reverse("kompetanse:gaprad", args=[rad.pk])).content.decode()
    assert "Rekruttere sykepleiere" in side and "Opplæring av sykepleiere" in side and "Lag et tiltak til" in side
    assert "Fra gapanalysen" in leder.get(reverse("planer:tiltak_en", args=[tiltak.pk])).content.decode()


def test_neste_paa_raden_gaar_til_tiltaket(som, rad, plan):
    adresse = reverse("kompetanse:gaprad", args=[rad.pk])
    svar = som("enhetsleder").post(adresse, {"videre": "tiltak"})
    assert svar.url == fra_gap(rad)


def test_analysens_egen_plan_staar_foerst_saa_den_naermeste(som, rad, plan, kommunetre, analyse):
    sektor = lag_delplan("A delplan helse", enheter=[kommunetre.helse])
    skolen = lag_delplan("Delplan skole", enheter=[kommunetre.skolen])
    leder = som("enhetsleder")
    gi_planrolle(sektor, leder.bruker, Deltakerrolle.MEDFORFATTER)
    gi_planrolle(skolen, leder.bruker, Deltakerrolle.MEDFORFATTER)
    planer = leder.get(fra_gap(rad)).context["planer"]
    assert (planer.dekker, planer.andre) == ([plan, sektor], [skolen])
    analyse.plan = sektor.stamme
    analyse.save()
    assert leder.get(fra_gap(rad)).context["planer"].dekker == [sektor, plan]


@pytest.mark.parametrize("lukket", [False, True])
def test_ingen_plan_sier_hva_man_gjoer_og_spoer_hr_en_gang(som, rad, kommunetre, lukket):
    hr = som("hr").bruker
    if lukket:
        sett_status(lag_delplan("Vedtatt plan", enheter=[kommunetre.hjemmetjenesten]), Planstatus.VEDTATT)
    leder = som("enhetsleder")
    side = leder.get(fra_gap(rad)).content.decode()
    assert ("Vedtatt plan" in side) is lukket and "Spør HR om en plan" in side
    for _gang in range(2):
        svar = leder.post(reverse("planer:spor_om_plan", args=["gap", rad.pk]), follow=True)
        assert "HR har fått beskjed" in svar.content.decode()
    (varsel,) = Varsel.objects.filter(nokkel__startswith="planonske")
    assert varsel.bruker == hr and varsel.adresse == reverse("kompetanse:gapanalyse", args=[rad.analyse_id])


@pytest.mark.parametrize("rolle", ["avdelingsleder", "tillitsvalgt", "leser", "systemansvarlig"])
def test_andre_lager_ikke_tiltak(som, rad, plan, rolle):
    klient = som(rolle)
    for adresse in (fra_gap(rad), fra_gap(rad, plan)):
        assert klient.get(adresse).status_code in (403, 404)
    assert klient.post(reverse("planer:spor_om_plan", args=["gap", rad.pk])).status_code in (403, 404)


def test_raden_maa_vaere_ens_egen(som, rad, plan, kommunetre):
    annen = lag_besvart(lag_analyse(rad.analyse.runde, kommunetre.skolen))
    assert som("enhetsleder").get(fra_gap(annen, plan)).status_code == 404
    assert som("enhetsleder").get(reverse("planer:tiltak_fra", args=["gap", 999_999])).status_code == 404
    assert som(Rolle.ENHETSLEDER, kommunetre.skolen).get(fra_gap(rad)).status_code == 404


def test_smaa_tall_blir_ikke_med_i_tiltaket(analyse, plan):
    liten = lag_besvart(analyse, "Demensomsorg", 6, slag=Gapradslag.KOMPETANSE, gruppe="", har=3, veier="beholde")
    verdier = startverdier_fra_rad(liten, plan)
    assert "nullpunkt" not in verdier and "maaltall" not in verdier
    assert (verdier["tittel"], verdier["frist"]) == ("Beholde: Demensomsorg", date(2027, 12, 31))
    uten_gap = startverdier_fra_rad(lag_besvart(analyse, "Kontor", 1, har=9, avgang_5=0), plan)
    assert set(uten_gap) == {"hva"}


def test_raden_foelger_med_i_revisjonen_og_i_kopien_i_samme_plan_men_ikke_til_en_annen_plan(rad, plan, kommunetre, som):
    tiltak = lag_tiltak(plan, gaprad=rad)
    assert kopier_tiltak(tiltak=tiltak, av=None, naa=NAA).gaprad == rad
    annen = lag_delplan("Skolen", enheter=[kommunetre.skolen], mal=plan)
    assert set(annen.tiltak.values_list("gaprad", flat=True)) == {None}
    sett_status(plan, Planstatus.VEDTATT)
    ny = start_revisjon(plan=plan, av=som("hr").bruker, naa=NAA)
    assert ny.tiltak.get(ident=tiltak.ident).gaprad == rad
    # Each tiltak is shown once, in the version that lives.
    side = som("enhetsleder").get(reverse("kompetanse:gapanalyse", args=[rad.analyse_id])).content.decode()
    assert side.count(">Fagdag<") == 1


def test_tiltaket_staar_igjen_uten_rad_naar_analysen_slettes(rad, plan, analyse):
    tiltak = lag_tiltak(plan, gaprad=rad)
    analyse.delete()
    assert Tiltak.objects.get(pk=tiltak.pk).gaprad is None


def test_leser_av_tiltaket_uten_rett_til_analysen_faar_ingen_lenke(som, rad, plan, analyse):
    tiltak = lag_tiltak(plan, gaprad=rad)
    tillitsvalgt, adresse = som("tillitsvalgt"), reverse("planer:tiltak_en", args=[tiltak.pk])
    lenke = f'href="{reverse("kompetanse:gapanalyse", args=[analyse.pk])}'
    assert lenke not in tillitsvalgt.get(adresse).content.decode()
    analyse.status = Gapstatus.LEVERT
    analyse.save()
    assert lenke in tillitsvalgt.get(adresse).content.decode()
