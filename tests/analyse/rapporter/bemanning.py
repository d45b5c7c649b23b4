"""A synthetic little municipality with enough people for every report, deterministic."""

from datetime import date
from random import Random
from typing import Any

from tests.fabrikk import Kommunetre

TITLER = ("Sykepleier", "Helsefagarbeider", "Lærer", "Assistent")
UTDANNING = ("Bachelor", "Fagbrev", "Master", "Videregående", "")


def rader(tre: Kommunetre, fro: int = 1, per_enhet: tuple[int, ...] = (60, 45, 30, 14)) -> list[dict[str, Any]]:
    """Employees of four units, a leader for each, joiners, leavers and hourly paid."""
    trekk, ut = Random(fro), []
    enheter = (tre.hjemmetjenesten, tre.sykehjemmet, tre.skolen, tre.barnehagen)
    avdelinger = {tre.hjemmetjenesten.pk: (tre.hjemme_nord, tre.hjemme_sor)}
    for enhet, antall in zip(enheter, per_enhet, strict=True):
        for nr in range(antall):
            person = len(ut) + 1
            rad = {
                "person": person,
                "enhet": enhet,
                "kjonn": "M" if trekk.random() < 0.25 else "K",
                "fodt": date(trekk.randint(1956, 2002), trekk.randint(1, 12), trekk.randint(1, 28)),
                "stilling": "Enhetsleder" if nr == 0 else trekk.choice(TITLER),
                "prosent": trekk.choice((100.0, 100.0, 75.0, 50.0)),
                "start": date(trekk.randint(2000, 2025), trekk.randint(1, 6), 1),
                "utdanning": trekk.choice(UTDANNING),
            }
            if enhet.pk in avdelinger:
                rad["avdeling"] = trekk.choice(avdelinger[enhet.pk])
            kast = trekk.random()
            if kast < 0.1:
                rad |= {"kategori": "sluttet", "slutt": date(2025, trekk.randint(1, 5), 28), "start": date(2010, 1, 1)}
            elif kast < 0.2:
                rad |= {"kategori": "T", "prosent": 0.0}
            ut.append(rad)
    return ut
