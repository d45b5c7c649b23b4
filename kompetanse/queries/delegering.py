"""Reads of the delegations: a unit's register with the chain of each checked, and how many each unit has."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from felles.norsk import sorteringsnokkel
from kompetanse.matrise.enums import Delegeringsrolle
from kompetanse.matrise.kjede import Brudd, brudd, kjede
from kompetanse.models import Delegering
from organisasjon.models import Enhet
from organisasjon.queries import forfedre


@dataclass(frozen=True)
class Delegeringsrad:
    """A delegation ready for a page."""

    d: Delegering
    utloept: bool
    kommer: bool
    brudd: list[Brudd]
    kjede: list[Delegering]

    @property
    def kjedetekst(self) -> str:
        """«Kommunedirektør → Kommunalsjef → Enhetsleder»."""
        roller = [self.kjede[0].fra_rolle, *(d.til_rolle for d in self.kjede)]
        return " → ".join(str(Delegeringsrolle(r).label) for r in roller)


def delegeringer(enhet_ider: frozenset[int], dag: date) -> list[Delegeringsrad]:
    """The delegations of the units, those that hold first. Two queries: the register, and the tree."""
    alle = {d.pk: d for d in Delegering.objects.select_related("enhet")}
    over = dict(Enhet.objects.order_by().values_list("pk", "parent_id"))
    rader = [_rad(d, alle, over, dag) for d in alle.values() if d.enhet_id in enhet_ider]
    return sorted(rader, key=lambda r: (r.utloept, sorteringsnokkel(r.d.enhet.navn), sorteringsnokkel(r.d.hva), r.d.pk))


def _rad(d: Delegering, alle: dict[int, Delegering], over: dict[int, int | None], dag: date) -> Delegeringsrad:
    er_over = forfedre(over, d.enhet_id) | {d.enhet_id}
    utloept = d.utloept(dag)
    feil = [] if utloept else brudd(d, alle, frozenset(er_over), dag)
    return Delegeringsrad(d, utloept, d.gyldig_fra > dag, feil, kjede(d, alle))


@dataclass(frozen=True)
class Enhetsoversikt:
    """A unit, and how many of its delegations hold, have expired, and have something wrong in the chain."""

    enhet: Enhet
    gjelder: int
    utloept: int
    brudd: int


def oversikt(enhet_ider: frozenset[int], dag: date) -> list[Enhetsoversikt]:
    """The open units with their counts, those with delegations first. Three queries."""
    rader = delegeringer(enhet_ider, dag)
    gjelder = Counter(r.d.enhet_id for r in rader if not r.utloept)
    gamle = Counter(r.d.enhet_id for r in rader if r.utloept)
    feil = Counter(r.d.enhet_id for r in rader if r.brudd)
    enheter = Enhet.objects.filter(pk__in={r.d.enhet_id for r in rader}).order_by("pk")
    ut = [Enhetsoversikt(e, gjelder[e.pk], gamle[e.pk], feil[e.pk]) for e in enheter]
    return sorted(ut, key=lambda o: (sorteringsnokkel(o.enhet.navn), o.enhet.pk))


def kan_bygge_paa(enhet_id: int, utenom: int | None = None) -> list[Delegering]:
    """What a delegation in the unit can build on: those of the unit and the units above it. Two queries."""
    over = dict(Enhet.objects.order_by().values_list("pk", "parent_id"))
    omraade = forfedre(over, enhet_id) | {enhet_id}
    alle = Delegering.objects.filter(enhet_id__in=omraade).exclude(pk=utenom).select_related("enhet")
    return sorted(alle, key=lambda d: (sorteringsnokkel(d.hva), d.pk))
