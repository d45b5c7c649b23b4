"""The list of leaders: key figures, the steps gathered, filters that are kept, order, pages."""

from datetime import date

import pytest
from django.urls import reverse

from kompetanse.models import Krav, Unntak
from kompetanse.queries.ledere import lederresultater
from kompetanse.visning.lederliste import lederbilde, lederrad
from tests.kompetanse.fabrikk_ledere import lag_dokument, lag_leder, oppfyll_enhetsleder

DAG = date(2026, 1, 1)
pytestmark = pytest.mark.django_db


@pytest.fixture
def seks(kommunetre):
    """One leader in each outcome, and one who falls short in 2031."""
    ferdig, mangler, paa_vei, unntatt = (lag_leder(kommunetre.stab, n) for n in ("Ferdig", "Mangler", "Vei", "Unntatt"))
    barnevern = lag_leder(kommunetre.stab, "Barnevern", stilling="Barnevernsleder")
    lag_leder(kommunetre.hjemme_nord, "Uvurdert", funksjon="avdelingsleder", kartlagt=None)
    for leder in (ferdig, mangler, paa_vei, unntatt, barnevern):
        oppfyll_enhetsleder(leder)
    for leder in (mangler, paa_vei, unntatt):
        leder.dokumenter.filter(slag="lederutdanning").delete()
    lag_dokument(paa_vei, "forpliktelse", "Lederutdanning", fra=date(2025, 1, 1), til=date(2027, 1, 1))
    krav = Krav.objects.get(gjelder_for="Enhetsledere", kilde="kommunal")
    Unntak.objects.create(
        leder=unntatt, krav=krav, grunn="Lang erfaring", referanse="Sak 1", fra=DAG, til=date(2026, 6, 1)
    )
    return {leder.navn: leder for leder in (ferdig, mangler, paa_vei, unntatt, barnevern)}


def resultater(seks):
    return lederresultater([*seks.values()], DAG)


def test_noekkeltallene_teller_hver_leder_en_gang(seks, som):
    tall = som("hr").get(reverse("kompetanse:ledere"), {"dag": "2026-01-01"}).context["bilde"].tall
    assert (tall.alle, tall.i_orden, tall.unntak, tall.paa_vei, tall.mangler, tall.ikke_vurdert) == (6, 3, 1, 1, 1, 1)
    assert tall.foerste_frist == date(2027, 1, 1) and tall.andel == 50


def test_raden_sier_i_faa_ord_hva_som_mangler_og_naar(seks):
    rader = {r.leder.navn: lederrad(r) for r in resultater(seks)}
    assert {n: (r.mangler, r.frist) for n, r in rader.items()} == {
        "Ferdig": ("", None),
        "Mangler": ("Lederutdanning", None),
        "Vei": ("Lederutdanning", date(2027, 1, 1)),
        "Unntatt": ("Lederutdanning", date(2026, 6, 1)),
        "Barnevern": ("", date(2031, 1, 1)),
    }


def test_like_steg_samles_og_lenker_til_dem_det_gjelder(seks, som):
    hr, adresse, valg = som("hr"), reverse("kompetanse:ledere"), {"dag": "2026-01-01"}
    steg = hr.get(adresse, valg).context["bilde"].steg
    assert [(s.nokkel, s.antall) for s in steg] == [
        ("mangler-lederutdanning", 1),
        ("kommer-barnevernsloven-15-6", 1),
        ("gjennomgang", 1),
        ("paa-vei", 1),
        ("unntak", 1),
    ]
    assert steg[0].tekst == "1 leder mangler lederutdanning" and "01.01.2031" in steg[1].tekst
    hvem = {
        s.nokkel: [r.r.leder.navn for r in hr.get(adresse, valg | {"steg": s.nokkel}).context["rader"]] for s in steg
    }
    assert list(hvem.values()) == [["Mangler"], ["Barnevern"], ["Uvurdert"], ["Vei"], ["Unntatt"]]
    tomt = hr.get(adresse, valg | {"steg": "finnes-ikke", "krav": "9" * 40})
    assert tomt.status_code == 200 and "Ingen ledere passer" in tomt.content.decode()


@pytest.mark.parametrize(
    ("sortering", "foerst", "sist"),
    [
        ("", "Mangler", "Ferdig"),
        ("tull", "Mangler", "Ferdig"),
        ("utfall", "Mangler", "Ferdig"),
        ("-utfall", "Ferdig", "Mangler"),
        ("navn", "Barnevern", "Vei"),
        ("-navn", "Vei", "Barnevern"),
        ("frist", "Unntatt", "Uvurdert"),
        ("-frist", "Uvurdert", "Unntatt"),
        ("enhet", "Uvurdert", "Vei"),
        ("-enhet", "Vei", "Uvurdert"),
    ],
)
def test_hver_kolonne_kan_ordnes_begge_veier(seks, som, sortering, foerst, sist):
    rader = som("hr").get(reverse("kompetanse:ledere"), {"dag": "2026-01-01", "sortering": sortering}).context["rader"]
    assert (rader[0].r.leder.navn, rader[-1].r.leder.navn) == (foerst, sist)


def test_valgene_foelger_med_fra_side_til_side(kommunetre, som):
    for n in range(60):
        lag_leder(kommunetre.skolen, f"Leder {n:02}")
    hr, adresse = som("hr"), reverse("kompetanse:ledere")
    valg = {"utfall": "ikke_oppfylt", "sektor": "Oppvekst", "steg": "mangler-lederutdanning", "sortering": "-navn"}
    svar = hr.get(adresse, valg | {"side": "2"})
    tekst = svar.content.decode()
    assert svar.context["rader"][0].r.leder.navn == "Leder 34" and svar.context["side"].numre == [1, 2, 3]
    assert "sektor=Oppvekst&amp;steg=mangler-lederutdanning&amp;sortering=-navn&amp;side=3#ledere" in tekst
    assert '<input type="hidden" name="steg" value="mangler-lederutdanning">' in tekst
    assert hr.get(adresse, {"utfall": "i_orden"}).context["antall"] == 0
    assert hr.get(adresse, {"sektor": "Helse og omsorg"}).context["antall"] == 0


def test_funnet_sier_hvor_flest_mangler_noe(seks, kommunetre):
    lag_leder(kommunetre.hjemme_nord, "To", funksjon="avdelingsleder", stilling="Avdelingsleder")
    alle = lederresultater([*seks.values(), *kommunetre.hjemme_nord.lederposter.filter(navn="To")], DAG)
    assert lederbilde(alle).funn == "Av 2 som mangler noe, er 1 enhetsledere"
    ferdige = [r for r in alle if r.leder.navn in ("Ferdig", "Vei")]
    assert lederbilde(ferdige).funn == "Ingen mangler noe nå. Den første fristen er 01.01.2027"
    assert lederbilde(ferdige[:1]).funn == "Ingen mangler noe som kan kontrolleres"
    assert lederbilde([]).svg == ""


def test_kravoversikten_leder_til_dem_kravet_gjelder(seks, som):
    hr = som("hr")
    krav = Krav.objects.get(gjelder_for="Enhetsledere", kilde="kommunal")
    oversikt = hr.get(reverse("kompetanse:lederoversikt"), {"dag": "2026-01-01"}).content.decode()
    assert f"?krav={krav.pk}&amp;dag=2026-01-01#ledere" in oversikt
    svar = hr.get(reverse("kompetanse:ledere"), {"krav": krav.pk, "dag": "2026-01-01"})
    assert svar.context["antall"] == 5 and str(krav) in svar.content.decode()
