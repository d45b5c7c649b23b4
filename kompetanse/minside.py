"""The gap analyses that wait for a person, as cards: those to answer on the first page, those and what waits for the
person's approval on my page.
"""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kompetanse.enums import GAP_AAPNE, Gapstatus
from kompetanse.gapforside import godkjenningskort
from kompetanse.queries.gapsvar import mine_analyser
from kompetanse.visning.gapmerke import statusmerke
from kompetanse.visning.gapsvar import fristtekst
from organisasjon.enums import Handling

MAL = "kompetanse/gapsvar/_forsidekort.html"
MAL_BEGGE = "kompetanse/gaprunde/_kort_begge.html"


def gapkort(request: HttpRequest) -> tuple[str, dict[str, Any]] | None:
    """The card of my page: what the person answers, and what the person approves. At most four queries."""
    kort = [k for k in (svarkort(request), godkjenningskort(request)) if k]
    return (MAL_BEGGE, {"begge": kort}) if len(kort) > 1 else next(iter(kort), None)


def svarkort(request: HttpRequest) -> tuple[str, dict[str, Any]] | None:
    """«Gapanalysen for 2026»: what waits for the person, the most urgent first; None when nothing does. At most
    three queries, none for those at the top and in HR.
    """
    # Those who may answer for everybody are asked for nothing.
    for_alle = request.tilgang.kommune_id in request.tilgang.omfang(Handling.SVARE_GAP)
    if for_alle or not request.tilgang.kan(Handling.SE_GAP):
        return None
    mine = mine_analyser(request.tilgang, request.user.pk)
    venter = [a for a in mine if a.runde.er_aapen and a.status in GAP_AAPNE]
    if not venter:
        return None
    forste = min(venter, key=lambda a: (a.runde.frist, a.pk))
    ett = len(venter) == 1
    kort = {
        "antall": len(venter),
        "tittel": _("Gapanalysen for %(aar)s: %(navn)s") % {"aar": forste.runde.aar, "navn": forste.navn},
        "frist": fristtekst(forste.runde.frist, timezone.localdate()),
        "merke": statusmerke(forste.status),
        "begynt": forste.status != Gapstatus.IKKE_BEGYNT,
        "adresse": reverse("kompetanse:gapsvar_start", args=[forste.pk]) if ett else reverse("kompetanse:gapanalyser"),
    }
    return MAL, kort
