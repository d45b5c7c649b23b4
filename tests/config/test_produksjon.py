"""gunicorn with production settings: https only, strict cookies, files with long life, and it stops when told to."""

import os
import re
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from http.client import HTTPMessage
from pathlib import Path

import pytest

from tests import malbase
from tests.config.test_innstillinger import PRODUKSJON, ROT
from tests.nettleser.nettsted import ledig_port


class IngenVidere(urllib.request.HTTPRedirectHandler):
    """Redirects are what we look at, so they are not followed."""

    def redirect_request(self, *args: object) -> None:
        return None


def hent(adresse: str, **hoder: str) -> tuple[int, HTTPMessage, str]:
    """Status, headers and text of a GET through the proxy."""
    foresporsel = urllib.request.Request(adresse, headers={"Host": "plan.example.no", **hoder})
    try:
        with urllib.request.build_opener(IngenVidere).open(foresporsel, timeout=30) as svar:
            return svar.status, svar.headers, svar.read().decode(errors="replace")
    except urllib.error.HTTPError as feil:
        return feil.code, feil.headers, feil.read().decode(errors="replace")


HTTPS = {"X-Forwarded-Proto": "https"}


@pytest.fixture(scope="module")
def tjener(tmp_path_factory: pytest.TempPathFactory, prove_mappe: Path) -> Iterator[str]:
    """Address of the product as docs/drift.md says it is started, on an SQLite database already migrated."""
    mappe: Path = tmp_path_factory.mktemp("produksjon")
    base = malbase.kopier(malbase.sqlite_mal(prove_mappe), mappe / "base.sqlite3")
    miljo = {"DATABASE_URL": f"sqlite:///{base}", "STATIC_ROOT": str(malbase.statisk(prove_mappe))}
    adresse = f"127.0.0.1:{ledig_port()}"
    prosess = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "config.wsgi", "--bind", adresse, "--workers", "1"],
        cwd=ROT,
        env={"PATH": os.environ["PATH"], "HOME": "/", **PRODUKSJON, **miljo},
        stderr=subprocess.DEVNULL,
    )
    _vent(f"http://{adresse}/konto/login/")
    yield f"http://{adresse}"
    prosess.terminate()
    assert prosess.wait(timeout=20) == 0


def _vent(adresse: str) -> None:
    for _forsok in range(300):
        try:
            hent(adresse)
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("gunicorn kom ikke i gang")


def test_plain_http_is_sent_to_https(tjener):
    status, hoder, _tekst = hent(f"{tjener}/konto/login/")
    assert status == 301
    assert hoder["Location"] == "https://plan.example.no/konto/login/"


def test_login_page_has_hsts_and_secure_cookies(tjener):
    status, hoder, tekst = hent(f"{tjener}/konto/login/", **HTTPS)
    assert status == 200
    assert "Logg inn" in tekst
    assert "max-age=31536000" in hoder["Strict-Transport-Security"]
    for kake in hoder.get_all("Set-Cookie"):
        assert "Secure" in kake
        assert "HttpOnly" in kake


def test_unknown_host_is_refused(tjener):
    assert hent(f"{tjener}/konto/login/", Host="annet.example.no", **HTTPS)[0] == 400


def test_unknown_page_shows_nothing_of_the_inside(tjener):
    status, _hoder, tekst = hent(f"{tjener}/finnes-ikke/", **HTTPS)
    assert status == 404
    assert "urlpatterns" not in tekst
    assert "Vi finner ikke siden" in tekst


def test_style_sheets_and_scripts_are_served_compressed_with_long_life(tjener):
    tekst = hent(f"{tjener}/konto/login/", **HTTPS)[2]
    filer = re.findall(r'(?:href|src)="(/static/[^"]+\.(?:css|js))"', tekst)
    assert len(filer) >= 4
    for fil in filer:
        status, hoder, _innhold = hent(f"{tjener}{fil}", **{"Accept-Encoding": "gzip", **HTTPS})
        assert status == 200
        assert "immutable" in hoder["Cache-Control"]
        assert hoder["Content-Encoding"] == "gzip"
