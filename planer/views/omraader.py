"""Innsatsområder of the temaplan: add, change, move, remove."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from organisasjon.enums import Handling
from organisasjon.sider import Bekreftelse, Skjemaside, bekreft_laast, lagre, videre, vis_skjema
from organisasjon.tilgang import krever
from planer.forms_deler import OmraadeSkjema
from planer.models import Innsatsomraade, Plan
from planer.queries import plan_for
from planer.services import omraader as tjenester
from planer.views.deler import smuler

KAPITTEL = 6


@krever(Handling.SE_PLANER)
@require_http_methods(["GET", "POST"])
def ny(request: HttpRequest, pk: int) -> HttpResponse:
    """Add an innsatsområde, last in the list."""
    return _rediger(request, _plan(request, pk), None)


@krever(Handling.SE_PLANER)
@require_http_methods(["GET", "POST"])
def endre(request: HttpRequest, pk: int, omraade_pk: int) -> HttpResponse:
    """Change name and kind."""
    plan = _plan(request, pk)
    return _rediger(request, plan, _omraade(plan, omraade_pk))


@krever(Handling.SE_PLANER)
@require_POST
def flytt(request: HttpRequest, pk: int, omraade_pk: int) -> HttpResponse:
    """Move one place up or down; the numbers follow."""
    plan = _plan(request, pk)
    omraade = _omraade(plan, omraade_pk)
    try:
        tjenester.flytt_omraade(omraade=omraade, opp="opp" in request.POST, av=request.user, naa=timezone.now())
    except ValidationError as feil:
        messages.error(request, " ".join(feil.messages))
    return redirect(_hjem(plan, omraade))


@krever(Handling.SE_PLANER)
@require_http_methods(["GET", "POST"])
def slett(request: HttpRequest, pk: int, omraade_pk: int) -> HttpResponse:
    """Remove an innsatsområde that no delplan builds on."""
    plan = _plan(request, pk)
    omraade = _omraade(plan, omraade_pk)
    if bruk := tjenester.brukt_av(omraade):
        melding = _("«%(omraade)s» er i bruk i %(planer)s, og kan ikke fjernes.")
        messages.error(request, melding % {"omraade": omraade, "planer": ", ".join(bruk)})
        return redirect(_hjem(plan, omraade))
    konsekvenser = (
        _("Tekstene om hva, derfor og slik blir borte."),
        _("Innsatsområdene etter dette får nye numre."),
        _("Dette kan ikke angres."),
    )
    tittel = _("Fjern «%(navn)s»?") % {"navn": omraade}
    fjernet = _("«%(navn)s» er fjernet.") % {"navn": omraade}
    return bekreft_laast(
        request,
        Bekreftelse(tittel, konsekvenser, _("Fjern innsatsområdet"), _hjem(plan), smuler(plan, KAPITTEL), True),
        objekt=omraade,
        felter=tjenester.FELTER_OMRAADE,
        skriv=lambda laas: tjenester.slett_omraade(
            omraade=omraade, forventet=laas, av=request.user, naa=timezone.now()
        ),
        svar=lambda _gjort: videre(request, fjernet, _hjem(plan)),
    )


def _plan(request: HttpRequest, pk: int) -> Plan:
    plan, rett = plan_for(request, pk)
    if not plan.er_temaplan:
        raise Http404
    if not rett.redigere:
        raise PermissionDenied
    return plan


def _omraade(plan: Plan, pk: int) -> Innsatsomraade:
    omraade = plan.omraader.select_related("plan").filter(pk=pk).first()
    if omraade is None:
        raise Http404
    return omraade


def _hjem(plan: Plan, omraade: Innsatsomraade | None = None) -> str:
    anker = f"omraade-{omraade.nokkel}" if omraade else "omraader"
    return reverse("planer:kapittel", args=[plan.pk, KAPITTEL]) + f"#{anker}"


def _rediger(request: HttpRequest, plan: Plan, omraade: Innsatsomraade | None) -> HttpResponse:
    skjema = OmraadeSkjema(request.POST or None, omraade=omraade)
    lagret: list[Innsatsomraade] = []
    if (
        request.method == "POST"
        and skjema.is_valid()
        and lagre(
            skjema,
            lambda: lagret.append(
                tjenester.lagre_omraade(
                    omraade=omraade,
                    plan=plan,
                    tittel=skjema.cleaned_data["tittel"],
                    grep=skjema.cleaned_data["grep"],
                    forventet=skjema.forventet if omraade else None,
                    av=request.user,
                    naa=timezone.now(),
                )
            ),
        )
    ):
        messages.success(request, _("«%(navn)s» er lagret.") % {"navn": lagret[0].tittel})
        return redirect(_hjem(plan, lagret[0]))
    side = Skjemaside(
        _("Endre innsatsområdet") if omraade else _("Nytt innsatsområde"),
        _("Delplaner som ikke er vedtatt, får med endringen med en gang."),
        _("Lagre"),
        _hjem(plan, omraade),
        smuler(plan, KAPITTEL),
    )
    return vis_skjema(request, skjema, side)
