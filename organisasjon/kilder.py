"""What floors above offer to these pages: they register it when they start, so that no import points upwards."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models.expressions import Expression
from django.http import HttpRequest

Ansattall = Callable[[], dict[int, int]]
_kilder: dict[str, Ansattall] = {}
_logg: dict[str, "Loggkilde"] = {}
_varsler: dict[str, Callable[[], Expression]] = {}
# A card is its template and what the template needs; None when there is nothing for this person.
Forsidekort = Callable[[HttpRequest], tuple[str, dict[str, Any]] | None]
_forsidekort: dict[str, Forsidekort] = {}


@dataclass(frozen=True)
class Loggkilde:
    """A kind of entry in the log.

    With a `modell` that keeps history, its versions are the entries: `felter` are compared from one version to the
    next, `tekst` is the field that is searched, `hva` names the thing. `uten_nye` leaves out that rows came to be,
    for those an import makes by the hundred. `leser` are further columns that `hva` reads. Without a model the entries
    are rows of `Hendelse`.
    """

    slag: str
    navn: str
    modell: type[models.Model] | None = None
    felter: tuple[str, ...] = ()
    tekst: str = "navn"
    hva: Callable[[Any], str] | None = None
    uten_nye: bool = False
    leser: tuple[str, ...] = ()


def meld_ansattall(kilde: Ansattall) -> None:
    """Register the function that gives unit id → number of employees in the latest extract."""
    _kilder["ansattall"] = kilde


def ansattall() -> dict[int, int]:
    """Unit id → number of employees in the latest extract; empty when nothing has been read in."""
    kilde = _kilder.get("ansattall")
    return kilde() if kilde else {}


def meld_varseltall(uttrykk: Callable[[], Expression]) -> None:
    """Register the expression that counts what a person (the outer query's row) has not read, for the top bar."""
    _varsler["antall"] = uttrykk


def brukerfelter() -> dict[str, Expression]:
    """What is fetched together with the person who is logged in: `uleste_varsler`, when something gives notices."""
    return {"uleste_varsler": uttrykk()} if (uttrykk := _varsler.get("antall")) else {}


def meld_forsidekort(navn: str, kort: Forsidekort) -> None:
    """Register a card for the top of the overview page."""
    _forsidekort[navn] = kort


def forsidekort(request: HttpRequest) -> list[tuple[str, dict[str, Any]]]:
    """The cards this person has, in the order they were registered."""
    return [funnet for lag in _forsidekort.values() if (funnet := lag(request))]


def meld_logg(*kilder: Loggkilde) -> None:
    """Register kinds of log entries, shown in the order they come."""
    _logg.update({kilde.slag: kilde for kilde in kilder})


def loggkilder() -> dict[str, Loggkilde]:
    """Kinds of log entries by their key."""
    return dict(_logg)
