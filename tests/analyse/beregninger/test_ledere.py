"""Leaders counted once per function; sizes and ages at the borders."""

from datetime import date

from analyse.beregninger import ledere
from analyse.beregninger.personer import tell
from tests.analyse.beregninger.rammer import ansettelser, stillinger

FUNKSJONER = ["enhetsleder", "avdelingsleder"]


def liste(*rader: dict):
    return ledere.ledere(tell(ansettelser(*rader), stillinger(), date(2025, 7, 1)), FUNKSJONER)


def test_en_person_en_gang_per_funksjon() -> None:
    funnet = liste(
        {"person": 1, "stilling": 2, "prosent": 60.0},
        {"person": 1, "stilling": 2, "prosent": 40.0},
        {"person": 1, "stilling": 4, "kjonn": "K"},
        {"person": 2, "stilling": 4, "kjonn": "M"},
        {"person": 3, "stilling": 1},
    )
    assert ledere.etter_kjonn(funnet, 2).tolist() == [[0, 1, 0], [1, 1, 0]]
    assert ledere.etter_storrelse(funnet, 2).tolist() == [[0, 0, 1], [0, 0, 2]]


def test_stoerrelse_ved_grensene() -> None:
    rader = [{"stilling": 2, "prosent": p} for p in (49.99, 50.0, 99.99, 100.0)]
    assert ledere.etter_storrelse(liste(*rader), 2)[0].tolist() == [1, 2, 1]


def test_alder_ved_grensene() -> None:
    fodt = ["1971-07-02", "1971-07-01", "1965-07-02", "1965-07-01", "1959-07-02", "1959-07-01"]
    rader = [{"stilling": 2, "fodt": f} for f in fodt]
    assert ledere.etter_alder(liste(*rader), 2)[0].tolist() == [1, 2, 2, 1]


def test_uten_oppgitt_kjonn() -> None:
    assert ledere.etter_kjonn(liste({"stilling": 2, "kjonn": ""}), 2)[0].tolist() == [0, 0, 1]
