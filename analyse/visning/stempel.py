"""The key of a whole finished page: who asks, for what, and a stamp of everything that a page of figures can show.

With it a page that has been shown before costs two small queries, instead of finding the choice again to see that
nothing has changed.
"""

from django.db import connection
from django.http import HttpRequest

from analyse.models import PublisertTall, Uttrekk
from analyse.services.rapporter import hent_oppsett
from organisasjon.models import Enhet

# Units and published figures are written with history, so its newest number tells of a change. Extracts come,
# go, are opened to readers, and lose their person rows.
_SQL = """
SELECT (SELECT max(history_id) FROM {enheter}), (SELECT max(history_id) FROM {publiserthistorie}),
  (SELECT sum(id * verdi) FROM {publiserte}), count(*), max(id), max(opprettet), count(publisert), max(publisert),
  sum(CASE WHEN publisert IS NULL THEN 0 ELSE id END), count(rader_slettet)
FROM {uttrekk}
"""


def stempel() -> tuple:
    """Changes whenever an extract, a unit or a published figure does. One query."""
    tabeller = {
        "enheter": Enhet.historie.model._meta.db_table,
        "publiserthistorie": PublisertTall.historie.model._meta.db_table,
        "publiserte": PublisertTall._meta.db_table,
        "uttrekk": Uttrekk._meta.db_table,
    }
    with connection.cursor() as peker:
        peker.execute(_SQL.format(**tabeller))
        return tuple(str(verdi) for verdi in peker.fetchone())


def sidenokkel(request: HttpRequest, *side: str) -> tuple:
    """What a page of figures depends on: page, query string, the person's roles, norms and categories, the stamp."""
    roller = tuple((str(rolle), rot) for rolle, rot, _omfang in request.tilgang.roller)
    return (*side, request.GET.urlencode(), roller, hent_oppsett().merke(), stempel())
