"""What the frame around every page needs."""

from django.http import HttpRequest

from organisasjon.queries import kommune


def ramme(request: HttpRequest) -> dict:
    """The municipality's name for the top bar, and the person's access for the menu."""
    bruker = getattr(request, "user", None)
    if bruker is None or not bruker.is_authenticated:
        return {"kommune": None, "tilgang": None}
    return {"kommune": kommune(), "tilgang": request.tilgang}
