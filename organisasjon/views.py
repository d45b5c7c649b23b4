"""Pages for the organisation."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from organisasjon.enums import Handling
from organisasjon.tilgang import krever


@krever(Handling.INNLOGGET)
def forside(request: HttpRequest) -> HttpResponse:
    """Send the person to where their work is."""
    return redirect("analyse:oversikt")
