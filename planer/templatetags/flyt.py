"""Comments and states in templates. The comments of a plan are fetched once per page, whatever its sections."""

from typing import Any

from django import template
from django.utils import timezone

from planer.enums import Kommentarstatus
from planer.models import Kommentar, Plan, Seksjon
from planer.rules import Planrett
from planer.services.kommentarer import kan_rettes as _kan_rettes
from planer.visning import flyt

register = template.Library()


@register.simple_tag(takes_context=True)
def traader_for(context: dict[str, Any], plan: Plan, seksjon: Seksjon | None) -> list[flyt.Traad]:
    """The threads on a section (or anything that holds one as `.seksjon`), or on the plan as a whole."""
    request = context["request"]
    lager = request.__dict__.setdefault("_plankommentarer", {})
    if plan.pk not in lager:
        lager[plan.pk] = flyt.kommentarer_for(plan)
    seksjon = getattr(seksjon, "seksjon", seksjon)
    return lager[plan.pk].get(getattr(seksjon, "pk", None), [])


@register.simple_tag(takes_context=True)
def statuspanel(context: dict[str, Any], plan: Plan, rett: Planrett) -> flyt.Statuspanel | None:
    """Where the plan stands, for `planer/flyt/_status.html`."""
    return flyt.statuspanel(context["request"], plan, rett)


@register.filter
def aapne(traader: list[flyt.Traad]) -> int:
    """How many of the threads are open."""
    return sum(t.aapen for t in traader)


@register.filter
def kan_rettes(kommentar: Kommentar, bruker_id: int | None) -> bool:
    """May the person still change or delete it?"""
    return _kan_rettes(kommentar, bruker_id, timezone.now())


@register.filter
def partsnavn(parter: frozenset) -> str:
    """Who these parts are, in words."""
    return flyt.partsnavn(parter)


@register.filter
def kommentarmerke(status: str) -> tuple[str, str]:
    """Colour and icon of a comment's state."""
    return {Kommentarstatus.LOST: ("success", "✓"), Kommentarstatus.BEHOLDT: ("info", "▪")}.get(
        status, ("warning", "○")
    )
