"""The product's routes and the empty page that every other page is measured against."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from config import urls
from config.urls import handler400, handler403, handler404, handler500  # noqa: F401
from organisasjon.enums import Handling
from organisasjon.tilgang import krever


@krever(Handling.INNLOGGET)
def tom_side(request: HttpRequest) -> HttpResponse:
    """The frame with menu and footer, logged in, and no content."""
    return render(request, "bench/tom.html")


urlpatterns = [path("bench/tom/", tom_side), *urls.urlpatterns]
