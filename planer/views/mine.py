"""My page: what is expected of me now."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from kompetanse.minside import gapkort
from organisasjon.enums import Handling
from organisasjon.tilgang import krever
from planer.minside import mine_planer, mine_tiltak, mine_varsler


@krever(Handling.SE_PLANER)
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """My plans with what they lack and wait for, my tiltak, what is new."""
    dag = timezone.localdate()
    tiltak = mine_tiltak(request.tilgang, request.user.pk, dag)
    kontekst = {
        "planer": mine_planer(request.tilgang, request.user.pk, dag),
        "tiltak": tiltak,
        "varsler": mine_varsler(request),
        "forfalt": tiltak.antall_forfalt,
        "gapkort": gapkort(request),
        "vedtar": request.tilgang.kan(Handling.VEDTA_PLAN),
    }
    return render(request, "planer/mine/mine.html", kontekst)
