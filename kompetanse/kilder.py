"""What floors above offer to the gap analyses: they register it when they start, so that no import points upwards."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from uuid import UUID

from organisasjon.models import Bruker


@dataclass(frozen=True)
class Delplanvalg:
    """A delplan that a gap analysis can be made for: its name, its line of versions, and the ids of its units."""

    navn: str
    stamme: UUID
    enheter: frozenset[int]


@dataclass(frozen=True)
class Epostvalg:
    """What people have said about e-mail: ids of those who do not want any, and the address that turns it off."""

    reserverte: Callable[[Collection[int]], set[int]]
    avmelding: Callable[[Bruker], str]


_delplaner: dict[str, Callable[[], list[Delplanvalg]]] = {}
_epost: dict[str, Epostvalg] = {}


def meld_delplaner(kilde: Callable[[], list[Delplanvalg]]) -> None:
    """Register the function that gives the delplaner in use."""
    _delplaner["delplaner"] = kilde


def delplaner() -> list[Delplanvalg]:
    """The delplaner in use, by name; none when no floor above has any."""
    kilde = _delplaner.get("delplaner")
    return kilde() if kilde else []


def meld_epostvalg(valg: Epostvalg) -> None:
    """Register what people have said about e-mail."""
    _epost["valg"] = valg


def reserverte(brukere: Collection[int]) -> set[int]:
    """Those of the people (ids) who do not want e-mail."""
    return _epost["valg"].reserverte(brukere) if "valg" in _epost else set()


def avmelding(bruker: Bruker) -> str:
    """The address that turns e-mail off for the person; empty when there is none."""
    return _epost["valg"].avmelding(bruker) if "valg" in _epost else ""
