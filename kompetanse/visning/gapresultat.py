"""What the pages and documents of a round's results show: the heat table, the lists and their findings."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lat
from django.utils.translation import ngettext

from felles import tall
from felles.diagram import Soyle, soyler
from felles.norsk import midt_i_setning, sorteringsnokkel
from kompetanse.enums import Gapradslag
from kompetanse.gap.vern import FAA, SKJULT
from kompetanse.gapvalg import HORISONTORD, Gapvalg
from kompetanse.queries.gapresultat import Celle, Deltaker, Gapsum, Kolonne, Nokkel, Saarbar, Utvalg, kritiskord
from kompetanse.queries.gapresultat_vern import Vern
from kompetanse.visning.gapsvar import Merke, kritiskmerke

_LEDD = re.compile(
    "(?<=[a-zæøå]{4})(?=arbeid|lærer|pedagog|pleie|terapeut|utdanning|behandl|teknolog|omsorg|leder|ledelse|vern|"
    "opplæring|anskaffelse|planlegg|habiliter|veiled|kompetanse|forvalt|sykepleie)",
    re.IGNORECASE,
)
# Years ahead → from which percent of the need a gap is called large, and medium: most gaps grow with the years.
GRENSER = {0: (25, 10), 1: (25, 10), 3: (40, 20), 5: (50, 25)}
TRINN = ((3, _lat("stor")), (2, _lat("middels")), (1, _lat("liten")))
DEKKET = _lat("dekket")
TOPP = 10


@dataclass(frozen=True)
class Varmecelle:
    """Number, word, and tint: 0 (covered) to 3 (large), «skjult», or «tom» where there is no such row or answer."""

    tall: str
    ord: str = ""
    trinn: str = "tom"


TOM = Varmecelle("–")
GJEMT = Varmecelle(SKJULT, trinn="skjult")


@dataclass(frozen=True)
class Kolonnehode:
    """The heading of a column: name, how critical at most, and whether that is much."""

    navn: str
    kritisk: str
    haster: bool


@dataclass(frozen=True)
class Varmerad:
    """A row of the heat table, its cells with the column's name: an analysis (`pk`), or a sum (0)."""

    navn: str
    celler: list[tuple[str, Varmecelle]]
    pk: int = 0
    delplan: bool = False


@dataclass(frozen=True)
class Varmegruppe:
    """The analyses of one sector, and their sum when it may be shown."""

    sektor: str
    rader: list[Varmerad]
    sum: Varmerad | None


@dataclass(frozen=True)
class Varmetabell:
    """The heat table for some of the columns."""

    kolonner: list[Kolonnehode]
    grupper: list[Varmegruppe]
    sum: Varmerad | None


def vis(verdi: int, aarsverk: bool) -> str:
    """A number as it is read: persons whole, årsverk (hundredths) with one decimal."""
    return tall.desimal(verdi / 100, 1) if aarsverk else tall.tusen(verdi)


def varmecelle(gap: int | None, trenger: int, valg: Gapvalg) -> Varmecelle:
    """A gap with its word and tint, by how much of the need it is."""
    if gap is None:
        return TOM
    if gap <= 0:
        return Varmecelle(vis(0, False), str(DEKKET), "0")
    andel = 100 * gap / trenger if trenger else 100
    trinn, ord_ = next(trinn for fra, trinn in zip((*GRENSER[valg.om], 0), TRINN, strict=True) if andel >= fra)
    return Varmecelle(vis(gap, valg.aarsverk), str(ord_), str(trinn))


def grenseord(om: int) -> str:
    """What the words of the heat table mean in the horizon."""
    tekst = _("Stor: minst %(stor)d prosent av behovet mangler. Middels: minst %(middels)d prosent. Liten: mindre.")
    return tekst % dict(zip(("stor", "middels"), GRENSER[om], strict=True))


@dataclass(frozen=True)
class Grunnlag:
    """What the drawing needs: the choice, the analyses, the columns, and what is hidden."""

    valg: Gapvalg
    utvalg: Utvalg
    kolonner: list[Kolonne]
    vern: Vern = field(default_factory=Vern)

    @property
    def grupper(self) -> list[Kolonne]:
        """The columns that may be summed: position groups, so that nobody is counted twice."""
        return [k for k in self.kolonner if k.slag == Gapradslag.STILLING]

    def viser_sum(self, k: Kolonne, sektor: str = "", om: int | None = None) -> bool:
        """May the column's sum of the sector (none: all that is in scope) be shown? Protected readers are shown those
        of whole sectors and of the whole municipality only.
        """
        if not self.valg.prikket:
            return True
        om = self.valg.om if om is None else om
        hel = sektor in self.utvalg.hele if sektor else self.utvalg.hel_kommune
        if not sektor and not hel and len(self.utvalg.sektorer) == 1:
            return self.viser_sum(k, self.utvalg.sektorer[0], om)
        return hel and not self.vern.skjuler_sum(k.nokkel, om, sektor)

    def skjuler(self, analyse: int, nokkel: Nokkel, om: int | None = None) -> bool:
        """Is this analysis' gap hidden?"""
        return self.valg.prikket and self.vern.skjuler(analyse, nokkel, self.valg.om if om is None else om)


def ordnet_for(g: Grunnlag) -> list[Kolonne]:
    """The columns in the order they are shown. What is hidden must not be told by the order: it comes last, by name."""
    if not g.valg.prikket:
        return g.kolonner

    def rang(k: Kolonne) -> tuple:
        vist = g.viser_sum(k)
        return (not vist, not k.er_kritisk, -k.alle.gap[g.valg.om] if vist else 0, sorteringsnokkel(k.navn), k.nokkel)

    return sorted(g.kolonner, key=rang)


def varmetabell(g: Grunnlag, kolonner: Sequence[Kolonne], celler: dict[tuple[int, Nokkel], Celle]) -> Varmetabell:
    """The table for these columns: analyses by sector, with sums."""
    grupper = []
    for sektor in g.utvalg.sektorer:
        egne = [d for d in g.utvalg.deltakere if d.sektor == sektor]
        rader = [Varmerad(d.navn, _rad(g, d, kolonner, celler), d.pk, len(d.enheter) > 1) for d in egne]
        sum_ = _sumrad(g, _("Sum, %(navn)s") % {"navn": sektor}, kolonner, sektor) if len(egne) > 1 else None
        grupper.append(Varmegruppe(sektor, rader, sum_))
    total = _sumrad(g, sumnavn(g.utvalg), kolonner) if len(grupper) > 1 else None
    return Varmetabell([kolonnehode(k) for k in kolonner], grupper, total)


def sumnavn(utvalg: Utvalg) -> str:
    """What all that is counted is called."""
    return _("Hele kommunen") if utvalg.hel_kommune else _("Alt i ditt område")


def kolonnehode(k: Kolonne) -> Kolonnehode:
    """The heading of a column."""
    return Kolonnehode(delbar(k.navn), kritiskord(k.kritisk), k.er_kritisk)


def delbar(navn: str) -> str:
    """The name with soft hyphens where long Norwegian compounds are put together, so that it fits a narrow column."""
    return _LEDD.sub("\u00ad", navn)


def _rad(
    g: Grunnlag, d: Deltaker, kolonner: Iterable[Kolonne], celler: dict[tuple[int, Nokkel], Celle]
) -> list[tuple[str, Varmecelle]]:
    return [(k.navn, _varme(g, d, k, celler.get((d.pk, k.nokkel)))) for k in kolonner]


def _varme(g: Grunnlag, d: Deltaker, k: Kolonne, celle: Celle | None) -> Varmecelle:
    if celle is None:
        return TOM
    if g.skjuler(d.pk, k.nokkel):
        return GJEMT
    return varmecelle(celle.gap, celle.trenger, g.valg)


def _sumrad(g: Grunnlag, navn: str, kolonner: Iterable[Kolonne], sektor: str = "") -> Varmerad:
    return Varmerad(navn, [(k.navn, _sumcelle(g, k, sektor)) for k in kolonner])


def _sumcelle(g: Grunnlag, k: Kolonne, sektor: str) -> Varmecelle:
    sum_ = k.per_sektor.get(sektor) if sektor else k.alle
    if sum_ is None:
        return TOM
    if not g.viser_sum(k, sektor):
        return GJEMT
    return varmecelle(sum_.gap[g.valg.om], sum_.trenger, g.valg)


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


def saarbarfunn(antall: int, prikket: bool) -> str:
    """The finding of the list."""
    if not antall:
        return _("Ingen kritisk kompetanse er på svært få hender")
    paa = _("færre enn fem hender") if prikket else _("tre hender eller færre")
    tekst = ngettext("Én kritisk kompetanse er på %(paa)s", "%(n)s kritiske kompetanser er på %(paa)s", antall)
    return tekst % {"n": tall.tusen(antall), "paa": paa}
