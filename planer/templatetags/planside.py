"""What every page of a plan shows: its tabs, and its status as icon and word."""

from typing import Any

from django import template

from planer.models import Plan
from planer.visning.plan import faner, statusmerke

register = template.Library()


@register.inclusion_tag("planer/plan/_fanelinje.html", takes_context=True)
def plan_faner(context: dict[str, Any], plan: Plan, aktiv: str) -> dict:
    """The tabs, with `aktiv` marked as where the reader is. `rett` in the context leaves out what is for those in
    the work.
    """
    rett = context.get("rett")
    return {"faner": faner(plan, aktiv, arbeid=rett is None or rett.arbeid)}


@register.inclusion_tag("planer/plan/_merke.html")
def plan_status(status: str) -> dict:
    """«✓ Vedtatt»."""
    return {"merke": statusmerke(status)}
