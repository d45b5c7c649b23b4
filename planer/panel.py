"""A panel: a part of a chapter's page besides its text. A module of its own, so that the rooms that make panels and
the list that gathers them (`planer.paneler`) need not import each other."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest

from planer.models import Plan
from planer.rules import Planrett


@dataclass(frozen=True)
class Panel:
    """Its template, and what the template needs (as `panel.innhold`)."""

    mal: str
    innhold: dict[str, Any] = field(default_factory=dict)


# None = nothing to show on this plan or to this person.
Panelbygger = Callable[[HttpRequest, Plan, Planrett], Panel | None]
