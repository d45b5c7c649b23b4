"""Figures printed in adopted documents, beside the computed ones."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from analyse.rapporter.resultat import Tabell
from analyse.visning.celler import tekst
from felles import tall


class Trykt(NamedTuple):
    """A figure as it stands in the document: row, column key, value, source."""

    rad: str
    maal: str
    verdi: Decimal
    kilde: str


@dataclass(frozen=True)
class Publisert:
    """A published figure with the computed one and the difference, all as text."""

    rad: str
    nokkel: str
    maal: str
    publisert: str
    beregnet: str
    avvik: str
    kilde: str


def publiserte(trykte: Iterable[Trykt], tabeller: Iterable[Tabell]) -> list[Publisert]:
    """Those published figures whose row and column are in the tables. A hidden computed figure has no difference."""
    tabeller = list(tabeller)
    return [p for t in trykte if (p := _par(t, tabeller)) is not None]


def _par(trykt: Trykt, tabeller: list[Tabell]) -> Publisert | None:
    for tabell in tabeller:
        forste = tabell.kolonner[0].nokkel
        kolonne = next((k for k in tabell.kolonner if k.nokkel == trykt.maal), None)
        rader = [*tabell.rader, {forste: "Sum", **tabell.sum}] if tabell.sum else tabell.rader
        rad = next((r for r in rader if str(r.get(forste)) == trykt.rad), None)
        if kolonne and rad:
            verdi = rad.get(trykt.maal)
            return Publisert(
                trykt.rad,
                trykt.maal,
                kolonne.tittel,
                tall.desimal(trykt.verdi, _desimaler(trykt.verdi)),
                tekst(verdi, kolonne.format),
                _avvik(verdi, trykt.verdi),
                trykt.kilde,
            )
    return None


def _desimaler(verdi: Decimal) -> int:
    return max(-verdi.normalize().as_tuple().exponent, 0)


def _avvik(verdi: object, publisert: Decimal) -> str:
    """Published minus computed, as «+2,56»."""
    if isinstance(verdi, bool) or not isinstance(verdi, int | float):
        return "–"
    forskjell = publisert - Decimal(repr(verdi))
    return tall.endring(forskjell, min(_desimaler(forskjell), 2))
