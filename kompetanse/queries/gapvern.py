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

from analyse.ansettelsesrader import ansettelsesrammer
from analyse.omfang import omfang_i_uttrekk
from analyse.regneoppsett import hent_oppsett
from kompetanse.enums import Gapradslag
from kompetanse.gap.gruppetall import Gruppetall, fra_svarene, gruppenokkel, tell_grupper
from kompetanse.gap.tabellvern import skjulte_grupper
from kompetanse.gap.vern import er_talt
from kompetanse.models import Gapanalyse, Gaprad
from kompetanse.queries.gapkart import Analysekart, Kartanalyse
from kompetanse.queries.ledere import Enhetskart

DOEGN = 24 * 3600
PerDag = Mapping[date, Mapping[int, Kartanalyse]]


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
            return er_talt(forslag, har) or (slag != Gapradslag.OPPGAVE and _fra_i_fjor(forslag, har))
        nokkel, talte = gruppenokkel(gruppe), self.antall.get(analyse)
        if talte is None or nokkel in self.skjulte[analyse]:
            return True
        return forslag.get("har") not in talte.get(nokkel, {0})

    def skjuler_rad(self, rad: Gaprad) -> bool:
        """The same of a row that is read."""
        return self.skjuler(rad.analyse_id, rad.slag, rad.gruppe or rad.navn, rad.har, rad.forslag)


def _fra_i_fjor(forslag: Mapping[str, Any], har: int) -> bool:
    """Is it last year's number of the extract or of the competence system, carried over because there was nothing
    newer?
    """
    return "kilde" not in forslag and forslag.get("i_fjor", {}).get("verdier", {}).get("har") == str(har)


def les_radvern(analyser: Collection[int], kart: Analysekart | None = None) -> Radvern:
    """What is hidden in these analyses. One query without `kart`; three more the first time, and three more again when
    the rows of some extract are deleted.
    """
    kart = kart or Analysekart.les()
    datoer = {kart.analyser[pk].dato for pk in analyser if pk in kart.analyser} - {None}
    per_dag = {dato: {pk: a for pk, a in kart.analyser.items() if a.dato == dato} for dato in sorted(datoer)}
    funnet = _beholdt(per_dag, kart.merke).values()
    antall = {pk: tall for vern in funnet for pk, tall in vern.antall.items()}
    return Radvern(antall, {pk: navn for vern in funnet for pk, navn in vern.skjulte.items()})


def _beholdt(per_dag: PerDag, merke: str) -> dict[date, Radvern]:
    """From memory, or worked out now."""
    nokler = {_nokkel(dato, merke, analyser): dato for dato, analyser in per_dag.items()}
    funnet = {nokler[nokkel]: vern for nokkel, vern in cache.get_many(nokler).items()}
    if len(funnet) < len(per_dag):
        nye = _regn_ut({dato: analyser for dato, analyser in per_dag.items() if dato not in funnet})
        cache.set_many({nokkel: nye[dato] for nokkel, dato in nokler.items() if dato in nye}, DOEGN)
        funnet |= nye
    return funnet


def _nokkel(dato: date, merke: str, analyser: Mapping[int, Kartanalyse]) -> str:
    innhold = dato.isoformat(), merke, [(pk, a.innhold) for pk, a in analyser.items()]
    return "gapradvern:" + hashlib.sha256(repr(innhold).encode()).hexdigest()


def _regn_ut(per_dag: PerDag) -> dict[date, Radvern]:
    """Counts and hidden groups of all the analyses that are filled in from the extract of each day."""
    talt = _fra_uttrekkene(per_dag)
    svart = _fra_svarene({dato: analyser for dato, analyser in per_dag.items() if dato not in talt})
    # Counted in the extract, people are in parts that do not overlap; else those are hidden that do.
    ut = {dato: _vern_av(per_dag[dato], tall, ()) for dato, tall in talt.items()}
    return ut | {dato: _vern_av(per_dag[dato], tall, delte) for dato, (tall, delte) in svart.items()}


def _vern_av(analyser: Mapping[int, Kartanalyse], tall: Gruppetall, helt: Iterable[int]) -> Radvern:
    """`helt`: those of which every group is hidden."""
    skjult: dict[int, set[str]] = {pk: set() for pk in analyser}
    for pk, (navn, _leder) in skjulte_grupper(tall, _per_runde(analyser)):
        skjult[pk].add(navn)
    for pk in helt:
        skjult[pk] |= {navn for navn, _leder in tall.analyser[pk]}
    antall = {pk: _per_navn(egne.items()) for pk, egne in tall.analyser.items()}
    return Radvern(antall, {pk: frozenset(navn) for pk, navn in skjult.items()})


def _per_runde(analyser: Mapping[int, Kartanalyse]) -> dict[int, list[int]]:
    runder: dict[int, list[int]] = defaultdict(list)
    for pk, a in analyser.items():
        runder[a.runde].append(pk)
    return runder


def _per_navn(talte: Iterable[tuple[tuple[str, bool], int]]) -> dict[str, frozenset[int]]:
    ut: dict[str, frozenset[int]] = {}
    for (navn, _leder), n in talte:
        ut[navn] = ut.get(navn, frozenset()) | {n}
    return ut


def _fra_uttrekkene(per_dag: PerDag) -> dict[date, Gruppetall]:
    """Counted as the rows are filled in, for the days whose extract still has its rows. Three queries."""
    if not per_dag:
        return {}
    omfang = omfang_i_uttrekk({dato: {pk: a.enheter for pk, a in egne.items()} for dato, egne in per_dag.items()})
    if not omfang:
        return {}
    oppsett = hent_oppsett()
    rammer = ansettelsesrammer([uttrekk.pk for uttrekk, _mine in omfang.values()], oppsett.tellinger)
    return {
        dato: tell_grupper(rammer[uttrekk.pk], oppsett.stillinger, dato, mine)
        for dato, (uttrekk, mine) in omfang.items()
    }


def _fra_svarene(per_dag: PerDag) -> dict[date, tuple[Gruppetall, set[int]]]:
    """What the analyses were filled in with: their rows, those taken out too, and what was offered; and those that
    share some of their people, but not all, with another one. Three queries.
    """
    if not per_dag:
        return {}
    antall = _svart([pk for analyser in per_dag.values() for pk in analyser])
    kart = Enhetskart.les()
    ut = {}
    for dato, analyser in per_dag.items():
        forst: dict[frozenset[int], int] = {}
        like = {pk: forst.setdefault(a.enheter, pk) for pk, a in sorted(analyser.items())}
        tall = fra_svarene([rad for pk in analyser for rad in antall[pk]], like)
        # Nobody is in two analyses of the same round.
        ut[dato] = tall, _overlappende(analyser, kart) if len(_per_runde(analyser)) > 1 else set()
    return ut


def _svart(analyser: Collection[int]) -> dict[int, list[tuple[int, str, int]]]:
    """Analysis → (analysis, group, how many). Two queries."""
    antall: dict[int, list[tuple[int, str, int]]] = {pk: [] for pk in analyser}
    rader = Gaprad.alle.filter(analyse__in=list(analyser), slag=Gapradslag.STILLING).order_by("pk")
    for pk, gruppe, navn, forslag in rader.values_list("analyse_id", "gruppe", "navn", "forslag"):
        if forslag.get("kilde") == "uttrekk":
            antall[pk].append((pk, gruppe or navn, int(forslag.get("har") or 0)))
    for pk, arbeid in Gapanalyse.objects.filter(pk__in=list(analyser)).values_list("pk", "arbeid"):
        tilbud = [*arbeid.get("grupper", ()), *arbeid.get("ledere", ())]
        antall[pk] += [(pk, t.get("gruppe", ""), int(t.get("har") or 0)) for t in tilbud]
    return antall


def _overlappende(analyser: Mapping[int, Kartanalyse], kart: Enhetskart) -> set[int]:
    """Analyses that share some of their people, but not all, with another one."""
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
