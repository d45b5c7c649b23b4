"""Search across the plans."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from organisasjon.enums import Handling
from organisasjon.tilgang import krever
from planer.sok import PER_GRUPPE, sok_i_planer
from planer.tiltaksliste import MAKS_SOK


@krever(Handling.SE_PLANER)
@require_safe
def sok(request: HttpRequest) -> HttpResponse:
    """Hits in plans, tiltak, text, innsatsområder and forankring, of what the person may see."""
    tekst = request.GET.get("q", "").replace("\x00", " ").strip()[:MAKS_SOK]
    grupper = sok_i_planer(request.tilgang, request.user.pk, tekst)
    kontekst = {"q": tekst, "grupper": grupper, "antall": sum(len(g.treff) for g in grupper), "mest": PER_GRUPPE}
    return render(request, "planer/sok/sok.html", kontekst)
