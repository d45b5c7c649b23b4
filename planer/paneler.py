"""What a chapter's page holds besides its text: one list of panels per kind of plan and chapter."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest

from planer.enums import Planslag
from planer.models import Plan
from planer.rules import Planrett


@dataclass(frozen=True)
class Panel:
    """A part of the page: its template, and what the template needs (as `panel.innhold`)."""

    mal: str
    innhold: dict[str, Any] = field(default_factory=dict)


# None = nothing to show on this plan or to this person.
Panelbygger = Callable[[HttpRequest, Plan, Planrett], Panel | None]
PANELER: dict[tuple[str, int], tuple[Panelbygger, ...]] = {}


def paneler_for(request: HttpRequest, plan: Plan, rett: Planrett, kapittel: int) -> list[Panel]:
    """The panels of one chapter, in their order. A template (mal) has a delplan's."""
    slag = Planslag.TEMAPLAN if plan.er_temaplan else Planslag.DELPLAN
    byggere = PANELER.get((slag, kapittel), ())
    return [panel for bygg in byggere if (panel := bygg(request, plan, rett))]
