"""A stamp of everything the plan overview can show, so that a page shown before costs one small query."""

from django.db import connection
from django.http import HttpRequest
from django.utils import timezone

from organisasjon.models import Enhet, Rolletildeling
from planer.models import Innsatsomraade, Plan, Plandeltaker, Planomfang, Seksjon, Statusskifte, Tiltak

# Newest history numbers and times of change tell of edits, counts and highest ids of rows come and gone.
_SQL = """
SELECT
  (SELECT max(history_id) FROM {tiltakshistorie}), (SELECT max(endret) FROM {tiltak}),
  (SELECT count(*) FROM {tiltak}), (SELECT max(id) FROM {tiltak}),
  (SELECT max(history_id) FROM {planhistorie}), (SELECT max(endret) FROM {plan}), (SELECT count(*) FROM {plan}),
  (SELECT count(publisert) FROM {plan}), (SELECT max(id) FROM {skifte}),
  (SELECT sum(lopenummer) FROM {seksjon}), (SELECT count(*) FROM {seksjon}),
  (SELECT count(*) FROM {omfang}), (SELECT max(id) FROM {omfang}),
  (SELECT count(*) FROM {deltaker}), (SELECT max(id) FROM {deltaker}),
  (SELECT count(*) FROM {omraade}), (SELECT max(id) FROM {omraade}), (SELECT sum(rekkefolge * id) FROM {omraade}),
  (SELECT max(history_id) FROM {enheter}), (SELECT max(history_id) FROM {roller})
"""
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
    "enheter": Enhet.historie.model,
    "roller": Rolletildeling.historie.model,
}


def planstempel() -> tuple[str, ...]:
    """Changes whenever a plan, its scope, people, text or tiltak do. One query."""
    with connection.cursor() as peker:
        peker.execute(_SQL.format(**{navn: modell._meta.db_table for navn, modell in _TABELLER.items()}))
        return tuple(str(verdi) for verdi in peker.fetchone())


def sidenokkel(request: HttpRequest, side: str) -> tuple:
    """What a page of plans depends on: who asks, for what, on which day and hour (names of people have no history),
    the stamp.
    """
    naa = timezone.localtime()
    roller = tuple((str(rolle), rot) for rolle, rot, _omfang in request.tilgang.roller)
    return (side, request.GET.urlencode(), request.user.pk, roller, naa.date(), naa.hour, planstempel())
