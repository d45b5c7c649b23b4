"""What a page of a round's results depends on: a stamp that changes whenever the figures or the names can.

Rows cannot change while an analysis is sent or approved, so the states of the analyses tell of every change in them.
It is read along with the round, or in one query.
"""

from functools import cache

from django.db.models.expressions import RawSQL
from django.http import HttpRequest

from kompetanse.enums import Gapstatus
from kompetanse.models import Gapanalyse, Gaprunde, Kompetanse
from kompetanse.queries.gaprunde import runde_for
from kompetanse.queries.gapkart import MERKEFELT, som_merke

_EGNE = (
    "count(*)",
    "max(id)",
    "max(levert)",
    "max(avgjort)",
    "sum(CASE WHEN status = '{levert}' THEN id ELSE 0 END)",
    "sum(CASE WHEN status = '{godkjent}' THEN id ELSE 0 END)",
    "(SELECT max(history_id) FROM {rundehistorie})",
    "(SELECT max(history_id) FROM {kompetansehistorie})",
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


def runde_med_stempel(request: HttpRequest, pk: int) -> tuple[Gaprunde, str]:
    """The round as `runde_for` finds it, and its stamp. One query."""
    runde = runde_for(request, pk, merke=_uttrykk())
    return runde, runde.merke


def stempel(runde: Gaprunde) -> str:
    """Changes whenever what the round's results are made of does. One query."""
    return Gaprunde.objects.order_by().filter(pk=runde.pk).values_list(_uttrykk(), flat=True).get()


def sidenokkel(request: HttpRequest, runde: Gaprunde, merke: str, side: str) -> tuple:
    """The key of a finished page: which page, what was asked for, the person's roles, the stamp."""
    roller = tuple((str(rolle), rot) for rolle, rot, _omfang in request.tilgang.roller)
    return (side, runde.pk, request.GET.urlencode(), roller, merke)
