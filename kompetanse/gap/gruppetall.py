"""How many an extract has of each position group in each analysis that is filled in from it. Pure pandas.

Leaders are counted apart, as when the rows are filled in (`gap.forslag`). The units are split into parts that every
analysis has all or nothing of, so that analyses of different rounds may overlap.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import pandas as pd

from analyse.beregninger.personer import Telte, lag_par, tell
from felles.norsk import brett

# A position group by its folded name, and whether it is that of the leaders.
Gruppe = tuple[str, bool]
REST = -1


def gruppenokkel(navn: str) -> str:
    """A group's name as it is compared: as long as a row keeps it, whatever the case of its letters."""
    return brett(navn[:150])


@dataclass
class Gruppetall:
    """`analyser`: analysis → group → persons · `deler`: part → group → persons, `REST` being those outside all the
    analyses; None when they are not known · `av`: analysis → its parts.
    """

    analyser: dict[int, dict[Gruppe, int]] = field(default_factory=dict)
    deler: dict[int, dict[Gruppe, int]] | None = None
    av: dict[int, tuple[int, ...]] = field(default_factory=dict)


def tell_grupper(
    ansettelser: pd.DataFrame, stillinger: pd.DataFrame, dato: date, omfang: Mapping[int, Collection[int]]
) -> Gruppetall:
    """`ansettelser`: those of the whole municipality · `omfang`: analysis → all its units, departments too."""
    del_av, av = _deler(ansettelser, omfang)
    ut = Gruppetall({pk: {} for pk in omfang}, defaultdict(dict), av)
    er_leder = ansettelser["stilling"].isin(stillinger.loc[stillinger["funksjon"] != "", "id"]).to_numpy()
    ansettelser = ansettelser.assign(del_=del_av)
    for leder in (False, True):
        telte = tell(ansettelser[er_leder == leder], stillinger, dato)
        if len(telte.rader):
            _ta_med(ut, telte, leder)
    return ut


def _deler(ansettelser: pd.DataFrame, omfang: Mapping[int, Collection[int]]) -> tuple[np.ndarray, dict]:
    """The part each row belongs to, and the parts of each analysis."""
    par = ansettelser["enhet"].to_numpy() * (1 << 31) + ansettelser["avdeling"].to_numpy()
    kode, steder = pd.factorize(par)
    mine: dict[int, set[int]] = defaultdict(set)
    for pk, enheter in omfang.items():
        for enhet in enheter:
            mine[enhet].add(pk)
    nummer: dict[frozenset[int], int] = {frozenset(): REST}
    av: dict[int, set[int]] = {pk: set() for pk in omfang}
    i_del = np.empty(len(steder), dtype="int64")
    for i, sted in enumerate(steder):
        dekket = frozenset(mine.get(int(sted) >> 31, set()) | mine.get(int(sted) & ((1 << 31) - 1), set()))
        i_del[i] = nummer.setdefault(dekket, len(nummer) - 1)
        for pk in dekket:
            av[pk].add(int(i_del[i]))
    return i_del[kode] if len(kode) else np.empty(0, dtype="int64"), {pk: tuple(sorted(d)) for pk, d in av.items()}


def _ta_med(ut: Gruppetall, telte: Telte, leder: bool) -> None:
    gruppe, del_ = telte.stillingsgruppe, telte.rader["del_"].to_numpy()
    navn = [(gruppenokkel(str(n)), leder) for n in gruppe.nokler]

    def antall(med: np.ndarray) -> dict[Gruppe, int]:
        par = lag_par(gruppe.kode[med], telte.person[med], len(navn)).antall()
        return _samlet(zip(navn, par.tolist(), strict=True))

    for nr in np.unique(del_):
        ut.deler[int(nr)].update(antall(del_ == nr))
    for pk, deler in ut.av.items():
        egen = ut.deler.get(deler[0], {}) if len(deler) == 1 else None
        tall = antall(np.isin(del_, deler)) if egen is None else {g: n for g, n in egen.items() if g[1] == leder}
        ut.analyser[pk].update(tall)


def _samlet(par: Iterable[tuple[Gruppe, int]]) -> dict[Gruppe, int]:
    ut: dict[Gruppe, int] = defaultdict(int)
    for gruppe, antall in par:
        if antall:
            ut[gruppe] += antall
    return dict(ut)


def fra_svarene(antall: Iterable[tuple[int, str, int]], like: Mapping[int, int]) -> Gruppetall:
    """The same from what the analyses were filled in with, when the extract is gone: (analysis, group, persons).
    Nothing is then known of those outside. `like`: analysis → one that stands for all of the same units.
    """
    ut = Gruppetall({pk: {} for pk in like}, None, {pk: (forst,) for pk, forst in like.items()})
    for pk, navn, n in antall:
        gruppe = (gruppenokkel(navn), False)
        if n:
            ut.analyser[pk][gruppe] = ut.analyser[pk].get(gruppe, 0) + n
    return ut
