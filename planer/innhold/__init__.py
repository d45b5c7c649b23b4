"""A plan as one object: everything it says, as JSON. What is frozen at adoption, printed, read and compared.

    {"plan": {...}, "kapitler": [{"nummer", "navn", "seksjoner": [{"nokkel", "overskrift", "html"}],
     "tabeller": [{"nokkel", "tittel", "kolonner": [..], "rader": [[..]]}]}],
     "omraader": [...] (temaplan), "grep": [...] (delplan), "tiltak": [...], "droftinger": [...], "horinger": [...],
     "deltakere": [...], "tall": [...]}

The texts of innsatsområder and grep are in `omraader` and `grep`, not among the chapter's sections. The edition without
small numbers (`uprikket=False`) is for open publishing: it names no persons, and holds no protocol texts.
"""

import hashlib
import json
from typing import Any

from planer.innhold.bygg import bygg_innhold
from planer.models import Plan, Vedtak

__all__ = ["bygg_innhold", "innholdshash", "les_innhold"]


def les_innhold(plan: Plan, *, uprikket: bool) -> dict[str, Any]:
    """What the plan says: as it was adopted when it has been, never computed again; else as it stands now.

    Constant number of queries, whatever the plan holds.
    """
    felt = "innhold" if uprikket else "innhold_prikket"
    frosset = Vedtak.objects.filter(plan=plan).values_list(felt, flat=True).first()
    return frosset or bygg_innhold(plan, uprikket=uprikket)


def innholdshash(innhold: dict[str, Any]) -> str:
    """SHA-256 of the content as canonical JSON: sorted keys, no spaces, UTF-8."""
    tekst = json.dumps(innhold, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(tekst.encode()).hexdigest()
