"""The base of every report: one class with slug, title, columns, `beregn()`; registered in `rapporter.RAPPORTER`."""

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, ClassVar

import pandas as pd

from analyse.beregninger.ledere import ledere
from analyse.beregninger.personer import Telte, tell
from analyse.beregninger.turnover import Bevegelse, bevegelse
from analyse.enums import Lederfunksjon
from analyse.rapporter.resultat import Diagram, Forklaring, Nokkeltall, Resultat, Tabell


@dataclass(frozen=True)
class Grunnlag:
    """What a report computes from: the frames of one extract, narrowed to one unit and everything beneath it.

    ansettelser: person int64 · fodt datetime64 · kjonn str (K/M/'') · enhet int64 (id of the unit)
      · avdeling int64 (0 = none) · stilling int64 · prosent float64 (0–100+) · telling str (enums.Telling)
      · start, slutt datetime64 (NaT = open) · utdanning str
    enheter: id · kode · navn · type · forelder (0 = none) · sektor (id, 0 = none) · sektornavn ('' = none)
    stillinger: id · navn · kode · funksjon ('' = not a leader) · gruppe
    normer: nokkel → (float, kilde)
    andre: employments of the same persons outside the unit (same columns), None for the whole municipality
    rater: the municipality's leaving rate per year by age group; None = computed from `ansettelser`
    """

    ansettelser: pd.DataFrame
    enheter: pd.DataFrame
    stillinger: pd.DataFrame
    normer: dict[str, tuple[float, str]]
    uttrekk: dict[str, Any]
    enhet: dict[str, Any]
    dato: date
    andre: pd.DataFrame | None = None
    rater: dict[str, float] | None = None
    _flyt: dict[tuple[date, date], Bevegelse] = field(default_factory=dict)

    @cached_property
    def enhetskart(self) -> dict[int, tuple[str, str, str]]:
        """Unit id → kode, navn, sektornavn; read out of the frame once for all reports of one load."""
        navn = (self.enheter[kolonne].tolist() for kolonne in ("kode", "navn", "sektornavn"))
        return dict(zip(self.enheter["id"].tolist(), zip(*navn, strict=True), strict=True))

    @cached_property
    def telte(self) -> Telte:
        """The counted employments on the extract date; shared by all reports of one load."""
        return tell(self.ansettelser, self.stillinger, self.dato)

    @cached_property
    def ledere(self) -> pd.DataFrame:
        """Leaders in the order of Lederfunksjon (`beregninger.ledere.ledere`); shared by all reports of one load."""
        return ledere(self.telte, Lederfunksjon.values)

    def bevegelse(self, fra: date, til: date) -> Bevegelse:
        """Movements between the two days; shared by all reports of one load."""
        if (fra, til) not in self._flyt:
            self._flyt[fra, til] = bevegelse(self.ansettelser, fra, til, self.andre)
        return self._flyt[fra, til]


class Rapport(ABC):
    """A report. Subclasses are stateless; everything they need is in the arguments."""

    slug: ClassVar[str]
    tittel: ClassVar[str]
    ingress: ClassVar[str]
    # Numbers reading help and method for page and PDF, plain sentences.
    lesehjelp: ClassVar[str]
    metode: ClassVar[str]
    # Keys of `tillegg` the report reads; results kept by older code may lack one, and then it is empty.
    ekstra_tabeller: ClassVar[tuple[str, ...]] = ()

    @abstractmethod
    def beregn(self, grunnlag: Grunnlag, fra: date, til: date) -> Resultat:
        """Compute from the frames. Pure: no database, no clock."""

    @abstractmethod
    def tabeller(self, resultat: Resultat) -> list[Tabell]:
        """The tables to show, main one first, with columns."""

    @abstractmethod
    def eksporttabeller(self, resultat: Resultat) -> list[Tabell]:
        """The tables as they go into files: every column, however wide."""

    @abstractmethod
    def diagrammer(self, resultat: Resultat) -> list[Diagram]:
        """The charts to show, most important first."""

    @abstractmethod
    def nokkeltall(self, resultat: Resultat) -> list[Nokkeltall]:
        """Two to four key figures for the top of the page."""

    @abstractmethod
    def forklar(self, resultat: Resultat, tabell: str, rad: int, nokkel: str) -> Forklaring:
        """How one figure (table key, row number in the kept order, column key) was computed.

        Raises KeyError if there is no such figure.
        """
