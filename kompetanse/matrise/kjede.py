"""The chain of a delegation: does the one who passes it on have the right to?"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from django.utils.translation import gettext as _

from felles.tall import dato_kort
from kompetanse.matrise.enums import Delegeringsrolle

# These hold authority without having it delegated inside the administration.
OEVERST = frozenset({Delegeringsrolle.KOMMUNESTYRET, Delegeringsrolle.KD})


class Ledd(Protocol):
    """What the check needs to know of a delegation."""

    pk: int
    enhet_id: int
    fra_rolle: str
    til_rolle: str
    kan_videre: bool
    gyldig_fra: date
    gyldig_til: date | None
    bygger_paa_id: int | None


@dataclass(frozen=True)
class Brudd:
    """Something that is wrong in the chain, in words."""

    tekst: str


def brudd(d: Ledd, alle: Mapping[int, Ledd], over: frozenset[int], dag: date) -> list[Brudd]:
    """What is wrong with one delegation and the one it builds on. `over`: ids of the unit and those above it."""
    if d.bygger_paa_id is None:
        return [] if d.fra_rolle in OEVERST else [Brudd(_("Det står ikke hvor myndigheten kommer fra."))]
    kilde = alle.get(d.bygger_paa_id)
    return [Brudd(t) for t in _brudd(d, kilde, over, dag)] if kilde else []


def _brudd(d: Ledd, kilde: Ledd, over: frozenset[int], dag: date) -> Iterator[str]:
    if not kilde.kan_videre:
        yield _("Delegert videre uten rett: den som ga myndigheten, ga ikke rett til å delegere den videre.")
    if kilde.til_rolle != d.fra_rolle:
        navn = Delegeringsrolle(kilde.til_rolle).label
        yield _("Myndigheten var gitt til %(rolle)s, men er delegert av en annen.") % {"rolle": navn.lower()}
    if kilde.enhet_id not in over:
        yield _("Myndigheten den bygger på, gjelder en annen del av kommunen.")
    if d.gyldig_fra < kilde.gyldig_fra:
        yield _("Gitt før myndigheten den bygger på begynte %(dag)s.") % {"dag": dato_kort(kilde.gyldig_fra)}
    if kilde.gyldig_til and (d.gyldig_til is None or d.gyldig_til > kilde.gyldig_til):
        dagen = dato_kort(kilde.gyldig_til)
        if kilde.gyldig_til < dag:
            yield _("Myndigheten den bygger på, gikk ut %(dag)s.") % {"dag": dagen}
        else:
            yield _("Varer lenger enn myndigheten den bygger på, som går ut %(dag)s.") % {"dag": dagen}


def kjede(d: Ledd, alle: Mapping[int, Ledd]) -> list[Ledd]:
    """The delegations it builds on, the topmost first, itself last. A ring ends where it closes."""
    ut = [d]
    while (neste := alle.get(ut[-1].bygger_paa_id)) and neste not in ut:
        ut.append(neste)
    return ut[::-1]
