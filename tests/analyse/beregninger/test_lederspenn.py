"""Counts per unit, department and sector."""

from datetime import date

from analyse.beregninger import lederspenn
from analyse.beregninger.personer import tell
from tests.analyse.beregninger.rammer import ansettelser, enheter, stillinger

TELTE = tell(
    ansettelser(
        {"person": 1, "enhet": 10, "avdeling": 11, "prosent": 50.0},
        {"person": 1, "enhet": 10, "avdeling": 11, "prosent": 25.0},
        {"person": 1, "enhet": 20},
        {"person": 2, "enhet": 20},
        {"person": 3, "enhet": 30, "prosent": 33.3},
    ),
    stillinger(),
    date(2025, 7, 1),
)


def test_per_enhet_stoerste_foerst_med_aarsverk() -> None:
    ramme = lederspenn.per_enhet(TELTE, enheter())
    assert ramme[["navn", "ansatte"]].values.tolist() == [
        ["Sykehjemmet", 2],
        ["Hjemmetjenesten", 1],
        ["Servicetorget", 1],
    ]
    assert [round(a, 3) for a in ramme["aarsverk"]] == [2.0, 0.75, 0.333]


def test_per_avdeling_bare_rader_med_avdeling() -> None:
    ramme = lederspenn.per_avdeling(TELTE, enheter())
    assert ramme[["navn", "forelder", "ansatte"]].values.tolist() == [["Nord", 10, 1]]


def test_sektor_teller_personen_en_gang() -> None:
    ramme = lederspenn.per_sektor(TELTE, lederspenn.per_enhet(TELTE, enheter()))
    assert dict(ramme.itertuples(index=False)) == {2: 2, 0: 1}
    assert lederspenn.personer(TELTE) == 3


def test_tomt_uttrekk() -> None:
    tomt = tell(ansettelser(), stillinger(), date(2025, 7, 1))
    assert lederspenn.personer(tomt) == 0
    assert lederspenn.per_enhet(tomt, enheter()).empty
    assert lederspenn.per_avdeling(tomt, enheter()).empty
