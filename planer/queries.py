"""Reads that span models of the plans."""

from django.db.models import Prefetch, prefetch_related_objects
from django.http import Http404, HttpRequest

from organisasjon.queries import kommune
from organisasjon.rules import Tilgang
from planer.models import Drofting, Droftingssyn, Horing, Horingssvar, Plan, Plandeltaker, Planomfang
from planer.rules import Planrett, rett_til


def plan_for(request: HttpRequest, pk: int) -> tuple[Plan, Planrett]:
    """The plan, if it exists for this person, and what they may do with it. Raises Http404. Three queries."""
    synlige = Plan.objects.synlig_for(request.tilgang, request.user.pk).select_related("temaplan", "uttrekk")
    plan = synlige.prefetch_related(*ramme()).filter(pk=pk).first()
    if plan is None:
        raise Http404("Planen finnes ikke")
    return plan, planrett(plan, request.tilgang, request.user.pk)


def ramme() -> tuple[Prefetch, Prefetch]:
    """The scope with its units, and the people by name, to be fetched with plans."""
    return (
        Prefetch("omfang", Planomfang.objects.select_related("enhet")),
        Prefetch("deltakere", Plandeltaker.objects.select_related("bruker")),
    )


def med_samarbeid(plan: Plan) -> Plan:
    """The plan with its drøftinger and hearings fetched, if they are not already. Four queries."""
    syn = Prefetch("syn", Droftingssyn.objects.select_related("bruker"))
    svar = Prefetch("svar", Horingssvar.objects.defer("tekst"))
    droftinger = Prefetch("droftinger", Drofting.objects.prefetch_related(syn))
    prefetch_related_objects([plan], droftinger, Prefetch("horinger", Horing.objects.prefetch_related(svar)))
    return plan


def planrett(plan: Plan, tilgang: Tilgang, bruker_id: int | None) -> Planrett:
    """What the person may do with the plan. Reads omfang and deltakere, prefetched or not."""
    return rett_til(
        slag=plan.slag,
        status=plan.status,
        omfang=omfang_ider(plan, tilgang.kommune_id),
        roller=[d.rolle for d in plan.deltakere.all() if d.bruker_id == bruker_id],
        tilgang=tilgang,
    )


def omfang_ider(plan: Plan, kommune_id: int | None = None) -> list[int]:
    """Ids of the plan's units; the municipality for a temaplan."""
    ider = [o.enhet_id for o in plan.omfang.all()]
    if ider or not plan.er_temaplan:
        return ider
    if kommune_id is None:
        rot = kommune()
        kommune_id = rot.pk if rot else None
    return [kommune_id] if kommune_id else []
