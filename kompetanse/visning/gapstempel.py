"""What a page of a round's results depends on: a stamp that changes whenever the figures or the names can. One query.

Rows cannot change while an analysis is sent or approved, so the states of the analyses tell of every change in them.
"""

from django.db import connection
from django.http import HttpRequest

from analyse.models import Uttrekk
from kompetanse.enums import Gapstatus
from kompetanse.models import Gapanalyse, Gaprunde, Kompetanse
from kompetanse.queries.gapvern import MERKEFELT
from organisasjon.models import Enhet

_SQL = """
SELECT count(*), max(id), max(levert), max(avgjort),
  sum(CASE WHEN status = '{levert}' THEN id ELSE 0 END), sum(CASE WHEN status = '{godkjent}' THEN id ELSE 0 END),
  (SELECT max(history_id) FROM {runder}), (SELECT max(history_id) FROM {enheter}),
  (SELECT max(history_id) FROM {kompetanser}),{vern}
FROM {analyser} WHERE runde_id = %s
"""


def stempel(runde: Gaprunde) -> tuple[str, ...]:
    """Changes whenever what the round's results are made of does. One query."""
    navn = {
        "levert": Gapstatus.LEVERT.value,
        "godkjent": Gapstatus.GODKJENT.value,
        "analyser": Gapanalyse._meta.db_table,
        "runder": Gaprunde.historie.model._meta.db_table,
        "enheter": Enhet.historie.model._meta.db_table,
        "kompetanser": Kompetanse.historie.model._meta.db_table,
        "uttrekk": Uttrekk._meta.db_table,
        "ikke_begynt": Gapstatus.IKKE_BEGYNT.value,
    }
    with connection.cursor() as peker:
        peker.execute(_SQL.format(vern=MERKEFELT.format(**navn), **navn), [runde.pk])
        return tuple(str(verdi) for verdi in peker.fetchone())


def sidenokkel(request: HttpRequest, runde: Gaprunde, merke: tuple[str, ...], side: str) -> tuple:
    """The key of a finished page: which page, what was asked for, the person's roles, the stamp."""
    roller = tuple((str(rolle), rot) for rolle, rot, _omfang in request.tilgang.roller)
    return (side, runde.pk, request.GET.urlencode(), roller, merke)
