"""Which rows of the gap analyses are hidden from readers who may not see small numbers. The one home of that decision:
the analysis, the results with files and PDF, the search and the plans ask here.

It is made for everything that is filled in from the same extract, in whatever round, and is the same for whoever asks;
kept in memory under all that it is made from: the analyses with their units, the extracts, the positions and categories
they are counted with, and the tree.
"""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.cache import cache
from django.db.models import Case, Subquery, When
from django.db.models.expressions import RawSQL

from analyse.models import Ansattkategori, Stilling, Uttrekk
from analyse.omfang import omfang_i_uttrekk
from analyse.queries import ansettelsesramme
from analyse.regneoppsett import hent_oppsett
from kompetanse.enums import Gapradslag, Gapstatus, Rundestatus
from kompetanse.gap.gruppetall import Gruppetall, fra_svarene, gruppenokkel, tell_grupper
from kompetanse.gap.tabellvern import skjulte_grupper
from kompetanse.gap.vern import er_talt
from kompetanse.models import Gapanalyse, Gaprad, Gaprunde
from kompetanse.queries.ledere import Enhetskart
from organisasjon.models import Enhet, Hendelse

DOEGN = 24 * 3600
# What the decision is made from besides the analyses: extracts, what they are counted with, and the units they are
# counted in. An extract that comes or goes leaves a line in the log, so no stamp comes back when it is undone.
_GRUNNLAG = (
    "(SELECT max(id) FROM {uttrekk})",
    "(SELECT count(*) FROM {uttrekk})",
    "(SELECT count(rader_slettet) FROM {uttrekk})",
    "(SELECT max(id) FROM {hendelser} WHERE slag = 'uttrekk')",
    "(SELECT max(history_id) FROM {stillingshistorie})",
    "(SELECT max(id) FROM {stillinger})",
    "(SELECT max(history_id) FROM {kategorihistorie})",
    "(SELECT max(history_id) FROM {enhetshistorie})",
)
# The analyses of all rounds that are counted together: which there are, and of which units.
_ANALYSER = (
    "(SELECT count(*) FROM {analyser})",
    "(SELECT max(id) FROM {analyser})",
    "(SELECT count(*) FROM {analyser} WHERE status = '{ikke_begynt}')",
    "(SELECT count(*) FROM {analyseenheter})",
    "(SELECT max(id) FROM {analyseenheter})",
    "(SELECT count(*) FROM {runder} WHERE status <> '{utkast}')",
)
_NAVN = {
    "uttrekk": Uttrekk._meta.db_table,
    "hendelser": Hendelse._meta.db_table,
    "stillinger": Stilling._meta.db_table,
    "stillingshistorie": Stilling.historie.model._meta.db_table,
    "kategorihistorie": Ansattkategori.historie.model._meta.db_table,
    "enhetshistorie": Enhet.historie.model._meta.db_table,
    "analyser": Gapanalyse._meta.db_table,
    "analyseenheter": Gapanalyse.enheter.through._meta.db_table,
    "runder": Gaprunde._meta.db_table,
    "ikke_begynt": Gapstatus.IKKE_BEGYNT.value,
    "utkast": Rundestatus.UTKAST.value,
}


def som_merke(*uttrykk: str) -> str:
    """SQL for the values in one text."""
    return " || ',' || ".join(f"coalesce(CAST({u} AS varchar(40)), '')" for u in uttrykk)


# What changes when the decision may, for the stamps of finished pages.
MERKEFELT = tuple(u.format(**_NAVN) for u in (*_GRUNNLAG, *_ANALYSER))
_GRUNNLAGSMERKE = som_merke(*MERKEFELT[: len(_GRUNNLAG)])


@dataclass(frozen=True)
class Radvern:
    """`antall`: analysis → position group → how many the extract has (those who lead are counted apart, so there may be
    two) · `skjulte`: the groups of each that are hidden.
    """

    antall: Mapping[int, Mapping[str, frozenset[int]]] = field(default_factory=dict)
    skjulte: Mapping[int, frozenset[str]] = field(default_factory=dict)

    def skjuler(self, analyse: int, slag: str, gruppe: str, har: int, forslag: Mapping[str, Any]) -> bool:
        """Is nothing of the row shown but its needs? A group is hidden by what the extract has, whatever the leader has
        answered; one that says otherwise than the extract does is hidden to be sure.
        """
        if slag != Gapradslag.STILLING or forslag.get("kilde") != "uttrekk":
            return er_talt(forslag, har) or (slag == Gapradslag.STILLING and _fra_i_fjor(forslag, har))
        nokkel, talte = gruppenokkel(gruppe), self.antall.get(analyse)
        if talte is None or nokkel in self.skjulte[analyse]:
            return True
        return forslag.get("har") not in talte.get(nokkel, {0})

    def skjuler_rad(self, rad: Gaprad) -> bool:
        """The same of a row that is read."""
        return self.skjuler(rad.analyse_id, rad.slag, rad.gruppe or rad.navn, rad.har, rad.forslag)


def _fra_i_fjor(forslag: Mapping[str, Any], har: int) -> bool:
    """Is it last year's number of the extract, carried over because there was nothing newer?"""
    return "kilde" not in forslag and forslag.get("i_fjor", {}).get("verdier", {}).get("har") == str(har)


@dataclass(frozen=True)
class Kartanalyse:
    """An analysis on the map: its round, its units, where it stands, and the day of the extract it is filled in from
    ('' when there is none).
    """

    runde: int
    navn: str
    status: str
    dato: str
    enheter: frozenset[int]

    @property
    def innhold(self) -> tuple:
        """What of it the decision depends on."""
        return self.runde, self.status == Gapstatus.IKKE_BEGYNT, sorted(self.enheter)


@dataclass(frozen=True)
class Analysekart:
    """All analyses of rounds that are or have been open, by id, and what changes with all else that is counted from."""

    analyser: dict[int, Kartanalyse] = field(default_factory=dict)
    merke: str = ""

    @classmethod
    def les(cls) -> "Analysekart":
        """An analysis that is not begun will be filled in from the round's extract, or else the newest. One query."""
        levende = Uttrekk.objects.filter(rader_slettet=None)
        rader = Gapanalyse.objects.exclude(runde__status=Rundestatus.UTKAST).order_by("pk")
        rader = rader.annotate(
            valgt=Case(When(runde__uttrekk__rader_slettet=None, then="runde__uttrekk__dato")),
            nyeste=Subquery(levende.order_by("-dato").values("dato")[:1]),
            merke=RawSQL(_GRUNNLAGSMERKE, ()),  # noqa: S611 - all of it ours
        )
        enheter: dict[int, set[int]] = defaultdict(set)
        fakta: dict[int, tuple[int, str, str, str]] = {}
        merke = ""
        felt = ("pk", "runde_id", "navn", "status", "arbeid__dato", "enheter__pk", "valgt", "nyeste", "merke")
        for pk, runde, navn, status, egen, enhet, valgt, nyeste, merke in rader.values_list(*felt):  # noqa: B007
            ventet = (valgt or nyeste) if status == Gapstatus.IKKE_BEGYNT else None
            fakta[pk] = (runde, navn, status, ventet.isoformat() if ventet else egen or "")
            enheter[pk] |= {enhet} - {None}
        return cls({pk: Kartanalyse(*f, frozenset(enheter[pk])) for pk, f in fakta.items()}, merke)


def les_radvern(analyser: Collection[int], kart: Analysekart | None = None) -> Radvern:
    """What is hidden in these analyses. One query without `kart`; three more the first time for each extract."""
    kart = kart or Analysekart.les()
    antall: dict[int, Mapping[str, frozenset[int]]] = {}
    skjulte: dict[int, frozenset[str]] = {}
    for dato in sorted({kart.analyser[pk].dato for pk in analyser if pk in kart.analyser} - {""}):
        funnet = _beholdt(dato, {pk: a for pk, a in kart.analyser.items() if a.dato == dato}, kart.merke)
        antall |= funnet.antall
        skjulte |= funnet.skjulte
    return Radvern(antall, skjulte)


def _beholdt(dato: str, analyser: dict[int, Kartanalyse], merke: str) -> Radvern:
    innhold = dato, merke, [(pk, a.innhold) for pk, a in analyser.items()]
    nokkel = "gapradvern:" + hashlib.sha256(repr(innhold).encode()).hexdigest()
    vern = cache.get(nokkel)
    if vern is None:
        vern = _regn_ut(dato, analyser)
        cache.set(nokkel, vern, DOEGN)
    return vern


def _regn_ut(dato: str, analyser: Mapping[int, Kartanalyse]) -> Radvern:
    """Counts and hidden groups of all the analyses that are filled in from the extract of the day."""
    uttrekk, omfang = omfang_i_uttrekk(date.fromisoformat(dato), {pk: a.enheter for pk, a in analyser.items()})
    tall = _fra_svarene(analyser) if uttrekk is None else _fra_uttrekket(uttrekk, omfang)
    runder: dict[int, list[int]] = defaultdict(list)
    for pk, a in analyser.items():
        runder[a.runde].append(pk)
    skjult: dict[int, set[str]] = {pk: set() for pk in analyser}
    for pk, (navn, _leder) in skjulte_grupper(tall, runder):
        skjult[pk].add(navn)
    # Nobody is in two analyses of the same round.
    if uttrekk is None and len(runder) > 1:
        for pk in _overlappende(analyser):
            skjult[pk] |= {navn for navn, _leder in tall.analyser[pk]}
    antall = {pk: _per_navn(egne.items()) for pk, egne in tall.analyser.items()}
    return Radvern(antall, {pk: frozenset(navn) for pk, navn in skjult.items()})


def _per_navn(talte: Iterable[tuple[tuple[str, bool], int]]) -> dict[str, frozenset[int]]:
    ut: dict[str, frozenset[int]] = {}
    for (navn, _leder), n in talte:
        ut[navn] = ut.get(navn, frozenset()) | {n}
    return ut


def _fra_uttrekket(uttrekk: Uttrekk, omfang: Mapping[int, Collection[int]]) -> Gruppetall:
    """Counted as the rows are filled in. Two queries."""
    oppsett = hent_oppsett()
    ansettelser = ansettelsesramme(uttrekk, oppsett.tellinger)
    return tell_grupper(ansettelser, oppsett.stillinger, uttrekk.dato, omfang)


def _fra_svarene(analyser: Mapping[int, Kartanalyse]) -> Gruppetall:
    """What the analyses were filled in with: their rows, those taken out too, and what was offered. Two queries."""
    rader = Gaprad.alle.filter(analyse__in=list(analyser), slag=Gapradslag.STILLING).order_by("pk")
    antall = [
        (pk, gruppe or navn, int(forslag.get("har") or 0))
        for pk, gruppe, navn, forslag in rader.values_list("analyse_id", "gruppe", "navn", "forslag")
        if forslag.get("kilde") == "uttrekk"
    ]
    for pk, arbeid in Gapanalyse.objects.filter(pk__in=list(analyser)).values_list("pk", "arbeid"):
        tilbud = [*arbeid.get("grupper", ()), *arbeid.get("ledere", ())]
        antall += [(pk, t.get("gruppe", ""), int(t.get("har") or 0)) for t in tilbud]
    forst: dict[frozenset[int], int] = {}
    return fra_svarene(antall, {pk: forst.setdefault(a.enheter, pk) for pk, a in sorted(analyser.items())})


def _overlappende(analyser: Mapping[int, Kartanalyse]) -> set[int]:
    """Analyses that share some of their people, but not all, with another one. One query."""
    kart = Enhetskart.les()
    linjer = {enhet: set(kart.linje(enhet)) for a in analyser.values() for enhet in a.enheter}
    eiere: dict[int, set[frozenset[int]]] = defaultdict(set)
    for a in analyser.values():
        for enhet in a.enheter:
            eiere[enhet].add(a.enheter)
    ut: set[frozenset[int]] = set()
    for a in analyser.values():
        andre = {e for enhet in a.enheter for over in linjer[enhet] for e in eiere[over]} - {a.enheter}
        ut |= {a.enheter, *andre} if andre else set()
    return {pk for pk, a in analyser.items() if a.enheter in ut}
