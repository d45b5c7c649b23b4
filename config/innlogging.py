"""Who may log in at all. Demo people exist only while DEMO is on, even if their database is used for something else."""

from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings
from django.contrib.auth.backends import ModelBackend

# Reserved by RFC 2606, so no real person can have it.
DEMODOMENE = "@demo.invalid"


class _UtenDemo:
    """Turns demo people away, and ends their sessions, when DEMO is off."""

    def user_can_authenticate(self, user) -> bool:
        er_demo = getattr(user, "email", "").endswith(DEMODOMENE)
        return super().user_can_authenticate(user) and (settings.DEMO or not er_demo)


class Modellbackend(_UtenDemo, ModelBackend):
    """Log in by user name."""


class Kontobackend(_UtenDemo, AuthenticationBackend):
    """Log in by user name or e-mail through the account pages."""
