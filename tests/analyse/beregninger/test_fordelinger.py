"""Full time, gender, education, seniority."""

from datetime import date

from analyse.beregninger import fordelinger
from analyse.beregninger.avrunding import prosent, snitt
from analyse.beregninger.personer import tell
from tests.analyse.beregninger.rammer import ansettelser, stillinger

DAG = date(2025, 7, 1)


def telte(*rader: dict):
    return tell(ansettelser(*rader), stillinger(), DAG)


def test_heltid_er_summen_av_stillingene_i_enheten() -> None:
    t = telte(
        {"person": 1, "enhet": 10, "prosent": 50.0},
        {"person": 1, "enhet": 10, "prosent": 50.0},
        {"person": 2, "enhet": 10, "prosent": 50.0},
        {"person": 2, "enhet": 20, "prosent": 50.0},
    )
    ramme = fordelinger.heltid(t, t.enhet, t.per_enhet)
    assert ramme.loc[10, ["ansatte", "heltid", "deltid"]].tolist() == [2, 1, 1]
    assert ramme.loc[20, ["ansatte", "heltid", "deltid"]].tolist() == [1, 0, 1]


def test_kjonn() -> None:
    t = telte({"kjonn": "K"}, {"kjonn": "M"}, {"kjonn": ""}, {"kjonn": "K"})
    assert fordelinger.kjonn(t, t.enhet, t.per_enhet).iloc[0].tolist() == [4, 1, 2, 1]


def test_utdanning_hoyeste_telles() -> None:
    t = telte(
        {"person": 1, "utdanning": "Fagbrev"},
        {"person": 1, "utdanning": "Master"},
        {"person": 2, "utdanning": ""},
        {"person": 3, "utdanning": "Sertifikat"},
    )
    nivaaer = fordelinger.utdanningsnivaaer(t)
    assert nivaaer == ["Fagbrev", "Master", "Sertifikat", "Ikke oppgitt"]
    assert fordelinger.utdanning(t, t.enhet, t.per_enhet, nivaaer).iloc[0].tolist() == [3, 0, 1, 1, 1]


def test_ansiennitet_fra_tidligste_start_ved_grensene() -> None:
    t = telte(
        {"start": "2023-07-02"},
        {"start": "2023-07-01"},
        {"start": "2005-07-01"},
        {"person": 9, "start": "2024-01-01"},
        {"person": 9, "start": "2014-01-01"},
        {"start": None},
    )
    ramme = fordelinger.ansiennitet(t, t.enhet, t.per_enhet, DAG).iloc[0]
    assert ramme[list(fordelinger.ANSIENNITET)].tolist() == [1, 1, 0, 1, 1]
    assert ramme["uten_start"] == 1
    assert ramme["ansatte"] == 5


def test_avrunding_halve_opp() -> None:
    assert prosent(1, 16) == 6.3
    assert snitt(361, 8) == 45.13
    assert snitt(727, 16) == 45.44
    assert prosent(1, 0) is None
