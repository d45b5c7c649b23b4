"""A plan's own extra sections: add, rename, move, delete."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lat
from django.views.decorators.http import require_http_methods, require_POST

from felles.skjema import Skjema
from organisasjon.enums import Handling
from organisasjon.sider import Bekreftelse, Skjemaside, bekreft_laast, lagre, utfoer, videre, vis_skjema
from organisasjon.tilgang import krever
from planer.kapitler import kapitler_for
from planer.models import Plan, Seksjon
from planer.queries import plan_for
from planer.rules import Planrett
from planer.services import seksjoner as tjeneste
from planer.views.seksjon import kapittelside, krev, seksjon_for, smuler


class OverskriftSkjema(Skjema):
    """The heading of an extra section."""

    overskrift = forms.CharField(
        label=_lat("Overskrift"), max_length=200, help_text=_lat("Kort, slik at den står godt i innholdslisten.")
    )


@krever(Handling.SE_PLANER)
@require_http_methods(["GET", "HEAD", "POST"])
def ny(request: HttpRequest, pk: int, nummer: int) -> HttpResponse:
    """Add a section to the chapter, and go straight to writing it."""
    plan, rett = plan_for(request, pk)
    _krev_styre(rett)
    if nummer not in {k.nummer for k in kapitler_for(plan.slag)}:
        raise Http404("Kapitlet finnes ikke")
    skjema = OverskriftSkjema(request.POST or None)
    laget: list[Seksjon] = []
    if skjema.is_valid() and lagre(skjema, lambda: laget.append(_opprett(request, plan, nummer, skjema))):
        return redirect("planer:skriv", laget[0].pk)
    tilbake = reverse("planer:kapittel", args=[plan.pk, nummer])
    ingress = _("Seksjonen legges sist i kapitlet. Du kan flytte den etterpå.")
    return vis_skjema(
        request, skjema, Skjemaside(_("Ny seksjon"), ingress, _("Legg til"), tilbake, smuler(plan, nummer))
    )


def _opprett(request: HttpRequest, plan: Plan, nummer: int, skjema: OverskriftSkjema) -> Seksjon:
    overskrift = skjema.cleaned_data["overskrift"]
    return tjeneste.opprett_egen(plan=plan, kapittel=nummer, overskrift=overskrift, av=request.user, naa=timezone.now())


def _krev_styre(rett: Planrett) -> None:
    krev(rett.redigere and rett.forvalte, _("Legge til og endre seksjoner i planen"))


@krever(Handling.SE_PLANER)
@require_http_methods(["GET", "HEAD", "POST"])
def navn(request: HttpRequest, pk: int) -> HttpResponse:
    """Rename."""
    seksjon, plan, rett = seksjon_for(request, pk)
    _krev_styre(rett)
    skjema = OverskriftSkjema(request.POST or None, initial={"overskrift": seksjon.overskrift})
    if skjema.is_valid() and lagre(skjema, lambda: _gi_navn(request, seksjon, skjema)):
        messages.success(request, _("Lagret."))
        return redirect(kapittelside(seksjon))
    ingress = _("Teksten endres ikke.")
    side = Skjemaside(
        _("Nytt navn på seksjonen"), ingress, _("Lagre"), kapittelside(seksjon), smuler(plan, seksjon.kapittel)
    )
    return vis_skjema(request, skjema, side)


def _gi_navn(request: HttpRequest, seksjon: Seksjon, skjema: OverskriftSkjema) -> Seksjon:
    overskrift = skjema.cleaned_data["overskrift"]
    return tjeneste.gi_navn(seksjon=seksjon, overskrift=overskrift, av=request.user, naa=timezone.now())


@krever(Handling.SE_PLANER)
@require_http_methods(["GET", "HEAD", "POST"])
def slett(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete, after a page that says what goes with it."""
    seksjon, plan, rett = seksjon_for(request, pk)
    _krev_styre(rett)
    linjer = (
        _("Teksten, historikken og kommentarene til seksjonen slettes."),
        _("Dette kan ikke angres. Andre seksjoner og tidligere vedtatte versjoner endres ikke."),
    )
    tittel = _("Slett seksjonen «%(navn)s»?") % {"navn": seksjon.overskrift}
    side = Bekreftelse(
        tittel, linjer, _("Slett seksjonen"), kapittelside(seksjon), smuler(plan, seksjon.kapittel), True
    )
    slettet = _("Seksjonen «%(navn)s» er slettet.") % {"navn": seksjon.overskrift}
    kapittel = reverse("planer:kapittel", args=[plan.pk, seksjon.kapittel])
    return bekreft_laast(
        request,
        side,
        objekt=seksjon,
        felter=tjeneste.FELTER_SLETT,
        skriv=lambda laas: tjeneste.slett_egen(seksjon=seksjon, forventet=laas, naa=timezone.now()),
        svar=lambda _gjort: videre(request, slettet, kapittel),
    )


@krever(Handling.SE_PLANER)
@require_POST
def flytt(request: HttpRequest, pk: int) -> HttpResponse:
    """One place up or down."""
    seksjon, _plan, rett = seksjon_for(request, pk)
    _krev_styre(rett)
    opp = request.POST.get("retning") == "opp"
    tekst = _("Seksjonen er flyttet.")
    naa = timezone.now()
    return utfoer(request, lambda: tjeneste.flytt_egen(seksjon=seksjon, opp=opp, naa=naa), tekst, kapittelside(seksjon))
