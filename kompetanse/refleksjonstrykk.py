"""The notes of a session as a PDF and as a table for a file."""

from django.utils.translation import gettext as _

from analyse.rapporter.resultat import Kolonne, Tabell
from felles.tall import dato_kort
from kompetanse.models import Refleksjonsnotat, Refleksjonsoekt
from kompetanse.trykk import Trykk, trykk


def tittel_paa(oekt: Refleksjonsoekt) -> str:
    """«Refleksjon i Hjemmetjenesten»."""
    return _("Refleksjon i %(enhet)s") % {"enhet": oekt.enhet}


def oektdokument(oekt: Refleksjonsoekt, notater: list[Refleksjonsnotat]) -> Trykk:
    """What the group talked about and noted, and what came of it."""
    return trykk("refleksjon.html", tittel_paa(oekt), oekt.dato, {"oekt": oekt, "notater": notater})


def oekttabeller(notater: list[Refleksjonsnotat]) -> list[Tabell]:
    """One row per card."""
    titler = {
        "nummer": _("Nr."),
        "tema": _("Tema"),
        "sporsmaal": _("Spørsmål"),
        "notat": _("Notat"),
        "tiltak": _("Tiltak"),
        "risiko": _("Risiko"),
    }
    rader = [
        {
            "nummer": n.nummer,
            "tema": str(n.get_gruppe_display()),
            "sporsmaal": n.sporsmaal,
            "notat": n.notat,
            "tiltak": ", ".join(n.tiltaksliste),
            "risiko": "; ".join(r.hva for r in n.risikoer.all()),
        }
        for n in notater
    ]
    kolonner = tuple(Kolonne(n, t, "heltall" if n == "nummer" else "tekst") for n, t in titler.items())
    return [Tabell("rader", _("Notater"), kolonner, rader)]


def metode(oekt: Refleksjonsoekt) -> list[tuple[str, str]]:
    """What the file says of itself."""
    linjer = [
        (_("Enhet"), str(oekt.enhet)),
        (_("Formål"), oekt.formaal),
        (_("Dato"), dato_kort(oekt.dato)),
    ]
    if oekt.antall:
        linjer.append((_("Til stede"), str(oekt.antall)))
    if oekt.roller:
        linjer.append((_("Roller"), oekt.roller))
    if oekt.oppsummering:
        linjer.append((_("Oppsummering"), oekt.oppsummering))
    return linjer
