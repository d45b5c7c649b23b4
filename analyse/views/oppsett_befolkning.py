"""Population figures and class of centrality: what the delplaner show about the people they are for."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from analyse.forms_befolkning import BefolkningSkjema, SentralitetSkjema
from analyse.framskriving.befolkning import befolkning, befolkningsbilde, modellbilde
from analyse.models import Befolkningstall
from analyse.services import befolkning as tjeneste
from organisasjon.enums import Handling
from organisasjon.sider import Bekreftelse, Skjemaside, bekreft, lagre, utfoer, vis_skjema
from organisasjon.tilgang import krever


@krever(Handling.FORVALTE_OPPSETT)
@require_http_methods(["GET", "POST"])
def befolkningstall(request: HttpRequest) -> HttpResponse:
    """The years that are entered, how they look, and the class of centrality."""
    aarene, klasse = befolkning()
    skjema = SentralitetSkjema(request.POST or None, initial={"klasse": klasse or ""})
    if skjema.is_valid() and lagre(skjema, lambda: tjeneste.sett_sentralitet(klasse=skjema.cleaned_data["klasse"])):
        messages.success(request, _("Sentralitetsklassen er lagret."))
        return redirect("analyse:befolkning")
    kontekst = {
        "aarene": aarene,
        "skjema": skjema,
        "bilder": [b for b in (befolkningsbilde(aarene), modellbilde(klasse)) if b],
    }
    status = 422 if skjema.is_bound and skjema.errors else 200
    return render(request, "analyse/oppsett/befolkning.html", kontekst, status=status)


@krever(Handling.FORVALTE_OPPSETT)
@require_http_methods(["GET", "POST"])
def nytt_befolkningstall(request: HttpRequest) -> HttpResponse:
    """Enter a year, with the source of the year before filled in."""
    return _rediger(request, None)


@krever(Handling.FORVALTE_OPPSETT)
@require_http_methods(["GET", "POST"])
def endre_befolkningstall(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a year."""
    return _rediger(request, get_object_or_404(Befolkningstall, pk=pk))


@krever(Handling.FORVALTE_OPPSETT)
@require_http_methods(["GET", "POST"])
def slett_befolkningstall(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove a year."""
    rad, liste = get_object_or_404(Befolkningstall, pk=pk), reverse("analyse:befolkning")
    if request.method == "POST":
        return utfoer(request, lambda: tjeneste.slett_befolkning(rad=rad), _("Året er slettet."), liste)
    linjer = (_("Året forsvinner fra figurene i delplanene."), _("Tekster som er skrevet, endres ikke."))
    tittel = _("Slett befolkningstallene for %(aar)s?") % {"aar": rad.aar}
    return bekreft(request, Bekreftelse(tittel, linjer, _("Slett"), liste, _smuler(), True))


def _rediger(request: HttpRequest, rad: Befolkningstall | None) -> HttpResponse:
    siste = None if rad else Befolkningstall.objects.last()
    initial = {"kilde": siste.kilde, "hentet": siste.hentet} if siste else None
    skjema = BefolkningSkjema(request.POST or None, rad=rad, initial=initial)
    if skjema.is_valid():
        data = {f: skjema.cleaned_data[f] for f in tjeneste.FELTER_BEFOLKNING}
        forventet = skjema.forventet if rad else None
        if lagre(skjema, lambda: tjeneste.lagre_befolkning(rad=rad, **data, forventet=forventet)):
            messages.success(request, _("Lagret."))
            return redirect("analyse:befolkning")
    tittel = _("Befolkningstall for %(aar)s") % {"aar": rad.aar} if rad else _("Nytt år")
    ingress = _("Antall innbyggere i kommunen, telt eller framskrevet.")
    liste = reverse("analyse:befolkning")
    return vis_skjema(request, skjema, Skjemaside(tittel, ingress, _("Lagre"), liste, _smuler()))


def _smuler() -> tuple[tuple[str, str], ...]:
    return ((_("Oppsett"), reverse("analyse:oppsett")), (_("Befolkningstall"), reverse("analyse:befolkning")))
