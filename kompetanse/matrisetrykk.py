"""The PDFs of the matrix and of a unit's delegations, as HTML for print. Equal content gives equal HTML."""

from datetime import date

from django.utils.translation import gettext as _

from kompetanse.queries.delegering import Delegeringsrad
from kompetanse.queries.matrise import Matrisebilde
from kompetanse.trykk import Trykk, trykk
from organisasjon.models import Enhet


def matrisedokument(bilde: Matrisebilde, dag: date) -> Trykk:
    """An edition of the matrix on a lying page, with legend, findings and load."""
    tittel = str(bilde.versjon)
    kontekst = {"bilde": bilde, "versjon": bilde.versjon, "godkjente": _godkjente(bilde)}
    return trykk("matrise.html", tittel, dag, kontekst)


def delegeringsdokument(enhet: Enhet, rader: list[Delegeringsrad], dag: date) -> Trykk:
    """A unit's delegations as they stand on the day."""
    tittel = _("Delegert myndighet, %(enhet)s") % {"enhet": enhet}
    kontekst = {
        "enhet": enhet,
        "gjelder": [r for r in rader if not r.utloept],
        "utloepte": [r for r in rader if r.utloept],
    }
    return trykk("delegering.html", tittel, dag, kontekst)


def _godkjente(bilde: Matrisebilde) -> list[tuple]:
    return [(linje, f) for linje in bilde.linjer for f in linje.funn if f.godkjent]
