"""Which rows of the gap analyses are hidden from readers who may not see small numbers. The one home of that decision:
the analysis, the results with files and PDF, the search and the plans ask here.

It is made for everything that is filled in from the same extract, in whatever round, and is the same for whoever asks;
kept in memory for as long as no round, analysis or extract comes or goes.
"""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.cache import cache

from analyse.models import Uttrekk
from analyse.omfang import enheter_under
from analyse.queries import ansettelsesramme
from analyse.regneoppsett import hent_oppsett
from kompetanse.enums import Gapradslag, Gapstatus, Rundestatus
from kompetanse.gap.gruppetall import Gruppetall, fra_svarene, gruppenokkel, tell_grupper
from kompetanse.gap.tabellvern import skjulte_grupper
from kompetanse.gap.vern import er_talt
from kompetanse.models import Gapanalyse, Gaprad
from kompetanse.queries.ledere import Enhetskart

DOEGN = 24 * 3600
# What changes when the decision may, for the stamps of finished pages.
MERKEFELT = """
  (SELECT count(*) FROM {analyser}), (SELECT max(id) FROM {analyser}),
  (SELECT count(*) FROM {analyser} WHERE status = '{ikke_begynt}'),
  (SELECT max(id) FROM {uttrekk}), (SELECT count(*) FROM {uttrekk}), (SELECT count(rader_slettet) FROM {uttrekk})
"""


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


def les_radvern(analyser: Collection[int]) -> Radvern:
    """What is hidden in these analyses. Two queries; up to six more the first time for each extract."""
    levende = _levende_uttrekk()
    kart = _les_kart(levende)
    antall: dict[int, Mapping[str, frozenset[int]]] = {}
    skjulte: dict[int, frozenset[str]] = {}
    for dato in sorted({kart[pk].dato for pk in analyser if pk in kart}):
        funnet = _beholdt(levende.get(dato), {pk: a for pk, a in sorted(kart.items()) if a.dato == dato})
        antall |= funnet.antall
        skjulte |= funnet.skjulte
    return Radvern(antall, skjulte)


def _beholdt(uttrekk: Uttrekk | None, analyser: dict[int, "_Analyse"]) -> Radvern:
    innhold = uttrekk.pk if uttrekk else None, [(pk, a, sorted(a.enheter)) for pk, a in analyser.items()]
    nokkel = "gapradvern:" + hashlib.sha256(repr(innhold).encode()).hexdigest()
    vern = cache.get(nokkel)
    if vern is None:
        vern = _regn_ut(uttrekk, analyser)
        cache.set(nokkel, vern, DOEGN)
    return vern


@dataclass(frozen=True)
class _Analyse:
    """An analysis: its round, its units, whether it is begun, and the day of the extract it is filled in from ('' when
    there is none).
    """

    runde: int
    begynt: bool
    dato: str
    enheter: frozenset[int] = field(repr=False)


def _levende_uttrekk() -> dict[str, Uttrekk]:
    """Day → extract, those that still have their rows, newest first. One query."""
    uttrekk = Uttrekk.objects.filter(rader_slettet=None).order_by("-dato").defer("tellinger")
    return {u.dato.isoformat(): u for u in uttrekk}


def _les_kart(levende: Mapping[str, Uttrekk]) -> dict[int, _Analyse]:
    """All analyses of rounds that are or have been open. One that is not begun is filled in when it is. One query."""
    dag_av = {u.pk: dato for dato, u in levende.items()}
    nyeste = next(iter(levende), "")
    analyser = Gapanalyse.objects.exclude(runde__status=Rundestatus.UTKAST).order_by()
    enheter: dict[int, set[int]] = defaultdict(set)
    fakta: dict[int, tuple[int, bool, str]] = {}
    felt = ("pk", "status", "runde_id", "runde__uttrekk_id", "arbeid__dato", "enheter__pk")
    for pk, status, runde, valgt, dato, enhet in analyser.values_list(*felt):
        begynt = status != Gapstatus.IKKE_BEGYNT
        fakta[pk] = (runde, begynt, (dato or "") if begynt else dag_av.get(valgt, nyeste))
        enheter[pk] |= {enhet} - {None}
    return {pk: _Analyse(*f, frozenset(enheter[pk])) for pk, f in fakta.items()}


def _regn_ut(uttrekk: Uttrekk | None, analyser: Mapping[int, _Analyse]) -> Radvern:
    """Counts and hidden groups of all the analyses that are filled in from the extract (None: it is gone)."""
    tall = _fra_uttrekket(uttrekk, analyser) if uttrekk else _fra_svarene(analyser)
    runder: dict[int, list[int]] = defaultdict(list)
    for pk, a in analyser.items():
        runder[a.runde].append(pk)
    skjult: dict[int, set[str]] = {pk: set() for pk in analyser}
    for pk, (navn, _leder) in skjulte_grupper(tall, runder):
        skjult[pk].add(navn)
    if uttrekk is None:
        for pk in _overlappende(analyser):
            skjult[pk] |= {navn for navn, _leder in tall.analyser[pk]}
    antall = {pk: _per_navn(egne.items()) for pk, egne in tall.analyser.items()}
    return Radvern(antall, {pk: frozenset(navn) for pk, navn in skjult.items()})


def _per_navn(talte: Iterable[tuple[tuple[str, bool], int]]) -> dict[str, frozenset[int]]:
    ut: dict[str, frozenset[int]] = {}
    for (navn, _leder), n in talte:
        ut[navn] = ut.get(navn, frozenset()) | {n}
    return ut


def _fra_uttrekket(uttrekk: Uttrekk, analyser: Mapping[int, _Analyse]) -> Gruppetall:
    """Counted as the rows are filled in. Four queries."""
    oppsett = hent_oppsett()
    omfang = enheter_under(uttrekk, {pk: a.enheter for pk, a in analyser.items()})
    return tell_grupper(ansettelsesramme(uttrekk, oppsett.tellinger), oppsett.stillinger, uttrekk.dato, omfang)


def _fra_svarene(analyser: Mapping[int, _Analyse]) -> Gruppetall:
    """What the analyses were filled in with: their rows, those taken out too, and what was offered. Two queries."""
    rader = Gaprad.alle.filter(analyse__in=list(analyser), slag=Gapradslag.STILLING).order_by("pk")
    antall = [
        (pk, gruppe or navn, int(forslag.get("har") or 0))
        for pk, gruppe, navn, forslag in rader.values_list("analyse_id", "gruppe", "navn", "forslag")
        if forslag.get("kilde") == "uttrekk"
    ]
    for pk, arbeid in Gapanalyse.objects.filter(pk__in=list(analyser)).values_list("pk", "arbeid"):
        tilbud = [*arbeid.get("grupper", ()), *arbeid.get("ledere", ())]
        antall += [(pk, t["gruppe"], int(t.get("har") or 0)) for t in tilbud]
    forst: dict[frozenset[int], int] = {}
    return fra_svarene(antall, {pk: forst.setdefault(a.enheter, pk) for pk, a in sorted(analyser.items())})


def _overlappende(analyser: Mapping[int, _Analyse]) -> set[int]:
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
