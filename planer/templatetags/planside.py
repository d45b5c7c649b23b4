"""What every page of a plan shows: its tabs, and its status as icon and word."""

from django import template

from planer.models import Plan
from planer.visning.plan import faner, statusmerke

register = template.Library()


@register.inclusion_tag("planer/plan/_fanelinje.html")
def plan_faner(plan: Plan, aktiv: str) -> dict:
    """The tabs, with `aktiv` marked as where the reader is."""
    return {"faner": faner(plan, aktiv)}


@register.inclusion_tag("planer/plan/_merke.html")
def plan_status(status: str) -> dict:
    """«✓ Vedtatt»."""
    return {"merke": statusmerke(status)}
