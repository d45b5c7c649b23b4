"""Answers to the checklist held against each other: counts, differences, development. Plain values in and out.

A set of answers (`Besvarelse`) is a mapping from a point's key to its answer; a key that is missing is not assessed.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations


class Svar(StrEnum):
    """The four answers. The last says nothing about how things are."""

    JA = "ja"
    DELVIS = "delvis"
    NEI = "nei"
    IKKE_VURDERT = "ikke_vurdert"


Besvarelse = Mapping[str, Svar]
_POENG = {Svar.NEI: 0, Svar.DELVIS: 1, Svar.JA: 2}


@dataclass(frozen=True)
class Telling:
    """How many points have each answer."""

    ja: int
    delvis: int
    nei: int
    ikke_vurdert: int

    @property
    def vurdert(self) -> int:
        return self.ja + self.delvis + self.nei

    @property
    def antall(self) -> int:
        return self.vurdert + self.ikke_vurdert


@dataclass(frozen=True)
class Forskjell:
    """A point two sets answer differently. `avstand`: 2 from yes to no, 1 with partly in it."""

    punkt: str
    a: Svar
    b: Svar

    @property
    def avstand(self) -> int:
        return abs(_POENG[self.a] - _POENG[self.b])


@dataclass(frozen=True)
class Par:
    """Two sets, by their places in the list, and what they differ on, the most first."""

    a: int
    b: int
    forskjeller: tuple[Forskjell, ...]


@dataclass(frozen=True)
class Utvikling:
    """Points that are better and worse the second time. Those not assessed both times are left out."""

    bedre: tuple[str, ...]
    daarligere: tuple[str, ...]


def tell(svar: Iterable[Svar]) -> Telling:
    """Count the answers."""
    liste = list(svar)
    return Telling(*(liste.count(verdi) for verdi in Svar))


def samlet(deler: Sequence[Svar]) -> Svar:
    """The answer of a point that is made of others: yes when all are, no when all that are assessed are no."""
    vurdert = [svar for svar in deler if svar != Svar.IKKE_VURDERT]
    if not vurdert:
        return Svar.IKKE_VURDERT
    if set(vurdert) == {Svar.NEI}:
        return Svar.NEI
    return Svar.JA if set(deler) == {Svar.JA} else Svar.DELVIS


def forskjeller(a: Besvarelse, b: Besvarelse, punkter: Sequence[str]) -> tuple[Forskjell, ...]:
    """Points both have assessed and answer differently: the greatest difference first, then in the list's order."""
    par = ((punkt, _svar(a, punkt), _svar(b, punkt)) for punkt in punkter)
    ulike = [Forskjell(*p) for p in par if Svar.IKKE_VURDERT not in p[1:] and p[1] != p[2]]
    return tuple(sorted(ulike, key=lambda f: -f.avstand))


def bare_den_ene(a: Besvarelse, b: Besvarelse, punkter: Sequence[str]) -> tuple[str, ...]:
    """Points that only one of the two has assessed."""
    return tuple(p for p in punkter if (_svar(a, p) == Svar.IKKE_VURDERT) != (_svar(b, p) == Svar.IKKE_VURDERT))


def mest_ulike(kolonner: Sequence[Besvarelse], punkter: Sequence[str]) -> Par | None:
    """The pair with the greatest sum of differences; the first in the list of equals. None when nobody differs."""
    par = [Par(i, j, forskjeller(kolonner[i], kolonner[j], punkter)) for i, j in combinations(range(len(kolonner)), 2)]
    mest = max(par, key=lambda p: sum(f.avstand for f in p.forskjeller), default=None)
    return mest if mest and mest.forskjeller else None


def utvikling(foer: Besvarelse, etter: Besvarelse, punkter: Sequence[str]) -> Utvikling:
    """What has become better and worse from one date to the next, in the list's order."""
    endret = {f.punkt: _POENG[f.b] - _POENG[f.a] for f in forskjeller(foer, etter, punkter)}
    return Utvikling(
        tuple(p for p in punkter if endret.get(p, 0) > 0), tuple(p for p in punkter if endret.get(p, 0) < 0)
    )


def _svar(besvarelse: Besvarelse, punkt: str) -> Svar:
    return besvarelse.get(punkt, Svar.IKKE_VURDERT)
