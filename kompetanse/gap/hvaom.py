"""What if one person leaves: what is lost, what falls to one, and what gap it makes. Pure Python, counts only.

Two kinds of knowledge are kept apart: what the answers and the register say (`sikkert`), and what holds only if this
person is among those who can it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

from kompetanse.gap.regning import SAARBAR, Ledd


class Visshet(Enum):
    """How sure it is that the person takes this along."""

    REGISTRERT = 1  # HR has registered that the person can it, or it is the person's own position
    TROLIG = 2  # it belongs to the person's position group
    MULIG = 3  # nobody has said who can it


@dataclass(frozen=True)
class Besittelse:
    """Something the unit has: how many can it now, how critical it is, its horizons when it is a row of an analysis."""

    navn: str
    har: int
    kritisk: int = 0
    visshet: Visshet = Visshet.MULIG
    horisonter: Sequence[Ledd] = ()
    kilde: str = ""


@dataclass(frozen=True)
class Virkning:
    """What becomes of it: how many are left, and what more is lacking per horizon (years ahead, before, after)."""

    b: Besittelse
    igjen: int
    gap: tuple[tuple[int, int, int], ...]

    @property
    def tapt(self) -> bool:
        """Can nobody do it any more?"""
        return self.igjen == 0

    @property
    def paa_en(self) -> bool:
        """Is one left?"""
        return self.igjen == 1


def uten_en(b: Besittelse) -> Virkning:
    """The same without one of those who can it."""
    gap = []
    for h in b.horisonter:
        if h.gap is not None:
            etter = Ledd(h.om_aar, h.trenger, max(h.har - 1, 0), h.utdanning, h.avgang).gap
            gap.append((h.om_aar, int(h.gap), int(etter or 0)))
    return Virkning(b, max(b.har - 1, 0), tuple(gap))


def virkninger(besittelser: Iterable[Besittelse]) -> list[Virkning]:
    """What happens to each of them when a person goes, of those that are on few hands or make a gap: surest first, then
    what is lost, then the most critical.
    """
    alle = [uten_en(b) for b in besittelser if b.har > 0]
    merkes = [v for v in alle if v.b.visshet == Visshet.REGISTRERT or v.b.har <= SAARBAR]
    return sorted(merkes, key=lambda v: (v.b.visshet.value, v.igjen, -v.b.kritisk, v.b.navn))
