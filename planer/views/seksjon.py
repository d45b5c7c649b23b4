"""What the pages of a section have in common: finding it, its place, its breadcrumbs."""

from django.core.exceptions import PermissionDenied
from django.db.models import F
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from planer.kapitler import kapitler_for
from planer.models import Plan, Plandeltaker, Planomfang, Seksjon
from planer.queries import plan_for
from planer.rules import Planrett, rett_til

Smuler = tuple[tuple[str, str], ...]


def seksjon_for(request: HttpRequest, pk: int) -> tuple[Seksjon, Plan, Planrett]:
    """The section, its plan, and what the person may do. Raises Http404 when the plan does not exist for them."""
    seksjon = Seksjon.objects.select_related("endret_av", "omraade").filter(pk=pk).first()
    if seksjon is None:
        raise Http404("Seksjonen finnes ikke")
    plan, rett = plan_for(request, seksjon.plan_id)
    seksjon.plan = plan
    return seksjon, plan, rett


def skriver_i(request: HttpRequest, pk: int) -> tuple[Seksjon, bool]:
    """The section with its plan's id only, and whether the person may write in it: the short way for what is asked
    every few seconds. Whoever may write in a plan also sees it; `seksjon_for` decides what the others are told.
    """
    seksjon = Seksjon.objects.filter(pk=pk).annotate(slag=F("plan__slag"), status=F("plan__status"))
    rad = seksjon.only("pk", "plan_id", "lopenummer").first()
    if rad is None:
        raise Http404("Seksjonen finnes ikke")
    omfang = Planomfang.objects.filter(plan=rad.plan_id).order_by().values_list("enhet_id", flat=True)
    roller = Plandeltaker.objects.filter(plan=rad.plan_id, bruker=request.user.pk).order_by()
    rett = rett_til(
        slag=rad.slag,
        status=rad.status,
        omfang=list(omfang),
        roller=list(roller.values_list("rolle", flat=True)),
        tilgang=request.tilgang,
    )
    if not rett.redigere:
        _seksjon, plan, full = seksjon_for(request, pk)
        krev(full.redigere or (full.arbeid and not plan.er_aapen), _("Skrive i planen"))
    return rad, rett.redigere


def krev(ok: bool, hva: str) -> None:
    """Raise PermissionDenied naming what was tried."""
    if not ok:
        raise PermissionDenied(hva)


def kapittelside(seksjon: Seksjon) -> str:
    """The address of the section in its chapter."""
    return reverse("planer:kapittel", args=[seksjon.plan_id, seksjon.kapittel]) + f"#seksjon-{seksjon.nokkel}"


def smuler(plan: Plan, kapittel: int | None = None) -> Smuler:
    """Plans › the plan › the chapter."""
    ut = [(_("Planer"), reverse("planer:liste")), (plan.tittel, reverse("planer:plan", args=[plan.pk]))]
    navn = next((str(k) for k in kapitler_for(plan.slag) if k.nummer == kapittel), "")
    if navn:
        ut.append((navn, reverse("planer:kapittel", args=[plan.pk, kapittel])))
    return tuple(ut)
