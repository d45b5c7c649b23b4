"""The check of dates in the record of forankring.

A meeting about the plan's content cannot have been held before the work was decided. A wrong year is the usual slip:
then the date lies far before all the other meetings, and a year later it would lie among them.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median_low

from django.utils.translation import gettext as _

from felles.norsk import brett
from felles.tall import dato_lang
from planer.enums import Forankringsslag
from planer.models import Forankring, Plan

# Words that say that the entry is about how the plan is to be made, not about what it says.
PROSESSORD = ("prosess", "oppstart", "igangsett", "bestilling", "planlegging av arbeidet")
FORBEREDELSE_AAR = 3
LANGT_FOER = timedelta(days=180)
SLINGRING = timedelta(days=60)
# How far before the middle one a meeting can be and still belong to the main group.
HOVEDTYNGDE = timedelta(days=270)


@dataclass(frozen=True)
class Datofunn:
    """Why a date looks wrong. `forslag` is what it may have been meant to be; `forklart` when somebody has answered."""

    grunn: str
    forslag: date | None = None
    forklart: bool = False


def datofunn(plan: Plan, forankringer: list[Forankring], dag: date) -> dict[int, Datofunn]:
    """Id of the entry → what is wrong with its date. `dag` is today. No query."""
    beslutning = prosessvedtak(forankringer)
    innhold = sorted(f.dato for f in forankringer if not gjelder_prosessen(f))
    funn = {}
    for f in forankringer:
        forslag = _aarsfeil(f, innhold)
        if grunn := _grunn(f, plan, beslutning, forslag, dag):
            funn[f.pk] = Datofunn(grunn, forslag, bool(f.merknad.strip()))
    return funn


def gjelder_prosessen(forankring: Forankring) -> bool:
    """Is the entry about the process, or a decision, and not about the plan's content? Steps mean content."""
    if forankring.slag == Forankringsslag.VEDTAK:
        return True
    return not forankring.steg and any(ord_ in brett(forankring.tema) for ord_ in PROSESSORD)


def prosessvedtak(forankringer: list[Forankring]) -> Forankring | None:
    """The decision to make the plan: the first vedtak that is about the process, or that most meetings come after;
    else the first meeting about the process.
    """
    ordnet = sorted(forankringer, key=lambda f: (f.dato, f.pk or 0))
    innhold = [f.dato for f in ordnet if not gjelder_prosessen(f)]
    for f in ordnet:
        if f.slag == Forankringsslag.VEDTAK:
            om_prosessen = any(ord_ in brett(f.tema) for ord_ in PROSESSORD)
            return f if om_prosessen or not innhold or f.dato <= median_low(innhold) else _moete(ordnet)
    return _moete(ordnet)


def _moete(ordnet: list[Forankring]) -> Forankring | None:
    return next((f for f in ordnet if gjelder_prosessen(f) and f.slag != Forankringsslag.VEDTAK), None)


def _grunn(f: Forankring, plan: Plan, beslutning: Forankring | None, forslag: date | None, dag: date) -> str:
    if f.dato > dag:
        return _("Datoen er fram i tid.")
    foerste, siste = date(plan.fra_aar - FORBEREDELSE_AAR, 1, 1), date(plan.til_aar, 12, 31)
    if not foerste <= f.dato <= siste:
        return _("Datoen ligger utenfor årene planen ble forberedt og gjelder for (%(fra)d–%(til)d).") % {
            "fra": foerste.year,
            "til": siste.year,
        }
    if gjelder_prosessen(f):
        return ""
    if beslutning is not None and f.dato < beslutning.dato:
        return _("Møtet om innholdet er ført før arbeidet med planen ble besluttet (%(dato)s).") % {
            "dato": dato_lang(beslutning.dato)
        }
    if forslag is not None:
        return _("Møtet er ført lenge før alle de andre møtene om innholdet.")
    return ""


def _aarsfeil(f: Forankring, innhold: list[date]) -> date | None:
    """The same day a year later, when the date is far before all other meetings and would fit among them then."""
    if gjelder_prosessen(f):
        return None
    midten = median_low(innhold)
    andre = [dato for dato in innhold if dato >= midten - HOVEDTYNGDE]
    aaret_etter = _samme_dag_neste_aar(f.dato)
    if len(andre) < 2 or f.dato > andre[0] - LANGT_FOER:
        return None
    return aaret_etter if andre[0] - SLINGRING <= aaret_etter <= andre[-1] + SLINGRING else None


def _samme_dag_neste_aar(dag: date) -> date:
    try:
        return dag.replace(year=dag.year + 1)
    except ValueError:  # 29 February
        return dag.replace(year=dag.year + 1, day=28)
