"""The PDFs of plans as HTML for print: one plan, and the collection for bystyret. Equal content gives equal HTML."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from analyse.avsender import avsender
from analyse.pdfdeler import Trykktabell
from felles.tall import tusen
from kompetanse.enums import Vei
from organisasjon.queries import kommune
from planer.enums import AVSLUTTET, Hovedmaal, Tiltakstatus
from planer.innhold import innholdshash, les_innhold
from planer.models import Plan, Tiltak, Vedtak
from planer.pdfdeler import Oppsett, Plandel, enkel_tabell, plandel


@dataclass(frozen=True)
class Dokument:
    """A document ready for the PDF maker."""

    tittel: str
    html: str


def plandokument(plan: Plan, *, prikket: bool) -> Dokument:
    """One plan: as it was adopted when it has been, else a draft that says so on every page."""
    innhold = les_innhold(plan, uprikket=not prikket)
    del_ = _del(innhold)
    html = _html("plan.html", del_.tittel, _dag(innhold), del_.undertittel, {"plan": del_, "prikket": prikket})
    return Dokument(del_.tittel, html)


def samling(planer: Sequence[Plan], *, prikket: bool, dag: date) -> Dokument:
    """Several plans in the given order, with a summary of all their tiltak as they stand on the day."""
    deler = [_del(les_innhold(plan, uprikket=not prikket), Oppsett(f"p{nr}-", 3)) for nr, plan in enumerate(planer, 1)]
    tittel = _("Planer for kompetanse og rekruttering")
    kontekst = {"deler": deler, "prikket": prikket, "sammendrag": sammendrag(planer, dag)}
    return Dokument(tittel, _html("samling.html", tittel, dag, _("Samlet for bystyret"), kontekst))


def _del(innhold: dict[str, Any], oppsett: Oppsett = Oppsett()) -> Plandel:  # noqa: B008 - frozen
    hash_ = innholdshash(innhold) if innhold["plan"].get("vedtatt") else ""
    return plandel(innhold, oppsett, hash_=hash_)


def _dag(innhold: dict[str, Any]) -> date:
    p = innhold["plan"]
    return date.fromisoformat(p.get("vedtatt") or p["endret"])


def _html(mal: str, tittel: str, dag: date, beskrivelse: str, kontekst: dict[str, Any]) -> str:
    felles = {**avsender(kommune()), "tittel": tittel, "beskrivelse": beskrivelse, "dato": dag}
    return render_to_string(f"planer/pdf/{mal}", felles | kontekst)


@dataclass(frozen=True)
class Sammendrag:
    """All tiltak of the chosen plans: counts, cost, late ones; tables by plan, status, goal and way."""

    antall: int
    ferdige: int
    forfalt: int
    uten_ansvarlig: int
    kostnad: str
    tabeller: list[Trykktabell]


def sammendrag(planer: Sequence[Plan], dag: date) -> Sammendrag:
    """Summary of the tiltak as they stand now. One query."""
    alle = list(Tiltak.objects.filter(plan__in=[p.pk for p in planer]))
    return Sammendrag(
        antall=len(alle),
        ferdige=sum(t.status == Tiltakstatus.GJENNOMFORT for t in alle),
        forfalt=sum(_forfalt(t, dag) for t in alle),
        uten_ansvarlig=sum(t.ansvarlig_id is None and t.status not in AVSLUTTET for t in alle),
        kostnad=tusen(int(sum(t.kostnad or 0 for t in alle))),
        tabeller=_tabeller(planer, alle, dag) if alle else [],
    )


def _forfalt(t: Tiltak, dag: date) -> bool:
    return t.status not in AVSLUTTET and t.frist is not None and t.frist < dag


def _tabeller(planer: Sequence[Plan], alle: list[Tiltak], dag: date) -> list[Trykktabell]:
    per_plan = []
    for plan in planer:
        mine = [t for t in alle if t.plan_id == plan.pk]
        tall = [len(mine), sum(t.status == Tiltakstatus.GJENNOMFORT for t in mine), sum(_forfalt(t, dag) for t in mine)]
        per_plan.append([plan.tittel, *map(str, tall), tusen(int(sum(t.kostnad or 0 for t in mine)))])
    kolonner = [_("Plan"), _("Tiltak"), _("Gjennomført"), _("Over fristen"), _("Kostnad i kroner")]
    tabell = enkel_tabell("tiltak-per-plan", _("Tiltak i hver plan"), kolonner, per_plan)
    return [
        tabell,
        _telling("tiltak-status", _("Etter status"), _("Status"), Tiltakstatus.choices, [t.status for t in alle]),
        _telling("tiltak-maal", _("Etter mål"), _("Mål"), Hovedmaal.choices, [t.hovedmaal for t in alle]),
        _telling("tiltak-vei", _("Etter vei"), _("Vei"), Vei.choices, [t.vei for t in alle]),
    ]


def _telling(ident: str, tittel: str, hode: str, valg: Sequence[tuple[Any, Any]], verdier: list[Any]) -> Trykktabell:
    antall = Counter(verdier)
    return enkel_tabell(ident, tittel, [hode, _("Tiltak")], [[str(navn), str(antall[v])] for v, navn in valg])


def vedtaket(plan: Plan) -> Vedtak | None:
    """The decision without its large fields, or None. One query."""
    return Vedtak.objects.filter(plan=plan).defer("innhold", "innhold_prikket", "pdf", "pdf_prikket").first()
