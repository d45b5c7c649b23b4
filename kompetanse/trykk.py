"""What the printed documents of this app have in common: the sender, the day, the name of the file."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.template.loader import render_to_string
from django.utils.text import slugify

from analyse.avsender import avsender
from organisasjon.queries import kommune

NORSKE = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "Æ": "ae", "Ø": "o", "Å": "a"})


@dataclass(frozen=True)
class Trykk:
    """A document ready for the PDF maker."""

    tittel: str
    html: str


def trykk(mal: str, tittel: str, dag: date, kontekst: dict[str, Any]) -> Trykk:
    """The document from a template in kompetanse/pdf. Equal content gives equal HTML."""
    felles = {**avsender(kommune()), "tittel": tittel, "beskrivelse": tittel, "dato": dag}
    return Trykk(tittel, render_to_string(f"kompetanse/pdf/{mal}", felles | kontekst))


def filnavn(tittel: str, endelse: str = "pdf") -> str:
    """What the file is called when it is saved: letters a–z."""
    return f"{slugify(tittel.translate(NORSKE))[:80] or 'dokument'}.{endelse}"
