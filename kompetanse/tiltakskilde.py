"""The tiltak of a row of the gap analysis: a floor above has them, and registers here, so that no import points up."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.http import HttpRequest


@dataclass(frozen=True)
class Radtiltak:
    """A tiltak made from a row of the gap analysis: its name and where it is, and its status as icon, word and tint."""

    tittel: str
    adresse: str
    plan: str
    ikon: str
    status: str
    farge: str


# Row ids → row id → the tiltak of it that the person may see.
Tiltakskilde = Callable[[HttpRequest, Iterable[int]], dict[int, list[Radtiltak]]]
# Row id → where a tiltak is made from it.
Adressekilde = Callable[[int], str]
_kilder: dict[str, Tiltakskilde] = {}
_adresser: dict[str, Adressekilde] = {}


def meld_radtiltak(kilde: Tiltakskilde, nytt: Adressekilde) -> None:
    """Register the functions that find the tiltak of rows, and where a new one is made."""
    _kilder["tiltak"], _adresser["nytt"] = kilde, nytt


def nytt_tiltak(rad: int) -> str:
    """Where a tiltak is made from the row; empty when no floor above offers it."""
    adresse = _adresser.get("nytt")
    return adresse(rad) if adresse else ""


def radtiltak(request: HttpRequest, rader: Iterable[int]) -> dict[int, list[Radtiltak]]:
    """The tiltak of the rows that the person may see; none when no floor above offers any."""
    kilde = _kilder.get("tiltak")
    return kilde(request, rader) if kilde else {}
