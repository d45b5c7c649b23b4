"""The link with which a person sets a password: allauth's own reset, sent by mail and shown to nobody else."""

from allauth.account.internal.flows.password_reset import request_password_reset
from django.http import HttpRequest

from organisasjon.models import Bruker


def send_passordlenke(request: HttpRequest, bruker: Bruker) -> None:
    """Mail the person a link to set a password. Works for new accounts, which have none."""
    request_password_reset(request, bruker.email, [bruker], None)
