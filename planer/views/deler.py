"""The structured parts of the chapters: add, change, remove, move. One set of pages for all kinds in the registry."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from felles.filsvar import som_fil
from organisasjon.enums import Handling
from organisasjon.sider import Bekreftelse, Skjemaside, bekreft_laast, lagre, videre, vis_skjema
from organisasjon.tilgang import krever
from planer.deler import DELER, FORANKRING, MAAL, Del
from planer.forms_deler import SKJEMAER, Delskjema
from planer.kapitler import kapitler_for
from planer.models import Forankring, Maal, Plan, Planlenke
from planer.queries import plan_for
from planer.services import deler as tjenester


@krever(Handling.SE_PLANER)
@require_http_methods(["GET", "POST"])
def ny(request: HttpRequest, pk: int, nummer: int, slug: str) -> HttpResponse:
    """Add a part."""
    plan, del_ = _hent(request, pk, nummer, slug)
    return _rediger(request, plan, del_, nummer, _nytt_objekt(request, plan, del_, nummer))


@krever(Handling.SE_PLANER)
@require_http_methods(["GET", "POST"])
def endre(request: HttpRequest, pk: int, nummer: int, slug: str, del_pk: int) -> HttpResponse:
    """Change a part."""
    plan, del_ = _hent(request, pk, nummer, slug)
    return _rediger(request, plan, del_, nummer, _objekt(del_, plan, nummer, del_pk))


@krever(Handling.SE_PLANER)
@require_http_methods(["GET", "POST"])
def slett(request: HttpRequest, pk: int, nummer: int, slug: str, del_pk: int) -> HttpResponse:
    """Remove a part, when confirmed."""
    plan, del_ = _hent(request, pk, nummer, slug)
    objekt = _objekt(del_, plan, nummer, del_pk)
    hjem = _hjem(plan, nummer, del_)
    konsekvenser = [_("Linjen fjernes fra planen.")]
    if isinstance(objekt, Forankring) and objekt.vedlegg_navn:
        konsekvenser.append(_("Vedlegget «%(navn)s» slettes.") % {"navn": objekt.vedlegg_navn})
    tittel = _("Fjern «%(navn)s»?") % {"navn": objekt}
    fjernet = _("«%(navn)s» er fjernet.") % {"navn": objekt}
    return bekreft_laast(
        request,
        Bekreftelse(tittel, tuple(konsekvenser), _("Fjern"), hjem, smuler(plan, nummer), farlig=True),
        objekt=objekt,
        felter=del_.felter,
        skriv=lambda laas: tjenester.slett_del(
            objekt=objekt, felter=del_.felter, forventet=laas, av=request.user, naa=timezone.now()
        ),
        svar=lambda _gjort: videre(request, fjernet, hjem),
    )


@krever(Handling.SE_PLANER)
@require_POST
def flytt(request: HttpRequest, pk: int, nummer: int, slug: str, del_pk: int) -> HttpResponse:
    """Move a part one place up or down."""
    plan, del_ = _hent(request, pk, nummer, slug)
    objekt = _objekt(del_, plan, nummer, del_pk)
    if del_ is FORANKRING:
        raise Http404
    try:
        tjenester.flytt_del(objekt=objekt, opp="opp" in request.POST, av=request.user, naa=timezone.now())
    except ValidationError as feil:
        messages.error(request, " ".join(feil.messages))
    return redirect(_hjem(plan, nummer, del_))


@krever(Handling.SE_PLANER)
@require_GET
def vedlegg(request: HttpRequest, pk: int, del_pk: int) -> HttpResponse:
    """The attachment of a forankring, always as a download."""
    plan, rett = plan_for(request, pk)
    if not rett.arbeid:
        raise PermissionDenied
    forankring = plan.forankringer.filter(pk=del_pk).exclude(vedlegg_navn="").first()
    if forankring is None or forankring.vedlegg is None:
        raise Http404("Vedlegget finnes ikke")
    return som_fil(bytes(forankring.vedlegg), forankring.vedlegg_navn, innholdstype=forankring.vedlegg_type)


def smuler(plan: Plan, nummer: int) -> tuple[tuple[str, str], ...]:
    """The way to a chapter."""
    return (
        (_("Planer"), reverse("planer:liste")),
        (plan.tittel, reverse("planer:plan", args=[plan.pk])),
        (str(kapitler_for(plan.slag)[nummer - 1]), reverse("planer:kapittel", args=[plan.pk, nummer])),
    )


def _hent(request: HttpRequest, pk: int, nummer: int, slug: str) -> tuple[Plan, Del]:
    plan, rett = plan_for(request, pk)
    del_ = DELER.get(slug)
    if del_ is None or not del_.i(plan, nummer):
        raise Http404
    if not rett.redigere:
        raise PermissionDenied
    return plan, del_


def _objekt(del_: Del, plan: Plan, nummer: int, pk: int) -> models.Model:
    objekt = del_.rader(plan, nummer).select_related("plan").filter(pk=pk).first()
    if objekt is None:
        raise Http404
    return objekt


def _nytt_objekt(request: HttpRequest, plan: Plan, del_: Del, nummer: int) -> models.Model:
    """A new part; a sub-goal knows the goal it lies beneath (`?under=`), a link its chapter."""
    objekt = del_.modell(plan=plan)
    if isinstance(objekt, Planlenke):
        objekt.kapittel = nummer
    if del_ is MAAL:
        under = request.GET.get("under", "")
        hoved = plan.maal.filter(overordnet__isnull=True)
        hoved = hoved.filter(pk=int(under)).first() if under.isdecimal() and len(under) < 15 else None
        if hoved is None:
            raise Http404
        objekt.overordnet, objekt.hovedmaal = hoved, hoved.hovedmaal
    return objekt


def _rediger(request: HttpRequest, plan: Plan, del_: Del, nummer: int, objekt: models.Model) -> HttpResponse:
    skjema = SKJEMAER[del_.slug](
        request.POST or None, request.FILES or None, del_=del_, objekt=objekt, plan=plan, kapittel=nummer
    )
    if request.method == "POST" and skjema.is_valid() and lagre(skjema, lambda: _skriv(request, plan, objekt, skjema)):
        messages.success(request, _("Lagret."))
        return redirect(_hjem(plan, nummer, del_))
    return vis_skjema(request, skjema, _side(plan, del_, nummer, objekt))


def _skriv(request: HttpRequest, plan: Plan, objekt: models.Model, skjema: Delskjema) -> None:
    verdier = skjema.verdier()
    if isinstance(objekt, Forankring):
        verdier |= _vedleggsfelt(skjema)
    tjenester.lagre_del(
        plan=plan,
        objekt=objekt,
        verdier=verdier,
        felter=skjema.laas_felter,
        forventet=skjema.forventet if objekt.pk else None,
        av=request.user,
        naa=timezone.now(),
    )


def _vedleggsfelt(skjema: Delskjema) -> dict:
    """What a new attachment, or taking off the old one, sets."""
    fil = skjema.cleaned_data.get("vedlegg")
    if fil is None and not skjema.cleaned_data.get("fjern_vedlegg"):
        return {}
    if fil is not None and fil.size > tjenester.MAKS_VEDLEGG:
        raise ValidationError({"vedlegg": _("Filen er større enn 10 MB. Last opp en mindre fil.")})
    prove = Forankring()
    try:
        tjenester.sett_vedlegg(prove, fil.name if fil else "", fil.read() if fil else None)
    except ValidationError as feil:
        raise ValidationError({"vedlegg": feil.messages}) from feil
    return {felt: getattr(prove, felt) for felt in ("vedlegg", "vedlegg_navn", "vedlegg_type")}


def _side(plan: Plan, del_: Del, nummer: int, objekt: models.Model) -> Skjemaside:
    entall = _("mål") if isinstance(objekt, Maal) and objekt.overordnet_id is None else del_.entall
    tittel = _("Endre %(hva)s") if objekt.pk else _("Legg til %(hva)s")
    ingress = str(del_.under)
    if isinstance(objekt, Maal) and objekt.overordnet_id:
        ingress = _("Hører til målet «%(maal)s».") % {"maal": objekt.overordnet}
    return Skjemaside(tittel % {"hva": entall}, ingress, _("Lagre"), _hjem(plan, nummer, del_), smuler(plan, nummer))


def _hjem(plan: Plan, nummer: int, del_: Del) -> str:
    return reverse("planer:kapittel", args=[plan.pk, nummer]) + f"#del-{del_.slug}"
