"""What a plan still lacks: shown chapter by chapter while it is written, and what stops it from going on."""

from planer.kontroll import delplan, temaplan
from planer.kontroll.mangel import Mangel
from planer.models import Plan

__all__ = ["Mangel", "mangler"]


def mangler(plan: Plan) -> list[Mangel]:
    """Everything that is missing, in the order of the chapters. Empty when the plan is complete."""
    modul = temaplan if plan.er_temaplan else delplan
    return sorted(modul.mangler(plan), key=lambda m: m.kapittel)
