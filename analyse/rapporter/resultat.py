"""What a report hands over: one result object feeds page, chart, PDF, xlsx, CSV and JSON alike."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

Format = Literal["tekst", "heltall", "desimal1", "desimal2", "prosent", "status", "enhet_ansatte", "dato"]
# What a protected cell holds in every format. Never a number, so nobody can add it up. «<5»: the count is under 5.
# «skjult»: a count of 5 or more that would give a smaller one away, or a figure made of hidden ones.
PRIKKET, SKJULT = "<5", "skjult"
SKJULTE = frozenset({PRIKKET, SKJULT})


def er_skjult(verdi: Any) -> bool:
    """Is it a protected cell, of either kind?"""
    return isinstance(verdi, str) and verdi in SKJULTE


@dataclass(frozen=True)
class Kolonne:
    """A column: the row key it shows, its heading (with unit), how it is printed, and help for the reader."""

    nokkel: str
    tittel: str
    format: Format = "heltall"
    hjelp: str = ""

    @property
    def er_tall(self) -> bool:
        """Right-aligned when it holds numbers."""
        return self.format not in {"tekst", "status", "enhet_ansatte", "dato"}


@dataclass(frozen=True)
class Tabell:
    """A titled table of the result. `nokkel` is «rader» for the main one, else the key of the extra rows in JSON.

    Rows are dicts. Besides the column keys a row may carry `enhet_id` and `enhetskode` (for drill-down and filtering).
    `sum` has the same keys as the rows and is printed last.
    """

    nokkel: str
    tittel: str
    kolonner: tuple[Kolonne, ...]
    rader: list[dict[str, Any]]
    sum: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Nokkeltall:
    """A key figure: number already formatted in Norwegian, and one line that puts it in place.

    `maal`: the column of the main table whose sum (or row for all) it is, empty when it stands in no single cell.
    """

    navn: str
    tall: str
    undertekst: str = ""
    maal: str = ""


@dataclass(frozen=True)
class Forklaring:
    """How one figure came about: the value, the formula in words, and the parts with their numbers."""

    tall: str
    navn: str
    formel: str
    deler: tuple[tuple[str, str], ...]
    kilde: str


@dataclass(frozen=True)
class Diagram:
    """A chart ready to print: heading that states the finding, sub-line, SVG for wide and narrow screens, same numbers
    as a table."""

    tittel: str
    undertittel: str
    svg: str
    svg_smal: str
    tabell: Tabell


@dataclass(frozen=True)
class Resultat:
    """A computed report. `uttrekk` has id, dato (ISO), kilde; `forutsetninger` says what was counted and how."""

    rapport: str
    tittel: str
    uttrekk: dict[str, Any]
    enhet: dict[str, Any]
    fra: date
    til: date
    forutsetninger: dict[str, Any]
    rader: list[dict[str, Any]]
    sum: dict[str, Any]
    tillegg: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    prikket: bool = False

    def som_json(self) -> dict[str, Any]:
        """The published JSON shape: rapport, tittel, uttrekk, forutsetninger, rader, sum, and extra tables by key."""
        return {
            "rapport": self.rapport,
            "tittel": self.tittel,
            "uttrekk": self.uttrekk,
            "enhet": self.enhet,
            "periode": {"fra": self.fra.isoformat(), "til": self.til.isoformat()},
            "forutsetninger": self.forutsetninger,
            "prikket": self.prikket,
            "rader": self.rader,
            "sum": self.sum,
            **self.tillegg,
        }
