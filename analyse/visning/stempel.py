"""The key of a whole finished page: who asks, for what, and a stamp of everything that a page of figures can show.

With it a page that has been shown before costs one small query, instead of finding the choice again to see that
nothing has changed.
"""

from django.db import connection
from django.http import HttpRequest

from analyse.models import PublisertTall, Uttrekk
from analyse.regneoppsett import MERKE_SQL, Oppsett
from organisasjon.models import Enhet

# Units and published figures are written with history, so its newest number tells of a change. Extracts come,
# go, are opened to readers, and lose their person rows. Two rows of the same shape as those of the set-up. PostgreSQL
# plans the first of an order in half the time of a max.
_MERKER = ("x", "y")
_SQL = """
{merke}
UNION ALL SELECT 'x', count(*), CAST(max(opprettet) AS varchar(40)), CAST(max(publisert) AS varchar(40)),
  CAST(count(publisert) AS varchar(20)) || ',' || CAST(count(rader_slettet) AS varchar(20)),
  CAST(coalesce(max(id), 0) AS varchar(20)) || ','
    || CAST(coalesce(sum(CASE WHEN publisert IS NULL THEN 0 ELSE id END), 0) AS varchar(40)) FROM {uttrekk}
UNION ALL SELECT 'y', 0, CAST((SELECT history_id FROM {enheter} ORDER BY history_id DESC LIMIT 1) AS varchar(20)),
  CAST((SELECT history_id FROM {publiserthistorie} ORDER BY history_id DESC LIMIT 1) AS varchar(20)),
  CAST((SELECT sum(id * verdi) FROM {publiserte}) AS varchar(80)), ''
ORDER BY 1, 2
"""


def stempel() -> tuple:
    """Changes whenever an extract, a unit, a published figure, a norm, a category or a position does. One query."""
    navn = {
        "merke": MERKE_SQL,
        "enheter": Enhet.historie.model._meta.db_table,
        "publiserthistorie": PublisertTall.historie.model._meta.db_table,
        "publiserte": PublisertTall._meta.db_table,
        "uttrekk": Uttrekk._meta.db_table,
    }
    with connection.cursor() as peker:
        peker.execute(_SQL.format(**navn))
        rader = [tuple(rad) for rad in peker.fetchall()]
    merker = tuple(rad for rad in rader if rad[0] in _MERKER)
    return (Oppsett(tuple(rad for rad in rader if rad[0] not in _MERKER)).merke(), merker)


def sidenokkel(request: HttpRequest, *side: str) -> tuple:
    """What a page of figures depends on: page, query string, the person's roles, the stamp."""
    roller = tuple((str(rolle), rot) for rolle, rot, _omfang in request.tilgang.roller)
    return (*side, request.GET.urlencode(), roller, stempel())
