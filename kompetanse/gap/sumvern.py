"""Small numbers in the results of a round: which sums may be shown beside what is shown of each analysis. Pure Python.

What a protected reader sees of one analysis is decided row by row (`kompetanse.gap.vern`): its gap, or «skjult». The
needs are shown. A sum over a sector or the municipality is then a sum of shown and hidden gaps, and is shown only when
no hidden one can be worked out from all the sums, the needs (no gap is larger) and the marks (`felles.prikking`).
"""

from collections.abc import Iterable
from dataclasses import dataclass

from felles.prikking import System, beskytt

KOMMUNEN = "kommunen"
Sum = tuple[str, str]


@dataclass(frozen=True)
class Post:
    """An analysis in one column and one year: the sector it is summed in, its gap and need, and whether the gap is
    hidden. `faa`: the reader is told that there are fewer than five now.
    """

    sektor: str
    gap: int
    trenger: int
    skjult: bool
    faa: bool = False


def skjulte_summer(poster: Iterable[Post]) -> set[Sum]:
    """The sums that must be hidden: ("sektor", name) and ("kommunen", "")."""
    poster = list(poster)
    i_fare = [p for p in poster if p.skjult]
    if not i_fare:
        return set()
    sektorer = {p.sektor for p in i_fare}
    system = System()
    for nr, post in enumerate(i_fare):
        system.legg_til(("gap", nr), post.gap)
        # What is covered of the need; gap + covered = need is known.
        system.legg_til(("dekket", nr), post.trenger - post.gap, vist=post.faa)
        system.relasjoner.append({("gap", nr): 1, ("dekket", nr): 1})
    for sektor in sektorer:
        system.legg_til(("sektor", sektor), sum(p.gap for p in i_fare if p.sektor == sektor))
        system.summer(("sektor", sektor), [("gap", nr) for nr, p in enumerate(i_fare) if p.sektor == sektor])
    system.legg_til((KOMMUNEN, ""), sum(p.gap for p in i_fare))
    system.summer((KOMMUNEN, ""), [("sektor", s) for s in sorted(sektorer)])
    tvunget = [c for c in system.vist if c[0] in ("gap", "dekket")]
    return {c for c in beskytt(system, tvunget) if c[0] in ("sektor", KOMMUNEN)}
