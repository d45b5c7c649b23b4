"""Dull factories of rounds, analyses and rows."""

from datetime import date, datetime
from typing import Any

from django.utils import timezone

from kompetanse.models import Gapanalyse, Gaprad, Gaprunde
from organisasjon.models import Bruker, Enhet

DAG = date(2026, 3, 2)
NAA = timezone.make_aware(datetime(2026, 3, 2, 10))


def lag_runde(status: str = "aapen", **felt: Any) -> Gaprunde:
    standard = {"navn": "Gapanalyse 2026", "aar": 2026, "frist": date(2100, 1, 1), "status": status}
    return Gaprunde.objects.create(**(standard | felt))


def lag_analyse(runde: Gaprunde, *enheter: Enhet, status: str = "godkjent", av: Bruker | None = None, **felt: Any):
    standard = {"navn": enheter[0].navn, "status": status, "levert_av": av, "levert": NAA}
    analyse = Gapanalyse.objects.create(runde=runde, **(standard | felt))
    analyse.enheter.set(enheter)
    return analyse


def lag_rad(analyse: Gapanalyse, navn: str = "Sykepleiere", har: int = 10, trenger: Any = 12, **felt: Any) -> Gaprad:
    """`trenger` is the same in every horizon, or one for each."""
    behov = trenger if isinstance(trenger, tuple) else (trenger,) * 4
    standard = {
        "slag": "stilling",
        "gruppe": navn,
        "nummer": 1,
        "har": har,
        "har_aarsverk": har,
        "kritisk": 2,
        "besvart": NAA,
    }
    alle = standard | {f"trenger_{aar}": n for aar, n in zip((0, 1, 3, 5), behov, strict=True)} | felt
    return Gaprad.objects.create(analyse=analyse, navn=navn, **alle)
