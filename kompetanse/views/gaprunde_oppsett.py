"""Preparing a round: what it is, who is in it, HR's own questions, and what happens when it opens."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from kompetanse import gaprundevalg
from kompetanse.enums import Rundestatus
from kompetanse.forms.gaprunde import RundeSkjema, SporsmaalSkjema
from kompetanse.models import Gaprunde, Gapsporsmaal
from kompetanse.services import gaprunde as tjenester
from kompetanse.services import gaprunde_enheter as omfang
from kompetanse.views.gaprunde import smuler
from organisasjon.enums import Handling
from organisasjon.sider import Bekreftelse, Skjemaside, bekreft, lagre, rediger, utfoer
from organisasjon.tilgang import krever

MEST_NEVNT = 5


@krever(Handling.FORVALTE_GAP)
@require_http_methods(["GET", "HEAD", "POST"])
def ny_gaprunde(request: HttpRequest) -> HttpResponse:
    """Make a round; the next step is who is in it."""
    skjema = RundeSkjema(request.POST or None, runde=None, dag=timezone.localdate())
    side = Skjemaside(
        tittel=_("Ny runde med gapanalyser"),
        ingress=_(
            "Ingenting sendes ennå. Etterpå velger du enheter, legger til egne spørsmål og ser hva som vil skje."
        ),
        knapp=_("Fortsett til enhetene"),
        tilbake=reverse("kompetanse:gaprunder"),
        brodsmuler=smuler(),
    )

    def neste(runde: Gaprunde) -> str:
        return reverse("kompetanse:gaprunde_enheter", args=[runde.pk])

    return rediger(request, skjema, side, lambda: _lagre(request, None, skjema), til=neste)


@krever(Handling.FORVALTE_GAP)
@require_http_methods(["GET", "HEAD", "POST"])
def endre_gaprunde(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the round's name, message and, before it opens, the rest."""
    runde = hent(pk)
    skjema = RundeSkjema(request.POST or None, runde=runde, dag=timezone.localdate())
    ingress = (
        _("År og uttrekk kan ikke endres når lederne har begynt. Fristen setter du på siden for runden.")
        if runde.status != Rundestatus.UTKAST
        else _("Runden er ikke åpnet, så alt kan endres.")
    )
    side = Skjemaside(_("Endre runden"), ingress, _("Lagre"), _hjem(runde), smuler_til(runde))
    return rediger(request, skjema, side, lambda: _lagre(request, runde, skjema), melding=_("Lagret."))


def _lagre(request: HttpRequest, runde: Gaprunde | None, skjema: RundeSkjema) -> Gaprunde:
    forventet = skjema.forventet if runde else None
    return tjenester.lagre_runde(runde=runde, verdier=skjema.verdier, av=request.user, forventet=forventet)


@krever(Handling.FORVALTE_GAP)
@require_http_methods(["GET", "HEAD", "POST"])
def gaprunde_enheter(request: HttpRequest, pk: int) -> HttpResponse:
    """Who is in the round: units, and delplaner whose units answer together."""
    runde = hent(pk)
    valg, feil = gaprundevalg.les_valg(request, runde), []
    if request.method == "POST":
        feil = _skriv_omfang(request, runde, valg)
        if not feil:
            neste = "gaprunde_sporsmaal" if runde.status == Rundestatus.UTKAST else "gaprunde"
            return redirect(f"kompetanse:{neste}", pk)
    kontekst = {"runde": runde, "valg": valg, "feil": feil, "smuler": smuler_til(runde)}
    return render(request, "kompetanse/gaprunde/enheter.html", kontekst, status=422 if feil else 200)


def _skriv_omfang(request: HttpRequest, runde: Gaprunde, valg: gaprundevalg.Rundevalg) -> list[str]:
    """Save; the messages when it was refused."""
    felt = {"enheter": valg.enheter(), "delplaner": valg.valgte_delplaner(), "av": request.user}
    try:
        endring = omfang.sett_omfang(runde=runde, **felt, naa=timezone.now())
    except ValidationError as feil:
        return feil.messages
    if endring.i_delplan:
        navn = ", ".join(endring.i_delplan[:MEST_NEVNT])
        if len(endring.i_delplan) > MEST_NEVNT:
            navn += _(" og %d til") % (len(endring.i_delplan) - MEST_NEVNT)
        messages.info(request, _("Disse svarer sammen i delplanen sin, og får ikke egen analyse: %s.") % navn)
    messages.success(request, _omfangstekst(endring))
    return []


def _omfangstekst(endring: omfang.Omfangsendring) -> str:
    deler = []
    if n := len(endring.nye):
        deler.append(ngettext("%(n)d analyse er lagt til.", "%(n)d analyser er lagt til.", n) % {"n": n})
    if n := len(endring.fjernet):
        deler.append(ngettext("%(n)d er tatt ut.", "%(n)d er tatt ut.", n) % {"n": n})
    if n := endring.brev:
        deler.append(ngettext("%(n)d leder får e-post.", "%(n)d ledere får e-post.", n) % {"n": n})
    return " ".join(deler) or _("Ingenting er endret.")


@krever(Handling.FORVALTE_GAP)
@require_http_methods(["GET", "HEAD", "POST"])
def gaprunde_sporsmaal(request: HttpRequest, pk: int) -> HttpResponse:
    """HR's own questions: the list, and a form to add one."""
    runde = hent(pk)
    skjema = SporsmaalSkjema(request.POST or None, sporsmaal=None)
    skjema.lagre_tekst = _("Legg til spørsmålet")
    if skjema.is_valid() and lagre(skjema, lambda: _skriv_sporsmaal(runde, None, skjema)):
        messages.success(request, _("Spørsmålet er lagt til."))
        return redirect("kompetanse:gaprunde_sporsmaal", pk)
    kontekst = {
        "runde": runde,
        "sporsmaal": runde.sporsmaal.all(),
        "skjema": skjema,
        "utkast": runde.status == Rundestatus.UTKAST,
        "smuler": smuler_til(runde),
    }
    status = 422 if skjema.is_bound and skjema.errors else 200
    return render(request, "kompetanse/gaprunde/sporsmaal.html", kontekst, status=status)


@krever(Handling.FORVALTE_GAP)
@require_http_methods(["GET", "HEAD", "POST"])
def endre_gapsporsmaal(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the words of a question."""
    rad = get_object_or_404(Gapsporsmaal.objects.select_related("runde"), pk=pk)
    tilbake = reverse("kompetanse:gaprunde_sporsmaal", args=[rad.runde_id])
    skjema = SporsmaalSkjema(request.POST or None, sporsmaal=rad)
    ingress = _("Svar som er gitt, blir stående. Endre bare så de fortsatt passer.")
    side = Skjemaside(_("Endre spørsmålet"), ingress, _("Lagre"), tilbake, smuler_til(rad.runde))
    return rediger(request, skjema, side, lambda: _skriv_sporsmaal(rad.runde, rad, skjema), melding=_("Lagret."))


def _skriv_sporsmaal(runde: Gaprunde, rad: Gapsporsmaal | None, skjema: SporsmaalSkjema) -> None:
    data = skjema.cleaned_data
    omfang.lagre_sporsmaal(runde=runde, sporsmaal=rad, tekst=data["tekst"], hjelp=data["hjelp"])


@krever(Handling.FORVALTE_GAP)
@require_POST
def flytt_gapsporsmaal(request: HttpRequest, pk: int) -> HttpResponse:
    """One place up or down."""
    rad = get_object_or_404(Gapsporsmaal, pk=pk)
    omfang.flytt_sporsmaal(sporsmaal=rad, opp=request.POST.get("retning") == "opp")
    return redirect("kompetanse:gaprunde_sporsmaal", rad.runde_id)


@krever(Handling.FORVALTE_GAP)
@require_POST
def slett_gapsporsmaal(request: HttpRequest, pk: int) -> HttpResponse:
    """Take out a question nobody has answered."""
    rad = get_object_or_404(Gapsporsmaal, pk=pk)
    tilbake = reverse("kompetanse:gaprunde_sporsmaal", args=[rad.runde_id])
    return utfoer(request, lambda: omfang.slett_sporsmaal(sporsmaal=rad), _("Spørsmålet er tatt ut."), tilbake)


@krever(Handling.FORVALTE_GAP)
@require_http_methods(["GET", "HEAD", "POST"])
def aapne_gaprunde(request: HttpRequest, pk: int) -> HttpResponse:
    """What will happen when the round opens, and the button that opens it."""
    runde = hent(pk)
    if runde.status != Rundestatus.UTKAST:
        return redirect("kompetanse:gaprunde", pk)
    if request.method == "POST":
        return _gjor(request, runde, lambda: tjenester.aapne_runde(runde=runde, av=request.user, naa=timezone.now()))
    kontekst = {
        "runde": runde,
        "bilde": gaprundevalg.les_forhaandsvisning(runde, request.user, timezone.localdate()),
        "smuler": smuler_til(runde),
    }
    return render(request, "kompetanse/gaprunde/aapne.html", kontekst)


def _gjor(request: HttpRequest, runde: Gaprunde, aapne: Callable[[], int]) -> HttpResponse:
    try:
        antall = aapne()
    except ValidationError as feil:
        messages.error(request, " ".join(feil.messages))
        return redirect("kompetanse:aapne_gaprunde", runde.pk)
    tekst = ngettext(
        "Runden er åpen. %(n)d leder får e-post.", "Runden er åpen. %(n)d ledere får e-post.", antall
    ) % {"n": antall}  # fmt: skip
    messages.success(request, tekst)
    return redirect("kompetanse:gaprunde", runde.pk)


@krever(Handling.FORVALTE_GAP)
@require_http_methods(["GET", "HEAD", "POST"])
def slett_gaprunde(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete a round that has never been open."""
    runde, liste = hent(pk), reverse("kompetanse:gaprunder")
    if request.method == "POST":
        return utfoer(
            request, lambda: tjenester.slett_runde(runde=runde, av=request.user), _("Runden er slettet."), liste
        )
    konsekvenser = (
        _("Valget av enheter og spørsmålene i runden blir borte."),
        _("Ingen har svart ennå, og ingen har fått e-post."),
    )
    tittel = _("Slett runden «%(navn)s»?") % {"navn": runde.navn}
    return bekreft(request, Bekreftelse(tittel, konsekvenser, _("Slett runden"), _hjem(runde), smuler_til(runde), True))


def hent(pk: int) -> Gaprunde:
    """The round; the right to manage rounds is for the whole municipality."""
    return get_object_or_404(Gaprunde.objects.select_related("uttrekk"), pk=pk)


def smuler_til(runde: Gaprunde) -> tuple[tuple[str, str], ...]:
    """Gap analyses › the round › …"""
    return smuler((runde.navn, _hjem(runde)))


def _hjem(runde: Gaprunde) -> str:
    return reverse("kompetanse:gaprunde", args=[runde.pk])
