"""Services that span units."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from felles.norsk import treffer
from organisasjon import services
from organisasjon.enums import Handling
from organisasjon.forms import TjenesteSkjema
from organisasjon.lister import enhetsvalg, tjenesteliste
from organisasjon.models import Enhet, Tjeneste
from organisasjon.sider import Bekreftelse, bekreft, lagre, side_av, utfoer
from organisasjon.tilgang import krever


@krever(Handling.SE_ORGANISASJON)
@require_GET
def tjenester(request: HttpRequest) -> HttpResponse:
    """The services, with the units the person sees."""
    sok = request.GET.get("sok", "")
    rader = tjenesteliste(request.tilgang, sok, request.GET.get("sortering", ""))
    side = side_av(request, rader)
    for tjeneste in side:
        tjeneste.synlige = [e for e in tjeneste.enheter.all() if request.tilgang.ser(e.pk)]
    kan_endre = request.tilgang.kan(Handling.FORVALTE_ORGANISASJON)
    return render(request, "organisasjon/tjenester.html", {"side": side, "sok": sok, "kan_endre": kan_endre})


@krever(Handling.FORVALTE_ORGANISASJON)
@require_http_methods(["GET", "POST"])
def ny_tjeneste(request: HttpRequest) -> HttpResponse:
    """Make a service."""
    return _rediger(request, None)


@krever(Handling.FORVALTE_ORGANISASJON)
@require_http_methods(["GET", "POST"])
def endre_tjeneste(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a service."""
    return _rediger(request, get_object_or_404(Tjeneste, pk=pk))


@krever(Handling.FORVALTE_ORGANISASJON)
@require_http_methods(["GET", "POST"])
def slett_tjeneste(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete a service."""
    tjeneste = get_object_or_404(Tjeneste, pk=pk)
    liste = reverse("organisasjon:tjenester")
    if request.method == "POST":
        melding = _("Tjenesten %(navn)s er slettet.") % {"navn": tjeneste.navn}
        return utfoer(request, lambda: services.slett_tjeneste(tjeneste=tjeneste), melding, liste)
    konsekvenser = (
        _("Koblingen til enhetene fjernes. Enhetene selv blir stående."),
        _("Rapporter på uttrekk endres ikke."),
    )
    tittel = _("Slett tjenesten %(navn)s?") % {"navn": tjeneste.navn}
    side = Bekreftelse(tittel, konsekvenser, _("Slett tjenesten"), liste, ((_("Tjenester"), liste),), True)
    return bekreft(request, side)


def _rediger(request: HttpRequest, tjeneste: Tjeneste | None) -> HttpResponse:
    """One page for new and old. «Søk» narrows the boxes to tick and keeps what is ticked; «Lagre» saves."""
    skjema = TjenesteSkjema(request.POST or None, tjeneste=tjeneste)
    mulige = enhetsvalg(request.tilgang, Handling.FORVALTE_ORGANISASJON, timezone.localdate())
    valgte = _valgte(request, tjeneste)
    soker = "soek_enheter" in request.POST
    if (
        request.method == "POST"
        and not soker
        and skjema.is_valid()
        and _lagre(request, skjema, tjeneste, valgte, mulige)
    ):
        messages.success(request, _("Tjenesten %(navn)s er lagret.") % {"navn": skjema.cleaned_data["navn"]})
        return redirect("organisasjon:tjenester")
    if soker:
        skjema.errors.clear()
    sok = request.POST.get("sok", "")
    kontekst = {
        "skjema": skjema,
        "tjeneste": tjeneste,
        "sok": sok,
        "valgt": [v for v in mulige if v[0] in valgte],
        "ikke_valgt": [v for v in mulige if v[0] not in valgte and treffer(sok, v[1])],
    }
    status = 422 if request.method == "POST" and not soker else 200
    return render(request, "organisasjon/tjeneste.html", kontekst, status=status)


def _valgte(request: HttpRequest, tjeneste: Tjeneste | None) -> set[int]:
    if request.method == "POST":
        return {int(v) for v in request.POST.getlist("enheter") if v.isdecimal() and len(v) < 15}
    return set(tjeneste.enheter.values_list("pk", flat=True)) if tjeneste else set()


def _lagre(
    request: HttpRequest,
    skjema: TjenesteSkjema,
    tjeneste: Tjeneste | None,
    valgte: set[int],
    mulige: list[tuple[int, str]],
) -> bool:
    """Units that are closed today stay on the service; they cannot be ticked off or on."""
    lovlige = valgte & {pk for pk, _navn in mulige}
    skjulte = set()
    if tjeneste:
        skjulte = set(tjeneste.enheter.values_list("pk", flat=True)) - {pk for pk, _navn in mulige}
    enheter = list(Enhet.objects.filter(pk__in=lovlige | skjulte))
    navn = skjema.cleaned_data["navn"]
    forventet = skjema.forventet if tjeneste else None
    return lagre(
        skjema,
        lambda: services.lagre_tjeneste(
            tjeneste=tjeneste, navn=navn, enheter=enheter, utfoert_av=request.user, forventet=forventet
        ),
    )
