"""Pages of the staffing analysis."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from organisasjon.enums import Handling
from organisasjon.tilgang import krever


@krever(Handling.SE_RAPPORTER)
def oversikt(request: HttpRequest) -> HttpResponse:
    """Key figures of the latest extract."""
    return render(request, "analyse/oversikt.html")
