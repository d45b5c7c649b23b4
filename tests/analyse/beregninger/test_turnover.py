"""Leavers, joiners and moves by the definitions."""

from datetime import date

from analyse.beregninger import turnover
from tests.analyse.beregninger.rammer import ansettelser, enheter, stillinger

FRA, TIL = date(2024, 7, 1), date(2025, 7, 1)


def alle(*rader: dict) -> dict:
    return turnover.alle(turnover.bevegelse(ansettelser(*rader), FRA, TIL)).iloc[0].to_dict()


def test_sluttet_og_begynt() -> None:
    tall = alle(
        {},
        {"slutt": "2025-06-30", "telling": "sluttet"},
        {"slutt": "2025-07-01", "telling": "sluttet"},
        {"start": "2024-07-02"},
        {"start": "2024-07-01"},
        {"start": "2024-08-01", "slutt": "2024-12-31", "telling": "sluttet"},
    )
    assert tall == {"sluttet": 1, "begynt": 1, "ib": 4, "ub": 4, "intern_inn": 0, "intern_ut": 0}


def test_timeloente_er_med_og_honorar_er_ikke() -> None:
    tall = alle({"telling": "turnover"}, {"telling": "utenfor", "slutt": "2025-01-01"})
    assert (tall["ib"], tall["ub"], tall["sluttet"]) == (1, 1, 0)


def test_den_som_beholder_en_stilling_har_ikke_sluttet() -> None:
    tall = alle({"person": 1}, {"person": 1, "slutt": "2024-12-31", "telling": "sluttet"})
    assert (tall["sluttet"], tall["ib"], tall["ub"]) == (0, 1, 1)


def test_flytting_mellom_enheter_er_intern() -> None:
    rader = ansettelser(
        {"person": 1, "enhet": 10, "slutt": "2024-12-31", "telling": "sluttet"},
        {"person": 1, "enhet": 20, "start": "2025-01-01"},
        {"person": 2, "enhet": 10, "slutt": "2025-01-31", "telling": "sluttet"},
    )
    flyt = turnover.bevegelse(rader, FRA, TIL)
    ramme = turnover.etter_enhet(flyt)
    assert ramme.loc[10].tolist() == [1, 0, 2, 0, 0, 1]
    assert ramme.loc[20].tolist() == [0, 0, 0, 1, 1, 0]
    assert turnover.etter_sektor(flyt, enheter()).loc[2].tolist() == [1, 0, 2, 1, 0, 0]
    assert turnover.alle(flyt).iloc[0].tolist() == [1, 0, 2, 1, 0, 0]


def test_snevret_kjenner_den_som_er_ansatt_et_annet_sted() -> None:
    inne = ansettelser({"person": 1, "enhet": 10, "slutt": "2024-12-31", "telling": "sluttet"})
    ute = ansettelser({"person": 1, "enhet": 20, "start": "2025-01-01"})
    ramme = turnover.alle(turnover.bevegelse(inne, FRA, TIL, ute))
    assert ramme.loc["Alle", ["sluttet", "intern_ut"]].tolist() == [0, 1]


def test_likningen_gaar_opp_i_hver_gruppe() -> None:
    rader = ansettelser(
        {"person": 1, "enhet": 10, "slutt": "2024-12-31"},
        {"person": 1, "enhet": 20, "start": "2025-01-01"},
        {"person": 2, "enhet": 20, "start": "2025-01-01", "stilling": 3},
        {"person": 3, "enhet": 30, "slutt": "2025-01-01", "fodt": "1959-01-01"},
    )
    flyt = turnover.bevegelse(rader, FRA, TIL)
    for ramme in (
        turnover.etter_enhet(flyt),
        turnover.etter_alder(flyt),
        turnover.etter_stillingsgruppe(flyt, stillinger()),
    ):
        ut = ramme["ib"] + ramme["begynt"] + ramme["intern_inn"] - ramme["sluttet"] - ramme["intern_ut"]
        assert (ut == ramme["ub"]).all()


def test_alder_tas_paa_periodens_siste_dag() -> None:
    rader = ansettelser(
        {"fodt": "2000-07-01", "slutt": "2024-08-01", "telling": "sluttet"},
        {"fodt": "2000-07-02"},
        {"fodt": "1960-07-01"},
        {"fodt": "1960-07-02"},
    )
    ramme = turnover.etter_alder(turnover.bevegelse(rader, FRA, TIL))
    assert ramme["ib"].to_dict() == {"<25": 1, "25–34": 1, "35–44": 0, "45–54": 0, "55–64": 1, ">64": 1}
    assert ramme.at["25–34", "sluttet"] == 1
