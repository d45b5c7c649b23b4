"""How accounts behave: HR makes them, nobody signs up."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class Kontoadapter(DefaultAccountAdapter):
    """Closed for self-registration: a person gets an account together with a role."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
