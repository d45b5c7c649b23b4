"""Headers and markup on every page: a strict CSP, nothing inline, no framing; error pages in the product's look."""

import re

import pytest
from django.http import HttpRequest
from django.test import Client, RequestFactory, override_settings
from django.urls import reverse

from config import views

pytestmark = pytest.mark.lik_paa_alle
INLINE = re.compile(
    r"<style\b|\sstyle=|\son[a-z]+\s*=\s*[\"']|<script(?![^>]*\bsrc=)(?![^>]*application/json)[^>]*>|javascript:", re.I
)


def csp(svar) -> dict[str, list[str]]:
    """Directive → sources of the header."""
    ledd = [del_.split() for del_ in svar["Content-Security-Policy"].split(";") if del_.strip()]
    return {navn: kilder for navn, *kilder in ledd}


def sjekk_hoder(svar) -> None:
    regler = csp(svar)
    alle = " ".join(" ".join(kilder) for kilder in regler.values())
    assert "unsafe" not in alle
    assert "*" not in alle
    assert "http" not in alle
    assert regler["default-src"] == ["'none'"]
    assert regler["script-src"] == ["'self'"]
    assert regler["style-src"] == ["'self'"]
    assert regler["frame-ancestors"] == regler["object-src"] == regler["base-uri"] == ["'none'"]
    assert regler["form-action"] == ["'self'"]
    assert svar["X-Frame-Options"] == "DENY"
    assert svar["X-Content-Type-Options"] == "nosniff"
    assert svar["Referrer-Policy"] == "same-origin"
    assert svar["Cross-Origin-Opener-Policy"] == "same-origin"


@pytest.mark.parametrize("adresse", ["/konto/login/", "/konto/password/reset/", "/finnes-ikke/"])
def test_open_pages_have_strict_headers_and_nothing_inline(anonym, adresse):
    svar = anonym.get(adresse)
    sjekk_hoder(svar)
    assert not INLINE.search(svar.content.decode())


def test_pages_with_figures_are_not_kept_by_caches(kommunen):
    svar = kommunen.klient("hr").get("/analyse/")
    assert "private" in svar["Cache-Control"] or "no-store" in svar["Cache-Control"]


@pytest.mark.parametrize(("adresse", "status"), [("/finnes-ikke/", 404), ("/finnes%00ikke/", 404)])
def test_unknown_address_gives_404_in_our_look(anonym, adresse, status):
    svar = anonym.get(adresse)
    assert svar.status_code == status
    sjekk_feilside(svar.content.decode())


def test_missing_right_gives_403_that_says_whom_to_ask(kommunen):
    svar = kommunen.klient("leser").get(reverse("organisasjon:roller"))
    assert svar.status_code == 403
    sjekk_feilside(svar.content.decode())
    assert "HR" in svar.content.decode()


def test_bad_request_and_server_error_have_our_look(db):
    fabrikk = RequestFactory()
    for view, status in ((views.feil_400, 400), (views.feil_500, 500)):
        foresporsel: HttpRequest = fabrikk.get("/")
        svar = view(foresporsel)
        assert svar.status_code == status
        sjekk_feilside(svar.content.decode())


def test_csrf_failure_has_our_look(db):
    svar = Client(enforce_csrf_checks=True).post("/konto/login/", {"login": "a", "password": "b"})
    assert svar.status_code == 403
    sjekk_feilside(svar.content.decode())


@override_settings(ALLOWED_HOSTS=["plan.example.no"])
def test_unknown_host_gives_400(anonym):
    assert anonym.get("/konto/login/", headers={"host": "annet.example.no"}).status_code == 400


def sjekk_feilside(html: str) -> None:
    assert '<html lang="nb"' in html
    assert html.count("<h1") == 1
    assert "css/app" in html
    assert not INLINE.search(html)
    assert "Traceback" not in html
