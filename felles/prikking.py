"""Small-number protection: which cells must be hidden so that no hidden one can be worked out from the shown ones.

A system is cells with whole values ≥ 0 and linear relations between them. Primary: every shown cell under 5. Secondary:
the smallest further cells, until no hidden cell is determined, neither by any combination of the relations (exact
elimination over the integers) nor by the bounds the reader knows: no count is negative, and a hidden cell is marked as
under 5 (primary) or not (secondary), so it is taken to be known as 0…4 or as 5 and more. Bounds are tightened one
relation at a time first, which is quick, and then with all relations at once (felles.lp_kontroll). Forms are sums of
cells that are not shown themselves, but would be a small number if somebody could work them out, such as the difference
of two cumulative counts.

The reader knows the relations and every constant in them; the protection does not lean on anything being secret but the
hidden values.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property

from felles.likninger import PRIMTALL, UENDELIG, Celle, Rad, eliminer, grenser, tilfeldig_losning, trekk
from felles.lp_kontroll import Lineaerprogram

GRENSE = 5
# Cells whose price is this or more are hidden only when no other way is found.
DYRT = 20_000


@dataclass
class System:
    """Cells and what is known of them.

    verdier: every cell's value · vist: cells the reader would see if nothing was hidden (the others are never shown)
    · relasjoner: coefficients per cell; the weighted sum is known to the reader · former: groups of cells whose sum,
    when small, must not be determined either · laast: shown cells that cannot be hidden · pris: what hiding a cell
    costs beyond its value, for figures that readers need most · gulv: what the reader knows a hidden small cell to be
    at least, when that is more than nothing.
    """

    verdier: dict[Celle, int] = field(default_factory=dict)
    vist: set[Celle] = field(default_factory=set)
    relasjoner: list[Rad] = field(default_factory=list)
    former: list[tuple[Celle, ...]] = field(default_factory=list)
    laast: set[Celle] = field(default_factory=set)
    pris: dict[Celle, int] = field(default_factory=dict)
    gulv: dict[Celle, int] = field(default_factory=dict)

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
    kart = _Kart(system)
    # A part of the system that nothing new has been hidden in is not gone through again.
    trygge: set[frozenset[Celle]] = set()
    # What can be another number still can when more is hidden, so it is judged by linear programs only once.
    frie: set[tuple[Celle, ...]] = set()
    while True:
        nye: set[Celle] = set()
        for del_ in _deler(kart, skjult):
            if del_ not in trygge:
                valgte = _verg(kart, del_, skjult, frie)
                nye |= valgte
                if not valgte:
                    trygge.add(del_)
        if not nye:
            # Nothing is given away, or there is nothing left to hide around it.
            return skjult
        skjult |= nye


def avslorte(system: System, skjult: set[Celle]) -> list[tuple[Celle, ...]]:
    """Hidden shown cells, and small forms, that the reader can work out. Empty when the protection holds."""
    kart, ut = _Kart(system), []
    for del_ in _deler(kart, skjult):
        angrep = _Angrep(kart, del_, skjult)
        funnet = angrep.avslorte()
        ut += funnet + list(angrep.avslorte_av_lp(set(funnet)))
    return ut


def _verg(kart: "_Kart", del_: frozenset[Celle], skjult: set[Celle], frie: set[tuple[Celle, ...]]) -> set[Celle]:
    """Cells to hide besides, so that less of this part is given away; none when nothing is. Adds to `frie` the forms
    that linear programs cannot determine.
    """
    angrep = _Angrep(kart, del_, skjult)
    nye: set[Celle] = set()
    funnet = angrep.avslorte()
    for form in funnet:
        valgt = _neste(kart, angrep, form, nye)
        if valgt is not None:
            nye.add(valgt)
    if nye:
        return nye
    bevis = angrep.avslorte_av_lp(frie | set(funnet))
    frie.update(form for form in angrep.former() if form not in bevis and form not in funnet)
    for form, celler in bevis.items():
        valgt = None if celler & nye else _av_bevis(kart, angrep, form, celler, nye)
        if valgt is not None:
            nye.add(valgt)
    return nye


class _Kart:
    """A system with its relations and forms found by cell."""

    def __init__(self, system: System) -> None:
        self.system = system
        self.usett = system.verdier.keys() - system.vist
        self.rader: dict[Celle, list[int]] = defaultdict(list)
        for i, rad in enumerate(system.relasjoner):
            for celle in rad:
                self.rader[celle].append(i)
        smaa = [f for f in system.former if sum(system.verdier[c] for c in f) < GRENSE]
        self.former: dict[Celle, list[tuple[Celle, ...]]] = defaultdict(list)
        for form in smaa:
            for celle in form:
                self.former[celle].append(form)

    def naboer(self, celler: Iterable[Celle]) -> set[Celle]:
        """The cells of all relations these stand in."""
        return {c for celle in celler for i in self.rader[celle] for c in self.system.relasjoner[i]}

    @cached_property
    def haaploese(self) -> set[tuple[Celle, ...]]:
        """Forms that the marks and what is never hidden give away, however much is hidden."""
        alt = self.system.vist - self.system.laast
        return {form for del_ in _deler(self, set(alt)) for form in _Angrep(self, del_, alt).avslorte()}


def _deler(kart: _Kart, skjult: set[Celle]) -> list[frozenset[Celle]]:
    """The unknown cells in parts that no relation and no form connects."""
    rest, deler = skjult | kart.usett, []
    while rest:
        start = rest.pop()
        funnet, koe = {start}, [start]
        while koe:
            celle = koe.pop()
            naere = [kart.system.relasjoner[i] for i in kart.rader[celle]]
            for c in {c for rad in [*naere, *kart.former[celle]] for c in rad} & rest:
                rest.discard(c)
                funnet.add(c)
                koe.append(c)
        deler.append(frozenset(funnet))
    return deler


class _Angrep:
    """All a reader can do with one part: the eliminated relations, a point of their solutions, and the bounds."""

    def __init__(self, kart: _Kart, del_: frozenset[Celle], skjult: set[Celle]) -> None:
        self.kart, self.ukjent, self.skjult, self.alle_skjulte = kart, del_, skjult & del_, skjult
        nummer = sorted({i for c in del_ for i in kart.rader[c]})
        self.rader = [kart.system.relasjoner[i] for i in nummer]
        uavhengige, self.pivoter = eliminer(self.rader, del_)
        self.uavhengige = [self.rader[i] for i in uavhengige]
        self.losning = tilfeldig_losning(sorted(del_, key=repr), self.pivoter)
        likninger = _ligninger(kart.system, [*self.rader, *(rad for _celle, rad in self.pivoter)], del_)
        self.grunner = [set(rad) for rad in [*self.rader, *(rad for _celle, rad in self.pivoter)]]
        self.fast = grenser(likninger, *_kjente_grenser(kart.system, self.skjult, del_))
        self.nummer = {celle: i for i, (celle, _rad) in enumerate(self.pivoter)}

    def avslorte(self) -> list[tuple[Celle, ...]]:
        """See the function of the same name."""
        ut = []
        for form in self.former():
            skjulte = [c for c in form if c in self.ukjent]
            if self.regnes_ut(skjulte) or all(c in self.fast for c in skjulte):
                ut.append(form)
        return ut

    def former(self) -> list[tuple[Celle, ...]]:
        """What must not be determined: each hidden cell, and the small forms with something unknown in them."""
        ut = [(c,) for c in sorted(self.skjult, key=repr)]
        return ut + list(dict.fromkeys(f for c in sorted(self.ukjent, key=repr) for f in self.kart.former[c]))

    def avslorte_av_lp(self, unntatt: set[tuple[Celle, ...]]) -> dict[tuple[Celle, ...], set[Celle]]:
        """Forms that all relations and bounds together determine → the shown cells of the relations that prove it."""
        system = self.kart.system
        ukjente_av = {f: tuple(c for c in f if c in self.ukjent) for f in self.former() if f not in unntatt}
        if not ukjente_av:
            return {}
        lav, hoy = _kjente_grenser(system, self.skjult, self.ukjent)
        avstand = {c: (lav[c] - system.verdier[c], hoy[c] - system.verdier[c]) for c in self.ukjent}
        rader = [{c: k for c, k in rad.items() if c in self.ukjent} for rad in self.uavhengige]
        funnet = Lineaerprogram(rader, avstand).avslorte(list(dict.fromkeys(ukjente_av.values())))
        viste = {ukjente: {c for i in nr for c in self.uavhengige[i]} - self.ukjent for ukjente, nr in funnet.items()}
        return {form: viste[ukjente] for form, ukjente in ukjente_av.items() if ukjente in viste}

    def regnes_ut(self, celler: Iterable[Celle]) -> bool:
        """Is the sum of the hidden cells fixed by the relations alone?"""
        return sum(self.losning[c] for c in celler) % PRIMTALL == 0

    def bevis(self, form: tuple[Celle, ...]) -> set[Celle]:
        """The shown cells of one combination of relations that gives the form's sum away."""
        rad: Rad = dict.fromkeys((c for c in form if c in self.ukjent), 1)
        while steg := [self.nummer[c] for c in rad if c in self.nummer]:
            celle, pivotrad = self.pivoter[min(steg)]
            trekk(rad, pivotrad, celle)
        return {c for c in rad if c not in self.ukjent}


def _ligninger(system: System, rader: list[Rad], ukjent: frozenset[Celle]) -> list[tuple[Rad, int]]:
    """The relations over the unknown cells, with the known sum on the right side."""
    ut = []
    for relasjon in rader:
        rad = {c: k for c, k in relasjon.items() if k and c in ukjent}
        ut.append((rad, sum(k * system.verdier[c] for c, k in rad.items())))
    return ut


def _kjente_grenser(
    system: System, skjult: set[Celle], ukjent: frozenset[Celle]
) -> tuple[dict[Celle, int], dict[Celle, float]]:
    """What the marks say before any sum is used: «<5» is 0…4, «skjult» is 5 or more, the never shown is 0 or more."""
    lav: dict[Celle, int] = dict.fromkeys(ukjent, 0)
    hoy: dict[Celle, float] = dict.fromkeys(ukjent, UENDELIG)
    for celle in skjult:
        if system.verdier[celle] < GRENSE:
            lav[celle], hoy[celle] = system.gulv.get(celle, 0), GRENSE - 1
        else:
            lav[celle] = GRENSE
    return lav, hoy


# Which cell to hide next


def _neste(kart: _Kart, angrep: _Angrep, form: tuple[Celle, ...], nye: set[Celle]) -> Celle | None:
    """The cheapest shown cell that takes part in giving the form away.

    None when one of them has been hidden already this round; the form is then judged again.
    """
    if angrep.regnes_ut(c for c in form if c in angrep.ukjent):
        bevis = angrep.bevis(form)
        if bevis & nye:
            return None
        if mulige := bevis - kart.system.laast:
            return _billigst(kart.system, mulige)
    return _ved_grensen(kart, angrep, form, nye)


def _ved_grensen(kart: _Kart, angrep: _Angrep, form: tuple[Celle, ...], nye: set[Celle]) -> Celle | None:
    """The cheapest shown cell in the relations that closed the gap around the form, going back along the reasons; when
    these only lead to each other, in any relation around it, if hiding can help at all.
    """

    def grunner(kjerne: set[Celle]) -> set[Celle]:
        celler = {c for k in kjerne if k in angrep.fast for c in angrep.grunner[angrep.fast[k]]}
        return celler or kart.naboer(kjerne)

    valgt = _utover(kart, angrep, form, nye, grunner)
    if valgt is None and not nye and form not in kart.haaploese:
        valgt = _utover(kart, angrep, form, nye, kart.naboer)
    return valgt


def _utover(
    kart: _Kart,
    angrep: _Angrep,
    form: tuple[Celle, ...],
    nye: set[Celle],
    neste: Callable[[set[Celle]], set[Celle]],
) -> Celle | None:
    """The cheapest shown cell of the nearest that have one, going outwards from the form. Dear cells are kept back as
    long as there is somewhere else to look. None when one of the near cells has been hidden already this round.
    """
    system, kjerne, sett = kart.system, set(form), set(form)
    i_reserve: set[Celle] = set()
    while kjerne:
        celler = neste(kjerne)
        if celler & nye:
            return None
        mulige = celler & system.vist - system.laast - angrep.alle_skjulte
        if billige := {c for c in mulige if system.pris.get(c, 0) < DYRT}:
            return _billigst(system, billige)
        i_reserve |= mulige
        kjerne = celler - sett - mulige
        sett |= kjerne
    return _billigst(system, i_reserve) if i_reserve else None


def _av_bevis(
    kart: _Kart, angrep: _Angrep, form: tuple[Celle, ...], bevis: set[Celle], nye: set[Celle]
) -> Celle | None:
    """The cheapest shown cell of the proof; if all are dear or cannot be hidden, of the relations around the form."""
    mulige = bevis - kart.system.laast
    if billige := {c for c in mulige if kart.system.pris.get(c, 0) < DYRT}:
        return _billigst(kart.system, billige)
    return _ved_grensen(kart, angrep, form, nye) or (_billigst(kart.system, mulige) if mulige else None)


def _billigst(system: System, celler: set[Celle]) -> Celle:
    return min(celler, key=lambda c: (system.verdier[c] + system.pris.get(c, 0), repr(c)))
