"""Headers that hold for every page."""

from django.http import HttpRequest, HttpResponse

RETTIGHETER = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"


class SidehodeMiddleware:
    """Pages of a logged-in person are never kept by browsers or proxies, and no page may use the device."""

    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        svar = self.get_response(request)
        svar.setdefault("Permissions-Policy", RETTIGHETER)
        if request.user.is_authenticated:
            svar.setdefault("Cache-Control", "private, no-store")
        return svar
