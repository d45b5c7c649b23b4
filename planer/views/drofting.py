"""Drøfting: calling it, its page, the representative's own view, closing it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from organisasjon.enums import Handling
from organisasjon.sider import Skjemaside, lagre, utfoer, vis_skjema
from organisasjon.tilgang import krever
from planer.flytparter import representanter_for
from planer.forms_flyt import DroftingSkjema, InviterSkjema, SynSkjema
from planer.models import Drofting, Plan
from planer.rules import Planrett
from planer.services import drofting as tjeneste
from planer.views.flyt import hent, kan_kalle_inn, smuler
from planer.visning.samarbeid import droftingsrad


def hent_drofting(request: HttpRequest, pk: int) -> tuple[Drofting, Plan, Planrett]:
    """The drøfting, if its plan exists for the person."""
    drofting = Drofting.objects.prefetch_related("syn__bruker").filter(pk=pk).first()
    if drofting is None:
        raise Http404("Drøftingen finnes ikke")
    plan, rett = hent(request, drofting.plan_id)
    drofting.plan = plan
    return drofting, plan, rett


def _samarbeid(plan: Plan) -> tuple[str, str]:
    return (_("Samarbeid"), reverse("planer:samarbeid", args=[plan.pk]))


@krever(Handling.SE_PLANER)
@require_http_methods(["GET", "HEAD", "POST"])
def ny(request: HttpRequest, pk: int) -> HttpResponse:
    """Call a drøfting."""
    plan, _rett = hent(request, pk)
    _krev(request, plan)
    dag, folk = timezone.localdate(), representanter_for(plan, timezone.localdate())
    tema = _("Drøfting av %(plan)s") % {"plan": plan.tittel}
    skjema = DroftingSkjema(request.POST or None, representanter=folk, dag=dag, tema=tema[:300])
    if request.method == "POST" and skjema.is_valid():
        data = skjema.cleaned_data
        if lagre(skjema, lambda: tjeneste.opprett_drofting(plan=plan, av=request.user, naa=timezone.now(), **data)):
            messages.success(request, _("Det er kalt inn til drøfting, og de som er kalt inn, har fått varsel."))
            return redirect("planer:samarbeid", plan.pk)
    ingress = _("De tillitsvalgte og verneombudene du krysser av, får varsel og fører selv sitt syn.")
    advarsel = (
        "" if folk else _("Ingen har rollen tillitsvalgt eller verneombud for området. Gi rollen til noen først.")
    )
    hjem = reverse("planer:samarbeid", args=[plan.pk])
    side = Skjemaside(
        _("Kall inn til drøfting"), ingress, _("Kall inn"), hjem, smuler(plan, _samarbeid(plan)), advarsel
    )
    return vis_skjema(request, skjema, side)


@krever(Handling.SE_PLANER)
@require_http_methods(["GET", "HEAD", "POST"])
def drofting(request: HttpRequest, pk: int) -> HttpResponse:
    """The drøfting with everybody's view; POST records the reader's own."""
    rad, plan, rett = hent_drofting(request, pk)
    visning = droftingsrad(rad, request.user, timezone.localdate())
    mitt, aapen = visning.mitt, plan.er_aapen and not rad.avsluttet
    skjema = SynSkjema(request.POST or None, mitt=mitt) if mitt and aapen else None
    if request.method == "POST":
        if skjema is None:
            raise PermissionDenied(_("Føre syn i drøftingen"))
        if skjema.is_valid() and lagre(skjema, lambda: _foer(request, rad, skjema)):
            messages.success(request, _("Synet ditt er ført."))
            return redirect("planer:drofting", rad.pk)
    kontekst = {
        "plan": plan,
        "rett": rett,
        "rad": visning,
        "drofting": rad,
        "syn": [(s, visning.frister.get(s.pk)) for s in rad.syn.all()],
        "skjema": skjema,
        "aapen": aapen,
        "kan_invitere": aapen and kan_kalle_inn(request, plan),
        "kan_avslutte": aapen and visning.holdt and kan_kalle_inn(request, plan),
        "kan_forankre": _kan_forankre(request, plan, rad),
        "smuler": smuler(plan, _samarbeid(plan)),
    }
    return render(request, "planer/flyt/drofting.html", kontekst, status=422 if skjema and skjema.is_bound else 200)


def _foer(request: HttpRequest, drofting: Drofting, skjema: SynSkjema) -> None:
    tjeneste.foer_syn(drofting=drofting, av=request.user, naa=timezone.now(), **skjema.cleaned_data)


def _kan_forankre(request: HttpRequest, plan: Plan, drofting: Drofting) -> bool:
    klar = plan.er_temaplan and drofting.avsluttet and kan_kalle_inn(request, plan)
    return bool(klar) and not tjeneste.er_forankret(drofting)


@krever(Handling.SE_PLANER)
@require_http_methods(["GET", "HEAD", "POST"])
def inviter(request: HttpRequest, pk: int) -> HttpResponse:
    """Call more representatives to a drøfting that is not closed."""
    rad, plan, _rett = hent_drofting(request, pk)
    _krev(request, plan)
    med = {s.bruker_id for s in rad.syn.all()}
    folk = [b for b, _navngitt in representanter_for(plan, timezone.localdate()) if b.pk not in med]
    skjema, hjem = InviterSkjema(request.POST or None, folk=folk), reverse("planer:drofting", args=[rad.pk])
    if request.method == "POST" and skjema.is_valid():
        nye = skjema.cleaned_data["inviterte"]
        if lagre(skjema, lambda: tjeneste.inviter(drofting=rad, inviterte=nye, av=request.user, naa=timezone.now())):
            messages.success(request, _("De du valgte, er kalt inn og har fått varsel."))
            return redirect(hjem)
    ingress = _("De får varsel og fører selv sitt syn.")
    advarsel = "" if folk else _("Alle med rollen tillitsvalgt eller verneombud for området er alt kalt inn.")
    stier = smuler(plan, _samarbeid(plan), (rad.tema, hjem))
    return vis_skjema(request, skjema, Skjemaside(_("Kall inn flere"), ingress, _("Kall inn"), hjem, stier, advarsel))


@krever(Handling.SE_PLANER)
@require_POST
def avslutt(request: HttpRequest, pk: int) -> HttpResponse:
    """Close the drøfting."""
    rad, plan, _rett = hent_drofting(request, pk)
    _krev(request, plan)
    return utfoer(
        request,
        lambda: tjeneste.avslutt_drofting(drofting=rad, av=request.user, naa=timezone.now()),
        _("Drøftingen er avsluttet. Synene står slik de er."),
        reverse("planer:drofting", args=[rad.pk]),
    )


@krever(Handling.SE_PLANER)
@require_POST
def forankre(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter the drøfting in the temaplan's register."""
    rad, plan, _rett = hent_drofting(request, pk)
    _krev(request, plan)
    return utfoer(
        request,
        lambda: tjeneste.lag_forankring(drofting=rad, av=request.user),
        _("Drøftingen står nå i forankringsregisteret."),
        reverse("planer:drofting", args=[rad.pk]),
    )


def _krev(request: HttpRequest, plan: Plan) -> None:
    if not kan_kalle_inn(request, plan):
        raise PermissionDenied(_("Kalle inn til drøfting"))
