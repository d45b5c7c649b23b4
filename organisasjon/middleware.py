"""Attaches the person's access to the request, and holds HR and system owners to a second factor."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from organisasjon.queries import tilgang_for
from organisasjon.rules import KREVER_TOFAKTOR, Tilgang

# All that a person who must have a second factor reaches before it is in place.
AAPNE_RUTER = frozenset(
    {
        "mfa_activate_totp",
        "mfa_authenticate",
        "mfa_reauthenticate",
        "account_reauthenticate",
        "account_login",
        "account_logout",
    }
)


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
        if settings.DEMO or not request.user.is_authenticated or _rutenavn(request) in AAPNE_RUTER:
            return False
        if not any(rolle in KREVER_TOFAKTOR for rolle, _rot, _omfang in request.tilgang.roller):
            return False
        return not request.user.authenticator_set.filter(type="totp").exists()


def _rutenavn(request: HttpRequest) -> str | None:
    try:
        return resolve(request.path_info).view_name
    except Resolver404:
        return None


def _tilgang(request: HttpRequest) -> Tilgang:
    return tilgang_for(request.user, timezone.localdate()) if request.user.is_authenticated else Tilgang()
