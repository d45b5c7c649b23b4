"""How a view declares what it demands. Deny by default: a view that declares nothing cannot be routed to."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse

from organisasjon.enums import Handling

# What the pages of others (allauth) demand, by route name; organisasjon.kontoruter wraps each of them with it.
TREDJEPARTS: dict[str, Handling] = {
    "account_login": Handling.AAPEN,
    "account_logout": Handling.AAPEN,
    "account_inactive": Handling.AAPEN,
    "account_reset_password": Handling.AAPEN,
    "account_reset_password_done": Handling.AAPEN,
    "account_reset_password_from_key": Handling.AAPEN,
    "account_reset_password_from_key_done": Handling.AAPEN,
    "account_signup": Handling.AAPEN,
    "account_email": Handling.AAPEN,
    "mfa_authenticate": Handling.AAPEN,  # between password and code nobody is logged in yet
    "account_reauthenticate": Handling.INNLOGGET,
    "account_change_password": Handling.INNLOGGET,
    "mfa_index": Handling.INNLOGGET,
    "mfa_reauthenticate": Handling.INNLOGGET,
    "mfa_activate_totp": Handling.INNLOGGET,
    "mfa_deactivate_totp": Handling.INNLOGGET,
    "mfa_view_recovery_codes": Handling.INNLOGGET,
    "mfa_generate_recovery_codes": Handling.INNLOGGET,
    "mfa_download_recovery_codes": Handling.INNLOGGET,
}


def krever(handling: Handling) -> Callable:
    """Decorator for view functions: the person must be logged in and have the right somewhere, else 403.

    The view itself narrows to the object with `krev_for_enhet` or a filtered queryset.
    """

    def dekorer(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def innpakket(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            if handling != Handling.AAPEN and not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if not request.tilgang.kan(handling):
                raise PermissionDenied(handling.label)
            return view(request, *args, **kwargs)

        innpakket.krever = handling
        return innpakket

    return dekorer


def krev_for_enhet(request: HttpRequest, handling: Handling, enhet_id: int) -> None:
    """Raise Http404 when the unit is outside all the person sees, PermissionDenied when only the right is missing."""
    if not request.tilgang.ser(enhet_id):
        raise Http404("Enheten finnes ikke")
    if not request.tilgang.kan(handling, enhet_id):
        raise PermissionDenied(handling.label)
