"""The tables of a report page: sorted, filtered, with links to smaller units and to how each figure was computed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from analyse.rapporter.resultat import Kolonne, Tabell, er_skjult
from analyse.visning.celler import Celle, celle
from felles.norsk import sorteringsnokkel, treffer

SUMRAD = -1
# Longer tables show their first rows and a link to all of them.
FLEST_RADER = 40
# Longer tables than this are folded, the first of the page aside.
LANG_TABELL = 15
FORKLARES_IKKE = frozenset({"tekst", "status"})


@dataclass(frozen=True)
class Hode:
    """A column heading: text, help, alignment, the order it has now, and the address that sorts by it."""

    tittel: str
    hjelp: str
    er_tall: bool
    retning: str
    sortering: str


@dataclass(frozen=True)
class Sidetabell:
    """A table ready for the page. `valgt`: the person sorted, filtered or asked for all of it, so it stands open."""

    nokkel: str
    tittel: str
    hoder: list[Hode]
    rader: list[list[Celle]]
    sum: list[Celle]
    filtrert: bool
    alle: int = 0
    vis_alle: str = ""
    valgt: bool = False

    @property
    def lang(self) -> bool:
        """Is it so long that the page folds it?"""
        return self.alle > LANG_TABELL


@dataclass(frozen=True)
class Visning:
    """How the person wants the tables: which column of which table decides the order, words to look for, and the table
    to show in full.
    """

    tabell: str = ""
    kolonne: str = ""
    synkende: bool = False
    finn: str = ""
    alle: str = ""

    @classmethod
    def fra(cls, sporring: Mapping[str, str]) -> "Visning":
        """From the address: `sorter=per_enhet:-ansatte`, `finn=skole` and `alle=per_enhet`."""
        tabell, _skille, kolonne = sporring.get("sorter", "")[:80].partition(":")
        finn, alle = sporring.get("finn", "").strip()[:80], sporring.get("alle", "")[:80]
        return cls(tabell, kolonne.removeprefix("-"), kolonne.startswith("-"), finn, alle)

    @property
    def sorter(self) -> str:
        return f"{self.tabell}:{'-' if self.synkende else ''}{self.kolonne}" if self.kolonne else ""


@dataclass(frozen=True)
class Lenker:
    """Addresses made by the page: to a figure's explanation, to a unit, to another order."""

    forklar: Callable[[str, int, str], str]
    enhet: Callable[[Mapping[str, Any]], str]
    sorter: Callable[[str], str]
    alle: Callable[[str], str]


def sidetabell(
    tabell: Tabell, visning: Visning, lenker: Lenker, publisert: Mapping[tuple[str, str], str]
) -> Sidetabell:
    """The table as the person wants it. `publisert`: (first cell, column key) → text under the computed figure."""
    forste = tabell.kolonner[0].nokkel
    nummererte = list(enumerate(tabell.rader))
    har_enheter = any("enhet_id" in rad for rad in tabell.rader)
    filtrert = bool(visning.finn) and har_enheter
    if filtrert:
        nummererte = [(i, r) for i, r in nummererte if treffer(visning.finn, *_navn(r, tabell.kolonner))]
    if visning.tabell == tabell.nokkel and any(k.nokkel == visning.kolonne for k in tabell.kolonner):
        nummererte = sortert(nummererte, visning.kolonne, visning.synkende)

    def rad(i: int, verdier: Mapping[str, Any]) -> list[Celle]:
        hode = str(verdier.get(forste) or _("Uten sektor"))
        cellene = [Celle(hode, lenke="" if i == SUMRAD else lenker.enhet(verdier))]
        for k in tabell.kolonner[1:]:
            lenke = "" if k.format in FORKLARES_IKKE else lenker.forklar(tabell.nokkel, i, k.nokkel)
            cellene.append(celle(verdier.get(k.nokkel), k, lenke, publisert.get((hode, k.nokkel), "")))
        return cellene

    vist = nummererte if visning.alle == tabell.nokkel else nummererte[:FLEST_RADER]
    return Sidetabell(
        nokkel=tabell.nokkel,
        tittel=tabell.tittel,
        hoder=[_hode(tabell.nokkel, k, visning, lenker) for k in tabell.kolonner],
        rader=[rad(i, r) for i, r in vist],
        sum=rad(SUMRAD, {forste: _("Sum"), **tabell.sum}) if tabell.sum and not filtrert else [],
        filtrert=filtrert,
        alle=len(nummererte),
        vis_alle=lenker.alle(tabell.nokkel) if len(vist) < len(nummererte) else "",
        valgt=filtrert or tabell.nokkel in (visning.tabell, visning.alle),
    )


def sortert(rader: list[tuple[int, Mapping[str, Any]]], kolonne: str, synkende: bool) -> list:
    """Numbers by size, text in Norwegian order. Hidden and missing values come last both ways, in their kept order, so
    that the sorting tells nothing about them.
    """
    verdier = [(_sorterbar(r.get(kolonne)), i, r) for i, r in rader]
    kjente = [v for v in verdier if v[0] is not None]
    if not all(isinstance(v[0], type(kjente[0][0])) for v in kjente):
        kjente, verdier = [], [(None, i, r) for _v, i, r in verdier]
    kjente.sort(key=lambda v: v[1])
    kjente.sort(key=lambda v: v[0], reverse=synkende)
    ukjente = [v for v in verdier if v[0] is None]
    return [(i, r) for _v, i, r in [*kjente, *ukjente]]


def _sorterbar(verdi: Any) -> float | str | None:
    if isinstance(verdi, dict):
        verdi = verdi.get("ansatte")
    if verdi is None or verdi == "" or er_skjult(verdi):
        return None
    return float(verdi) if isinstance(verdi, int | float) else sorteringsnokkel(str(verdi))


def _navn(rad: Mapping[str, Any], kolonner: tuple[Kolonne, ...]) -> list[str]:
    tekster = [str(rad.get(k.nokkel) or "") for k in kolonner if k.format == "tekst"]
    return [*tekster, str(rad.get("enhetskode") or "")]


def med_enhet(kolonne: Kolonne) -> str:
    """The heading with its unit: percent stands in the heading, not in the cells."""
    return f"{kolonne.tittel} (%)" if kolonne.format == "prosent" and "%" not in kolonne.tittel else kolonne.tittel


def _hode(tabell: str, kolonne: Kolonne, visning: Visning, lenker: Lenker) -> Hode:
    aktiv = visning.tabell == tabell and visning.kolonne == kolonne.nokkel
    retning = ("descending" if visning.synkende else "ascending") if aktiv else "none"
    # Numbers start with the largest, text with A; a second press turns the order.
    synkende_neste = not visning.synkende if aktiv else kolonne.er_tall
    return Hode(
        tittel=med_enhet(kolonne),
        hjelp=kolonne.hjelp,
        er_tall=kolonne.er_tall,
        retning=retning,
        sortering=lenker.sorter(f"{tabell}:{'-' if synkende_neste else ''}{kolonne.nokkel}"),
    )
