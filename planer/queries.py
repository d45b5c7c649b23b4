"""Reads that span models of the plans."""

from django.http import Http404, HttpRequest

from organisasjon.queries import kommune
from organisasjon.rules import Tilgang
from planer.models import Plan
from planer.rules import Planrett, rett_til


def plan_for(request: HttpRequest, pk: int) -> tuple[Plan, Planrett]:
    """The plan, if it exists for this person, and what they may do with it. Raises Http404. Four queries."""
    synlige = Plan.objects.synlig_for(request.tilgang, request.user.pk).select_related("temaplan", "uttrekk")
    plan = synlige.prefetch_related("omfang__enhet", "deltakere__bruker").filter(pk=pk).first()
    if plan is None:
        raise Http404("Planen finnes ikke")
    return plan, planrett(plan, request.tilgang, request.user.pk)


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
