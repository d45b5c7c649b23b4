"""Pages for the organisation. The front page sends people to their work; the rest has a room of its own."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from organisasjon.enums import Handling, Rolle
from organisasjon.meny import adresse
from organisasjon.queries import kontakter_for_tilgang
from organisasjon.rules import Tilgang
from organisasjon.tilgang import krever


@krever(Handling.INNLOGGET)
def forside(request: HttpRequest) -> HttpResponse:
    """Send the person to where their work is; without a role, say whom to ask."""
    if not request.tilgang.roller:
        kontakter = kontakter_for_tilgang(timezone.localdate())
        return render(request, "organisasjon/uten_rolle.html", {"kontakter": kontakter})
    if leder_enhet(request.tilgang) and (min_side := adresse("planer:mine")):
        return redirect(min_side)
    if request.tilgang.kan(Handling.SE_RAPPORTER):
        return redirect("analyse:oversikt")
    return redirect("organisasjon:roller")


def leder_enhet(tilgang: Tilgang) -> bool:
    """Is the person's work one unit or department? Their plan and tiltak come before the municipality's figures."""
    return {rolle for rolle, _rot, _omfang in tilgang.roller} <= {Rolle.ENHETSLEDER, Rolle.AVDELINGSLEDER}
