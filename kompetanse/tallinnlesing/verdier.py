"""What stands in a cell: a count, or a mark that a person has the competence. Once for each unique cell."""

import re
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from analyse.innlesing.verdier import rens, tolk_tall
from felles.norsk import brett
from kompetanse.models.gap import FLEST

# Dates are put under one word before anything is kept: the day itself is nobody's business here.
DATO = "[dato]"
JA = frozenset({"x", "xx", "ja", "j", "1", "har", "sann", "true", "yes", "y", "✓", "✔", "☑", "√", "•", "*"})
NEI = frozenset({"", "nei", "n", "0", "har ikke", "usann", "false", "no", "-", "–", "—", "☐", "✗", "mangler", "."})
_DATOTEKST = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}-\d{1,2}-\d{1,2}([ T].*)?")


def tolk_antall(celle: Any) -> tuple[int | None, str]:
    """(count, what is wrong). An empty cell is (None, '')."""
    tall, prosent, feil = tolk_tall(celle)
    if feil or tall is None:
        return None, feil
    if prosent:
        return None, _("er en prosent, ikke et antall")
    if tall < 0:
        return None, _("kan ikke være negativt")
    if not tall.is_integer():
        return None, _("må være et helt tall")
    if tall > FLEST:
        return None, _("er for stort. Det høyeste er 9 999")
    return int(tall), ""


def er_dato(celle: Any) -> bool:
    """A date cell, or text that is written as one."""
    return isinstance(celle, date) or (isinstance(celle, str) and bool(_DATOTEKST.fullmatch(celle.strip())))


def merke(celle: Any) -> str:
    """The cell as it is looked up among the marks."""
    return brett(rens(celle))


def har(tekst: str, valgt: dict[str, str]) -> bool | None:
    """Does the mark say that the person has it? None when nobody has said what it means."""
    if tekst in valgt:
        return valgt[tekst] == "har"
    return True if tekst in JA else False if tekst in NEI else None
