"""The marks of the gap analysis: where it stands, how far one has come with a row, how critical something is."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from kompetanse.enums import Gapstatus, Kritisk
from kompetanse.gapfelt import TRENGER
from kompetanse.models import Gaprad
from kompetanse.queries.gapsvar import er_hel

STATUSMERKER = {
    Gapstatus.IKKE_BEGYNT: ("○", ""),
    Gapstatus.I_ARBEID: ("●", "info"),
    Gapstatus.LEVERT: ("✓", "info"),
    Gapstatus.RETURNERT: ("▲", "warning"),
    Gapstatus.GODKJENT: ("✓", "success"),
}


@dataclass(frozen=True)
class Merke:
    """Icon, word and tint; never the tint alone."""

    ikon: str
    tekst: str
    farge: str = ""


def statusmerke(status: str) -> Merke:
    """Where the analysis stands."""
    ikon, farge = STATUSMERKER[Gapstatus(status)]
    return Merke(ikon, str(Gapstatus(status).label), farge)


def statusmerke_rad(rad: Gaprad) -> Merke:
    """How far one has come with the row."""
    if rad.besvart is not None and er_hel(rad):
        return Merke("✓", _("Ferdig"), "success")
    if rad.besvart is None and "i_fjor" in rad.forslag:
        return Merke("○", _("Fra sist, se over"), "info")
    paabegynt = rad.kritisk is not None or any(getattr(rad, felt) is not None for felt in TRENGER)
    return Merke("●", _("Begynt"), "info") if paabegynt else Merke("○", _("Ikke besvart"))


def kritiskmerke(kritisk: int | None) -> Merke | None:
    """How critical, in its first words."""
    if kritisk is None:
        return None
    ord_ = str(Kritisk(kritisk).label).partition(":")[0]
    farger = {Kritisk.LITE: "", Kritisk.NOE: "info", Kritisk.MEGET: "warning", Kritisk.HELT: "danger"}
    return Merke("▲" if kritisk >= Kritisk.MEGET else "●", ord_, farger[Kritisk(kritisk)])
