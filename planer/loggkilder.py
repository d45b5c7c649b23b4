"""What of the plans that shows in the log: the plan itself, its goals and tiltak, and how it was anchored.

The texts keep their own history, which is read where they are written.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _

from felles.tall import dato_kort
from organisasjon.kilder import Loggkilde, meld_logg
from planer.models import Forankring, Maal, Plan, Tiltak

PLANFELTER = ("tittel", "versjon", "fra_aar", "til_aar", "nivaa", "status")
FORANKRINGSFELTER = ("dato", "til_dato", "slag", "organ", "tema", "utfall", "merknad", "vedlegg_navn")


def meld_loggkilder() -> None:
    """Register them."""
    meld_logg(
        Loggkilde("plan", _("Planer"), Plan, PLANFELTER, "tittel"),
        Loggkilde("maal", _("Mål i planer"), Maal, ("tittel", "beskrivelse"), "tittel"),
        Loggkilde("tiltak", _("Tiltak"), Tiltak, ("tittel", "frist", "status", "statusgrunn", "kostnad"), "tittel"),
        Loggkilde("forankring", _("Forankring"), Forankring, FORANKRINGSFELTER, "organ", _forankringens_navn),
    )


def _forankringens_navn(versjon: Any) -> str:
    return f"{versjon.organ} {dato_kort(versjon.dato)}"
