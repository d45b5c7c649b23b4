"""What protected readers are not shown of a round's results. Worked out once for all approved analyses of the round,
whoever asks, so that no two readers can put what they see together; kept in memory for as long as nothing changes.
"""

import hashlib
import json
from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache

from django.core.cache import cache
from django.db.models import TextField
from django.db.models.functions import Cast

from kompetanse.enums import Gapradslag
from kompetanse.gap.celler import Celler, lag_celler
from kompetanse.gap.regning import HORISONTER
from kompetanse.gap.sumvern import ALT, Sum, skjulte_summer
from kompetanse.models import Gaprunde
from kompetanse.queries.gapkart import Analysekart
from kompetanse.queries.gapresultat import NAVNEFELT, Nokkel, nokkel_av, rader_i
from kompetanse.queries.gaputvalg import KUN_GODKJENTE, Deltaker, Utvalg
from kompetanse.queries.gapvern import les_radvern

DOEGN = 24 * 3600
_FELT = (
    "analyse_id",
    *NAVNEFELT,
    "har",
    "tekst",
    *(f"trenger_{aar}" for aar in HORISONTER),
    *(f"utdanning_{aar}" for aar in HORISONTER if aar),
    *(f"avgang_{aar}" for aar in HORISONTER if aar),
)


@dataclass(frozen=True)
class Vern:
    """Hidden cells (analysis, column) → horizons, hidden sums (column, horizon) → sums, and the sectors with a hidden
    position group in the horizon.
    """

    celler: dict[tuple[int, Nokkel], frozenset[int]] = field(default_factory=dict)
    summer: dict[tuple[Nokkel, int], frozenset[Sum]] = field(default_factory=dict)
    sektorer: frozenset[tuple[str, int]] = frozenset()

    def skjuler(self, analyse: int, nokkel: Nokkel, om: int) -> bool:
        """Is the analysis' gap hidden?"""
        return om in self.celler.get((analyse, nokkel), ())

    def skjuler_sum(self, nokkel: Nokkel, om: int, sektor: str = "") -> bool:
        """Is the sum of the sector (none: the municipality) hidden?"""
        celle = ("sektor", sektor) if sektor else ALT
        return celle in self.summer.get((nokkel, om), ())

    def skjuler_alt(self, om: int, sektor: str) -> bool:
        """Is any position group of the sector hidden, so that a sum over them would give it away?"""
        return (sektor, om) in self.sektorer


def les_vern(runde: Gaprunde, utvalg: Utvalg, merke: str) -> Vern:
    """The protection of all the round's approved analyses. `merke` changes whenever they do. One query at first,
    besides those of `les_radvern`.
    """
    nokkel = "gapvern:" + hashlib.sha256(repr((runde.pk, merke)).encode()).hexdigest()
    vern = cache.get(nokkel)
    if vern is None:
        vern = _regn_ut([d for d in utvalg.runden if d.status in KUN_GODKJENTE], utvalg.kart)
        cache.set(nokkel, vern, DOEGN)
    return vern


def _regn_ut(deltakere: list[Deltaker], kart: Analysekart) -> Vern:
    steder, celler = _les_celler([d.pk for d in deltakere], kart)
    sektor_av = {d.pk: d.sektor for d in deltakere}
    sektorer = [sektor_av[analyse] for analyse, _nokkel in steder]
    per_kolonne: dict[Nokkel, list[int]] = defaultdict(list)
    for nr, (_analyse, nokkel) in enumerate(steder):
        per_kolonne[nokkel].append(nr)
    skjulte = dict(zip(steder, celler.skjulte_horisonter(), strict=True))
    summer = {
        (nokkel, om): frozenset(funnet)
        for nokkel, egne in per_kolonne.items()
        for h, om in enumerate(HORISONTER)
        if (funnet := skjulte_summer(celler.poster(egne, sektorer, h)))
    }
    grupper = [
        (a, om) for (a, (slag, _navn)), skjult in skjulte.items() if slag == Gapradslag.STILLING for om in skjult
    ]
    return Vern(skjulte, summer, frozenset((sektor_av[a], om) for a, om in grupper))


def _les_celler(analyser: list[int], kart: Analysekart) -> tuple[list[tuple[int, Nokkel]], Celler]:
    """(analysis, column) of each cell, and what is shown of them. One query, besides those of `les_radvern`."""
    radvern = les_radvern(analyser, kart)
    # Most rows share their names with others, and what they were filled in with.
    kolonne_av, forslag_av = lru_cache(maxsize=None)(nokkel_av), lru_cache(maxsize=5_000)(json.loads)
    nummer: dict[tuple[int, Nokkel], int] = {}
    celle, har, tall, skjult = [], [], [], []
    rader = rader_i(analyser).annotate(tekst=Cast("forslag", TextField())).values_list(*_FELT)
    for analyse, slag, navn, gruppe, kompetanse, antall, forslag, *tallene in rader.iterator():
        nokkel, vist = kolonne_av(slag, navn, gruppe, kompetanse)
        celle.append(nummer.setdefault((analyse, nokkel), len(nummer)))
        har.append(antall)
        tall.extend(tallene)
        skjult.append(radvern.skjuler(analyse, nokkel[0], vist, antall, forslag_av(forslag)))
    return list(nummer), lag_celler(celle, har, tall, skjult)
