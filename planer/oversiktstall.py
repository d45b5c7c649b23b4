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
from planer.models import Innsatsomraade, Plan, Plandeltaker, Seksjon, Tiltak
from planer.querysets import SNART

FRISTER = ("forfalt", "snart", "senere", "uten", "avsluttet")
Omraade = tuple[int, str, str, int]
_TABELLER = {
    "tiltak": Tiltak,
    "seksjon": Seksjon,
    "omraade": Innsatsomraade,
    "plan": Plan,
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
_PER_OMRAADE = """
SELECT plan_id, omraade_id, count(*) FROM {tiltak} t
WHERE status <> %s AND omraade_id IN (SELECT id FROM {omraade} WHERE grep = %s) AND plan_id IN ({planer}) {vilkaar}
GROUP BY plan_id, omraade_id
"""
_ETTER_FRIST = """
SELECT CASE WHEN status IN (%s, %s) THEN 'avsluttet' WHEN frist IS NULL THEN 'uten' WHEN frist < %s THEN 'forfalt'
  WHEN frist <= %s THEN 'snart' ELSE 'senere' END AS naar, status, count(*)
FROM {tiltak} t WHERE plan_id IN ({planer}) {vilkaar} GROUP BY naar, status
"""
_LENGST_OVER = """
SELECT t.id, t.tittel, t.frist, p.tittel, b.navn, b.username
FROM {tiltak} t JOIN {plan} p ON p.id = t.plan_id LEFT JOIN {bruker} b ON b.id = t.ansvarlig_id
WHERE t.status NOT IN (%s, %s) AND t.frist < %s AND t.plan_id IN ({planer}) {vilkaar} ORDER BY t.frist, t.id LIMIT %s
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

    def les(self, sql: str, verdier: Sequence[Any] = (), sist: Sequence[Any] = ()) -> list[tuple]:
        """The rows of a statement with the plans and the narrowing put in; `sist` are values after those."""
        if not self.planer:
            return []
        egne = [(felt, v) for felt, v in (("ansvarlig_id", self.ansvarlig), ("hovedmaal", self.maal)) if v]
        vilkaar = " ".join(f"AND t.{felt} = %s" for felt, _v in egne) if "{vilkaar}" in sql else ""
        mine = [v for _felt, v in egne] if vilkaar else []
        ider = ", ".join(str(int(pk)) for pk in self.planer)
        with connection.cursor() as peker:
            peker.execute(sql.format(planer=ider, vilkaar=vilkaar, **_NAVN), [*verdier, *mine, *sist])
            return peker.fetchall()


@dataclass(frozen=True)
class Forfalt:
    """A tiltak that is past its deadline."""

    pk: int
    tittel: str
    frist: date
    plan: str
    ansvarlig: str


def begrunnelser(utvalg: Utvalg) -> tuple[dict[int, Omraade], set[tuple[int, int]]]:
    """The kjernegrep of the plans by id, as (id, key, title, place); and (plan, area) of those that are justified."""
    omraader, skrevet = {}, set()
    for plan, pk, nokkel, tittel, plass, har_tekst in utvalg.les(_BEGRUNNELSER, [Grep.KJERNE.value]):
        omraader[pk] = (pk, nokkel, tittel, plass)
        if har_tekst:
            skrevet.add((plan, pk))
    return omraader, skrevet


def per_omraade(utvalg: Utvalg) -> list[tuple[int, int, int]]:
    """(plan, area, tiltak that are not stopped) for the kjernegrep."""
    return utvalg.les(_PER_OMRAADE, [Tiltakstatus.AVBRUTT.value, Grep.KJERNE.value])


def etter_frist(utvalg: Utvalg, dag: date) -> dict[str, dict[str, int]]:
    """Deadline → status → number of tiltak."""
    tabell = {frist: dict.fromkeys(Tiltakstatus.values, 0) for frist in FRISTER}
    for frist, status, antall in utvalg.les(_ETTER_FRIST, [*_verdier(AVSLUTTET), _dag(dag), _dag(dag + SNART)]):
        tabell[frist][status] = antall
    return tabell


def lengst_over(utvalg: Utvalg, dag: date, antall: int) -> list[Forfalt]:
    """The tiltak that have been late the longest."""
    rader = utvalg.les(_LENGST_OVER, [*_verdier(AVSLUTTET), _dag(dag)], [antall])
    return [
        Forfalt(pk, tittel, _som_dag(frist), plan, navn or konto or "")
        for pk, tittel, frist, plan, navn, konto in rader
    ]


def ansvarlige(utvalg: Utvalg) -> list[tuple[int, str]]:
    """(id, name) of the people responsible for a tiltak of the plans."""
    return [(pk, navn or konto) for pk, navn, konto in utvalg.les(_ANSVARLIGE)]


def ledere(utvalg: Utvalg) -> dict[int, str]:
    """Plan id → the responsible leaders' names."""
    navn: dict[int, list[str]] = defaultdict(list)
    for plan, fullt, konto in utvalg.les(_LEDERE, [Deltakerrolle.ANSVARLIG.value]):
        navn[plan].append(fullt or konto)
    return {plan: ", ".join(flere) for plan, flere in navn.items()}


def _verdier(valg: Sequence[Any]) -> list[str]:
    return [v.value for v in valg]


def _dag(dag: date) -> Any:
    return connection.ops.adapt_datefield_value(dag)


def _som_dag(dag: date | str) -> date:
    return dag if isinstance(dag, date) else date.fromisoformat(dag)
