"""The results of a round, summed where the rows are: a constant number of queries, and no row objects.

A column is a position group, a competence or a task; rows of the same kind and name meet in it, whatever the case of
their letters. Årsverk are whole hundredths here (`queries.gaputtrykk`).
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Case, CharField, Count, F, Max, Q, QuerySet, Sum, Value, When

from felles.norsk import brett, sorteringsnokkel
from kompetanse.enums import Gapradslag, Kritisk, Vei
from kompetanse.gap.regning import HORISONTER, SAARBAR, Ledd
from kompetanse.gap.vern import GRENSE
from kompetanse.models import Gapanalyse, Gapoppgave, Gaprad
from kompetanse.queries import gaputtrykk as uttrykk
from kompetanse.queries.gaputvalg import Utvalg

Nokkel = tuple[str, str]
# What a row is called in the results: the fields that name it, in the order of `nokkel_av`.
NAVNEFELT = ("slag", "navn", "gruppe", "kompetanse__navn")
KRITISK_FRA = Kritisk.MEGET
FLEST_SAARBARE = 60


@dataclass
class Gapsum:
    """Gap per horizon, need and surplus of one horizon, and how many rows."""

    gap: Counter = field(default_factory=Counter)
    trenger: int = 0
    overskudd: int = 0
    rader: int = 0

    def legg_til(self, annen: "Gapsum") -> None:
        """Add another one."""
        self.gap.update(annen.gap)
        self.trenger += annen.trenger
        self.overskudd += annen.overskudd
        self.rader += annen.rader


@dataclass
class Kolonne:
    """A position group, a competence or a task in all the analyses: its sums, in all and by sector; how many of its
    rows have chosen each way to close the gap, and how many any.
    """

    nokkel: Nokkel
    navn: str
    kritisk: int = 0
    raanavn: set[str] = field(default_factory=set)
    alle: Gapsum = field(default_factory=Gapsum)
    per_sektor: dict[str, Gapsum] = field(default_factory=dict)
    saarbare: int = 0
    veier: Counter = field(default_factory=Counter)
    med_vei: int = 0

    @property
    def slag(self) -> str:
        """What kind of thing it is."""
        return self.nokkel[0]

    @property
    def er_kritisk(self) -> bool:
        """Does any analysis say 3 or 4?"""
        return self.kritisk >= KRITISK_FRA


def nokkel_av(slag: str, navn: str, gruppe: str, kompetanse: str | None) -> tuple[Nokkel, str]:
    """The column of a row, and its name as it is shown."""
    vist = (gruppe or navn) if slag == Gapradslag.STILLING else (kompetanse or navn)
    return (slag, brett(vist)), vist


def rader_i(ider: Collection[int]) -> QuerySet[Gaprad]:
    """The rows of the analyses."""
    return Gaprad.objects.filter(analyse__in=ider).order_by()


def les_kolonner(utvalg: Utvalg, om: int, aarsverk: bool) -> list[Kolonne]:
    """All columns, critical and then largest gap in the horizon first. One query, grouped by name and sector."""
    if not utvalg.deltakere:
        return []
    per_sektor = defaultdict(list)
    for d in utvalg.deltakere:
        per_sektor[d.sektor].append(d.pk)
    sektor = Case(
        *(When(analyse__in=ider, then=Value(navn)) for navn, ider in per_sektor.items()), output_field=CharField()
    )
    tall = {f"g{aar}": Sum(uttrykk.gap(aar, aarsverk)) for aar in HORISONTER}
    tall |= {"t": Sum(uttrykk.trenger(om, aarsverk)), "o": Sum(uttrykk.overskudd(om, aarsverk))}
    tall |= {"k": Max("kritisk"), "n": Count("pk"), "s": Count("pk", filter=_saarbar())}
    # No way is part of another's name.
    tall |= {f"v_{vei}": Count("pk", filter=Q(veier__contains=vei.value)) for vei in Vei}
    tall["v"] = Count("pk", filter=~Q(veier=""))
    kolonner: dict[Nokkel, Kolonne] = {}
    for rad in rader_i(utvalg.ider).annotate(sek=sektor).values(*NAVNEFELT, "sek").annotate(**tall):
        _ta_med(kolonner, rad)
    return sorted(
        kolonner.values(), key=lambda k: (not _haster(k, om), -k.alle.gap[om], sorteringsnokkel(k.navn), k.nokkel)
    )


def _ta_med(kolonner: dict[Nokkel, Kolonne], rad: dict[str, Any]) -> None:
    nokkel, navn = nokkel_av(*(rad[felt] for felt in NAVNEFELT))
    kolonne = kolonner.setdefault(nokkel, Kolonne(nokkel, navn))
    kolonne.raanavn.add(rad["navn"])
    kolonne.kritisk = max(kolonne.kritisk, rad["k"] or 0)
    kolonne.saarbare += rad["s"]
    kolonne.veier.update({vei: rad[f"v_{vei}"] for vei in Vei})
    kolonne.med_vei += rad["v"]
    gap = Counter({aar: int(rad[f"g{aar}"] or 0) for aar in HORISONTER})
    sum_ = Gapsum(gap, int(rad["t"] or 0), int(rad["o"] or 0), rad["n"])
    kolonne.alle.legg_til(sum_)
    kolonne.per_sektor.setdefault(rad["sek"], Gapsum()).legg_til(sum_)


def _haster(k: Kolonne, om: int) -> bool:
    return k.er_kritisk and k.alle.gap[om] > 0


def _saarbar() -> Q:
    """Critical, and held by one, two or three."""
    return Q(kritisk__gte=KRITISK_FRA, har__gte=1, har__lte=SAARBAR)


@dataclass(frozen=True)
class Celle:
    """One analysis in one column: gap and need; `gap` None = the need is not answered."""

    gap: int | None
    trenger: int
    kritisk: int


def les_celler(
    ider: Collection[int], kolonner: Iterable[Kolonne], om: int, aarsverk: bool
) -> dict[tuple[int, Nokkel], Celle]:
    """(analysis, column) → cell, for these columns. One query."""
    kolonner = list(kolonner)
    med = {k.nokkel for k in kolonner}
    raanavn = {navn for k in kolonner for navn in k.raanavn}
    rader = rader_i(ider).filter(navn__in=raanavn).values("analyse_id", *NAVNEFELT)
    tall = {"g": Sum(uttrykk.gap(om, aarsverk)), "t": Sum(uttrykk.trenger(om, aarsverk)), "k": Max("kritisk")}
    tall["b"] = Count("pk", filter=_besvart(om, aarsverk))
    celler: dict[tuple[int, Nokkel], Celle] = {}
    for rad in rader.annotate(**tall):
        nokkel, _navn = nokkel_av(*(rad[felt] for felt in NAVNEFELT))
        if nokkel in med:
            sted, ny = (rad["analyse_id"], nokkel), _celle(rad)
            celler[sted] = _slaa_sammen(celler[sted], ny) if sted in celler else ny
    return celler


def _celle(rad: dict[str, Any]) -> Celle:
    return Celle(int(rad["g"] or 0) if rad["b"] else None, int(rad["t"] or 0), rad["k"] or 0)


def _slaa_sammen(a: Celle, b: Celle) -> Celle:
    gap = None if a.gap is None and b.gap is None else (a.gap or 0) + (b.gap or 0)
    return Celle(gap, a.trenger + b.trenger, max(a.kritisk, b.kritisk))


def _besvart(om: int, aarsverk: bool) -> Q:
    besvart = Q(**{f"trenger_{om}__isnull": False})
    return besvart | Q(**{f"trenger_aarsverk_{om}__isnull": False}) if aarsverk else besvart


@dataclass(frozen=True)
class Saarbar:
    """A critical row held by few: where, what, by how many, how critical, and the gap in the horizon."""

    analyse_id: int
    nokkel: Nokkel
    navn: str
    har: int
    kritisk: int
    gap: int | None


def les_saarbare(ider: Collection[int], om: int, prikket: bool = False, flest: int = FLEST_SAARBARE) -> list[Saarbar]:
    """The critical rows held by three or fewer, most critical and fewest first. Protected readers are only told that
    there are fewer than five, and the order must not tell more. One query.
    """
    hoyst = GRENSE - 1 if prikket else SAARBAR
    rader = rader_i(ider).filter(kritisk__gte=KRITISK_FRA, har__gte=1, har__lte=hoyst)
    etter_tallene = () if prikket else ("har", F("g").desc(nulls_last=True))
    rader = rader.annotate(g=uttrykk.gap(om)).order_by("-kritisk", *etter_tallene, "navn", "pk")
    ut = []
    for analyse, *navnefelt, har, kritisk, gap in rader.values_list("analyse_id", *NAVNEFELT, "har", "kritisk", "g")[
        :flest
    ]:
        nokkel, navn = nokkel_av(*navnefelt)
        ut.append(Saarbar(analyse, nokkel, navn, har, kritisk, gap))
    return ut


def samlede_veier(kolonner: Iterable[Kolonne]) -> tuple[dict[Vei, int], int]:
    """How many rows have chosen each way, and how many have chosen any."""
    antall: Counter = Counter()
    rader = 0
    for k in kolonner:
        antall.update(k.veier)
        rader += k.med_vei
    return {vei: antall[vei] for vei in Vei if antall[vei]}, rader


def les_timer(utvalg: Utvalg) -> dict[str, Decimal]:
    """Sector → hours a week that task sharing could free. One query."""
    sektor_av_analyse = {d.pk: d.sektor for d in utvalg.deltakere}
    timer: dict[str, Decimal] = defaultdict(Decimal)
    oppgaver = Gapoppgave.objects.filter(
        analyse__in=utvalg.ider, timer_per_uke__isnull=False, andel__isnull=False
    ).only("analyse_id", "timer_per_uke", "andel")
    for oppgave in oppgaver.order_by():
        timer[sektor_av_analyse[oppgave.analyse_id]] += oppgave.frigjort or 0
    return dict(timer)


@dataclass(frozen=True)
class Analyselinje:
    """A row of one analysis for a short table: the horizons, in persons or in årsverk."""

    rad: Gaprad
    navn: str
    kritisk: str
    horisonter: tuple[Ledd, ...]
    veier: str

    @property
    def er_saarbar(self) -> bool:
        """Critical, and held by one, two or three?"""
        return self.rad.er_saarbar and (self.rad.kritisk or 0) >= KRITISK_FRA


def analyselinjer(analyse: Gapanalyse, aarsverk: bool = False) -> list[Analyselinje]:
    """The rows of one analysis, most critical and largest gap first. One query."""
    linjer = [
        Analyselinje(
            rad,
            nokkel_av(rad.slag, rad.navn, rad.gruppe, rad.kompetanse.navn if rad.kompetanse else None)[1],
            kritiskord(rad.kritisk),
            rad.ledd_aarsverk if aarsverk else rad.ledd,
            rad.veier_i_ord,
        )
        for rad in analyse.rader.select_related("kompetanse")
    ]
    return sorted(linjer, key=lambda r: (-(r.rad.kritisk or 0), -(r.horisonter[-1].gap or 0), r.rad.nummer, r.rad.pk))


def kritiskord(kritisk: int | None) -> str:
    """«Svært kritisk», without what it means."""
    return str(Kritisk(kritisk).label).split(":")[0] if kritisk else ""
