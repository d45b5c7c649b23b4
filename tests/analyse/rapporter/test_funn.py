"""Findings as sentences, and charts that say what they leave out."""

import pytest

from analyse.rapporter.hjelp import av, ikke_vist, med_tall, soylediagram, tallord_stor
from analyse.rapporter.resultat import PRIKKET, SKJULT, Kolonne, Tabell
from felles.diagram import Grense


@pytest.mark.parametrize(
    ("deler", "ventet"),
    [
        ((7, 8, "enhet"), "Sju av åtte enheter"),
        ((15, 34, "enhet"), "15 av 34 enheter"),
        ((8, 8, "avdeling"), "Alle åtte avdelingene"),
        ((2, 2, "enhet"), "Begge enhetene"),
        ((0, 18, "avdeling"), "Ingen av de 18 avdelingene"),
        ((3, 8, "stillingsgruppe", True), "Minst tre av åtte stillingsgrupper"),
        ((0, 8, "enhet", True), ""),
        ((1, 1, "enhet"), ""),
        ((0, 0, "enhet"), ""),
    ],
)
def test_saa_mange_av_saa_mange(deler: tuple, ventet: str) -> None:
    assert av(*deler) == ventet


def test_tall_i_ord_til_og_med_tolv() -> None:
    assert (tallord_stor(12), tallord_stor(26)) == ("Tolv", "26")


def test_en_setning_med_skjulte_tall_faller_bort() -> None:
    assert med_tall("%(k)s kvinner og %(m)s menn", k=12, m=SKJULT) == ""
    assert med_tall("%(k)s kvinner og %(m)s menn", k=12, m=7) == "12 kvinner og 7 menn"


def _tabell(verdier: list) -> Tabell:
    kolonner = (Kolonne("enhet", "Enhet", "tekst"), Kolonne("n", "Ansatte"))
    return Tabell("rader", "T", kolonner, [{"enhet": f"Enhet {i:02}", "n": v} for i, v in enumerate(verdier)])


def _diagram(verdier: list, **valg):
    return soylediagram("Tittel", "Ansatte.", _tabell(verdier), navn="enhet", maal="n", **valg)


def test_skjulte_rader_faar_ingen_soyle_men_staar_i_tabellen() -> None:
    d = _diagram([40, PRIKKET, SKJULT, 12])
    assert d.undertittel == "Ansatte. To enheter er ikke vist av hensyn til små tall."
    assert "Enhet 01" not in d.svg
    assert len(d.tabell.rader) == 4
    assert ikke_vist(1, "enhet") == "Én av enhetene er ikke vist av hensyn til små tall."


def test_hoyst_femten_soyler() -> None:
    d = _diagram(list(range(1, 35)))
    assert "De 15 største av 34; alle radene står i tabellen." in d.undertittel
    assert d.svg.count("<rect") == 15
    assert len(d.tabell.rader) == 34


def test_uten_tall_aa_tegne_blir_det_ikke_noe_diagram() -> None:
    assert _diagram([PRIKKET, SKJULT, 0]) is None


@pytest.mark.parametrize(("over", "morke"), [(False, 2), (True, 1)])
def test_bare_de_over_grensen_er_morke(over: bool, morke: int) -> None:
    d = _diagram([44, 43, 42], grense=Grense(43, "43 = median"), over=over)
    assert d.svg.count('fill="#0062ba"') == morke
