"""Linear relations between whole numbers: elimination over the integers, and bounds tightened one relation at a time.

The mathematics of `felles.prikking`; it knows nothing of small numbers.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable
from heapq import heapify, heappop, heappush
from math import gcd
from random import Random

Celle = Hashable
Rad = dict[Celle, int]
UENDELIG = float("inf")
# 2^61 − 1. A random point of the solution space, modulo this: a cell that is 0 there is determined.
PRIMTALL = (1 << 61) - 1


def eliminer(rader: list[Rad], ukjent: frozenset[Celle]) -> tuple[list[int], list[tuple[Celle, Rad]]]:
    """Forward elimination of the unknown cells, exact; the shown ones are carried along.

    Returns the numbers of the rows that say something the others do not, and (pivot cell, row) in the order they were
    taken; a later row never holds an earlier pivot.
    """
    aktive = {i: dict(rad) for i, rad in enumerate(rader)}
    kolonner: dict[Celle, set[int]] = defaultdict(set)
    for i, rad in aktive.items():
        for celle in rad:
            if celle in ukjent:
                kolonner[celle].add(i)
    uavhengige, pivoter = [], []
    enkle = [c for c, i in kolonner.items() if len(i) == 1]
    korteste = [(len(rad), i) for i, rad in aktive.items()]
    heapify(korteste)
    while aktive:
        nr, celle = _velg_pivot(aktive, kolonner, enkle, korteste)
        pivotrad = aktive.pop(nr)
        kjente = [c for c in pivotrad if c in kolonner]
        for c in kjente:
            kolonner[c].discard(nr)
        for i in list(kolonner[celle]):
            _trekk_fra(aktive, kolonner, i, pivotrad, celle)
            if i in aktive:
                heappush(korteste, (len(aktive[i]), i))
        kolonner.pop(celle, None)
        enkle.extend(c for c in kjente if c in kolonner and len(kolonner[c]) == 1)
        uavhengige.append(nr)
        pivoter.append((celle, pivotrad))
    return sorted(uavhengige), pivoter


def _velg_pivot(
    aktive: dict[int, Rad], kolonner: dict[Celle, set[int]], enkle: list[Celle], korteste: list[tuple[int, int]]
) -> tuple[int, Celle]:
    """A column in one row only costs nothing; else the shortest row and its rarest column. `korteste` is a heap of
    (length, row) that also holds what is no longer true.
    """
    while enkle:
        celle = enkle.pop()
        rader = kolonner.get(celle)
        if rader and len(rader) == 1:
            return next(iter(rader)), celle
    lengde, nr = heappop(korteste)
    while nr not in aktive or len(aktive[nr]) != lengde:
        lengde, nr = heappop(korteste)
    return nr, min((c for c in aktive[nr] if c in kolonner), key=lambda c: len(kolonner[c]))


def _trekk_fra(aktive: dict[int, Rad], kolonner: dict[Celle, set[int]], nr: int, pivotrad: Rad, celle: Celle) -> None:
    """Take the cell out of row nr with the pivot row, and keep the column index in step."""
    rad = aktive[nr]
    beroerte = [c for c in pivotrad if c in kolonner]
    foer = {c for c in beroerte if c in rad}
    trekk(rad, pivotrad, celle)
    for c in beroerte:
        if (c in rad) != (c in foer):
            (kolonner[c].add if c in rad else kolonner[c].discard)(nr)
    if not any(c in kolonner for c in rad):
        del aktive[nr]


def trekk(rad: Rad, pivotrad: Rad, celle: Celle) -> None:
    """rad := rad × a − pivot row × b, so that the cell vanishes; whole numbers, shortened."""
    a, b = pivotrad[celle], rad[celle]
    deler = gcd(a, b)
    a, b = a // deler, b // deler
    if a < 0:
        a, b = -a, -b
    if a != 1:
        for c in rad:
            rad[c] *= a
    for c, koeffisient in pivotrad.items():
        ny = rad.get(c, 0) - b * koeffisient
        if ny:
            rad[c] = ny
        else:
            rad.pop(c, None)
    if a != 1 and rad and (felles := gcd(*rad.values())) > 1:
        for c in rad:
            rad[c] //= felles


def tilfeldig_losning(ukjent: Iterable[Celle], pivoter: list[tuple[Celle, Rad]]) -> dict[Celle, int]:
    """A random solution of the homogeneous system, modulo a large prime. A cell that is 0 cannot vary: determined.

    The odds of a wrong 0 are about 2^−61, and it would only hide a cell too many.
    """
    trekk = Random(20250701)  # noqa: S311 - not a secret: any point outside a thin set will do
    losning = {c: trekk.randrange(1, PRIMTALL) for c in ukjent}
    for celle, rad in reversed(pivoter):
        resten = sum(k * losning[c] for c, k in rad.items() if c != celle and c in losning)
        losning[celle] = -resten * pow(rad[celle], -1, PRIMTALL) % PRIMTALL
    return losning


# Bounds


def grenser(rader: list[tuple[Rad, int]], lav: dict[Celle, int], hoy: dict[Celle, float]) -> dict[Celle, int]:
    """Cells whose only value is given away by the bounds, relation by relation until nothing changes, with the number
    of the relation that closed the last gap. Tightens `lav` and `hoy`.
    """
    av_celle: dict[Celle, list[int]] = defaultdict(list)
    for i, (rad, _sum) in enumerate(rader):
        for celle in rad:
            av_celle[celle].append(i)
    koe, runder, aarsak = set(range(len(rader))), 0, {}
    while koe and runder < 50_000:
        runder, nr = runder + 1, koe.pop()
        for celle in _stram(*rader[nr], lav, hoy):
            aarsak[celle] = nr
            koe.update(av_celle[celle])
    return {c: aarsak[c] for c, tak in hoy.items() if tak == lav[c]}


def _stram(rad: Rad, summen: int, lav: dict[Celle, int], hoy: dict[Celle, float]) -> list[Celle]:
    """Tighten the bounds of the row's cells; returns those that changed."""
    minst, uten_bunn = _ytterst(rad, lav, hoy)
    mest, uten_topp = _ytterst(rad, hoy, lav)
    if uten_bunn > 1 and uten_topp > 1:
        return []
    for celle, k in rad.items():
        nede, oppe = (lav[celle], hoy[celle]) if k > 0 else (hoy[celle], lav[celle])
        # The most and the least the cell can weigh, when the others weigh as little and as much as they can.
        tak = summen - (minst if nede == UENDELIG else minst - k * nede)
        gulv = summen - (mest if oppe == UENDELIG else mest - k * oppe)
        har_tak, har_gulv = uten_bunn == (nede == UENDELIG), uten_topp == (oppe == UENDELIG)
        if k < 0:
            gulv, tak, har_gulv, har_tak = tak, gulv, har_tak, har_gulv
        ny_lav = -(-gulv // k) if har_gulv else lav[celle]
        ny_hoy = tak // k if har_tak else hoy[celle]
        if ny_lav > lav[celle] or ny_hoy < hoy[celle]:
            lav[celle], hoy[celle] = max(lav[celle], int(ny_lav)), min(hoy[celle], ny_hoy)
            return [celle]
    return []


def _ytterst(rad: Rad, positive: dict[Celle, float], negative: dict[Celle, float]) -> tuple[int, int]:
    """The row's sum at the given ends, without the cells that have no end there, and how many those are."""
    summen = aapne = 0
    for celle, k in rad.items():
        verdi = positive[celle] if k > 0 else negative[celle]
        if verdi == UENDELIG:
            aapne += 1
        else:
            summen += k * verdi
    return summen, aapne
