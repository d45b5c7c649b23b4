"""Norwegian numbers and dates."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from felles import tall


@pytest.mark.parametrize(
    ("verdi", "desimaler", "ventet"),
    [
        (0, 0, "0"),
        (4749, 0, "4\u00a0749"),
        (1234567.5, 0, "1\u00a0234\u00a0568"),
        (-3, 0, "\u22123"),
        (-0.4, 0, "0"),
        (45.4375, 2, "45,44"),
        (141.25, 1, "141,3"),
        (0.125, 2, "0,13"),
        (Decimal("48.00"), 2, "48,00"),
        (None, 2, "–"),
        (float("nan"), 0, "–"),
    ],
)
def test_desimal_is_norwegian(verdi, desimaler, ventet):
    assert tall.desimal(verdi, desimaler) == ventet


def test_prosent_has_a_hard_space():
    assert tall.prosent(13.46) == "13,5\u00a0%"
    assert tall.prosent(None) == "–"


@pytest.mark.parametrize(("verdi", "ventet"), [(14, "+14"), (-3, "\u22123"), (0, "0"), (0.04, "0,0")])
def test_endring_carries_its_sign(verdi, ventet):
    assert tall.endring(verdi, 1 if isinstance(verdi, float) else 0) == ventet


@pytest.mark.parametrize(("antall", "ventet"), [(0, "null"), (1, "én"), (12, "tolv"), (13, "13"), (-1, "\u22121")])
def test_tallord_up_to_twelve(antall, ventet):
    assert tall.tallord(antall) == ventet


@pytest.mark.parametrize("dag", [date(2025, 7, 1), "2025-07-01", datetime(2025, 7, 1, 12), "2025-07-01T10:00:00"])
def test_dates_in_text_and_tables(dag):
    assert tall.dato_lang(dag) == "1. juli 2025"
    assert tall.dato_kort(dag) == "01.07.2025"


@pytest.mark.parametrize(
    ("tekst", "ventet"),
    [
        ("1\u202f234,5", "1234.5"),
        ("1\u00a0234", "1234"),
        (" 43 ", "43"),
        ("\u22122,5", "-2.5"),
        ("13,5 %", "13.5"),
        ("1.234,5", "1234.5"),
        ("39.5", "39.5"),
    ],
)
def test_les_tall_takes_what_people_paste(tekst, ventet):
    assert tall.les_tall(tekst) == Decimal(ventet)


@pytest.mark.parametrize("tekst", ["", "abc", "1,2,3", "NaN", "Infinity", "12x"])
def test_les_tall_refuses_what_is_no_number(tekst):
    with pytest.raises(ValueError, match="Ikke et tall"):
        tall.les_tall(tekst)


@given(st.integers(-(10**9), 10**9), st.integers(0, 4))
def test_what_is_printed_can_be_read_back(verdi, desimaler):
    skrevet = Decimal(verdi).scaleb(-desimaler)
    assert tall.les_tall(tall.desimal(skrevet, desimaler)) == skrevet


def test_a_moment_is_the_day_it_is_in_norway():
    etter_midnatt = datetime(2026, 11, 20, 23, 30, tzinfo=UTC)
    assert tall.dato_lang(etter_midnatt) == "21. november 2026"
    assert tall.dato_kort(etter_midnatt) == "21.11.2026"
