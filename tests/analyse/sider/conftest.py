"""Extracts of the little municipality for the pages: two years, all units, some of them small."""

from datetime import date

import pytest

from analyse.models import Uttrekk


def rader(tre, antall: dict[str, int], dag: date) -> list[dict]:
    """`antall` people in each named unit; people keep their numbers between extracts."""
    ut = []
    for nr, (navn, hvor_mange) in enumerate(antall.items(), 1):
        for i in range(hvor_mange):
            ut.append(
                {
                    "enhet": getattr(tre, navn),
                    "person": nr * 1000 + i,
                    "kjonn": "M" if i % 4 == 0 else "K",
                    "fodt": date(1955 + i % 45, 1 + i % 12, 1 + i % 28),
                    "prosent": 100.0 if i % 2 else 60.0,
                    "stilling": "Enhetsleder" if i == 0 else "Fagarbeider",
                    "start": date(2010 + i % 13, 3, 1),
                    "slutt": None,
                    "utdanning": "Bachelor" if i % 3 else "",
                }
            )
    return ut


@pytest.fixture
def to_uttrekk(kommunetre, lag_uttrekk, django_user_model) -> list[Uttrekk]:
    """2024 published, 2025 published."""
    from django.utils import timezone

    for_aar = {"hjemmetjenesten": 44, "sykehjemmet": 30, "skolen": 16, "barnehagen": 3}
    i_aar = {"hjemmetjenesten": 46, "sykehjemmet": 29, "skolen": 17, "barnehagen": 3}
    return [
        lag_uttrekk(rader(kommunetre, antall, dag), dato=dag, publisert=timezone.now())
        for antall, dag in ((for_aar, date(2024, 7, 1)), (i_aar, date(2025, 7, 1)))
    ]
