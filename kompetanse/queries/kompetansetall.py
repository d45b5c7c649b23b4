"""Counts from a competence system: the newest for each unit and competence, put together for a scope."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from kompetanse.models import Kompetansetall
from organisasjon.queries import barnekart, undertre


@dataclass(frozen=True)
class Telling:
    """How many hold a competence, from which system, as of when (the oldest of the counts it is put together of)."""

    antall: int
    kilde: str
    dato: date


def tellinger_for(enheter: Collection[int]) -> dict[int, Telling]:
    """Competence id → count in the units with everything beneath them. A unit with a count of its own is not counted
    through its parts. Two queries.
    """
    kart = barnekart()
    omfang = frozenset().union(*(undertre(kart, e) for e in enheter))
    rader = (
        Kompetansetall.objects.filter(enhet__in=omfang)
        .order_by("innlesing__dato", "innlesing_id")
        .values_list("kompetanse_id", "enhet_id", "antall", "innlesing__kilde", "innlesing__dato")
    )
    nyeste: dict[int, dict[int, Telling]] = {}
    for kompetanse, enhet, antall, kilde, dato in rader:
        nyeste.setdefault(kompetanse, {})[enhet] = Telling(antall, kilde, dato)
    under_andre = frozenset().union(*(undertre(kart, e) - {e} for e in enheter))
    roetter = [e for e in enheter if e not in under_andre]
    funnet = {k: [t for rot in roetter for t in _i(rot, per_enhet, kart)] for k, per_enhet in nyeste.items()}
    return {k: _samlet(deler) for k, deler in funnet.items() if deler}


def _i(enhet: int, per_enhet: dict[int, Telling], kart: dict[int | None, list[int]]) -> list[Telling]:
    if enhet in per_enhet:
        return [per_enhet[enhet]]
    return [t for barn in kart.get(enhet, ()) for t in _i(barn, per_enhet, kart)]


def _samlet(deler: list[Telling]) -> Telling:
    kilder = ", ".join(dict.fromkeys(d.kilde for d in deler))
    return Telling(sum(d.antall for d in deler), kilder, min(d.dato for d in deler))
