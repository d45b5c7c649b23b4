"""Who may log in at all. Demo people exist only while DEMO is on, even if their database is used for something else."""

from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings
from django.contrib.auth.backends import ModelBackend

from organisasjon.kilder import brukerfelter
from organisasjon.models import Bruker

# Reserved by RFC 2606, so no real person can have it.
DEMODOMENE = "@demo.invalid"


def _er_utestengt(bruker) -> bool:
    return not settings.DEMO and getattr(bruker, "email", "").endswith(DEMODOMENE)


class _UtenDemo:
    """Turns demo people away, and ends their sessions, when DEMO is off."""

    def user_can_authenticate(self, user) -> bool:
        return super().user_can_authenticate(user) and not _er_utestengt(user)

    def get_user(self, user_id):
        """The person of the session, with what every page says of them, in one query."""
        bruker = Bruker.objects.annotate(**brukerfelter()).filter(pk=user_id).first()
        return bruker if bruker and self.user_can_authenticate(bruker) else None


class Modellbackend(_UtenDemo, ModelBackend):
    """Log in by user name."""


class Kontobackend(_UtenDemo, AuthenticationBackend):
    """Log in by user name or e-mail through the account pages."""

    @classmethod
    def _stash_user(cls, user):
        """allauth keeps a person with the right password who was turned away, to log in later in its own flow and
        show why. Demo people are not kept.
        """
        return super()._stash_user(None if _er_utestengt(user) else user)
