"""The steps of answering a gap analysis, and how long they take. Pure Python.

How long: so many seconds for each kind of step that is left, up to whole minutes. Measured by answering the demo
municipality's units by hand, and stated on the first page.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

# Kind of step → seconds. A row that last year's answers fill in is mostly read through.
SEKUNDER = {"rader": 60, "rad": 120, "fra_i_fjor": 60, "oppgaver": 90, "swot": 90, "sporsmaal": 45, "send": 60}
# Position groups with a row of their own in a unit of about forty.
VANLIGE_RADER = 4
FASTE_FOER, FASTE_ETTER = ("rader",), ("oppgaver", "swot", "sporsmaal", "send")


@dataclass(frozen=True)
class Steg:
    """A page of the form. `nokkel` names it («rader», «rad:12», «send»)."""

    nokkel: str
    slag: str
    navn: str
    ferdig: bool
    sekunder: int


@dataclass(frozen=True)
class Radinfo:
    """What the steps need to know of a row."""

    pk: int
    navn: str
    besvart: bool
    fra_i_fjor: bool = False


def lag_steg(rader: Iterable[Radinfo], sporsmaal: int, ferdige: Collection[str]) -> tuple[Steg, ...]:
    """The steps in order. Without questions of HR's own there is no such step."""
    midten = [
        Steg(f"rad:{r.pk}", "rad", r.navn, r.besvart, SEKUNDER["fra_i_fjor" if r.fra_i_fjor else "rad"]) for r in rader
    ]
    sist = [n for n in FASTE_ETTER if n != "sporsmaal" or sporsmaal]

    def fast(nokkel: str) -> Steg:
        sekunder = SEKUNDER[nokkel] * (sporsmaal if nokkel == "sporsmaal" else 1)
        return Steg(nokkel, nokkel, "", nokkel in ferdige, sekunder)

    return (*map(fast, FASTE_FOER), *midten, *map(fast, sist))


def vanlige_steg(sporsmaal: int) -> tuple[Steg, ...]:
    """The steps of an ordinary unit, to say how long it takes before anything is filled in."""
    return lag_steg([Radinfo(0, "", False)] * VANLIGE_RADER, sporsmaal, ())


def minutter_igjen(steg: Iterable[Steg]) -> int:
    """Whole minutes for the steps that are not done, at least one."""
    sekunder = sum(s.sekunder for s in steg if not s.ferdig)
    return max(1, -(-sekunder // 60))


def finn(steg: tuple[Steg, ...], nokkel: str) -> int:
    """The place of the step; the first one when there is no such step any more."""
    return next((i for i, s in enumerate(steg) if s.nokkel == nokkel), 0)
