"""The card on the overview page: what waits for my approval, and for HR how the open round goes. One query. What
waits for approval stands on my page too.
"""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from kompetanse.queries.gaprunde import aapen_runde
from kompetanse.queries.gapvent import venter_paa_godkjenning
from organisasjon.enums import Handling

MEST_NEVNT = 4


def forsidekort(request: HttpRequest) -> tuple[str, dict[str, Any]] | None:
    """The card, or None when there is nothing to say. One query for HR and for those who approve, none for others."""
    if request.tilgang.kan(Handling.FORVALTE_GAP):
        runde, dag = aapen_runde(), timezone.localdate()
        return ("kompetanse/gaprunde/_kort_hr.html", {"runde": runde, "dag": dag}) if runde else None
    return godkjenningskort(request)


def godkjenningskort(request: HttpRequest) -> tuple[str, dict[str, Any]] | None:
    """What waits for the person's approval, None when nothing does. One query for those who approve, else none."""
    tilgang, dag = request.tilgang, timezone.localdate()
    if not tilgang.kan(Handling.GODKJENNE_GAP):
        return None
    venter = list(
        venter_paa_godkjenning(tilgang, request.user.pk, dag).order_by("levert", "pk").values("pk", "navn", "runde_id")
    )
    if not venter:
        return None
    return "kompetanse/gaprunde/_kort_godkjenner.html", {"venter": venter[:MEST_NEVNT], "antall": len(venter)}
