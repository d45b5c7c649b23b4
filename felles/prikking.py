"""Small-number protection: which cells must be hidden so that no hidden one can be worked out from the shown ones.

A system is cells with whole values ≥ 0 and linear relations between them. Primary: every shown cell under 5. Secondary:
the smallest further cells, until no hidden cell is determined, neither by any combination of the relations (exact
elimination over the integers) nor by the bounds that «no count is negative» gives. Forms are sums of cells that are
not shown themselves, but would be a small number if somebody could work them out, such as the difference of two
cumulative counts.

The reader knows the relations and every constant in them; the protection does not lean on anything being secret but the
hidden values.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import gcd
from random import Random

GRENSE = 5
# 2^61 − 1. A random point of the solution space, modulo this: a cell that is 0 there is determined.
_PRIMTALL = (1 << 61) - 1
Celle = Hashable
Rad = dict[Celle, int]


@dataclass
class System:
    """Cells and what is known of them.

    verdier: every cell's value · vist: cells the reader would see if nothing was hidden (the others are never shown)
    · relasjoner: coefficients per cell; the weighted sum is known to the reader · former: groups of cells whose sum,
    when small, must not be determined either · laast: shown cells that cannot be hidden.
    """

    verdier: dict[Celle, int] = field(default_factory=dict)
    vist: set[Celle] = field(default_factory=set)
    relasjoner: list[Rad] = field(default_factory=list)
    former: list[tuple[Celle, ...]] = field(default_factory=list)
    laast: set[Celle] = field(default_factory=set)

    def legg_til(self, celle: Celle, verdi: int, vist: bool = True) -> None:
        """A cell with its value."""
        self.verdier[celle] = verdi
        if vist:
            self.vist.add(celle)

    def summer(self, total: Celle, deler: Iterable[Celle]) -> None:
        """total = sum of the parts (plus a constant the reader is taken to know, e.g. persons counted in two units)."""
        rad: Rad = {total: 1}
        for celle in deler:
            rad[celle] = rad.get(celle, 0) - 1
        self.relasjoner.append(rad)


def beskytt(system: System, tvunget: Iterable[Celle] = ()) -> set[Celle]:
    """The shown cells to hide. `tvunget` are hidden whatever their value (hidden somewhere else already)."""
    primaer = {c for c in system.vist if system.verdier[c] < GRENSE}
    skjult = (primaer | (set(tvunget) & system.vist)) - system.laast
    naboer = defaultdict(list)
    for rad in system.relasjoner:
        for celle in rad:
            naboer[celle].append(rad)
    while True:
        funnet = avslorte(system, skjult)
        if not funnet:
            return skjult
        nye: set[Celle] = set()
        ukjent = skjult | (system.verdier.keys() - system.vist)
        for form in funnet:
            valgt = _neste(system, naboer, form, ukjent, nye)
            if valgt is not None:
                nye.add(valgt)
        if not nye:
            # Nothing left to hide around them: hide all that is connected rather than show what cannot be protected.
            return skjult
        skjult |= nye


def avslorte(system: System, skjult: set[Celle]) -> list[tuple[Celle, ...]]:
    """Hidden shown cells, and small forms, that the reader can work out. Empty when the protection holds."""
    ukjent = skjult | (system.verdier.keys() - system.vist)
    rader = _ligninger(system, ukjent)
    pivoter = _eliminer([rad for rad, _sum in rader])
    losning = _tilfeldig_losning(ukjent, pivoter)
    fast = _grenser(rader)
    ut = [(c,) for c in sorted(skjult, key=repr) if losning[c] == 0 or c in fast]
    for form in system.former:
        skjulte = [c for c in form if c in ukjent]
        if not skjulte or sum(system.verdier[c] for c in form) >= GRENSE:
            continue
        if sum(losning[c] for c in skjulte) % _PRIMTALL == 0 or all(c in fast for c in skjulte):
            ut.append(form)
    return ut


def _ligninger(system: System, ukjent: set[Celle]) -> list[tuple[Rad, int]]:
    """The relations over the unknown cells, with the known sum on the right side."""
    ut = []
    for relasjon in system.relasjoner:
        rad = {c: k for c, k in relasjon.items() if k and c in ukjent}
        if rad:
            ut.append((rad, sum(k * system.verdier[c] for c, k in rad.items())))
    return ut


# Which cell to hide next


def _neste(
    system: System, naboer: Mapping[Celle, Sequence[Rad]], form: tuple[Celle, ...], ukjent: set[Celle], nye: set[Celle]
) -> Celle | None:
    """The smallest shown cell in the relations around the revealed one, going outwards until there is one.

    None when a relation around it has got a new hidden cell already this round; it is then judged again.
    """
    kjerne, sett = set(form), set(form)
    while kjerne:
        rader = [rad for c in sorted(kjerne, key=repr) for rad in naboer[c]]
        if any(c in nye for rad in rader for c in rad):
            return None
        alene = [rad for rad in rader if sum(c in ukjent for c in rad) == 1]
        for utvalg in (alene, rader):
            mulige = {c for rad in utvalg for c in rad if c not in ukjent and c not in system.laast}
            if mulige:
                return min(mulige, key=lambda c: (system.verdier[c], repr(c)))
        kjerne = {c for rad in rader for c in rad} - sett
        sett |= kjerne
    return None


# Linear algebra over the integers


def _eliminer(rader: list[Rad]) -> list[tuple[Celle, Rad]]:
    """Forward elimination, exact. Returns (pivot cell, row) in the order they were taken; a later row never holds an
    earlier pivot.
    """
    aktive = {i: dict(rad) for i, rad in enumerate(rader)}
    kolonner: dict[Celle, set[int]] = defaultdict(set)
    for i, rad in aktive.items():
        for celle in rad:
            kolonner[celle].add(i)
    pivoter = []
    enkle = [c for c, i in kolonner.items() if len(i) == 1]
    while aktive:
        nr, celle = _velg_pivot(aktive, kolonner, enkle)
        pivotrad = aktive.pop(nr)
        for c in pivotrad:
            kolonner[c].discard(nr)
        for i in list(kolonner[celle]):
            _trekk_fra(aktive, kolonner, i, pivotrad, celle)
        kolonner.pop(celle, None)
        enkle.extend(c for c in pivotrad if c in kolonner and len(kolonner[c]) == 1)
        pivoter.append((celle, pivotrad))
    return pivoter


def _velg_pivot(aktive: dict[int, Rad], kolonner: dict[Celle, set[int]], enkle: list[Celle]) -> tuple[int, Celle]:
    """A column in one row only costs nothing; else the shortest row and its rarest column."""
    while enkle:
        celle = enkle.pop()
        rader = kolonner.get(celle)
        if rader and len(rader) == 1:
            return next(iter(rader)), celle
    nr = min(aktive, key=lambda i: len(aktive[i]))
    return nr, min(aktive[nr], key=lambda c: len(kolonner[c]))


def _trekk_fra(aktive: dict[int, Rad], kolonner: dict[Celle, set[int]], nr: int, pivotrad: Rad, celle: Celle) -> None:
    """Row nr := row nr × a − pivot row × b, so that the cell vanishes; whole numbers, shortened."""
    rad, a = aktive[nr], pivotrad[celle]
    b = rad[celle]
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
            kolonner[c].add(nr)
        else:
            rad.pop(c, None)
            kolonner[c].discard(nr)
    if not rad:
        del aktive[nr]
    elif a != 1 and (felles := gcd(*rad.values())) > 1:
        for c in rad:
            rad[c] //= felles


def _tilfeldig_losning(ukjent: Iterable[Celle], pivoter: list[tuple[Celle, Rad]]) -> dict[Celle, int]:
    """A random solution of the homogeneous system, modulo a large prime. A cell that is 0 cannot vary: determined.

    The odds of a wrong 0 are about 2^−61, and it would only hide a cell too many.
    """
    trekk = Random(20250701)  # noqa: S311 - not a secret: any point outside a thin set will do
    losning = {c: trekk.randrange(1, _PRIMTALL) for c in ukjent}
    for celle, rad in reversed(pivoter):
        resten = sum(k * losning[c] for c, k in rad.items() if c != celle)
        losning[celle] = -resten * pow(rad[celle], -1, _PRIMTALL) % _PRIMTALL
    return losning


# Bounds


def _grenser(rader: list[tuple[Rad, int]]) -> set[Celle]:
    """Cells whose only value is given away by «no count is negative», relation by relation until nothing changes."""
    lav: dict[Celle, int] = defaultdict(int)
    hoy: dict[Celle, float] = defaultdict(lambda: float("inf"))
    av_celle: dict[Celle, list[int]] = defaultdict(list)
    for i, (rad, _sum) in enumerate(rader):
        for celle in rad:
            av_celle[celle].append(i)
    koe, runder = set(range(len(rader))), 0
    while koe and runder < 50_000:
        runder += 1
        for celle in _stram(*rader[koe.pop()], lav, hoy):
            koe.update(av_celle[celle])
    return {c for c, tak in hoy.items() if tak == lav[c]}


def _stram(rad: Rad, summen: int, lav: dict[Celle, int], hoy: dict[Celle, float]) -> list[Celle]:
    """Tighten the bounds of the row's cells; returns those that changed."""
    minst = sum(k * (lav[c] if k > 0 else hoy[c]) for c, k in rad.items())
    mest = sum(k * (hoy[c] if k > 0 else lav[c]) for c, k in rad.items())
    for celle, k in rad.items():
        egen_minst = k * (lav[celle] if k > 0 else hoy[celle])
        egen_mest = k * (hoy[celle] if k > 0 else lav[celle])
        andre_minst = _uten(minst, egen_minst, rad, celle, lav, hoy, lavest=True)
        andre_mest = _uten(mest, egen_mest, rad, celle, lav, hoy, lavest=False)
        fra, til = summen - andre_mest, summen - andre_minst
        if k < 0:
            fra, til = til, fra
        ny_lav = -(-fra // k) if abs(fra) != float("inf") else lav[celle]
        ny_hoy = til // k if abs(til) != float("inf") else hoy[celle]
        if ny_lav > lav[celle] or ny_hoy < hoy[celle]:
            lav[celle], hoy[celle] = max(lav[celle], int(ny_lav)), min(hoy[celle], ny_hoy)
            return [celle]
    return []


def _uten(
    total: float,
    egen: float,
    rad: Rad,
    celle: Celle,
    lav: dict[Celle, int],
    hoy: dict[Celle, float],
    lavest: bool,
) -> float:
    """The sum of the other cells' bounds; ∞ − ∞ is taken apart."""
    if abs(egen) != float("inf"):
        return total - egen
    return sum(k * (lav[c] if (k > 0) == lavest else hoy[c]) for c, k in rad.items() if c != celle)
