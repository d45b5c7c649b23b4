"""The checked list: columns as unique values and codes, one entry per employment row."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np

from analyse.enums import Telling
from analyse.innlesing.problem import MAKS_PROBLEMER, Problem


@dataclass
class Kodet:
    """A column: unique values, and for each row the index of its value (int32)."""

    unike: list[Any]
    koder: np.ndarray

    def antall(self) -> np.ndarray:
        """Rows per unique value."""
        return np.bincount(self.koder, minlength=len(self.unike))

    def ta(self, verdier: list[Any] | np.ndarray) -> np.ndarray:
        """A value per row, looked up in a list that runs along `unike`."""
        return np.asarray(verdier)[self.koder]

    def liste(self, om: Callable[[Any], Any]) -> list[Any]:
        """A Python list with one converted value per row; the conversion runs once per unique value."""
        tabell = np.empty(len(self.unike), dtype=object)
        tabell[:] = [om(v) for v in self.unike]
        return tabell[self.koder].tolist()


@dataclass(frozen=True)
class Referanser:
    """What the municipality has decided on: spellings of categories, how they count, and positions.

    kategorier: casefolded spelling → code · telling: code → enums.Telling · stillinger: casefolded title →
    (name, function, decided).
    """

    kategorier: dict[str, str]
    telling: dict[str, str]
    stillinger: dict[str, tuple[str, str, bool]]


@dataclass(frozen=True)
class Avgjorelse:
    """Something a person must decide, of a kind (`slag`) that the page of the list knows how to ask about. `valg`: the
    answers, when they come from the file. `vist`: how `verdi` is shown, when it says more.
    """

    slag: str
    verdi: str
    antall: int
    rad: int
    kolonne: str
    valg: tuple[str, ...] = ()
    vist: str = ""


@dataclass(kw_only=True)
class Funn:
    """Everything found about a file: problems, of which there may be more than are listed, and what to tell."""

    problemer: list[Problem] = field(default_factory=list)
    antall_problemer: int = 0
    meldinger: list[str] = field(default_factory=list)

    def meld(self, problemer: list[Problem], antall: int | None = None) -> None:
        """Add problems, of which there may be more than are listed."""
        self.problemer.extend(problemer)
        self.antall_problemer += len(problemer) if antall is None else antall


@dataclass
class Funnliste:
    """The rows that count, by the number the spreadsheet shows, and everything found on the way."""

    radnr: np.ndarray = field(default_factory=lambda: np.zeros(0, np.int32))
    problemer: list[Problem] = field(default_factory=list)
    antall_problemer: int = 0
    avgjorelser: list[Avgjorelse] = field(default_factory=list)
    meldinger: list[str] = field(default_factory=list)

    @property
    def rader(self) -> int:
        """Number of rows."""
        return len(self.radnr)

    def meld(self, problem: Problem) -> None:
        """Note a problem; beyond the limit it is only counted."""
        self.antall_problemer += 1
        if len(self.problemer) < 20 * MAKS_PROBLEMER:
            self.problemer.append(problem)


@dataclass
class Ansattliste(Funnliste):
    """Employment rows ready to store, with everything found on the way.

    prosent is hundredths of a percent. Names are kept for leader rows only, by row index.
    """

    dato: date | None = None
    person: np.ndarray | None = None
    fodt: Kodet | None = None
    start: Kodet | None = None
    slutt: Kodet | None = None
    kjonn: Kodet | None = None
    enhetskode: Kodet | None = None
    avdeling: Kodet | None = None
    stilling: Kodet | None = None
    kategori: Kodet | None = None
    utdanning: Kodet | None = None
    tjeneste: Kodet | None = None
    prosent: np.ndarray | None = None
    telling: np.ndarray | None = None
    enhetsnavn: dict[str, str] = field(default_factory=dict)
    sektor: dict[str, str] = field(default_factory=dict)
    stillingskoder: dict[str, str] = field(default_factory=dict)
    funksjoner: dict[str, str] = field(default_factory=dict)
    vurdert: set[str] = field(default_factory=set)
    ledernavn: dict[int, str] = field(default_factory=dict)

    @property
    def telles(self) -> np.ndarray:
        """Mask of rows that count as employees."""
        return self.telling == Telling.TELLES.value
