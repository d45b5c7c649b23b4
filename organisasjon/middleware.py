"""Attaches the person's access to the request, and holds HR and system owners to a second factor."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from organisasjon.queries import tilgang_for
from organisasjon.rules import KREVER_TOFAKTOR, Tilgang

AAPNE_STIER = ("/konto/", "/static/")


class TilgangMiddleware:
    """`request.tilgang`: a `Tilgang`, computed once per request when first asked for."""

    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.tilgang = SimpleLazyObject(lambda: _tilgang(request))
        if self._mangler_tofaktor(request):
            return redirect("mfa_activate_totp")
        return self.get_response(request)

    @staticmethod
    def _mangler_tofaktor(request: HttpRequest) -> bool:
        if settings.DEMO or not request.user.is_authenticated or request.path.startswith(AAPNE_STIER):
            return False
        if not any(rolle in KREVER_TOFAKTOR for rolle, _rot, _omfang in request.tilgang.roller):
            return False
        return not request.user.authenticator_set.filter(type="totp").exists()


def _tilgang(request: HttpRequest) -> Tilgang:
    return tilgang_for(request.user, timezone.localdate()) if request.user.is_authenticated else Tilgang()
