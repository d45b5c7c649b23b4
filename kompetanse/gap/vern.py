"""Small numbers of a gap analysis, for readers who may not see them. Pure Python.

Counts of one to four are shown as «<5». When any count in a row is that small, all its parts are hidden in every year:
with have, in training and leavers side by side, each can be worked out from the others and the gap. Of the gaps only
the one five years ahead is then shown, and only where it is five or more, how many they have is not small, and neither
what is left nor how much fewer that is than they have today is small: how many they have may be known from elsewhere.

A row by which a small number somewhere else could be worked out is `skjult`: nothing of it is shown but the needs, for
a gap tells how many they have when few come or go. Which rows that is, is decided in one place, `queries.gapvern`.

Årsverk and ages are not shown at all, and a sum is shown when no part of it is hidden. Needs are no counts of people
and are always shown.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from kompetanse.gap.regning import Ledd

GRENSE = 5
FAA, SKJULT = "<5", "skjult"
# A number, or one of the marks above; None = not answered.
Vist = int | str | None


@dataclass(frozen=True)
class VistLedd:
    """One horizon as it may be shown."""

    om_aar: int
    trenger: Vist
    har: Vist
    utdanning: Vist
    avgang: Vist
    ventet: Vist
    gap: Vist
    overskudd: Vist


def er_liten(antall: int | Decimal | None) -> bool:
    """One to four. Nobody is nobody's secret."""
    return antall is not None and 0 < antall < GRENSE


def vis_tall(antall: int | Decimal | None) -> Vist:
    """A count that stands alone."""
    if antall is None:
        return None
    return FAA if er_liten(antall) else int(antall)


def aapne(horisonter: Iterable[Ledd]) -> tuple[VistLedd, ...]:
    """Everything, for those who may see it."""

    def tall(h: Ledd) -> list[int | None]:
        alle = (h.trenger, *_deler(h), h.ventet, h.gap, h.overskudd)
        return [None if verdi is None else int(verdi) for verdi in alle]

    return tuple(VistLedd(h.om_aar, *tall(h)) for h in horisonter)


def er_talt(forslag: Mapping[str, Any], har: int) -> bool:
    """Is what the row has the sum of a competence system's counts? These are shown elsewhere, unit by unit, with the
    small ones hidden, and a hidden one must not be what is left of the sum.
    """
    return forslag.get("kilde") == "kompetansesystem" and forslag.get("har") == har


def vern_rad(horisonter: Sequence[Ledd], skjult: bool = False) -> tuple[VistLedd, ...]:
    """The row by the rule above."""
    if not (skjult or har_smaa(horisonter)):
        return aapne(horisonter)
    sist = max((h.om_aar for h in horisonter), default=0)
    return tuple(_skjult(h, h.om_aar == sist and not skjult) for h in horisonter)


def har_smaa(horisonter: Iterable[Ledd]) -> bool:
    """Is any count of people in the row small? What is left after the parts is one too."""
    return any(er_liten(v) for h in horisonter for v in (*_deler(h), h.ventet))


def vern_sum(deler: Iterable[Vist]) -> Vist:
    """The sum of shown numbers; hidden as soon as one of them is. None when there is nothing to sum."""
    tall = [d for d in deler if d is not None]
    if not tall:
        return None
    return SKJULT if any(isinstance(d, str) for d in tall) else sum(d for d in tall if not isinstance(d, str))


def _deler(h: Ledd) -> tuple[Decimal, Decimal, Decimal]:
    return h.har, h.utdanning, h.avgang


def _skjult(h: Ledd, med_gap: bool) -> VistLedd:
    trenger = None if h.trenger is None else int(h.trenger)
    roper = er_liten(h.har) or er_liten(h.ventet) or er_liten(abs(h.har - h.ventet))
    vis_gap = med_gap and h.gap is not None and h.gap >= GRENSE and not roper
    har = FAA if er_liten(h.har) else SKJULT
    gap = None if h.gap is None else int(h.gap) if vis_gap else SKJULT
    overskudd = None if h.overskudd is None else 0 if vis_gap else SKJULT
    return VistLedd(h.om_aar, trenger, har, SKJULT, SKJULT, SKJULT, gap, overskudd)
