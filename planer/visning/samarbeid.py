"""Rows of drøftinger and hearings for the page «Samarbeid»."""

from dataclasses import dataclass, field
from datetime import date

from organisasjon.models import Bruker
from planer.enums import Syn
from planer.flytkrav import frist_for
from planer.models import Drofting, Droftingssyn, Horing, Plan


@dataclass(frozen=True)
class Droftingsrad:
    """A drøfting with its counts. `mitt` is the reader's own view, when they are called. `frister`: view that is not
    recorded → the last day for it.
    """

    drofting: Drofting
    enige: int
    uenige: int
    venter: tuple[str, ...]
    mitt: Droftingssyn | None
    holdt: bool
    frister: dict[int, date] = field(default_factory=dict)


def droftingsrader(plan: Plan, bruker: Bruker, dag: date) -> list[Droftingsrad]:
    """The plan's drøftinger, newest first. Reads them `med_samarbeid`."""
    return [droftingsrad(d, bruker, dag) for d in plan.droftinger.all()]


def droftingsrad(drofting: Drofting, bruker: Bruker, dag: date) -> Droftingsrad:
    """One drøfting. Reads its syn, prefetched or not."""
    syn = list(drofting.syn.all())
    return Droftingsrad(
        drofting,
        sum(s.syn == Syn.ENIG for s in syn),
        sum(s.syn == Syn.UENIG for s in syn),
        tuple(str(s.bruker) for s in syn if not s.syn),
        next((s for s in syn if s.bruker_id == bruker.pk), None),
        drofting.dato <= dag,
        {s.pk: frist_for(s, drofting) for s in syn if not s.syn},
    )


@dataclass(frozen=True)
class Horingsrad:
    """A hearing with its counts."""

    horing: Horing
    aapen: bool
    svar: int
    uvurdert: int
    dager: int


def horingsrader(plan: Plan, dag: date) -> list[Horingsrad]:
    """The plan's hearings, newest first. Reads them `med_samarbeid`."""
    return [horingsrad(h, dag) for h in plan.horinger.all()]


def horingsrad(horing: Horing, dag: date) -> Horingsrad:
    """One hearing. Reads its answers, prefetched or not."""
    svar = list(horing.svar.all())
    dager = (horing.frist - dag).days
    return Horingsrad(horing, dager >= 0, len(svar), sum(not s.vurdering for s in svar), dager)
