"""A stamp of everything the plan overview can show, so that a page shown before costs one small query.

The stamp is in parts: what was counted from one part is kept as long as that part is unchanged.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest
from django.utils import timezone

from organisasjon.models import Enhet, Rolletildeling
from planer.models import Innsatsomraade, Plan, Plandeltaker, Planomfang, Seksjon, Statusskifte, Tiltak

DOEGN = 24 * 3600
T = TypeVar("T")
# Newest history numbers and times of change tell of edits, counts and highest ids of rows come and gone. A plan's time
# of change tells of everything beneath it, and so is a part of its own.
_DELER = {
    "planer": (
        "(SELECT max(history_id) FROM {planhistorie})", "(SELECT count(*) FROM {plan})",
        "(SELECT count(publisert) FROM {plan})", "(SELECT max(id) FROM {skifte})",
        "(SELECT count(*) FROM {omfang})", "(SELECT max(id) FROM {omfang})",
    ),
    "tekst": (
        "(SELECT sum(lopenummer) FROM {seksjon})", "(SELECT count(*) FROM {seksjon})",
        "(SELECT count(*) FROM {omraade})", "(SELECT max(id) FROM {omraade})",
        "(SELECT sum(rekkefolge * id) FROM {omraade})",
    ),
    "tiltak": (
        "(SELECT max(history_id) FROM {tiltakshistorie})", "(SELECT max(endret) FROM {tiltak})",
        "(SELECT count(*) FROM {tiltak})", "(SELECT max(id) FROM {tiltak})",
    ),
    "folk": (
        "(SELECT count(*) FROM {deltaker})", "(SELECT max(id) FROM {deltaker})",
        "(SELECT max(history_id) FROM {roller})",
    ),
    "enheter": ("(SELECT max(history_id) FROM {enheter})", "(SELECT count(*) FROM {enhet})"),
    "endret": ("(SELECT max(endret) FROM {plan})",),
}  # fmt: skip
_TABELLER = {
    "tiltakshistorie": Tiltak.historie.model,
    "tiltak": Tiltak,
    "planhistorie": Plan.historie.model,
    "plan": Plan,
    "skifte": Statusskifte,
    "seksjon": Seksjon,
    "omfang": Planomfang,
    "deltaker": Plandeltaker,
    "omraade": Innsatsomraade,
    "enhet": Enhet,
    "enheter": Enhet.historie.model,
    "roller": Rolletildeling.historie.model,
}
_NAVN = {navn: modell._meta.db_table for navn, modell in _TABELLER.items()}
_SQL = "SELECT " + ", ".join(uttrykk for del_ in _DELER.values() for uttrykk in del_).format(**_NAVN)


@dataclass(frozen=True)
class Stempel:
    """The parts. Equal parts: nothing of that kind has changed."""

    planer: tuple[str, ...]
    tekst: tuple[str, ...]
    tiltak: tuple[str, ...]
    folk: tuple[str, ...]
    enheter: tuple[str, ...]
    endret: tuple[str, ...]


def planstempel() -> Stempel:
    """Changes whenever a plan, its scope, people, text or tiltak do. One query."""
    with connection.cursor() as peker:
        peker.execute(_SQL)
        verdier = iter([str(verdi) for verdi in peker.fetchone()])
    return Stempel(**{navn: tuple(next(verdier) for _uttrykk in del_) for navn, del_ in _DELER.items()})


def hvem_og_naar(request: HttpRequest) -> tuple:
    """Who asks, on which day and in which hour: the names of people have no history."""
    naa = timezone.localtime()
    roller = tuple((str(rolle), rot) for rolle, rot, _omfang in request.tilgang.roller)
    return (request.user.pk, roller, naa.date(), naa.hour)


def sidenokkel(request: HttpRequest, side: str, stempel: Stempel) -> tuple:
    """What a page of plans depends on: who asks, for what, when, and the stamp."""
    return (side, request.GET.urlencode(), hvem_og_naar(request), stempel)


def behold(nokkel: tuple, lag: Callable[[], T]) -> T:
    """What `lag` gives, or what it gave last time the key was the same. The key must name all that it depends on."""
    navn = "tall:" + hashlib.sha256(repr(nokkel).encode()).hexdigest()
    funnet: Any = cache.get(navn)
    if funnet is None:
        funnet = lag()
        cache.set(navn, funnet, DOEGN)
    return funnet
