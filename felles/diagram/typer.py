"""What a chart is drawn from."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Soyle:
    """One bar. `tekst` is the value as printed; `verdi` None draws no bar (a protected figure). Highlighted bars have
    the full hue, the others its lighter tint.
    """

    navn: str
    verdi: float | None
    tekst: str
    fremhevet: bool = True


@dataclass(frozen=True)
class Grense:
    """A limit line with its text, which names the source."""

    verdi: float
    tekst: str


@dataclass(frozen=True)
class Serie:
    """A named row of values, one per category; None where there is none. `tekster` are the values as printed.
    `farge` is for stacked bars where a part has a meaning of its own (svg.GRENSE: the wrong way); else the next tint.
    """

    navn: str
    verdier: Sequence[float | None]
    tekster: Sequence[str]
    farge: str = ""
