"""Comments: each write answers with the section's comments when htmx asks, else goes back to where the person was."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from organisasjon.enums import Handling
from organisasjon.tilgang import krever
from planer.forms_flyt import AvsluttSkjema, KommentarSkjema
from planer.models import Kommentar, Plan, Seksjon
from planer.rules import Planrett
from planer.services import kommentarer as tjeneste
from planer.views.flyt import hent


def hent_kommentar(request: HttpRequest, pk: int) -> tuple[Kommentar, Plan, Planrett]:
    """The comment, if its plan exists for the person, who may comment on it."""
    kommentar = Kommentar.objects.select_related("seksjon", "svar_paa", "av").filter(pk=pk).first()
    if kommentar is None:
        raise Http404("Kommentaren finnes ikke")
    plan, rett = _kommentere(request, kommentar.plan_id)
    kommentar.plan = plan
    return kommentar, plan, rett


def _kommentere(request: HttpRequest, pk: int) -> tuple[Plan, Planrett]:
    plan, rett = hent(request, pk)
    if plan.er_aapen and not rett.kommentere:
        raise PermissionDenied(Handling.KOMMENTERE_PLAN.label)
    return plan, rett


@krever(Handling.SE_PLANER)
@require_POST
def ny(request: HttpRequest, pk: int) -> HttpResponse:
    """Comment on a section (?seksjon), or on the plan as a whole."""
    plan, rett = _kommentere(request, pk)
    seksjon = _seksjon(plan, request.POST.get("seksjon", ""))
    return _skriv(
        request, plan, rett, seksjon,
        lambda tekst, naa: tjeneste.skriv_kommentar(plan=plan, seksjon=seksjon, tekst=tekst, av=request.user, naa=naa),
    )  # fmt: skip


def _seksjon(plan: Plan, valg: str) -> Seksjon | None:
    if not valg:
        return None
    if not valg.isdecimal() or len(valg) > 15:
        raise Http404("Seksjonen finnes ikke")
    return get_object_or_404(Seksjon, plan=plan, pk=int(valg))


@krever(Handling.SE_PLANER)
@require_POST
def svar(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer a comment."""
    kommentar, plan, rett = hent_kommentar(request, pk)
    return _skriv(
        request, plan, rett, kommentar.seksjon,
        lambda tekst, naa: tjeneste.svar_paa_kommentar(kommentar=kommentar, tekst=tekst, av=request.user, naa=naa),
    )  # fmt: skip


@krever(Handling.SE_PLANER)
@require_POST
def rediger(request: HttpRequest, pk: int) -> HttpResponse:
    """Change an own comment."""
    kommentar, plan, rett = hent_kommentar(request, pk)
    return _skriv(
        request, plan, rett, kommentar.seksjon,
        lambda tekst, naa: tjeneste.rediger_kommentar(kommentar=kommentar, tekst=tekst, av=request.user, naa=naa),
    )  # fmt: skip


@krever(Handling.SE_PLANER)
@require_POST
def slett(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete an own comment."""
    kommentar, plan, rett = hent_kommentar(request, pk)
    seksjon = kommentar.seksjon
    return _utfoer(
        request, plan, rett, seksjon,
        lambda: tjeneste.slett_kommentar(kommentar=kommentar, av=request.user, naa=timezone.now()),
    )  # fmt: skip


@krever(Handling.SE_PLANER)
@require_POST
def avslutt(request: HttpRequest, pk: int) -> HttpResponse:
    """Resolve the thread, or keep it."""
    kommentar, plan, rett = hent_kommentar(request, pk)
    _krev_avslutte(request, kommentar, rett)
    skjema = AvsluttSkjema(request.POST)
    status = skjema.cleaned_data["status"] if skjema.is_valid() else ""
    return _utfoer(
        request, plan, rett, kommentar.seksjon,
        lambda: tjeneste.avslutt_kommentar(kommentar=kommentar, status=status, av=request.user, naa=timezone.now()),
    )  # fmt: skip


@krever(Handling.SE_PLANER)
@require_POST
def gjenaapne(request: HttpRequest, pk: int) -> HttpResponse:
    """Open the thread again."""
    kommentar, plan, rett = hent_kommentar(request, pk)
    _krev_avslutte(request, kommentar, rett)
    return _utfoer(
        request, plan, rett, kommentar.seksjon, lambda: tjeneste.gjenaapne_kommentar(kommentar=kommentar)
    )  # fmt: skip


def _krev_avslutte(request: HttpRequest, kommentar: Kommentar, rett: Planrett) -> None:
    foerste = kommentar.svar_paa or kommentar
    if not (rett.redigere or rett.forvalte or foerste.av_id == request.user.pk or not kommentar.plan.er_aapen):
        raise PermissionDenied(_("Avslutte andres kommentarer"))


def _skriv(
    request: HttpRequest, plan: Plan, rett: Planrett, seksjon: Seksjon | None, skriv: Callable[..., object]
) -> HttpResponse:
    skjema = KommentarSkjema(request.POST)
    if not skjema.is_valid():
        feil = " ".join(skjema.errors["tekst"])
        return _tilbake(request, plan, rett, seksjon, feil, request.POST.get("tekst", "")[:20_000])
    tekst = skjema.cleaned_data["tekst"]
    return _utfoer(request, plan, rett, seksjon, lambda: skriv(tekst, timezone.now()), tekst)


def _utfoer(
    request: HttpRequest,
    plan: Plan,
    rett: Planrett,
    seksjon: Seksjon | None,
    gjor: Callable[[], object],
    tekst: str = "",
) -> HttpResponse:
    try:
        gjor()
    except ValidationError as feil:
        return _tilbake(request, plan, rett, seksjon, " ".join(feil.messages), tekst)
    return _tilbake(request, plan, rett, seksjon)


def _tilbake(
    request: HttpRequest, plan: Plan, rett: Planrett, seksjon: Seksjon | None, feil: str = "", tekst: str = ""
) -> HttpResponse:
    """The comments of the section for htmx, with what was typed kept when it could not be saved; else the page."""
    if request.htmx:
        kontekst = {"plan": plan, "rett": rett, "seksjon": seksjon, "feil": feil, "skrevet": tekst, "utvidet": True}
        return render(request, "planer/flyt/_kommentarer.html", kontekst)
    if feil:
        messages.error(request, feil)
    neste = request.POST.get("neste", "")
    trygg = url_has_allowed_host_and_scheme(neste, {request.get_host()}, require_https=request.is_secure())
    return redirect(neste if trygg else reverse("planer:samarbeid", args=[plan.pk]))
