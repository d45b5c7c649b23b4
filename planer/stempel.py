"""Stamps of everything that pages of the plans can show, so that what has been shown before costs one small query.

The stamp is in parts: what was counted from one part is kept as long as that part is unchanged.
"""

import hashlib
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, fields
from functools import cache
from typing import TypeVar

from django.core.cache import cache as hurtigbuffer
from django.db import connection
from django.http import HttpRequest
from django.utils import timezone

from analyse.models import Ansattkategori, Befolkningstall, Norm, Sentralitet, Stilling, Uttrekk
from kompetanse.models import Krav
from organisasjon.models import Enhet, Rolletildeling
from planer.models import Innsatsomraade, Plan, Plandeltaker, Planomfang, Seksjon, Statusskifte, Tiltak

DOEGN = 24 * 3600
K = TypeVar("K", bound=Hashable)
T = TypeVar("T")
# The newest history number tells of everything that happens to what has a history; elsewhere counts and highest ids
# tell of rows come and gone. Of two who write at once, the one with the lower number may be last to be seen: so what
# decides who sees what is counted as well. A plan's time of change tells of all beneath it: it is a part of its own.
_DELER = {
    "planer": (
        ("planhistorie", "max(history_id)", "count(*)"),
        ("skifte", "max(id)"),
        ("omfang", "count(*)", "max(id)"),
        ("plan", "count(*)", "count(publisert)"),
    ),
    "tekst": (
        ("seksjon", "sum(lopenummer)", "count(*)"),
        ("omraade", "count(*)", "max(id)", "sum(rekkefolge * id)"),
    ),
    "tiltak": (("tiltakshistorie", "max(history_id)"),),
    "folk": (("deltaker", "count(*)", "max(id)"), ("roller", "max(history_id)", "count(*)")),
    "enheter": (("enhetshistorie", "max(history_id)", "count(*)"),),
    "endret": (("plan", "max(endret)"),),
    # What figures and requirements are worked out from.
    "regning": (
        ("normhistorie", "max(history_id)"),
        ("kategorihistorie", "max(history_id)"),
        ("stillingshistorie", "max(history_id)"),
        ("stilling", "count(*)", "max(id)"),
    ),
    "uttrekk": (("uttrekk", "count(*)", "max(id)", "count(rader_slettet)", "max(publisert)", "count(publisert)"),),
    "krav": (("kravhistorie", "max(history_id)"),),
    "befolkning": (("befolkningshistorie", "max(history_id)"), ("sentralitetshistorie", "max(history_id)")),
}
_TABELLER = {
    "tiltakshistorie": Tiltak.historie.model,
    "planhistorie": Plan.historie.model,
    "plan": Plan,
    "skifte": Statusskifte,
    "seksjon": Seksjon,
    "omfang": Planomfang,
    "deltaker": Plandeltaker,
    "omraade": Innsatsomraade,
    "enhetshistorie": Enhet.historie.model,
    "roller": Rolletildeling.historie.model,
    "normhistorie": Norm.historie.model,
    "kategorihistorie": Ansattkategori.historie.model,
    "stillingshistorie": Stilling.historie.model,
    "stilling": Stilling,
    "uttrekk": Uttrekk,
    "kravhistorie": Krav.historie.model,
    "befolkningshistorie": Befolkningstall.historie.model,
    "sentralitetshistorie": Sentralitet.historie.model,
}
TALLDELER = ("regning", "uttrekk", "krav", "befolkning", "enheter")


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
    deler = [f.name for f in fields(Stempel)]
    return Stempel(**dict(zip(deler, les_deler(*deler), strict=True)))


def tallstempel(plan: Plan) -> tuple:
    """Changes whenever something that figures and requirements are worked out from does. One query, asked once for
    each plan that is fetched.
    """
    if "_tallstempel" not in plan.__dict__:
        plan._tallstempel = les_deler(*TALLDELER)
    return plan._tallstempel


def les_deler(*deler: str) -> tuple[tuple[str, ...], ...]:
    """Some parts of the stamp, by name. One query."""
    steder = _steder(deler)
    with connection.cursor() as peker:
        peker.execute(_sql(deler))
        rader = {nr: verdier for nr, *verdier in peker.fetchall()}
    funnet = {
        (tabell, u): str(verdi)
        for nr, (tabell, uttrykk) in enumerate(steder.items())
        for u, verdi in zip(uttrykk, rader[nr], strict=False)
    }
    return tuple(tuple(funnet[t, u] for t, *uttrykk in _DELER[del_] for u in uttrykk) for del_ in deler)


def _steder(deler: tuple[str, ...]) -> dict[str, list[str]]:
    """Table → what is asked of it, so that each is read once."""
    steder: dict[str, list[str]] = {}
    for tabell, *uttrykk in (rad for del_ in deler for rad in _DELER[del_]):
        steder.setdefault(tabell, []).extend(uttrykk)
    return steder


@cache
def _sql(deler: tuple[str, ...]) -> str:
    """A union: it is planned faster than a join, or than twenty questions in one."""
    steder = _steder(deler)
    bredde = max(map(len, steder.values()))
    return " UNION ALL ".join(_sporsmaal(nr, *par, bredde) for nr, par in enumerate(steder.items()))


def _sporsmaal(nr: int, tabell: str, uttrykk: list[str], bredde: int) -> str:
    """The newest alone is the first of an order: PostgreSQL plans it in half the time of a max."""
    navn = _TABELLER[tabell]._meta.db_table
    nyest = uttrykk[0].removeprefix("max(").removesuffix(")") if uttrykk in (["max(history_id)"], ["max(id)"]) else ""
    fra = "" if nyest else f" FROM {navn}"
    deler = [f"(SELECT {nyest} FROM {navn} ORDER BY {nyest} DESC LIMIT 1)"] if nyest else uttrykk  # noqa: S608 - ours
    kolonner = [f"CAST({u} AS varchar(40))" for u in deler] + ["''"] * (bredde - len(uttrykk))
    return f"SELECT {nr}, {', '.join(kolonner)}{fra}"


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
    return behold_flere({None: nokkel}, lambda _mangler: {None: lag()})[None]


def behold_flere(nokler: Mapping[K, tuple], lag: Callable[[set[K]], Mapping[K, T]]) -> dict[K, T]:
    """The same for several: `lag` gets those that are not kept, and gives what they are."""
    navn = {k: "tall:" + hashlib.sha256(repr(nokkel).encode()).hexdigest() for k, nokkel in nokler.items()}
    kjent = hurtigbuffer.get_many(navn.values())
    ut = {k: kjent[n] for k, n in navn.items() if n in kjent}
    if mangler := nokler.keys() - ut.keys():
        nye = lag(set(mangler))
        hurtigbuffer.set_many({navn[k]: verdi for k, verdi in nye.items()}, DOEGN)
        ut |= nye
    return ut
