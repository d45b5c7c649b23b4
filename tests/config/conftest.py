"""A municipality with two extracts, a published one and a newer one, for the tests that visit every page."""

from datetime import date

import pytest


def _folk(tre, antall: int) -> list[dict]:
    """People spread over the units, with leaders, ages and percents that fill every report."""
    enheter = [(tre.hjemmetjenesten, tre.hjemme_nord), (tre.sykehjemmet, tre.sykehjem_post1), (tre.skolen, None)]
    titler = ["Enhetsleder", "Avdelingsleder", "Sykepleier", "Lærer", "Fagarbeider", "Fagleder"]
    return [
        {
            "person": nr,
            "enhet": enheter[nr % 3][0],
            "avdeling": enheter[nr % 3][1],
            "stilling": titler[nr % 6],
            "kategori": "FMT"[nr % 3] if nr % 7 else "sluttet",
            "prosent": (50.0, 80.0, 100.0)[nr % 3],
            "fodt": date(1955 + nr % 48, 1 + nr % 12, 1 + nr % 28),
            "kjonn": "KM"[nr % 2],
            "start": date(2000 + nr % 24, 1, 1),
            "slutt": None if nr % 7 else date(2024, 12, 31),
            "utdanning": "Bachelor" if nr % 2 else "Fagbrev",
        }
        for nr in range(1, antall + 1)
    ]


@pytest.fixture
def to_uttrekk(lag_uttrekk, kommunetre):
    """Extracts of 1 July 2024 (published) and 1 July 2025."""
    from django.utils import timezone

    gammelt = lag_uttrekk(_folk(kommunetre, 40), dato=date(2024, 7, 1), publisert=timezone.now())
    return gammelt, lag_uttrekk(_folk(kommunetre, 46), dato=date(2025, 7, 1), publisert=timezone.now())
