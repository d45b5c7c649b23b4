"""Reads of the requirements: the list, and which of them a position meets."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from analyse.models import Stilling
from felles.norsk import brett, sorteringsnokkel, treffer
from kompetanse.enums import Kravkilde
from kompetanse.models import Krav
from organisasjon.lister import sorter

SORTERING = {
    "gjelder": lambda k: sorteringsnokkel(k.gjelder_for),
    "kilde": lambda k: (list(Kravkilde).index(Kravkilde(k.kilde)), sorteringsnokkel(k.hjemmel)),
    "fra": lambda k: k.gyldig_fra or date.min,
}


@dataclass(frozen=True)
class Stillingskrav:
    """A requirement of a position on a day. `kommer`: decided, not in force yet."""

    krav: Krav
    kommer: bool


def kravliste(sok: str = "", kilde: str = "", dag: date | None = None, sortering: str = "") -> list[Krav]:
    """Requirements: all, of one source, or those in force on a day. One query."""
    utvalg = Krav.objects.order_by("pk")
    if kilde in Kravkilde.values:
        utvalg = utvalg.filter(kilde=kilde)
    if dag:
        utvalg = utvalg.gjelder(dag)
    funnet = [k for k in utvalg if treffer(sok, k.gjelder_for, k.hjemmel, k.tekst, k.stillinger, k.merknad)]
    return sorter(funnet, sortering or "gjelder", SORTERING, "gjelder")


def krav_for_stillinger(
    stillinger: Iterable[Stilling], dag: date, enheter: Mapping[int, Iterable[str]] | None = None
) -> dict[int, list[Stillingskrav]]:
    """Id of each position → the requirements it meets on the day and those to come, strongest source first.
    Positions without any are left out. `enheter`: id of the position → names of the units it is found in; None = not
    known, and then requirements for certain units count as met only by title. One query.
    """
    alle = sorted(Krav.objects.ikke_utloept(dag), key=lambda k: (SORTERING["kilde"](k), k.gjelder_for, k.pk))
    proever = [(Stillingskrav(krav, krav.kommer(dag)), kravproeve(krav)) for krav in alle]
    navn = enheter or {}
    ut = {
        s.pk: [krav for krav, passer in proever if passer(s.navn, s.funksjon, s.gruppe, navn.get(s.pk, ()))]
        for s in stillinger
    }
    return {pk: krav for pk, krav in ut.items() if krav}


def kravproeve(krav: Krav) -> Callable[[str, str, str, Iterable[str]], bool]:
    """A test of a position (title, leader function, group) and the units it is found in, with the words of the
    requirement folded once.
    """
    funksjoner = {f for f in krav.funksjoner.split(",") if f}
    grupper = {brett(g) for g in krav.grupper.splitlines() if g.strip()}
    tittel, sted = _ordsoek(krav.stillinger), _ordsoek(krav.enhetsord)

    def passer(navn: str, funksjon: str, gruppe: str, enheter: Iterable[str]) -> bool:
        if tittel and tittel.search(brett(navn)):
            return True
        if sted and not any(sted.search(brett(enhet)) for enhet in enheter):
            return False
        return funksjon in funksjoner or (bool(gruppe) and brett(gruppe) in grupper)

    return passer


def _ordsoek(linjer: str) -> re.Pattern[str] | None:
    """A search for any of the lines as whole words: «rektor» is in «Rektor ved skolen», not in «Direktorat»."""
    ordene = [re.escape(brett(o)) for o in linjer.splitlines() if o.strip()]
    return re.compile(r"(?<!\w)(?:" + "|".join(ordene) + r")(?!\w)") if ordene else None
