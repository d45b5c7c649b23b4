"""The steps of answering a gap analysis as they are shown: which one, what is left, when it was saved."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from felles import tall
from felles.norsk import midt_i_setning
from kompetanse.gap import steg as stegregning
from kompetanse.gap.steg import Steg
from kompetanse.models import Gapanalyse

STEGNAVN = {
    "rader": gettext_lazy("Hva det gjelder"),
    "oppgaver": gettext_lazy("Oppgaver som kan deles"),
    "swot": gettext_lazy("Styrker og svakheter"),
    "sporsmaal": gettext_lazy("Spørsmål fra HR"),
    "send": gettext_lazy("Se over og send"),
}


def stegadresse(analyse_id: int, nokkel: str) -> str:
    """Where the step is."""
    if nokkel.startswith("rad:"):
        return reverse("kompetanse:gaprad", args=[int(nokkel.removeprefix("rad:"))])
    return reverse(f"kompetanse:gapsvar_{nokkel}", args=[analyse_id])


@dataclass(frozen=True)
class Stegrad:
    """A step in the list of steps."""

    navn: str
    adresse: str
    ferdig: bool
    her: bool


@dataclass(frozen=True)
class Framdrift:
    """What the top of each step says: where one is, how long is left, when it was saved."""

    steg: tuple[Stegrad, ...]
    nummer: int
    minutter: int
    lagret: str
    forrige: str
    neste: str

    @property
    def antall(self) -> int:
        """How many steps there are."""
        return len(self.steg)

    @property
    def neste_navn(self) -> str:
        """What the button says: «helsefagarbeidere»."""
        return midt_i_setning(self.steg[self.nummer].navn) if self.nummer < self.antall else ""


def framdrift(analyse: Gapanalyse, steg: tuple[Steg, ...], her: str) -> Framdrift:
    """The progress at one of the steps."""
    plass = stegregning.finn(steg, her)
    rader = tuple(
        Stegrad(stegnavn(s), stegadresse(analyse.pk, s.nokkel), s.ferdig, i == plass) for i, s in enumerate(steg)
    )
    return Framdrift(
        steg=rader,
        nummer=plass + 1,
        minutter=stegregning.minutter_igjen(steg),
        lagret=lagret(analyse.endret),
        forrige=steg[plass - 1].nokkel if plass else "",
        neste=steg[plass + 1].nokkel if plass + 1 < len(steg) else "",
    )


def stegnavn(steg: Steg) -> str:
    """What the step is called."""
    return steg.navn or str(STEGNAVN[steg.slag])


def klokka(tid: datetime) -> str:
    """«10.42»."""
    return f"{timezone.localtime(tid):%H.%M}"


def lagret(tid: datetime | None) -> str:
    """«lagret kl. 10.42», with the day when it is another one."""
    if tid is None:
        return ""
    if timezone.localdate(tid) == timezone.localdate():
        return _("lagret kl. %(kl)s") % {"kl": klokka(tid)}
    return _("lagret %(dag)s") % {"dag": tall.dato_lang(timezone.localdate(tid))}
