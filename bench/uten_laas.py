"""The product with its optimistic lock taken out, to prove that the load test sees lost edits. WSGI entry point.

The product itself has no such switch: the saving function is replaced here, in a server that only the test starts.
"""

from collections.abc import Callable
from typing import Any


def uten_laas(lagre: Callable[..., Any]) -> Callable[..., Any]:
    """Saving that never asks what the text was written from: the last one wins."""

    def lagre_blindt(**verdier: Any) -> Any:
        return lagre(**{**verdier, "forventet": None})

    return lagre_blindt


def ta_ut_laasen() -> None:
    """Replace the function that the view calls."""
    from planer.views import tekst

    tekst.lagre_seksjon = uten_laas(tekst.lagre_seksjon)


def lag_program() -> Any:
    """The WSGI application. Usage: gunicorn 'bench.uten_laas:lag_program()'"""
    from django.core.wsgi import get_wsgi_application

    program = get_wsgi_application()
    ta_ut_laasen()
    return program
