"""A plan as one object: everything it says, as JSON. What is frozen at adoption, printed, read and compared.

    {"plan": {...}, "kapitler": [{"nummer", "navn", "seksjoner": [{"nokkel", "overskrift", "html"}],
     "tabeller": [{"nokkel", "tittel", "kolonner": [..], "rader": [[..]]}]}],
     "omraader": [...] (temaplan), "grep": [...] (delplan), "tiltak": [...], "droftinger": [...], "horinger": [...],
     "deltakere": [...], "tall": [...]}

The texts of innsatsområder and grep are in `omraader` and `grep`, not among the chapter's sections. The edition without
small numbers (`uprikket=False`) is for open publishing: it names no persons, holds no protocol texts,
and is read without the fields HR took out when publishing.
"""

import hashlib
import json
from typing import Any

from django.db.models import QuerySet

from planer.innhold.bygg import bygg_innhold
from planer.innhold.personer import uten
from planer.models import Plan, Vedtak

__all__ = ["aapent_innhold", "bygg_innhold", "innholdshash", "les_innhold"]


def les_innhold(plan: Plan, *, uprikket: bool) -> dict[str, Any]:
    """What the plan says: as it was adopted when it has been, never computed again; else as it stands now.

    Constant number of queries, whatever the plan holds.
    """
    vedtak = Vedtak.objects.filter(plan=plan)
    frosset = vedtak.values_list("innhold", flat=True).first() if uprikket else aapent_innhold(vedtak)
    return frosset or bygg_innhold(plan, uprikket=uprikket)


def aapent_innhold(vedtak: QuerySet[Vedtak]) -> dict[str, Any] | None:
    """What everybody may read of the first of these decisions, without what HR has taken out; None when there is none.
    One query.
    """
    innhold, utelatt = vedtak.values_list("innhold_prikket", "utelatt").first() or ({}, ())
    return uten(innhold, utelatt) if innhold else None


def innholdshash(innhold: dict[str, Any]) -> str:
    """SHA-256 of the content as canonical JSON: sorted keys, no spaces, UTF-8."""
    tekst = json.dumps(innhold, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(tekst.encode()).hexdigest()
