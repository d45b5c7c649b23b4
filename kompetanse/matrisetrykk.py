"""The PDFs of the matrix and of a unit's delegations, as HTML for print. Equal content gives equal HTML."""

from dataclasses import dataclass
from datetime import date

from django.template.loader import render_to_string
from django.utils.text import slugify
from django.utils.translation import gettext as _

from analyse.avsender import avsender
from kompetanse.queries.delegering import Delegeringsrad
from kompetanse.queries.matrise import Matrisebilde
from organisasjon.models import Enhet
from organisasjon.queries import kommune

NORSKE = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "Æ": "ae", "Ø": "o", "Å": "a"})


@dataclass(frozen=True)
class Trykk:
    """A document ready for the PDF maker."""

    tittel: str
    html: str


def matrisedokument(bilde: Matrisebilde, dag: date) -> Trykk:
    """An edition of the matrix on a lying page, with legend, findings and load."""
    tittel = str(bilde.versjon)
    kontekst = {"bilde": bilde, "versjon": bilde.versjon, "godkjente": _godkjente(bilde)}
    return Trykk(tittel, _html("matrise.html", tittel, dag, kontekst))


def delegeringsdokument(enhet: Enhet, rader: list[Delegeringsrad], dag: date) -> Trykk:
    """A unit's delegations as they stand on the day."""
    tittel = _("Delegert myndighet, %(enhet)s") % {"enhet": enhet}
    kontekst = {
        "enhet": enhet,
        "gjelder": [r for r in rader if not r.utloept],
        "utloepte": [r for r in rader if r.utloept],
    }
    return Trykk(tittel, _html("delegering.html", tittel, dag, kontekst))


def filnavn(tittel: str) -> str:
    """What the file is called when it is saved: letters a–z."""
    return f"{slugify(tittel.translate(NORSKE))[:80] or 'dokument'}.pdf"


def _godkjente(bilde: Matrisebilde) -> list[tuple]:
    return [(linje, f) for linje in bilde.linjer for f in linje.funn if f.godkjent]


def _html(mal: str, tittel: str, dag: date, kontekst: dict) -> str:
    felles = {**avsender(kommune()), "tittel": tittel, "beskrivelse": tittel, "dato": dag}
    return render_to_string(f"kompetanse/pdf/{mal}", felles | kontekst)
