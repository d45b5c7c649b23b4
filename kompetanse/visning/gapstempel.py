"""What a page of a round's results depends on: a stamp that changes whenever the figures or the names can, and how much
of the round the person sees.

Rows cannot change while an analysis is sent or approved, so the states of the analyses tell of every change in them.
It is read along with the round, or in one query.
"""

import hashlib
from functools import cache

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.expressions import RawSQL
from django.http import HttpRequest

from felles.kodemerke import kodemerke
from kompetanse.enums import Gapstatus
from kompetanse.gapvalg import er_prikket
from kompetanse.models import Gapanalyse, Gaprunde, Gapside, Kompetanse
from kompetanse.queries.gapkart import MERKEFELT, fra_tabell, som_merke
from kompetanse.queries.gaprunde import runde_for
from organisasjon.enums import Handling
from organisasjon.rules import Tilgang

_EGNE = (
    "count(*)",
    "max(id)",
    "max(levert)",
    "max(avgjort)",
    "sum(CASE WHEN status = '{levert}' THEN id ELSE 0 END)",
    "sum(CASE WHEN status = '{godkjent}' THEN id ELSE 0 END)",
    fra_tabell("{rundehistorie}", "max(history_id)", "count(*)"),
    fra_tabell("{kompetansehistorie}", "max(history_id)", "count(*)"),
)


@cache
def _uttrykk() -> RawSQL:
    """The stamp as an expression on a query of rounds."""
    navn = {
        "levert": Gapstatus.LEVERT.value,
        "godkjent": Gapstatus.GODKJENT.value,
        "rundehistorie": Gaprunde.historie.model._meta.db_table,
        "kompetansehistorie": Kompetanse.historie.model._meta.db_table,
    }
    felt = som_merke(*(u.format(**navn) for u in _EGNE), *MERKEFELT)
    fra = f"FROM {Gapanalyse._meta.db_table} WHERE runde_id = {Gaprunde._meta.db_table}.id"
    return RawSQL(f"SELECT {felt} {fra}", ())  # noqa: S611 - all of it ours


def runde_med_stempel(request: HttpRequest, pk: int) -> tuple[Gaprunde, str, bytes | None]:
    """The round as `runde_for` finds it, its stamp, and the page of its results when one is drawn for those who see
    what this person does, and nothing has changed since. One query.
    """
    mine = Gapside.objects.filter(runde=OuterRef("pk"), leser=lesernokkel(request.tilgang))
    side = {"tegnet_merke": Subquery(mine.values("merke")), "tegnet": Subquery(mine.values("pakket"))}
    runde = runde_for(request, pk, merke=_uttrykk(), **side)
    return runde, runde.merke, bytes(runde.tegnet) if runde.tegnet_merke == runde.merke else None


def runder_med_stempel(runder: QuerySet[Gaprunde]) -> QuerySet[Gaprunde]:
    """Each with its stamp as `merke`."""
    return runder.annotate(merke=_uttrykk())


def lesernokkel(tilgang: Tilgang) -> str:
    """The same for all who see the same of the gap analyses: those of the same units, with small numbers or without,
    drawn by the same code.
    """
    ser = tilgang.roetter(Handling.SE_GAP), er_prikket(tilgang), kodemerke()
    return hashlib.sha256(repr(ser).encode()).hexdigest()


def stempel(runde: Gaprunde) -> str:
    """Changes whenever what the round's results are made of does. One query."""
    return Gaprunde.objects.order_by().filter(pk=runde.pk).values_list(_uttrykk(), flat=True).get()


def sidenokkel(request: HttpRequest, runde: Gaprunde, merke: str) -> tuple:
    """The key of a finished page of the results: what was asked for, how much the person sees, the stamp."""
    return "gapresultat", runde.pk, request.GET.urlencode(), lesernokkel(request.tilgang), merke
