"""The example set from the literature: shown apart from the municipality's own, loaded and taken out by HR."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kompetanse.models import Modenhetsvurdering
from kompetanse.queries.modenhet import les, sjekkliste
from kompetanse.services.modenhet import fjern_eksempel, last_eksempel
from kompetanse.views.modenhet import smuler
from kompetanse.visning.modenhet import eksempelfunn, matrise
from organisasjon.enums import Handling
from organisasjon.sider import Bekreftelse, bekreft, utfoer
from organisasjon.tilgang import krever

SIDE = "kompetanse:modenhetseksempel"


@krever(Handling.SE_MODENHET)
@require_GET
def eksempel(request: HttpRequest) -> HttpResponse:
    """The two sectors of the example side by side, with the source, or what the example is when it is not loaded."""
    liste = sjekkliste()
    sektorer = les(Modenhetsvurdering.objects.eksempler().order_by("eksempel"), liste)
    kontekst = {
        "sektorer": sektorer,
        "grupper": matrise(sektorer, liste),
        "funn": eksempelfunn(sektorer, liste),
        "kan_endre": request.tilgang.kan(Handling.FORVALTE_REFLEKSJON),
        "smuler": smuler(),
    }
    return render(request, "kompetanse/modenhet/eksempel.html", kontekst)


@krever(Handling.FORVALTE_REFLEKSJON)
@require_POST
def last_inn_eksempel(request: HttpRequest) -> HttpResponse:
    """Load the example set."""
    return utfoer(
        request,
        lambda: last_eksempel(av=request.user, naa=timezone.now()),
        _("Eksempelet er lastet inn. Det telles aldri sammen med kommunens egne vurderinger."),
        reverse(SIDE),
    )


@krever(Handling.FORVALTE_REFLEKSJON)
@require_http_methods(["GET", "POST"])
def fjern_eksempelet(request: HttpRequest) -> HttpResponse:
    """Take the example set out."""
    if request.method == "POST":
        return utfoer(
            request,
            lambda: fjern_eksempel(av=request.user),
            _("Eksempelet er fjernet."),
            reverse("kompetanse:modenhet"),
        )
    if not Modenhetsvurdering.objects.eksempler().exists():
        return redirect(SIDE)
    konsekvenser = (
        _("De to eksempelsektorene forsvinner for alle."),
        _("Kommunens egne vurderinger blir ikke rørt."),
        _("Du kan laste eksempelet inn igjen når som helst."),
    )
    brodsmuler = smuler((_("Eksempel"), reverse(SIDE)))
    side = Bekreftelse(_("Fjern eksempelet?"), konsekvenser, _("Fjern eksempelet"), reverse(SIDE), brodsmuler)
    return bekreft(request, side)
