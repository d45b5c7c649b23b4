"""The joint system of figures of one extract: cells from every report and scope, and all relations between them.

Sums are taken as known to the reader up to a constant: a person in two units makes the parts add up to more than the
whole, and the protection does not lean on the reader not knowing how many such persons there are.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

from analyse.beregninger.aldersrisiko import AAR, BAANDGRENSER, FYLLER, maalnavn
from analyse.rapporter.hjelp import er_tall
from analyse.rapporter.ledere import GRUPPER as LEDERGRUPPER
from analyse.rapporter.resultat import Resultat
from analyse.rapporter.stillingsstoerrelse_alder import ALDER, STORRELSER
from analyse.rapporter.vern import Celle, Pop, enhetspop, med_alle_nivaaer, plasser
from felles.prikking import DYRT, System

Resultater = dict[int, dict[str, Resultat]]


@dataclass
class Rapportsystem(System):
    """A system with the municipality (`rot`), its levels of education, and its populations indexed: `indeks`
    population → cells, `tverrsnitt` (kind, scope) → populations.
    """

    rot: int = 0
    nivaaer: list[str] = field(default_factory=list)
    indeks: dict[Pop, list[Celle]] = field(default_factory=lambda: defaultdict(list))
    tverrsnitt: dict[tuple[str, int], list[Pop]] = field(default_factory=lambda: defaultdict(list))

    def indekser(self) -> None:
        """Build both from the cells."""
        for celle in self.verdier:
            self.indeks[celle[2]].append(celle)
        for pop in self.indeks:
            if pop[0] != "enhet":
                self.tverrsnitt[pop[0], pop[1]].append(pop)


ANTALL_BAAND = len(BAANDGRENSER) + 1
# Parts of these measures make up all employees of the population.
DELER_AV_ANSATTE = ("kjonn", "heltid", "utdanning", "ansiennitet", "baand")
LEDERDELER = {"lederstorrelse": tuple(STORRELSER), "lederalder": tuple(ALDER)}
INTERN = ("intern_inn", "intern_ut")
# What readers ask for first, and what the leaving rates are made of.
VIKTIGE = {("aldersmaal", n) for n in ("55+", "60+", "67_5aar", "67_10aar")} | {("flyt", "sluttet"), ("flyt", "ib")}
FLYTFORTEGN = {"ub": 1, "ib": -1, "begynt": -1, "intern_inn": -1, "sluttet": 1, "intern_ut": 1}


def nivaaliste(resultater: Resultater, rot: int) -> list[str]:
    """The municipality's levels of education."""
    return [rad["utdanning"] for rad in resultater[rot]["utdanning"].tillegg["per_nivaa"]]


def bygg(resultater: Resultater, rot: int, sektor_av: dict[int, int], forelder_av: dict[int, int]) -> Rapportsystem:
    """The system of one extract. `resultater`: scope id → slug → unprotected result, for the municipality and its
    sectors. `sektor_av`: unit → sector (0 = none). `forelder_av`: department → unit.
    """
    system = Rapportsystem()
    uten_baand = {omfang for omfang, r in resultater.items() if not r["aldersrisiko"].tillegg["aldersbaand"]}
    system.rot, system.nivaaer = rot, nivaaliste(resultater, rot)
    for omfang, rapporter in resultater.items():
        for resultat in rapporter.values():
            if resultat.rapport == "aldersrisiko" and omfang in uten_baand:
                # Kept by older code, the person rows are gone: without the bands nothing can be said to be safe.
                continue
            _legg_inn(system, med_alle_nivaaer(resultat, system.nivaaer), omfang, rot)
        _legg_inn_baand(system, rapporter["aldersrisiko"], omfang, rot)
    _legg_inn_delsummer(system)
    system.indekser()
    for pop in system.indeks:
        _innenfor(system, pop, rot)
    for total, deler in _hierarki(system, rot, sektor_av, forelder_av):
        system.summer(total, deler)
    for omfang in resultater:
        _ledersummer(system, omfang)
        _enhetssum(system, resultater[omfang]["lederspenn"], omfang)
    _flyttinger(system, rot)
    system.laast = set(_kjente_nuller(system, rot))
    system.pris = {c: _pris(c, rot) for c in system.vist}
    return system


def _legg_inn(system: Rapportsystem, resultat: Resultat, omfang: int, rot: int) -> None:
    for plass in plasser(resultat, omfang, rot):
        if plass.celle is None or (omfang != rot and plass.celle[2][0] == "gruppe"):
            continue
        verdi = plass.rad.get(plass.nokkel)
        if er_tall(verdi):
            system.legg_til(plass.celle, int(verdi))


def _legg_inn_baand(system: Rapportsystem, resultat: Resultat, omfang: int, rot: int) -> None:
    """Age bands: never shown, but every shown age figure is a sum of them, and so is every difference of two."""
    for rad in resultat.tillegg["aldersbaand"]:
        if "enhet_id" in rad:
            pop: Pop = enhetspop(rad["enhet_id"])
        elif omfang == rot:
            pop = ("gruppe", omfang, rad["stillingsgruppe"])
        else:
            continue
        for i, antall in enumerate(rad["antall"]):
            system.legg_til(("baand", str(i), pop), int(antall), vist=False)


def _legg_inn_delsummer(system: Rapportsystem) -> None:
    """Leaders by every choice of size groups, and of age groups. Never shown, but they add up over functions and
    sectors as the parts do: «all but full time» is known for five functions together when two sums over them are.
    """
    pops = {pop for maal, _del, pop in system.verdier if maal == "lederstorrelse"}
    for pop in sorted(pops, key=repr):
        for maal, deler in LEDERDELER.items():
            for utvalg in _utvalg(deler):
                verdi = sum(system.verdier[maal, d, pop] for d in utvalg)
                system.legg_til((f"{maal}-sum", "|".join(utvalg), pop), verdi, vist=False)


def _utvalg(deler: Sequence[str]) -> list[tuple[str, ...]]:
    """Every choice of at least two parts, but not all."""
    return [u for antall in range(2, len(deler)) for u in combinations(deler, antall)]


# Relations within a population


def _innenfor(system: Rapportsystem, pop: Pop, rot: int) -> None:
    deler: dict[str, list[Celle]] = defaultdict(list)
    for celle in system.indeks[pop]:
        deler[celle[0]].append(celle)
    for maal in DELER_AV_ANSATTE:
        if deler[maal] and deler["ansatte"]:
            system.summer(deler["ansatte"][0], deler[maal])
    if deler["baand"]:
        _aldersformer(system, pop, rot)
    if deler["flyt"]:
        system.relasjoner.append({("flyt", n, pop): k for n, k in FLYTFORTEGN.items()})
    if deler["leder"]:
        totalt: Celle = ("leder", "totalt", pop)
        system.summer(totalt, [c for c in deler["leder"] if c != totalt])
        for maal in ("lederstorrelse", "lederalder"):
            if deler[maal]:
                system.summer(totalt, deler[maal])
                for sum_ in deler[f"{maal}-sum"]:
                    i_sum = set(sum_[1].split("|"))
                    system.summer(sum_, [c for c in deler[maal] if c[1] in i_sum])
                    system.summer(totalt, [sum_, *(c for c in deler[maal] if c[1] not in i_sum)])


def _aldersformer(system: Rapportsystem, pop: Pop, rot: int) -> None:
    """The age measures as sums of bands, and every run of bands as a form. Not for the whole municipality: two persons
    between two of its age measures are two of thousands, and no cell.
    """
    baand = [("baand", str(i), pop) for i in range(ANTALL_BAAND)]
    for navn, (fra, til) in _aldersintervaller().items():
        celle: Celle = ("aldersmaal", navn, pop)
        if celle in system.verdier:
            system.summer(celle, baand[fra:til])
    if pop == enhetspop(rot):
        return
    for fra in range(ANTALL_BAAND):
        for til in range(fra + 1, ANTALL_BAAND + 1):
            if (fra, til) != (0, ANTALL_BAAND):
                system.former.append(tuple(baand[fra:til]))


def _aldersintervaller() -> dict[str, tuple[int, int]]:
    """Row key → first and past-last band."""
    nr = {alder: i + 1 for i, alder in enumerate(BAANDGRENSER)}
    ut = {"55+": (nr[55], ANTALL_BAAND), "60+": (nr[60], ANTALL_BAAND)}
    return ut | {maalnavn(m, a): (nr[m - a], nr[m]) for m in FYLLER for a in AAR}


# Relations between populations


def _hierarki(
    system: Rapportsystem, rot: int, sektor_av: dict[int, int], forelder_av: dict[int, int]
) -> Iterator[tuple[Celle, list[Celle]]]:
    """(total, parts) for every measure: municipality → sectors → units → departments, and the cross-cuts of a scope."""
    barn = defaultdict(list)
    for enhet, sektor in sektor_av.items():
        barn[sektor].append(enhet)
    for avdeling, enhet in forelder_av.items():
        barn[enhet].append(avdeling)
    sektorer = sorted(set(sektor_av.values()))
    for celle in list(system.verdier):
        maal, del_, pop = celle
        if maal == "enhetssum":
            continue
        if pop == enhetspop(rot):
            deler = [c for s in sektorer for c in _selv_eller_barn(system, maal, del_, s, barn)]
            yield from _hvis(celle, deler)
            yield from _hvis(celle, list(_i_tverrsnitt(system, maal, del_, "gruppe", rot)))
        elif pop[0] == "enhet":
            yield from _hvis(celle, [c for b in barn[pop[1]] if (c := (maal, del_, enhetspop(b))) in system.verdier])
        elif pop[1] == rot and pop[0] in {"alder", "funksjon"}:
            yield from _hvis(celle, [c for s in sektorer if (c := (maal, del_, (pop[0], s, pop[2]))) in system.verdier])
        if pop[0] == "enhet" and maal == "flyt":
            yield from _hvis(celle, list(_i_tverrsnitt(system, maal, del_, "alder", pop[1])))


def _hvis(total: Celle, deler: list[Celle]) -> Iterator[tuple[Celle, list[Celle]]]:
    """A move within the municipality is no move for the whole, so inner moves do not add up; they are left out."""
    if deler and not (total[0] == "flyt" and total[1] in INTERN):
        yield total, deler


def _selv_eller_barn(
    system: Rapportsystem, maal: str, del_: str, sektor: int, barn: dict[int, list[int]]
) -> list[Celle]:
    selv: Celle = (maal, del_, enhetspop(sektor))
    if selv in system.verdier:
        return [selv]
    return [c for b in barn[sektor] if (c := (maal, del_, enhetspop(b))) in system.verdier]


def _i_tverrsnitt(system: Rapportsystem, maal: str, del_: str, slag: str, omfang: int) -> Iterator[Celle]:
    for pop in system.tverrsnitt[slag, omfang]:
        if (celle := (maal, del_, pop)) in system.verdier:
            yield celle


def _ledersummer(system: Rapportsystem, omfang: int) -> None:
    """The two sum rows of the leader reports are the sums of their functions."""
    alle = [pop for pop in system.tverrsnitt["funksjon", omfang] if not pop[2].startswith("SUM ")]
    for navn, utsnitt in LEDERGRUPPER.items():
        sumpop = ("funksjon", omfang, "SUM " + navn)
        for celle in list(system.indeks[sumpop]):
            system.summer(celle, [(celle[0], celle[1], pop) for pop in alle[utsnitt]])


def _enhetssum(system: Rapportsystem, lederspenn: Resultat, omfang: int) -> None:
    """The mean per unit gives away the sum of the units' counts."""
    per_sektor: dict[Any, list[Celle]] = defaultdict(list)
    for rad in lederspenn.tillegg["per_enhet"]:
        celle: Celle = ("ansatte", "", enhetspop(rad["enhet_id"]))
        for pop in {enhetspop(rad["sektor_id"]), enhetspop(omfang)}:
            per_sektor[pop].append(celle)
    for pop, deler in per_sektor.items():
        if (total := ("enhetssum", "", pop)) in system.verdier:
            system.summer(total, deler)


def _flyttinger(system: Rapportsystem, rot: int) -> None:
    """All moves in equal all moves out, up to a constant: over units, sectors and position groups."""
    nivaaer: dict[str, list[Pop]] = {"gruppe": list(system.tverrsnitt["gruppe", rot])}
    nivaaer["enhet"] = [p for p in system.indeks if p[0] == "enhet" and p[1] != rot]
    for pops in nivaaer.values():
        rad = {}
        for pop in pops:
            if ("flyt", "intern_inn", pop) in system.verdier:
                rad |= {("flyt", "intern_inn", pop): 1, ("flyt", "intern_ut", pop): -1}
        if rad:
            system.relasjoner.append(rad)


def _kjente_nuller(system: Rapportsystem, rot: int) -> Iterator[Celle]:
    """Zeros everybody knows: parts that nobody in the municipality is in, and inner moves of the municipality."""
    summer: dict[tuple[str, str], int] = defaultdict(int)
    for (maal, del_, _pop), verdi in system.verdier.items():
        summer[maal, del_] += verdi
    for celle in system.verdier:
        maal, del_, pop = celle
        uten_noen = maal in {"kjonn", "ansiennitet", "utdanning", "leder", "flyt"} and not summer[maal, del_]
        intern = maal == "flyt" and del_ in INTERN and (pop == enhetspop(rot) or pop[:2] == ("alder", rot))
        if (uten_noen and del_ in {"ikke_oppgitt", "uten_start", "Ikke oppgitt", *INTERN}) or intern:
            yield celle


def _pris(celle: Celle, rot: int) -> int:
    """Headcounts and the municipality's own figures are hidden only when nothing else will do."""
    maal, del_, pop = celle
    viktig = (maal, del_) in VIKTIGE
    return (
        DYRT * (maal in {"ansatte", "enhetssum"})
        + 6_000 * (pop == enhetspop(rot))
        + 3_000 * viktig
        + (maal == "leder" and pop[1] == rot) * (DYRT if str(pop[-1]).startswith("SUM ") else 4_000)
        + 1_000 * (pop[0] == "enhet")
    )


def koble(skjult_foer: set[Celle], skjult_etter: set[Celle]) -> tuple[set[Celle], set[Celle]]:
    """Cells to hide in two extracts of which the later period begins on the earlier's date: the headcount on that day
    stands in both. Returns (in the earlier, in the later).
    """
    foer = {("flyt", "ub", pop) for maal, del_, pop in skjult_etter if (maal, del_) == ("flyt", "ib") and _felles(pop)}
    etter = {("flyt", "ib", pop) for maal, del_, pop in skjult_foer if (maal, del_) == ("flyt", "ub") and _felles(pop)}
    return foer, etter


def _felles(pop: Pop) -> bool:
    """The same people are counted in both extracts: not age groups, where people move on."""
    return pop[0] in {"enhet", "gruppe"}
