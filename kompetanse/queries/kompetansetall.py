"""Reads of the counts of competence: the newest reading of each source, rows for lists and for prefilling."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from kompetanse.models import Kompetanseinnlesing, Kompetansetall
from organisasjon.queries import barnekart, undertre


@dataclass(frozen=True, slots=True)
class Tallrad:
    """How many in a unit hold a competence, by the newest reading of a source."""

    enhet_id: int
    kompetanse_id: int
    antall: int
    kilde: str
    dato: date


@dataclass(frozen=True, slots=True)
class Telling:
    """How many in some units together hold a competence, with the source and day to show beside it."""

    antall: int
    kilde: str
    dato: date


def nyeste_innlesinger() -> list[Kompetanseinnlesing]:
    """The newest reading of each source: the latest day, and the last read in of that day. One query."""
    ut: dict[str, Kompetanseinnlesing] = {}
    for innlesing in Kompetanseinnlesing.objects.order_by("-dato", "-pk"):
        ut.setdefault(innlesing.kilde, innlesing)
    return sorted(ut.values(), key=lambda i: (i.dato, i.pk), reverse=True)


def kompetansetall_for(enheter: Iterable[int], kompetanser: Iterable[int] | None = None) -> list[Tallrad]:
    """The counts of exactly these units (ids), of these competences (ids) or of all. Two queries.

    Only the newest reading of each source counts: what it does not say is not known, even if an older one said it.
    Two sources that count the same competence in the same unit give two rows; they are never added up. Units beneath
    are not taken along; see `tellinger_for`.
    """
    innlesinger = {i.pk: i for i in nyeste_innlesinger()}
    utvalg = Kompetansetall.objects.filter(innlesing__in=innlesinger, enhet__in=list(enheter))
    if kompetanser is not None:
        utvalg = utvalg.filter(kompetanse__in=list(kompetanser))
    felt = ("innlesing_id", "enhet_id", "kompetanse_id", "antall")
    rader = utvalg.order_by("enhet_id", "kompetanse_id", "innlesing_id").values_list(*felt)
    return [Tallrad(e, k, n, innlesinger[i].kilde, innlesinger[i].dato) for i, e, k, n in rader]


def tellinger_for(enheter: Collection[int]) -> dict[int, Telling]:
    """Competence id → how many hold it in the units with everything beneath them, for prefilling. Three queries.

    A unit with a count of its own is not counted through its parts, so that nobody is counted twice for standing in
    both. When several sources have counted a competence, the one with the newest day is used. A person in two units
    beside each other is in both counts.
    """
    kart = barnekart()
    rader = kompetansetall_for(frozenset().union(*(undertre(kart, e) for e in enheter)))
    over = {barn: forelder for forelder, alle in kart.items() for barn in alle}
    grupper: dict[tuple[int, str], list[Tallrad]] = defaultdict(list)
    for rad in rader:
        grupper[rad.kompetanse_id, rad.kilde].append(rad)
    ut: dict[int, Telling] = {}
    for (kompetanse, kilde), gruppe in grupper.items():
        telling = Telling(sum(r.antall for r in oeverste(gruppe, over)), kilde, gruppe[0].dato)
        kjent = ut.get(kompetanse)
        if kjent is None or telling.dato > kjent.dato:
            ut[kompetanse] = telling
    return ut


def oeverste(rader: list[Tallrad], over: dict[int, int | None]) -> list[Tallrad]:
    """Of rows about one competence from one source: those without another of them in a unit above. `over`: the unit
    above each unit.
    """
    har = {r.enhet_id for r in rader}

    def dekket(pk: int | None) -> bool:
        sett: set[int] = set()
        pk = over.get(pk)
        while pk is not None and pk not in sett:
            if pk in har:
                return True
            sett.add(pk)
            pk = over.get(pk)
        return False

    return [r for r in rader if not dekket(r.enhet_id)]
