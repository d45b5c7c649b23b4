"""Ages, employment on a day, distinct persons."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyse.beregninger.personer import aar_foer, alder, ansatt_paa, grupper_av_stilling, tell
from tests.analyse.beregninger.rammer import ansettelser, stillinger

DAG = date(2025, 7, 1)


@pytest.mark.parametrize(
    ("fodt", "dag", "ventet"),
    [
        ("1960-07-01", DAG, 65),
        ("1960-07-02", DAG, 64),
        ("1960-06-30", DAG, 65),
        ("2000-02-29", date(2025, 2, 28), 24),
        ("2000-02-29", date(2025, 3, 1), 25),
        ("2000-02-29", date(2024, 2, 29), 24),
        ("2000-03-01", date(2024, 2, 29), 23),
    ],
)
def test_alder(fodt: str, dag: date, ventet: int) -> None:
    assert alder(np.array([fodt], dtype="datetime64[s]"), dag)[0] == ventet


@given(st.dates(date(1930, 1, 1), date(2010, 12, 31)), st.dates(date(2011, 1, 1), date(2040, 12, 31)))
def test_alder_er_den_samme_som_i_kalenderen(fodt: date, dag: date) -> None:
    ventet = dag.year - fodt.year - ((dag.month, dag.day) < (fodt.month, fodt.day))
    assert alder(np.array([fodt.isoformat()], dtype="datetime64[s]"), dag)[0] == ventet


def test_aar_foer_skuddaarsdagen() -> None:
    assert aar_foer(date(2024, 2, 29), 1) == date(2023, 2, 28)
    assert aar_foer(date(2025, 7, 1), 1) == date(2024, 7, 1)


def test_ansatt_fra_og_med_start_til_og_med_slutt() -> None:
    rader = ansettelser(
        {"start": "2025-07-01"},
        {"start": "2025-07-02"},
        {"slutt": "2025-07-01"},
        {"slutt": "2025-06-30"},
        {"start": None},
    )
    assert ansatt_paa(rader, DAG).tolist() == [True, False, True, False, True]


def test_bare_tellende_kategorier_i_kraft_telles() -> None:
    rader = ansettelser(
        {}, {"telling": "turnover"}, {"telling": "sluttet"}, {"telling": "utenfor"}, {"slutt": "2025-01-01"}
    )
    assert len(tell(rader, stillinger(), DAG).rader) == 1


def test_en_person_telles_en_gang_i_hver_enhet() -> None:
    rader = ansettelser(
        {"person": 1, "enhet": 10}, {"person": 1, "enhet": 10}, {"person": 1, "enhet": 20}, {"person": 2, "enhet": 10}
    )
    telte = tell(rader, stillinger(), DAG)
    assert dict(zip(telte.enhet.nokler, telte.per_enhet.antall(), strict=True)) == {10: 2, 20: 1}
    assert telte.per_kommune.antall().tolist() == [2]


def test_stilling_uten_gruppe_er_sin_egen_gruppe() -> None:
    rader = ansettelser({"stilling": 1}, {"stilling": 3})
    assert grupper_av_stilling(rader, stillinger()).nokler.tolist() == ["Sykepleiere", "Vaktmester"]
