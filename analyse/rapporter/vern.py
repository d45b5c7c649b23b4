"""Small-number protection of the reports: all reports of an extract are one system, with one name for each figure.

«Ansatte i Hjemmetjenesten» is the same cell in every report that shows it, so it is hidden everywhere or nowhere.
A cell is (measure, part, population). Populations: ("enhet", id) for any unit from municipality to department;
("gruppe", scope id, name), ("alder", scope id, name), ("funksjon", scope id, name) for the cross-cuts of a scope.
Everything a reader cannot be shown by name here is hidden: what is not placed in the system is masked.
"""

from collections.abc import Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lat

from analyse.beregninger.fordelinger import ANSIENNITET
from analyse.beregninger.turnover import GRUPPER as ALDERSGRUPPER
from analyse.beregninger.turnover import KOLONNER as FLYT
from analyse.rapporter.aldersrisiko import FYLLER
from analyse.rapporter.hjelp import er_tall, som_tekst, sorter
from analyse.rapporter.ledere import GRUPPER as LEDERGRUPPER
from analyse.rapporter.resultat import PRIKKET, SKJULT, Resultat
from analyse.rapporter.stillingsstoerrelse_alder import ALDER, STORRELSER

Pop = tuple[Any, ...]
Celle = tuple[str, str, Pop]
# Keys that are names, ids or facts of the organisation, not counts of people.
AAPNE = {"enhet_id", "sektor_id", "forelder_id", "enheter", "verdi"}
STOR_BEFOLKNING = 200
STATUSER = {"minst", "stoerst", "mot_norm", "risiko"}
MELDING = _lat(
    "Tall under 5 vises som «<5». «skjult» er tall på 5 eller mer som kunne røpet et lite tall, og prosenter og "
    "vurderinger som bygger på tall som ikke vises."
)
# The age measures a protected reader gets below the municipality. Each further one would make more of these fall.
VISTE_ALDERSMAAL = ("55+", "60+", "67_5aar", "67_10aar")


@dataclass(frozen=True)
class Plass:
    """Where a figure stands: its row, key, and the cells it falls with. `celle` when it is that cell itself."""

    rad: dict[str, Any]
    nokkel: str
    deler: tuple[Celle, ...]
    celle: Celle | None = None


def enhetspop(pk: int | None) -> Pop:
    """The population of a unit at any level; 0 stands for «units without a sector»."""
    return ("enhet", int(pk or 0))


def _ansatte(pop: Pop) -> Celle:
    return ("ansatte", "", pop)


def _celler(rad: dict[str, Any], maal: str, nokler: Iterable[str], pop: Pop) -> Iterator[Plass]:
    for nokkel in nokler:
        celle = (maal, nokkel, pop)
        yield Plass(rad, nokkel, (celle,), celle)


def _hode(rad: dict[str, Any], pop: Pop) -> Iterator[Plass]:
    yield Plass(rad, "ansatte", (_ansatte(pop),), _ansatte(pop))


def _avledet(rad: dict[str, Any], nokler: Iterable[str], deler: Iterable[Celle]) -> Iterator[Plass]:
    deler = tuple(deler)
    for nokkel in nokler:
        yield Plass(rad, nokkel, deler)


# Rows with their population


def _befolkninger(r: Resultat, omfang: int) -> Iterator[tuple[dict[str, Any], Pop]]:
    """Rows of a report that has one row per unit, a sum and a table of position groups."""
    for rad in r.rader:
        yield rad, enhetspop(rad["enhet_id"])
    if r.sum:
        yield r.sum, enhetspop(omfang)
    for rad in r.tillegg["per_stillingsgruppe"]:
        yield rad, ("gruppe", omfang, rad["stillingsgruppe"])


def _lederspenn(r: Resultat, omfang: int, rot: int) -> Iterator[Plass]:
    per_enhet = r.tillegg["per_enhet"]
    for rad in [*per_enhet, *r.tillegg["per_avdeling"]]:
        pop = enhetspop(rad["enhet_id"])
        yield from _hode(rad, pop)
        yield from _avledet(rad, ("mot_norm",), [_ansatte(pop)])
        yield from _aarsverk(rad, pop, enhetspop(rad["forelder_id"]) if "forelder_id" in rad else pop)
    id_av_kode = {rad["kode"]: rad["enhet_id"] for rad in per_enhet}
    for rad in r.rader:
        enheter = [_ansatte(enhetspop(id_av_kode[e["kode"]])) for e in rad["per_enhet"]]
        yield from _sammendrag(rad, enhetspop(rad["enhet_id"]), enheter)
        for indre, celle in zip(rad["per_enhet"], enheter, strict=True):
            yield Plass(indre, "ansatte", (celle,), celle)
            yield from _aarsverk(indre, celle[2], celle[2])
    yield from _sammendrag(r.sum, enhetspop(omfang), [_ansatte(enhetspop(e["enhet_id"])) for e in per_enhet])


def _aarsverk(rad: dict[str, Any], pop: Pop, enhet: Pop) -> Iterator[Plass]:
    """Full-time equivalents × 100 is the full-time report's sum of position sizes, so they fall with the same cells;
    a department with its unit's, because that report has units only.
    """
    yield from _avledet(rad, ("aarsverk",), [_ansatte(pop), ("heltid", "heltid", enhet), ("heltid", "deltid", enhet)])


def _sammendrag(rad: dict[str, Any], pop: Pop, enheter: list[Celle]) -> Iterator[Plass]:
    """A sector's row. The mean gives away the sum of the units' counts, so that sum is a cell of its own."""
    yield from _hode(rad, pop)
    enhetssum = ("enhetssum", "", pop)
    yield Plass(rad, "enhetssum", (enhetssum,), enhetssum)
    yield from _avledet(rad, ("snitt",), [enhetssum])
    yield from _avledet(rad, ("over_norm", "minst", "stoerst", "mot_norm"), [*enheter, enhetssum])


def _ledere(r: Resultat, omfang: int, rot: int) -> Iterator[Plass]:
    for rad, pop in _lederrader(r, omfang):
        yield from _celler(rad, "leder", ("menn", "kvinner", "ikke_oppgitt", "totalt"), pop)


def _lederstorrelse(r: Resultat, omfang: int, rot: int) -> Iterator[Plass]:
    for rad, pop in _lederrader(r, omfang):
        yield from _celler(rad, "lederstorrelse", STORRELSER, pop)
        yield from _celler(rad, "lederalder", ALDER, pop)
        totalt = ("leder", "totalt", pop)
        yield Plass(rad, "totalt", (totalt,), totalt)


def _lederrader(r: Resultat, omfang: int) -> Iterator[tuple[dict[str, Any], Pop]]:
    for rad in r.rader:
        yield rad, ("funksjon", omfang, rad["stilling"])
    for navn in LEDERGRUPPER:
        yield r.sum[navn], ("funksjon", omfang, "SUM " + navn)


def _turnover(r: Resultat, omfang: int, rot: int) -> Iterator[Plass]:
    t = r.tillegg
    rader = [(rad, ("alder", omfang, rad["gruppe"])) for rad in r.rader[:-1]]
    rader += [(rad, enhetspop(omfang)) for rad in (r.rader[-1], r.sum)]
    rader += [(rad, enhetspop(rad["enhet_id"])) for rad in [*t["per_sektor"], *t["per_enhet"]]]
    rader += [(rad, ("gruppe", omfang, rad["stillingsgruppe"])) for rad in t["per_stillingsgruppe"]]
    for rad, pop in rader:
        yield from _celler(rad, "flyt", FLYT, pop)
        sluttet, ib, ub = (("flyt", n, pop) for n in ("sluttet", "ib", "ub"))
        yield Plass(rad, "kohort_start", (ib,), ib)
        yield Plass(rad, "kohort_sluttet", (sluttet,), sluttet)
        yield from _avledet(rad, ("kohort_prosent",), [sluttet, ib])
        yield from _avledet(rad, ("prosent",), [sluttet, ib, ub])


def _aldersrisiko(r: Resultat, omfang: int, rot: int) -> Iterator[Plass]:
    alle_maal = ("55+", "60+", *FYLLER)
    for rad, pop in _befolkninger(r, omfang):
        yield from _hode(rad, pop)
        yield from _celler(rad, "aldersmaal", alle_maal if pop == enhetspop(rot) else VISTE_ALDERSMAAL, pop)
        seksti, sekstisju = (("aldersmaal", n, pop) for n in ("60+", "67_5aar"))
        yield from _avledet(rad, ("andel60",), [seksti, _ansatte(pop)])
        yield from _avledet(rad, ("risiko",), [seksti, sekstisju, _ansatte(pop)])
        # Expected leavers are weighted with the municipality's rates; a hidden rate must not come out through them.
        # In a large population the weighted sum says nothing of a few persons' age; in a small one it is not shown.
        stor = er_tall(rad["ansatte"]) and rad["ansatte"] >= STOR_BEFOLKNING
        deler = [*([] if stor else [("aldersmaal", n, pop) for n in alle_maal]), _ansatte(pop), *_ratedeler(rot)]
        yield from _avledet(rad, ("avgang_5aar", "avgang_10aar"), deler)
    for rad in r.tillegg.get("avgangsrater", ()):
        yield from _avledet(rad, ("prosent_per_aar",), _ratedeler(rot, (rad["gruppe"],)))


def _ratedeler(rot: int, grupper: Iterable[str] = ALDERSGRUPPER) -> list[Celle]:
    return [("flyt", n, ("alder", rot, g)) for g in grupper for n in ("sluttet", "ib")]


def _fordeling(maal: str, nokler: tuple[str, ...] | None, avledet: dict[str, tuple[str, ...]]):
    """Places of a distribution. Without fixed keys the levels of the result are taken."""

    def plasser(r: Resultat, omfang: int, rot: int) -> Iterator[Plass]:
        deler = nokler or tuple(rad["utdanning"] for rad in r.tillegg["per_nivaa"])
        for rad, pop in _befolkninger(r, omfang):
            yield from _hode(rad, pop)
            yield from _celler(rad, maal, deler, pop)
            for nokkel, av in avledet.items():
                yield from _avledet(rad, (nokkel,), [_ansatte(pop), *((maal, n, pop) for n in av)])
        pop = enhetspop(omfang)
        for tabell, navn in (("per_nivaa", "utdanning"), ("per_gruppe", "gruppe")):
            for rad in r.tillegg.get(tabell, ()):
                del_ = "uten_start" if rad[navn] == "Uten startdato" else rad[navn]
                yield Plass(rad, "antall", ((maal, del_, pop),), (maal, del_, pop))
                yield from _avledet(rad, ("andel",), [(maal, del_, pop), _ansatte(pop)])

    return plasser


_ANSIENNITET = (*ANSIENNITET, "uten_start")
PLASSER = {
    "lederspenn": _lederspenn,
    "ledere": _ledere,
    "stillingsstoerrelse-alder": _lederstorrelse,
    "turnover": _turnover,
    "aldersrisiko": _aldersrisiko,
    "heltid": _fordeling(
        "heltid",
        ("heltid", "deltid"),
        {"andel_heltid": ("heltid",), "snitt_prosent": ("heltid", "deltid"), "prosentsum": ("heltid", "deltid")},
    ),
    "kjoenn": _fordeling("kjonn", ("menn", "kvinner", "ikke_oppgitt"), {"andel_kvinner": ("kvinner",)}),
    "utdanning": _fordeling("utdanning", None, {}),
    "ansiennitet": _fordeling("ansiennitet", _ANSIENNITET, {"snitt_aar": _ANSIENNITET, "aarsum": _ANSIENNITET}),
}
# Tables that a narrowed, protected reader does not get: small cross-cuts, where which rows exist tells too much.
UTELATES_SNEVRET = ("per_stillingsgruppe", "avgangsrater")


def plasser(resultat: Resultat, omfang: int, rot: int) -> Iterator[Plass]:
    """Every figure of the result and what it falls with. `omfang`: the unit it is for; `rot`: the municipality."""
    return PLASSER[resultat.rapport](resultat, omfang, rot)


def mask(
    resultat: Resultat, omfang: int, rot: int, synlige: set[Celle], smaa: set[Celle], nivaaer: list[str]
) -> Resultat:
    """The result as a protected reader sees it: a figure stands only if every cell it falls with is in `synlige`.

    Only cells in `smaa` are marked «<5»: those of the system that are under 5. What the system does not hold is
    «skjult» whatever its value, because the marks of such cells have not been judged. Rows are sorted anew, hidden
    ones last, so that their order tells nothing. `nivaaer`: the municipality's levels of
    education, shown in every unit whether anybody there has them or not.
    """
    r = med_alle_nivaaer(deepcopy(resultat), nivaaer)
    tillegg = {k: v for k, v in r.tillegg.items() if k != "aldersbaand"}
    if omfang != rot:
        tillegg |= {k: [] for k in UTELATES_SNEVRET if k in tillegg}
    r = replace(r, tillegg=tillegg, prikket=True)
    alle = list(plasser(r, omfang, rot))
    vist = {(id(p.rad), p.nokkel) for p in alle if all(c in synlige for c in p.deler)}
    under_grensen = {(id(p.rad), p.nokkel) for p in alle if p.celle in smaa}
    for rad in _alle_rader(r):
        for nokkel, verdi in rad.items():
            skjules = er_tall(verdi) or nokkel in STATUSER
            if skjules and nokkel not in AAPNE and (id(rad), nokkel) not in vist:
                rad[nokkel] = PRIKKET if (id(rad), nokkel) in under_grensen else SKJULT
    return _sorter(replace(r, forutsetninger=_forutsetninger(r)))


def med_alle_nivaaer(r: Resultat, nivaaer: list[str]) -> Resultat:
    """The education report with the same levels whatever the unit; those nobody has get 0. Changes the rows."""
    if r.rapport != "utdanning":
        return r
    for rad in [*r.rader, r.sum, *r.tillegg["per_stillingsgruppe"]]:
        for nivaa in nivaaer:
            rad.setdefault(nivaa, 0)
    har = {rad["utdanning"]: rad for rad in r.tillegg["per_nivaa"]}
    liste = [har.get(n) or {"utdanning": n, "antall": 0, "andel": 0.0} for n in nivaaer]
    return replace(r, tillegg={**r.tillegg, "per_nivaa": liste})


def _forutsetninger(r: Resultat) -> dict[str, Any]:
    """Assumptions of a masked result. The leaving rates are written as they now stand in the rows."""
    ut = {**r.forutsetninger, _("Små tall"): str(MELDING)}
    if "Sluttrater" in ut:
        rater = r.tillegg.get("avgangsrater") or []
        ut["Sluttrater"] = "; ".join(f"{p['gruppe']} år: {som_tekst(p['prosent_per_aar'], 'prosent')}" for p in rater)
        ut["Sluttrater"] = ut["Sluttrater"] or "Se rapporten for hele kommunen."
    return ut


def _alle_rader(r: Resultat) -> Iterator[dict[str, Any]]:
    """All rows of the result, nested ones and sums too."""
    stabel: list[Any] = [r.rader, r.sum, *(v for k, v in r.tillegg.items() if k != "normer")]
    while stabel:
        node = stabel.pop()
        if isinstance(node, dict):
            yield node
            stabel.extend(
                v for k, v in node.items() if isinstance(v, list) or (r.rapport in _SUMMER and k in LEDERGRUPPER)
            )
        elif isinstance(node, list):
            stabel.extend(node)


_SUMMER = {"ledere", "stillingsstoerrelse-alder"}


def _sorter(r: Resultat) -> Resultat:
    if r.rapport in _SUMMER:
        return r
    maal = {"turnover": "ib", "aldersrisiko": "andel60"}.get(r.rapport, "ansatte")
    rader, tillegg = r.rader, dict(r.tillegg)
    if r.rapport == "lederspenn":
        for rad in rader:
            rad["per_enhet"] = sorter(rad["per_enhet"], "ansatte", "enhet")
        rader = sorter(rader, "ansatte", "sektor")
    elif r.rapport != "turnover":
        rader = sorter(rader, maal, "enhet")
    for nokkel, navn in (("per_enhet", "enhet"), ("per_avdeling", "avdeling"), ("per_sektor", "sektor"),
                         ("per_stillingsgruppe", "stillingsgruppe")):  # fmt: skip
        if tillegg.get(nokkel):
            tillegg[nokkel] = sorter(tillegg[nokkel], maal, navn)
    return replace(r, rader=rader, tillegg=tillegg)
