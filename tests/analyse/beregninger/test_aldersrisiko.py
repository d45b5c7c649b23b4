"""Who reaches which age, and expected leavers."""

from datetime import date

import pytest

from analyse.beregninger import aldersrisiko
from analyse.beregninger.personer import tell
from analyse.beregninger.turnover import bevegelse, etter_alder
from tests.analyse.beregninger.rammer import ansettelser, stillinger

DAG = date(2025, 7, 1)
INGEN = dict.fromkeys(("<25", "25–34", "35–44", "45–54", "55–64", ">64"), 0.0)


def tall(fodt: list[str], rater: dict[str, float]) -> dict:
    telte = tell(ansettelser(*({"fodt": f} for f in fodt)), stillinger(), DAG)
    return aldersrisiko.tell(telte, telte.enhet, telte.per_enhet, rater).iloc[0].to_dict()


def test_fyller_67_innen_fem_aar_uten_dem_som_har_fylt() -> None:
    funnet = tall(["1958-07-01", "1958-07-02", "1963-07-01", "1963-07-02"], INGEN)
    assert funnet["67_5aar"] == 2
    assert funnet["67_10aar"] == 3
    assert funnet["ansatte"] == 4


def test_grensene_55_og_60() -> None:
    funnet = tall(["1970-07-01", "1970-07-02", "1965-07-01", "1965-07-02"], INGEN)
    assert (funnet["55+"], funnet["60+"]) == (3, 1)


def test_baandene_dekker_alle_maalene() -> None:
    fodt = [f"{aar}-06-15" for aar in range(1950, 2000)]
    telte = tell(ansettelser(*({"fodt": f} for f in fodt)), stillinger(), DAG)
    baand = aldersrisiko.baand(telte, telte.enhet, telte.per_enhet).iloc[0]
    maal = aldersrisiko.tell(telte, telte.enhet, telte.per_enhet, INGEN).iloc[0]
    assert baand.sum() == 50
    assert baand[2:].sum() == maal["55+"]
    assert baand[5:7].sum() == maal["67_5aar"]


def test_ventet_avgang_foelger_alderen_aar_for_aar() -> None:
    """One person of 62: three years at 10 %, then 30 % from 65."""
    funnet = tall(["1963-01-01"], {**INGEN, "55–64": 0.1, ">64": 0.3})
    assert funnet["avgang_5aar"] == pytest.approx(1 - 0.9**2 * 0.7**3)
    assert funnet["avgang_10aar"] == pytest.approx(1 - 0.9**2 * 0.7**8)


def test_rater_av_kommunens_egne_tall() -> None:
    rader = ansettelser({}, {}, {}, {"slutt": "2025-01-01", "telling": "sluttet"})
    strommer = etter_alder(bevegelse(rader, date(2024, 7, 1), DAG))
    assert aldersrisiko.avgangsrater(strommer, date(2024, 7, 1), DAG)["45–54"] == 0.25
    halvaar = aldersrisiko.avgangsrater(strommer, date(2024, 12, 31), DAG)["45–54"]
    assert halvaar == pytest.approx(1 - 0.75 ** (365.25 / 182))
