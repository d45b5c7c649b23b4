"""The template for the utviklingssamtale: shown, printed, and edited by HR. Nothing from a conversation is stored."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kompetanse.forms.samtale import SamtalemalSkjema
from kompetanse.queries.samtale import samtaleskjema
from kompetanse.services.samtale import gjenopprett_original, lagre_samtalemal
from kompetanse.trykk import trykk
from kompetanse.views.filer import pdfsvar
from organisasjon.enums import Handling
from organisasjon.sider import Bekreftelse, Skjemaside, bekreft, lagre, utfoer, vis_skjema
from organisasjon.tilgang import krever

SIDE = "kompetanse:samtalemal"


@krever(Handling.SE_SAMTALEMAL)
@require_GET
def samtalemal(request: HttpRequest) -> HttpResponse:
    """The form as it is printed; for HR also who has changed it."""
    skjema = samtaleskjema()
    kontekst = {"skjema": skjema, "kan_endre": request.tilgang.kan(Handling.FORVALTE_REFLEKSJON)}
    if kontekst["kan_endre"] and skjema.mal:
        versjoner = skjema.mal.historie.select_related("history_user").order_by("-history_date", "-history_id")
        kontekst["versjoner"] = versjoner[:20]
    return render(request, "kompetanse/samtale/mal.html", kontekst)


@krever(Handling.SE_SAMTALEMAL)
@require_GET
def samtale_pdf(request: HttpRequest) -> HttpResponse:
    """The form, to be filled in by hand."""
    skjema = samtaleskjema()
    kontekst = {"skjema": skjema, "linjer": range(skjema.linjer)}
    return pdfsvar(trykk("samtale.html", _("Utviklingssamtale"), timezone.localdate(), kontekst))


@krever(Handling.FORVALTE_REFLEKSJON)
@require_http_methods(["GET", "POST"])
def endre_samtalemal(request: HttpRequest) -> HttpResponse:
    """Change the questions."""
    skjema = SamtalemalSkjema(request.POST or None, mal=samtaleskjema().mal)

    def skriv() -> None:
        lagre_samtalemal(verdier=skjema.verdier, av=request.user, forventet=skjema.forventet)

    if request.method == "POST" and skjema.is_valid() and lagre(skjema, skriv):
        messages.success(request, _("Malen er lagret. De som har skrevet ut den forrige, kan bruke den som før."))
        return redirect(SIDE)
    side = Skjemaside(
        _("Endre malen"),
        _("Alle ledere får spørsmålene slik du skriver dem. Tidligere versjoner blir tatt vare på."),
        _("Lagre malen"),
        reverse(SIDE),
        ((_("Utviklingssamtale"), reverse(SIDE)),),
    )
    return vis_skjema(request, skjema, side)


@krever(Handling.FORVALTE_REFLEKSJON)
@require_http_methods(["GET", "POST"])
def gjenopprett_samtalemal(request: HttpRequest) -> HttpResponse:
    """Put the original back."""
    if request.method == "POST":
        melding = _("Den opprinnelige malen er på plass igjen.")
        return utfoer(request, lambda: gjenopprett_original(av=request.user), melding, reverse(SIDE))
    konsekvenser = (
        _("Spørsmålene blir slik de var da kommunen tok malen i bruk."),
        _("Kommunens egen versjon blir liggende i historikken på siden."),
    )
    side = Bekreftelse(
        _("Sett tilbake den opprinnelige malen?"),
        konsekvenser,
        _("Sett tilbake"),
        reverse(SIDE),
        ((_("Utviklingssamtale"), reverse(SIDE)),),
    )
    return bekreft(request, side)
