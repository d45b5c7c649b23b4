"""The account pages of allauth that the product uses, each with its declared right. The rest of allauth is not routed:
nobody signs up, addresses are changed by HR, and there is no login by code or by another service.

`account_signup` and `account_email` keep their names, since allauth looks them up, but answer 404.
"""

from allauth.account import views as konto
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as koder
from allauth.mfa.totp import views as totp
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path, re_path

from organisasjon.tilgang import TREDJEPARTS, krever


def stengt(request: HttpRequest) -> HttpResponse:
    """A page of allauth that the product does not have."""
    raise Http404("Siden er ikke i bruk")


_SIDER = (
    ("login/", konto.login, "account_login"),
    ("logout/", konto.logout, "account_logout"),
    ("inactive/", konto.account_inactive, "account_inactive"),
    ("reauthenticate/", konto.reauthenticate, "account_reauthenticate"),
    ("password/change/", konto.password_change, "account_change_password"),
    ("password/reset/", konto.password_reset, "account_reset_password"),
    ("password/reset/done/", konto.password_reset_done, "account_reset_password_done"),
    ("password/reset/key/done/", konto.password_reset_from_key_done, "account_reset_password_from_key_done"),
    ("2fa/", mfa.index, "mfa_index"),
    ("2fa/authenticate/", mfa.authenticate, "mfa_authenticate"),
    ("2fa/reauthenticate/", mfa.reauthenticate, "mfa_reauthenticate"),
    ("2fa/totp/activate/", totp.activate_totp, "mfa_activate_totp"),
    ("2fa/totp/deactivate/", totp.deactivate_totp, "mfa_deactivate_totp"),
    ("2fa/recovery-codes/", koder.view_recovery_codes, "mfa_view_recovery_codes"),
    ("2fa/recovery-codes/generate/", koder.generate_recovery_codes, "mfa_generate_recovery_codes"),
    ("2fa/recovery-codes/download/", koder.download_recovery_codes, "mfa_download_recovery_codes"),
    ("signup/", stengt, "account_signup"),
    ("email/", stengt, "account_email"),
)
_NOKKEL = "account_reset_password_from_key"

urlpatterns = [
    *(path(adresse, krever(TREDJEPARTS[navn])(view), name=navn) for adresse, view, navn in _SIDER),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        krever(TREDJEPARTS[_NOKKEL])(konto.password_reset_from_key),
        name=_NOKKEL,
    ),
]
