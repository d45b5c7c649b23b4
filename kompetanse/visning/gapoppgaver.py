"""Task sharing: suggestions to begin with, and what the tasks would free."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from felles.norsk import brett
from kompetanse.enums import Gapradslag
from kompetanse.gap.regning import HUNDREDEL, TIMER_I_UKA
from kompetanse.models import Gapoppgave, Gaprad

# Where a group's name holds the word: (task, who does it, who could). Own words, to begin from.
FORSLAG: tuple[tuple[str, tuple[tuple[Any, Any], ...]], ...] = (
    (
        "sykepleie",
        (
            (_("Bestille og fylle på forbruksmateriell"), _("Helsefagarbeidere eller en servicemedarbeider")),
            (_("Servere og rydde etter måltider"), _("Servicemedarbeidere eller assistenter")),
            (_("Legge ut medisiner i multidose"), _("Apoteket, med kontroll hos dere")),
        ),
    ),
    (
        "helsefagarbeider",
        (
            (_("Vask av utstyr og rydding av lager"), _("Assistenter eller renholdere")),
            (_("Kjøring, handling og følge til lege"), _("Servicemedarbeidere eller frivillige")),
        ),
    ),
    (
        "vernepleie",
        (
            (_("Handling, matlaging og husarbeid i boligen"), _("Assistenter eller miljøarbeidere")),
            (_("Følge til fritid og aktiviteter"), _("Miljøarbeidere eller støttekontakter")),
        ),
    ),
    (
        "lærer",
        (
            (_("Inspeksjon ute og tilsyn i pauser"), _("Barne- og ungdomsarbeidere")),
            (_("Føre fravær og sende beskjeder hjem"), _("Kontoret eller barne- og ungdomsarbeidere")),
            (_("Kopiere og holde orden på læremidler"), _("Kontoret eller assistenter")),
        ),
    ),
    (
        "barnehage",
        (
            (_("Lage mat og rydde på kjøkkenet"), _("Kjøkkenassistent")),
            (_("Vask av leker og garderobe"), _("Assistenter eller renholdere")),
        ),
    ),
    (
        "ingeniør",
        (
            (_("Ta imot og fordele henvendelser"), _("Kontoret eller servicetorget")),
            (_("Føre kart og arkiv etter befaring"), _("Fagarbeidere eller kontoret")),
        ),
    ),
    (
        "leder",
        ((_("Innleie og turnus ved fravær"), _("En fast turnusmedarbeider eller et ressursteam")),),
    ),
)
ELLERS = (
    (_("Ta imot henvendelser og sette opp avtaler"), _("Kontoret eller servicetorget")),
    (_("Skrive av og arkivere"), _("Kontoret")),
)
FLEST = 6


@dataclass(frozen=True)
class Oppgaveforslag:
    """A task to begin from."""

    oppgave: str
    utfoeres_av: str
    kan_utfoeres_av: str


def oppgaveforslag(rader: Iterable[Gaprad], har: Iterable[Gapoppgave]) -> list[Oppgaveforslag]:
    """Tasks that the groups of the analysis often do, each once, without those it has or has taken out (`har`)."""
    brukt = {brett(o.oppgave) for o in har}
    grupper = [r for r in rader if r.slag == Gapradslag.STILLING]
    ut = [
        Oppgaveforslag(str(oppgave), rad.navn, str(andre))
        for rad in grupper
        for ord_, oppgaver in FORSLAG
        if ord_ in brett(rad.navn)
        for oppgave, andre in oppgaver
    ]
    if not ut and grupper:
        ut = [Oppgaveforslag(str(oppgave), grupper[0].navn, str(andre)) for oppgave, andre in ELLERS]
    ulike = {brett(f.oppgave): f for f in reversed(ut)}
    return [f for f in ut if ulike[brett(f.oppgave)] is f and brett(f.oppgave) not in brukt][:FLEST]


@dataclass(frozen=True)
class Frigjort:
    """Hours a week, and as årsverk of a whole week."""

    timer: Decimal
    aarsverk: Decimal
    uke: Decimal = TIMER_I_UKA


def sum_frigjort(oppgaver: Iterable[Gapoppgave]) -> Frigjort:
    """What the tasks would free together; those without hours or share add nothing."""
    timer = sum((o.frigjort or Decimal(0) for o in oppgaver), Decimal(0))
    return Frigjort(timer, (timer / TIMER_I_UKA).quantize(HUNDREDEL, ROUND_HALF_UP))
