"""What a chapter's page holds besides its text: one list of panels per kind of plan and chapter.

Modules that make panels import `Panel` from `planer.panel`, never from here.
"""

from django.http import HttpRequest
from django.template.loader import render_to_string

from analyse.visning.bevart import hent, legg
from planer.enums import Planslag
from planer.models import Plan
from planer.panel import Panel, Panelbygger
from planer.rules import Planrett
from planer.stempel import hvem_og_naar, tallstempel
from planer.visning import delplan, delplan_gap, delplan_grep, forankring, plan, ramme
from planer.visning.delplan_utkast import utkastpanel

__all__ = ["PANELER", "Panel", "Panelbygger", "paneler_for"]


def beholdt(bygg: Panelbygger) -> Panelbygger:
    """The same panel, drawn once for all with the same rights, until the scope or what its figures are worked out from
    is changed. Only for panels without forms, that show nothing of what is written in the plan.
    """

    def med_bevaring(request: HttpRequest, plan: Plan, rett: Planrett) -> Panel | None:
        _hvem, roller, dag, _time = hvem_og_naar(request)
        omfang = sorted(o.enhet_id for o in plan.omfang.all())
        hva = (bygg.__module__, bygg.__name__, plan.slag, plan.uttrekk_id, omfang)
        nokkel = (*hva, rett.uprikket, roller, dag, tallstempel(plan))
        html = hent(nokkel)
        if html is None:
            panel = bygg(request, plan, rett)
            html = legg(nokkel, render_to_string(panel.mal, {"panel": panel, "plan": plan}) if panel else "")
        return Panel("planer/plan/_bevart.html", {"html": html}) if html else None

    return med_bevaring


PANELER: dict[tuple[str, int], tuple[Panelbygger, ...]] = {
    (Planslag.TEMAPLAN, 1): (ramme.delpanel("roller", 1),),
    (Planslag.TEMAPLAN, 2): (forankring.panel,),
    (Planslag.TEMAPLAN, 3): (plan.maalpanel,),
    (Planslag.TEMAPLAN, 4): (ramme.delpanel("lenker", 4),),
    (Planslag.TEMAPLAN, 5): (ramme.delpanel("lenker", 5),),
    (Planslag.TEMAPLAN, 6): (plan.omraadepanel,),
    (Planslag.TEMAPLAN, 7): (ramme.delpanel("oppfolging", 7),),
    (Planslag.TEMAPLAN, 8): (plan.effektpanel(8),),
    (Planslag.DELPLAN, 1): (utkastpanel(1), beholdt(delplan.egne_tall), beholdt(delplan.demografi)),
    (Planslag.DELPLAN, 2): (utkastpanel(2), beholdt(delplan.stillinger)),
    (Planslag.DELPLAN, 3): (utkastpanel(3), beholdt(delplan.omfangets_tall), delplan_gap.gapanalyse),
    (Planslag.DELPLAN, 4): (delplan_grep.grep,),
    (Planslag.DELPLAN, 5): (
        utkastpanel(5),
        delplan.tiltaksstatus,
        ramme.delpanel("oppfolging", 5),
        plan.effektpanel(5),
    ),
}


def paneler_for(request: HttpRequest, plan: Plan, rett: Planrett, kapittel: int) -> list[Panel]:
    """The panels of one chapter, in their order. A template (mal) has a delplan's."""
    slag = Planslag.TEMAPLAN if plan.er_temaplan else Planslag.DELPLAN
    byggere = PANELER.get((slag, kapittel), ())
    return [panel for bygg in byggere if (panel := bygg(request, plan, rett))]
