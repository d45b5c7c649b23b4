"""The numbers of the plan overview, counted by the database in plain SQL: building the same as querysets takes longer
than running them.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from organisasjon.models import Bruker
from planer.enums import AVSLUTTET, Deltakerrolle, Grep, Tiltakstatus
from planer.models import Innsatsomraade, Plandeltaker, Seksjon, Tiltak
from planer.querysets import SNART

FRISTER = ("forfalt", "snart", "senere", "uten", "avsluttet")
Omraade = tuple[int, str, str, int]
_TABELLER = {
    "tiltak": Tiltak,
    "seksjon": Seksjon,
    "omraade": Innsatsomraade,
    "deltaker": Plandeltaker,
    "bruker": Bruker,
}
_NAVN = {navn: modell._meta.db_table for navn, modell in _TABELLER.items()}
# Every delplan has a section for the justification of each area, so the sections also tell which areas there are.
_BEGRUNNELSER = """
SELECT s.plan_id, s.omraade_id, o.nokkel, o.tittel, o.rekkefolge, CASE WHEN s.sok <> '' THEN 1 ELSE 0 END
FROM {seksjon} s JOIN {omraade} o ON o.id = s.omraade_id
WHERE o.grep = %s AND s.plan_id IN ({planer})
"""
# Four answers from one reading of the tiltak: those that are not stopped per plan and kjernegrep; all by deadline and
# status; those that have been late the longest; and who is responsible.
_TILTAK = """
WITH t AS (
  SELECT id, tittel, plan_id, omraade_id, status, frist, ansvarlig_id FROM {tiltak} t
  WHERE plan_id IN ({planer}) {vilkaar}
)
SELECT 'omraade', plan_id, omraade_id, count(*), '', '' FROM t
WHERE status <> %s AND omraade_id IN (SELECT id FROM {omraade} WHERE grep = %s) GROUP BY plan_id, omraade_id
UNION ALL
SELECT 'frist', 0, 0, count(*), CAST(frist AS varchar(10)), status FROM t GROUP BY frist, status
UNION ALL
SELECT * FROM (
  SELECT 'over', id, plan_id, ansvarlig_id, tittel, CAST(frist AS varchar(10)) FROM t
  WHERE status NOT IN (%s, %s) AND frist < %s ORDER BY frist, id LIMIT %s
) AS lengst
UNION ALL
SELECT 'folk', id, 0, 0, navn, username FROM {bruker} b
WHERE EXISTS (SELECT 1 FROM {tiltak} t WHERE t.ansvarlig_id = b.id AND t.plan_id IN ({planer}) {vilkaar})
"""
_ANSVARLIGE = """
SELECT b.id, b.navn, b.username FROM {bruker} b
WHERE EXISTS (SELECT 1 FROM {tiltak} t WHERE t.ansvarlig_id = b.id AND t.plan_id IN ({planer}))
"""
_LEDERE = """
SELECT d.plan_id, b.navn, b.username FROM {deltaker} d JOIN {bruker} b ON b.id = d.bruker_id
WHERE d.rolle = %s AND d.plan_id IN ({planer}) ORDER BY d.id
"""


@dataclass(frozen=True)
class Utvalg:
    """The plans that are counted, and whose tiltak in them: one person's, one goal's, or all."""

    planer: Sequence[int]
    ansvarlig: int | None = None
    maal: int | None = None

    def les(self, sql: str, verdier: Sequence[Any] = ()) -> list[tuple]:
        """The rows of a statement with the plans and the narrowing put in."""
        if not self.planer:
            return []
        egne = [(felt, v) for felt, v in (("ansvarlig_id", self.ansvarlig), ("hovedmaal", self.maal)) if v]
        vilkaar = " ".join(f"AND t.{felt} = {int(v)}" for felt, v in egne)
        ider = ", ".join(str(int(pk)) for pk in self.planer)
        with connection.cursor() as peker:
            peker.execute(sql.format(planer=ider, vilkaar=vilkaar, **_NAVN), verdier)
            return peker.fetchall()


@dataclass(frozen=True)
class Tiltakstall:
    """per_omraade: (plan, area, number) · etter_frist: deadline → status → number · lengst_over: (id, title, deadline,
    plan, person responsible) · folk: (id, name) of those responsible
    """

    per_omraade: list[tuple[int, int, int]]
    etter_frist: dict[str, dict[str, int]]
    lengst_over: list[tuple[int, str, date, int, int | None]]
    folk: list[tuple[int, str]]


def begrunnelser(utvalg: Utvalg) -> tuple[dict[int, Omraade], set[tuple[int, int]]]:
    """The kjernegrep of the plans by id, as (id, key, title, place); and (plan, area) of those that are justified."""
    omraader, skrevet = {}, set()
    for plan, pk, nokkel, tittel, plass, har_tekst in utvalg.les(_BEGRUNNELSER, [Grep.KJERNE.value]):
        omraader[pk] = (pk, nokkel, tittel, plass)
        if har_tekst:
            skrevet.add((plan, pk))
    return omraader, skrevet


def tell_tiltak(utvalg: Utvalg, dag: date, mest: int) -> Tiltakstall:
    """The tiltak of the plans, counted; at most so many of the late ones. One query."""
    verdier = [Tiltakstatus.AVBRUTT.value, Grep.KJERNE.value, *(s.value for s in AVSLUTTET), _dag(dag), mest]
    rader: dict[str, list[tuple]] = defaultdict(list)
    for slag, *rad in utvalg.les(_TILTAK, verdier):
        rader[slag].append(tuple(rad))
    tabell = {frist: dict.fromkeys(Tiltakstatus.values, 0) for frist in FRISTER}
    for _a, _b, antall, frist, status in rader["frist"]:
        tabell[_naar(frist, status, dag)][status] += antall
    sene = sorted((frist, pk, tittel, plan, hvem) for pk, plan, hvem, tittel, frist in rader["over"])
    return Tiltakstall(
        [(plan, omraade, antall) for plan, omraade, antall, _c, _d in rader["omraade"]],
        tabell,
        [(pk, tittel, date.fromisoformat(frist), plan, hvem) for frist, pk, tittel, plan, hvem in sene],
        [(pk, navn or konto) for pk, _b, _c, navn, konto in rader["folk"]],
    )


def _naar(frist: str | None, status: str, dag: date) -> str:
    """Which of `FRISTER` the deadline (year-month-day) is in."""
    if status in AVSLUTTET:
        return "avsluttet"
    if frist is None:
        return "uten"
    return "forfalt" if frist < dag.isoformat() else "snart" if frist <= (dag + SNART).isoformat() else "senere"


def ansvarlige(utvalg: Utvalg) -> list[tuple[int, str]]:
    """(id, name) of the people responsible for a tiltak of the plans."""
    return [(pk, navn or konto) for pk, navn, konto in utvalg.les(_ANSVARLIGE)]


def ledere(utvalg: Utvalg) -> dict[int, str]:
    """Plan id → the responsible leaders' names."""
    navn: dict[int, list[str]] = defaultdict(list)
    for plan, fullt, konto in utvalg.les(_LEDERE, [Deltakerrolle.ANSVARLIG.value]):
        navn[plan].append(fullt or konto)
    return {plan: ", ".join(flere) for plan, flere in navn.items()}


def _dag(dag: date) -> Any:
    return connection.ops.adapt_datefield_value(dag)
