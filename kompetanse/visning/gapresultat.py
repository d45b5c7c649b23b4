"""What the pages and documents of a round's results show besides the heat table: the lists and their findings."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from felles import tall
from felles.diagram import Soyle, soyler
from felles.norsk import midt_i_setning, sorteringsnokkel
from kompetanse.gap.vern import FAA, SKJULT
from kompetanse.gapvalg import HORISONTORD, Gapvalg
from kompetanse.queries.gapresultat import Gapsum, Kolonne, Saarbar, kritiskord
from kompetanse.visning.gapgrunnlag import Grunnlag, Saarbart, sumnavn, vis
from kompetanse.visning.gapmerke import Merke, kritiskmerke
from kompetanse.visning.gapvarme import varmecelle

TOPP = 10


# Largest gaps


@dataclass(frozen=True)
class Gaplinje:
    """A column in the list of the largest gaps."""

    navn: str
    kritisk: str
    haster: bool
    gap: str
    trenger: str
    ord: str
    verdi: int


def stoerste_gap(g: Grunnlag, flest: int = TOPP) -> list[Gaplinje]:
    """The columns that lack most in the horizon, of those whose sum is shown."""
    vist = [k for k in g.kolonner if g.viser_sum(k) and k.alle.gap[g.valg.om] > 0]
    vist.sort(key=lambda k: (-k.alle.gap[g.valg.om], not k.er_kritisk, sorteringsnokkel(k.navn), k.nokkel))
    return [_gaplinje(k, g.valg) for k in vist[:flest]]


def _gaplinje(k: Kolonne, valg: Gapvalg) -> Gaplinje:
    gap = k.alle.gap[valg.om]
    celle = varmecelle(gap, k.alle.trenger, valg)
    trenger = vis(k.alle.trenger, valg.aarsverk)
    return Gaplinje(k.navn, kritiskord(k.kritisk), k.er_kritisk, celle.tall, trenger, celle.ord, gap)


def gapfunn(linjer: Sequence[Gaplinje], valg: Gapvalg) -> str:
    """The finding of the list."""
    if not linjer:
        return _("Ingen kompetanse mangler %(naar)s") % {"naar": valg.naar}
    f = linjer[0]
    ord_ = {"naar": valg.naar, "navn": midt_i_setning(f.navn), "gap": f.gap, "trenger": f.trenger}
    return _("Det mangler mest %(navn)s %(naar)s: %(gap)s av %(trenger)s som trengs") % ord_


def gapbilde(linjer: Sequence[Gaplinje], valg: Gapvalg) -> dict[str, str]:
    """The list as bars, wide and narrow."""
    rader = [
        Soyle(r.navn, float(r.verdi), _("%(gap)s av %(trenger)s") % {"gap": r.gap, "trenger": r.trenger}, r.haster)
        for r in linjer
    ]
    felles = {
        "tittel": gapfunn(linjer, valg),
        "beskrivelse": _("Hvor mye som mangler av hver kompetanse. De samme tallene står i tabellen under."),
        "rader": rader,
    }
    return {"svg": soyler(**felles), "svg_smal": soyler(**felles, smal=True)}


# Sums


@dataclass(frozen=True)
class Sumlinje:
    """A sector, or all: how much is lacking in each horizon (its words, the number), in how many analyses."""

    navn: str
    gap: list[tuple[str, str]]
    analyser: int


def sumlinjer(g: Grunnlag, horisonter: Collection[int]) -> list[Sumlinje]:
    """Position groups together, per sector, and last all. Shown only when nothing in the sum is hidden."""
    linjer = []
    for sektor in g.utvalg.sektorer:
        deler = [k.per_sektor[sektor] for k in g.grupper if sektor in k.per_sektor]
        antall = sum(d.sektor == sektor for d in g.utvalg.deltakere)
        linjer.append(Sumlinje(sektor, _summer(g, deler, horisonter, [sektor]), antall))
    if len(linjer) > 1:
        alle = [k.alle for k in g.grupper]
        tallene = _summer(g, alle, horisonter, g.utvalg.sektorer)
        linjer.append(Sumlinje(sumnavn(g.utvalg), tallene, len(g.utvalg.deltakere)))
    return linjer


def _summer(
    g: Grunnlag, deler: Sequence[Gapsum], horisonter: Iterable[int], sektorer: Sequence[str]
) -> list[tuple[str, str]]:
    """When, and how much."""
    return [(str(HORISONTORD[om]), _sum(g, deler, om, sektorer)) for om in horisonter]


def sum_skjult(g: Grunnlag, om: int, sektorer: Iterable[str]) -> bool:
    """Would a sum over the position groups of these sectors give away something that is hidden?"""
    return g.valg.prikket and any(g.vern.skjuler_alt(om, s) or s not in g.utvalg.hele for s in sektorer)


def _sum(g: Grunnlag, deler: Iterable[Gapsum], om: int, sektorer: Iterable[str]) -> str:
    if sum_skjult(g, om, sektorer):
        return SKJULT
    return vis(sum(d.gap[om] for d in deler), g.valg.aarsverk)


def alt_skjult(g: Grunnlag, horisonter: Collection[int]) -> bool:
    """Is every sum over position groups hidden, so that the table would say nothing?"""
    return all(sum_skjult(g, om, [sektor]) for om in horisonter for sektor in g.utvalg.sektorer)


def mangler_i_alt(g: Grunnlag) -> str:
    """How much is lacking in all in the chosen horizon."""
    return _sum(g, [k.alle for k in g.grupper], g.valg.om, g.utvalg.sektorer)


def sumfunn(g: Grunnlag) -> str:
    """The finding of the table of sums."""
    per_sektor = {
        s: sum(k.per_sektor[s].gap[g.valg.om] for k in g.grupper if s in k.per_sektor) for s in g.utvalg.sektorer
    }
    alt = mangler_i_alt(g)
    if alt == SKJULT or len(per_sektor) < 2 or not any(per_sektor.values()):
        return _("Mangler i hver sektor, %(naar)s") % {"naar": g.valg.naar}
    mest = max(per_sektor, key=lambda s: (per_sektor[s], s))
    ord_ = {"navn": mest, "gap": vis(per_sektor[mest], g.valg.aarsverk), "alt": alt, "naar": g.valg.naar}
    return _("%(navn)s mangler mest %(naar)s: %(gap)s av %(alt)s") % ord_


# Critical and vulnerable


@dataclass(frozen=True)
class Saarbarlinje:
    """A critical row held by few, ready to be read."""

    navn: str
    enhet: str
    pk: int
    har: str
    kritisk: str
    merke: Merke | None
    gap: str


def saarbarlinjer(g: Grunnlag, rader: Iterable[Saarbar]) -> list[Saarbarlinje]:
    """The list. Protected readers see that there are fewer than five, and not how many."""
    navn = {d.pk: d.navn for d in g.utvalg.deltakere}
    ut = []
    for r in rader:
        skjult = g.skjuler(r.analyse_id, r.nokkel)
        gap = SKJULT if skjult else "–" if r.gap is None else tall.tusen(r.gap)
        har = FAA if g.valg.prikket else tall.tallord(r.har)
        ut.append(
            Saarbarlinje(
                r.navn, navn[r.analyse_id], r.analyse_id, har, kritiskord(r.kritisk), kritiskmerke(r.kritisk), gap
            )
        )
    return ut


def saarbarfunn(antall: Saarbart, prikket: bool) -> str:
    """The finding of the list."""
    n = antall.kompetanser
    if not n:
        return _("Ingen kritisk kompetanse er på svært få hender")
    paa = _("færre enn fem hender") if prikket else _("tre hender eller færre")
    tekst = ngettext("Én kritisk kompetanse er på %(paa)s", "%(n)s kritiske kompetanser er på %(paa)s", n)
    return steder_etter(tekst % {"n": tall.tusen(n), "paa": paa}, antall)


def steder_etter(tekst: str, antall: Saarbart) -> str:
    """«…, 11 steder», when some of the competences are vulnerable in more than one place."""
    if antall.steder == antall.kompetanser:
        return tekst
    return _("%(hva)s, %(n)s steder") % {"hva": tekst, "n": tall.tusen(antall.steder)}
