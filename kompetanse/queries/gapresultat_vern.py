"""What protected readers are not shown of a round's results. Worked out once for all approved analyses of the round,
whoever asks, so that no two readers can put what they see together; kept in memory for as long as nothing changes.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.core.cache import cache

from kompetanse.enums import Gapradslag
from kompetanse.gap.regning import AVGANGSAAR, HORISONTER, ledd
from kompetanse.gap.sumvern import ALT, Post, Sum, skjulte_summer
from kompetanse.gap.vern import FAA, SKJULT, er_liten, vern_rad
from kompetanse.models import Gaprunde
from kompetanse.queries.gapresultat import KUN_GODKJENTE, NAVNEFELT, Deltaker, Nokkel, Utvalg, nokkel_av, rader_i
from kompetanse.queries.gapvern import Analysekart, les_radvern

DOEGN = 24 * 3600
_FELT = (
    "analyse_id",
    *NAVNEFELT,
    "har",
    "forslag",
    *(f"trenger_{aar}" for aar in HORISONTER),
    *(f"utdanning_{aar}" for aar in HORISONTER if aar),
    *(f"avgang_{aar}" for aar in AVGANGSAAR),
)


@dataclass(frozen=True)
class Vern:
    """Hidden cells (analysis, column, horizon) and hidden sums (column, horizon) → sums. `faa`: cells with fewer than
    five now.
    """

    celler: frozenset[tuple[int, Nokkel, int]] = frozenset()
    summer: dict[tuple[Nokkel, int], frozenset[Sum]] = field(default_factory=dict)
    sektorer: frozenset[tuple[str, int]] = frozenset()

    def skjuler(self, analyse: int, nokkel: Nokkel, om: int) -> bool:
        """Is the analysis' gap hidden?"""
        return (analyse, nokkel, om) in self.celler

    def skjuler_sum(self, nokkel: Nokkel, om: int, sektor: str = "") -> bool:
        """Is the sum of the sector (none: the municipality) hidden?"""
        celle = ("sektor", sektor) if sektor else ALT
        return celle in self.summer.get((nokkel, om), ())

    def skjuler_alt(self, om: int, sektor: str) -> bool:
        """Is any position group of the sector hidden, so that a sum over them would give it away?"""
        return (sektor, om) in self.sektorer


def les_vern(runde: Gaprunde, utvalg: Utvalg, merke: tuple) -> Vern:
    """The protection of all the round's approved analyses. `merke` changes whenever they do. One query at first,
    besides those of `les_radvern`.
    """
    nokkel = "gapvern:" + hashlib.sha256(repr((runde.pk, merke)).encode()).hexdigest()
    vern = cache.get(nokkel)
    if vern is None:
        vern = _regn_ut([d for d in utvalg.runden if d.status in KUN_GODKJENTE], utvalg.kart)
        cache.set(nokkel, vern, DOEGN)
    return vern


@dataclass
class _Samlet:
    """A cell as the reader knows it: gap and need per horizon, where it is hidden, how many rows are in it.
    `bundet`: one of them must not be worked out from sums (`queries.gapvern`).
    """

    sektor: str
    gap: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    trenger: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    skjult: set[int] = field(default_factory=set)
    besvart: set[int] = field(default_factory=set)
    uendret: dict[int, int] = field(default_factory=dict)
    faa: bool = False
    bundet: bool = False
    rader: int = 0


def _regn_ut(deltakere: list[Deltaker], kart: Analysekart) -> Vern:
    celler = _celler(deltakere, kart)
    per_kolonne: dict[Nokkel, list[_Samlet]] = defaultdict(list)
    for (_analyse, nokkel), celle in celler.items():
        per_kolonne[nokkel].append(celle)
    skjulte = frozenset((a, n, om) for (a, n), c in celler.items() for om in c.skjult)
    grupper = [c for (_analyse, (slag, _navn)), c in celler.items() if slag == Gapradslag.STILLING]
    sektorer = frozenset((c.sektor, om) for c in grupper for om in c.skjult)
    summer = {
        (nokkel, om): frozenset(funnet)
        for nokkel, egne in per_kolonne.items()
        for om in HORISONTER
        if (funnet := skjulte_summer(_poster(egne, om)))
    }
    return Vern(skjulte, summer, sektorer)


def _celler(deltakere: list[Deltaker], kart: Analysekart) -> dict[tuple[int, Nokkel], _Samlet]:
    sektor, radvern = {d.pk: d.sektor for d in deltakere}, les_radvern([d.pk for d in deltakere], kart)
    celler: dict[tuple[int, Nokkel], _Samlet] = {}
    for rad in rader_i(sektor).values(*_FELT).iterator():
        nokkel, navn = nokkel_av(*(rad[felt] for felt in NAVNEFELT))
        skjult = radvern.skjuler(rad["analyse_id"], nokkel[0], navn, rad["har"], rad["forslag"])
        celle = celler.setdefault((rad["analyse_id"], nokkel), _Samlet(sektor[rad["analyse_id"]]))
        _legg_til(celle, rad, skjult)
    return celler


def _legg_til(celle: _Samlet, rad: dict[str, Any], skjult: bool) -> None:
    horisonter = ledd(
        har=rad["har"],
        trenger={aar: rad[f"trenger_{aar}"] for aar in HORISONTER},
        utdanning={aar: rad[f"utdanning_{aar}"] for aar in HORISONTER if aar},
        avgang={aar: rad[f"avgang_{aar}"] for aar in AVGANGSAAR},
    )
    celle.rader += 1
    celle.bundet = celle.bundet or skjult
    for h, vist in zip(horisonter, vern_rad(horisonter, skjult), strict=True):
        celle.faa = celle.faa or vist.har == FAA
        if h.gap is None:
            continue
        celle.besvart.add(h.om_aar)
        celle.gap[h.om_aar] += int(h.gap)
        celle.trenger[h.om_aar] += int(h.trenger)
        if vist.gap == SKJULT:
            celle.skjult.add(h.om_aar)
            if er_liten(abs(h.har - h.ventet)) and not skjult:
                celle.uendret[h.om_aar] = int(h.trenger - h.har)


def _poster(celler: Iterable[_Samlet], om: int) -> Iterator[Post]:
    """With several rows in a cell what is known of one of them says nothing certain of their sum."""
    for c in celler:
        if om in c.besvart:
            kjent = {"faa": c.faa and not om, "uendret": c.uendret.get(om)} if c.rader == 1 else {}
            yield Post(c.sektor, c.gap[om], c.trenger[om], om in c.skjult, bundet=c.bundet, **kjent)
