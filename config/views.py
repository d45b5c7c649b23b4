"""Error pages in the product's own look: what happened, what was kept, what to do now."""

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone

from organisasjon.queries import kontakter_for_tilgang

# Of the page for server errors, which is drawn without the frame.
STILARK = ("ds-tema/designsystemet.css", "ds-css/src/index.css", "css/app.css")


def feil_400(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if isinstance(exception, RequestDataTooBig):
        return render(request, "413.html", status=413)
    return render(request, "400.html", status=400)


def feil_403(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    personer = kontakter_for_tilgang(timezone.localdate()) if request.user.is_authenticated else []
    givere = [f"{person}, {person.email}" if person.email else str(person) for person in personer]
    return render(request, "403.html", {"handling": str(exception or ""), "tilgangsgivere": givere}, status=403)


def feil_404(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "404.html", status=404)


def feil_500(request: HttpRequest) -> HttpResponse:
    # No request context: whatever failed may be what the frame needs. Nor style sheets when those are what is missing.
    try:
        html = render_to_string("500.html", {"stilark": STILARK})
    except ValueError:
        html = render_to_string("500.html")
    return HttpResponse(html, status=500)


def csrf_feil(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "csrf.html", status=403)
