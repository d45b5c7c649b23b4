"""Small numbers in the results of a round: which sums may be shown beside what is shown of each analysis. Pure Python.

What a protected reader sees of one analysis is decided row by row (`kompetanse.gap.vern`): its gap, or «skjult». The
needs are shown. A sum over a sector or the municipality is then a sum of shown and hidden gaps, and is shown only when
no hidden one can be worked out from all the sums, the needs (no gap is larger) and the marks.

The rules are those of `felles.prikking`. There are many columns here, but the sums are a tree, so what a reader can
work out are intervals, exactly, and quick to find. The tests let the general attack at it.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from felles.prikking import GRENSE

KOMMUNEN = "kommunen"
ALT = (KOMMUNEN, "")
Sum = tuple[str, str]
Grenser = tuple[int, int]


class Post(NamedTuple):
    """An analysis in one column and one year: the sector it is summed in, its gap and need, and whether the gap is
    hidden. `faa`: the reader is told that there are fewer than five now. `uendret`: what the gap would be if those they
    have today stayed, when it is hidden because few come or go; how many they have may be known from elsewhere.
    """

    sektor: str
    gap: int
    trenger: int
    skjult: bool
    faa: bool = False
    uendret: int | None = None
    bundet: bool = False

    @property
    def er_dekket(self) -> bool:
        """Does everybody know that nothing is lacking?"""
        return not self.trenger or (self.uendret is not None and self.uendret <= 1 - GRENSE)

    @property
    def grenser(self) -> Grenser:
        """What the reader knows of the gap besides the sums: that it is under five or not, and what the need leaves."""
        return _postgrenser(self.gap, self.trenger, self.faa, self.uendret)


# The same few small numbers come again and again.
@lru_cache(maxsize=10_000)
def _postgrenser(gap: int, trenger: int, faa: bool, uendret: int | None) -> Grenser:
    lav, hoy = _merket(gap, trenger)
    if faa:
        minst, mest = _merket(trenger - gap, trenger)
        lav, hoy = max(lav, trenger - mest), min(hoy, trenger - minst)
    if uendret is not None:
        lav, hoy = max(lav, uendret - GRENSE + 1), min(hoy, max(0, uendret + GRENSE - 1))
    return lav, hoy


@dataclass
class Tre:
    """The hidden gaps of a column in one year, by sector, what the reader knows of each, and their sums."""

    poster: dict[str, list[Post]]
    grenser: dict[str, list[Grenser]] = field(init=False)
    summer: dict[Sum, int] = field(init=False)

    def __post_init__(self) -> None:
        self.grenser = {s: [p.grenser for p in egne] for s, egne in self.poster.items()}
        self.summer = {("sektor", s): sum(p.gap for p in egne) for s, egne in self.poster.items()}
        self.summer[ALT] = sum(self.summer.values())


def lag_tre(poster: Iterable[Post]) -> Tre:
    """The tree of what is hidden."""
    per_sektor: dict[str, list[Post]] = defaultdict(list)
    for post in poster:
        if post.skjult and not post.er_dekket:
            per_sektor[post.sektor].append(post)
    return Tre(dict(per_sektor))


def skjulte_summer(poster: Iterable[Post]) -> set[Sum]:
    """The sums that must be hidden: ("sektor", name) and ("kommunen", "")."""
    tre = lag_tre(poster)
    if not tre.poster:
        return set()
    skjulte = {sum_ for sum_, n in tre.summer.items() if n < GRENSE}
    for sektor in {s for s, egne in tre.poster.items() if any(p.bundet for p in egne)}:
        skjulte |= {("sektor", sektor), ALT}
    skjulte |= {("sektor", s) for s in tre.poster if ("sektor", s) not in skjulte and _roper(tre, s)}
    if _trygt(tre, skjulte):
        return skjulte
    # The municipality's sum gives away what the sectors' do not: one more sector, the smallest that helps, or itself.
    andre = sorted(tre.summer.keys() - skjulte - {ALT}, key=lambda sum_: (tre.summer[sum_], sum_))
    forsok = [{sum_} for sum_ in [*andre, ALT]]
    return next((skjulte | flere for flere in forsok if _trygt(tre, skjulte | flere)), set(tre.summer))


def _roper(tre: Tre, sektor: str) -> bool:
    """Does the sector's sum, shown, give one of its gaps away?"""
    sum_ = tre.summer["sektor", sektor]
    return any(lav == hoy for lav, hoy in _innsnevre(tre.grenser[sektor], (sum_, sum_)))


def _trygt(tre: Tre, skjulte: set[Sum]) -> bool:
    """Can every hidden gap and sum still be two numbers at least, when only these sums are hidden?"""
    deler = [_kjent(tre, ("sektor", s), egne, skjulte) for s, egne in tre.grenser.items()]
    alt = _kjent(tre, ALT, deler, skjulte)
    if ALT in skjulte and alt[0] >= alt[1]:
        return False
    for (s, egne), sum_ in zip(tre.grenser.items(), _innsnevre(deler, alt), strict=True):
        if ("sektor", s) in skjulte and sum_[0] >= sum_[1]:
            return False
        if any(lav >= hoy for lav, hoy in _innsnevre(egne, sum_)):
            return False
    return True


def _kjent(tre: Tre, sum_: Sum, deler: list[Grenser], skjulte: set[Sum]) -> Grenser:
    """What the reader knows of a sum: the sum itself, or what its parts and the mark can make it."""
    verdi = tre.summer[sum_]
    if sum_ not in skjulte:
        return verdi, verdi
    minst, mest = _lagt_sammen(deler)
    lav, hoy = _merket(verdi, mest)
    return max(minst, lav), hoy


def _lagt_sammen(deler: Iterable[Grenser]) -> Grenser:
    deler = list(deler)
    return sum(lav for lav, _hoy in deler), sum(hoy for _lav, hoy in deler)


def _innsnevre(deler: list[Grenser], sum_: Grenser) -> list[Grenser]:
    """What each part can be when their sum lies within bounds."""
    minst, mest = _lagt_sammen(deler)
    return [(max(lav, sum_[0] - (mest - hoy)), min(hoy, sum_[1] - (minst - lav))) for lav, hoy in deler]


def _merket(verdi: int, mest: int) -> Grenser:
    """What a mark «under five», or its absence, says of a number that is `mest` at most."""
    return (0, min(GRENSE - 1, mest)) if verdi < GRENSE else (GRENSE, mest)
