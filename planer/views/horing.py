"""Hearing: opening it, answering, recording letters, assessing answers, the list as a file."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from analyse.rapporter.resultat import Kolonne, Tabell
from felles.eksport import som_xlsx
from felles.filsvar import som_fil
from felles.tall import dato_kort
from organisasjon.enums import Handling
from organisasjon.sider import Skjemaside, lagre, vis_skjema
from organisasjon.tilgang import krever
from planer.forms_flyt import FristSkjema, HoringSkjema, SvarSkjema, VurderingSkjema
from planer.models import Horing, Horingssvar, Plan
from planer.rules import Planrett
from planer.services import horing as tjeneste
from planer.views.flyt import hent, kan_styre_horing, smuler
from planer.visning.samarbeid import horingsrad


def hent_horing(request: HttpRequest, pk: int) -> tuple[Horing, Plan, Planrett]:
    """The hearing, if its plan exists for the person."""
    horing = Horing.objects.prefetch_related("svar__av").filter(pk=pk).first()
    if horing is None:
        raise Http404("Høringen finnes ikke")
    plan, rett = hent(request, horing.plan_id)
    horing.plan = plan
    return horing, plan, rett


def _samarbeid(plan: Plan) -> tuple[str, str]:
    return (_("Samarbeid"), reverse("planer:samarbeid", args=[plan.pk]))


def _krev(request: HttpRequest, plan: Plan) -> None:
    if not kan_styre_horing(request, plan):
        raise PermissionDenied(_("Styre høringen"))


@krever(Handling.SE_PLANER)
@require_http_methods(["GET", "HEAD", "POST"])
def ny(request: HttpRequest, pk: int) -> HttpResponse:
    """Prepare a hearing; it opens when the plan is sent."""
    plan, _rett = hent(request, pk)
    _krev(request, plan)
    skjema = HoringSkjema(request.POST or None)
    hjem = reverse("planer:samarbeid", args=[plan.pk])
    if request.method == "POST" and skjema.is_valid():
        data = skjema.cleaned_data
        if lagre(skjema, lambda: tjeneste.opprett_horing(plan=plan, av=request.user, naa=timezone.now(), **data)):
            messages.success(request, _("Høringen er opprettet."))
            return redirect(hjem)
    ingress = _("Sett fristen og si hva dere spør om.")
    return vis_skjema(request, skjema, Skjemaside(_("Ny høring"), ingress, _("Opprett"), hjem, smuler(plan)))


@krever(Handling.SE_PLANER)
@require_http_methods(["GET", "HEAD", "POST"])
def horing(request: HttpRequest, pk: int) -> HttpResponse:
    """The hearing with its answers; POST gives or changes the reader's own."""
    rad, plan, rett = hent_horing(request, pk)
    visning = horingsrad(rad, timezone.localdate())
    mitt = next((s for s in rad.svar.all() if s.av_id == request.user.pk and not s.fra_brev), None)
    kan_svare = rett.kommentere and visning.aapen
    skjema = SvarSkjema(request.POST or None, svar=mitt, forslag=_avsender(request)) if kan_svare else None
    if request.method == "POST":
        if not rett.kommentere:
            raise PermissionDenied(Handling.KOMMENTERE_PLAN.label)
        if skjema is None:
            messages.error(request, _("Høringsfristen er ute. Be HR registrere svaret."))
            return redirect("planer:horing", rad.pk)
        if skjema.is_valid() and lagre(skjema, lambda: _svar(request, rad, skjema)):
            messages.success(request, _("Svaret er sendt. Du kan endre det til fristen er ute."))
            return redirect("planer:horing", rad.pk)
    kontekst = {
        "plan": plan,
        "rett": rett,
        "rad": visning,
        "horing": rad,
        "mitt": mitt,
        "skjema": skjema,
        "kan_styre": kan_styre_horing(request, plan),
        "smuler": smuler(plan, _samarbeid(plan)),
    }
    return render(request, "planer/flyt/horing.html", kontekst, status=422 if skjema and skjema.is_bound else 200)


def _svar(request: HttpRequest, rad: Horing, skjema: SvarSkjema) -> None:
    tjeneste.svar_paa_horing(horing=rad, av=request.user, naa=timezone.now(), **skjema.cleaned_data)


def _avsender(request: HttpRequest) -> str:
    return str(request.user)


@krever(Handling.SE_PLANER)
@require_http_methods(["GET", "HEAD", "POST"])
def frist(request: HttpRequest, pk: int) -> HttpResponse:
    """Move the deadline."""
    rad, plan, _rett = hent_horing(request, pk)
    _krev(request, plan)
    hjem = reverse("planer:horing", args=[rad.pk])
    skjema = FristSkjema(request.POST or None, initial={"frist": rad.frist})
    if request.method == "POST" and skjema.is_valid():
        ny_frist = skjema.cleaned_data["frist"]
        if lagre(skjema, lambda: tjeneste.flytt_frist(horing=rad, frist=ny_frist, naa=timezone.now())):
            messages.success(request, _("Fristen er nå %(dato)s.") % {"dato": dato_kort(ny_frist)})
            return redirect(hjem)
    ingress = _("Fristen er nå %(dato)s.") % {"dato": dato_kort(rad.frist)}
    side = Skjemaside(_("Flytt høringsfristen"), ingress, _("Lagre fristen"), hjem, smuler(plan, _samarbeid(plan)))
    return vis_skjema(request, skjema, side)


@krever(Handling.SE_PLANER)
@require_http_methods(["GET", "HEAD", "POST"])
def brev(request: HttpRequest, pk: int) -> HttpResponse:
    """Record an answer that came by letter."""
    rad, plan, _rett = hent_horing(request, pk)
    _krev(request, plan)
    hjem = reverse("planer:horing", args=[rad.pk])
    skjema = SvarSkjema(request.POST or None)
    if request.method == "POST" and skjema.is_valid():
        data = skjema.cleaned_data
        if lagre(skjema, lambda: tjeneste.registrer_brev(horing=rad, av=request.user, naa=timezone.now(), **data)):
            messages.success(request, _("Svaret fra %(hvem)s er registrert.") % {"hvem": data["avsender"]})
            return redirect(hjem)
    ingress = _("For svar som kom i brev eller e-post, også etter fristen.")
    side = Skjemaside(_("Registrer høringssvar"), ingress, _("Registrer"), hjem, smuler(plan, _samarbeid(plan)))
    return vis_skjema(request, skjema, side)


@krever(Handling.SE_PLANER)
@require_http_methods(["GET", "HEAD", "POST"])
def vurder(request: HttpRequest, pk: int) -> HttpResponse:
    """Say how an answer was assessed."""
    svar = Horingssvar.objects.filter(pk=pk).first()
    if svar is None:
        raise Http404("Svaret finnes ikke")
    rad, plan, _rett = hent_horing(request, svar.horing_id)
    _krev(request, plan)
    svar.horing = rad
    hjem = reverse("planer:horing", args=[rad.pk]) + f"#svar-{svar.pk}"
    skjema = VurderingSkjema(request.POST or None, initial={"vurdering": svar.vurdering})
    if request.method == "POST" and skjema.is_valid():
        ord_ = skjema.cleaned_data["vurdering"]
        if lagre(skjema, lambda: tjeneste.vurder_svar(svar=svar, vurdering=ord_, av=request.user, naa=timezone.now())):
            messages.success(request, _("Vurderingen er lagret."))
            return redirect(hjem)
    skjema.lagre_tekst, skjema.avbryt_adresse = _("Lagre vurderingen"), hjem
    kontekst = {"plan": plan, "svar": svar, "skjema": skjema, "smuler": smuler(plan, _samarbeid(plan))}
    return render(request, "planer/flyt/vurder.html", kontekst, status=422 if skjema.is_bound else 200)


@krever(Handling.SE_PLANER)
@require_safe
def fil(request: HttpRequest, pk: int) -> HttpResponse:
    """The answers and assessments as xlsx."""
    rad, plan, _rett = hent_horing(request, pk)
    kolonner = (
        Kolonne("avsender", _("Hvem svarer"), "tekst"),
        Kolonne("tid", _("Mottatt"), "dato"),
        Kolonne("brev", _("Kom som brev"), "tekst"),
        Kolonne("tekst", _("Høringssvar"), "tekst"),
        Kolonne("vurdering", _("Slik er svaret vurdert"), "tekst"),
    )
    rader = [
        {
            "avsender": s.avsender,
            "tid": timezone.localdate(s.tid),
            "brev": _("Ja") if s.fra_brev else _("Nei"),
            "tekst": s.tekst,
            "vurdering": s.vurdering,
        }
        for s in rad.svar.all()
    ]
    om = [(_("Plan"), plan.tittel), (_("Høringsfrist"), rad.frist), (_("Spurt om"), rad.invitasjon)]
    innhold = som_xlsx([Tabell("svar", _("Høringssvar"), kolonner, rader)], om)
    return som_fil(innhold, f"horingssvar-{rad.pk}.xlsx")
