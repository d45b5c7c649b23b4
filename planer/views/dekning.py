"""Which units have a delplan."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from organisasjon.enums import Handling
from organisasjon.tilgang import krever
from planer.dekning import DELVIS, EN, FLERE, INGEN
from planer.dekning import dekning as finn_dekning

# Status → icon, word, tint.
MERKER = {
    INGEN: ("○", _("Ingen delplan"), "warning"),
    DELVIS: ("◐", _("Bare noen avdelinger"), "warning"),
    EN: ("✓", _("Har delplan"), "success"),
    FLERE: ("▲", _("Flere delplaner"), "info"),
}


@krever(Handling.SE_PLANARBEID)
@require_GET
def dekning(request: HttpRequest) -> HttpResponse:
    """Units by sector with their delplaner, and scopes with closed units."""
    vis = request.GET.get("vis", "")
    funnet = finn_dekning(request.tilgang, request.user.pk, timezone.localdate(), vis)
    for gruppe in funnet.grupper:
        for rad in gruppe.rader:
            rad.merke = MERKER[rad.status]
    kontekst = {
        "dekning": funnet,
        "alle": sum(funnet.antall.values()),
        "valg": [(s, MERKER[s][1], n) for s, n in funnet.antall.items()],
        "vis": vis,
        # The one that is unfolded on a phone: the first where something is missing.
        "aapen": next((g for g in funnet.grupper if g.uten), None),
        "kan_lage": request.tilgang.kan(Handling.OPPRETTE_PLAN),
    }
    return render(request, "planer/plan/dekning.html", kontekst)
