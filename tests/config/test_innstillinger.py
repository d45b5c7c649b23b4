"""Settings come from the environment and stop the start on bad values; production settings refuse demo."""

import os
import runpy
import secrets
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from tests import malbase

ROT = Path(__file__).resolve().parents[2]
PRODUKSJON = {
    "DEBUG": "0",
    "DEMO": "0",
    "BAK_PROXY": "1",
    "SECRET_KEY": secrets.token_urlsafe(60),
    "ALLOWED_HOSTS": "plan.example.no",
    "DATABASE_URL": "postgres://bruker:passord@localhost/kompetanseplan",
}


def kjor(*kommando: str, **miljo: str) -> subprocess.CompletedProcess[str]:
    """Run manage.py with production settings changed by `miljo`, and nothing else from this process' environment."""
    alt = {"PATH": os.environ["PATH"], "HOME": "/", **_pythons_egne(), **PRODUKSJON, **miljo}
    return subprocess.run(
        [sys.executable, "manage.py", *kommando], cwd=ROT, env=alt, capture_output=True, text=True, timeout=120
    )


@pytest.fixture
def les(monkeypatch: pytest.MonkeyPatch) -> Callable[..., dict[str, Any]]:
    """`les(DEBUG="1")`: the settings as they are read from the environment of production, changed so."""

    def les_innstillinger(**miljo: str) -> dict[str, Any]:
        for navn, verdi in {**PRODUKSJON, **miljo}.items():
            monkeypatch.setenv(navn, verdi)
        return runpy.run_path(str(ROT / "config" / "settings.py"))

    return les_innstillinger


def test_settings_are_read_from_the_environment(les):
    lest = les(SECRET_KEY="x" * 60, HSTS_SEKUNDER="60")
    assert (lest["SECRET_KEY"], lest["SECURE_HSTS_SECONDS"], lest["SESSION_COOKIE_SECURE"]) == ("x" * 60, 60, True)


@pytest.mark.parametrize(
    ("navn", "verdi"),
    [
        ("DEBUG", "kanskje"),
        ("DEMO", "2"),
        ("BAK_PROXY", "ja"),
        ("SSL_REDIRECT", "av og til"),
        ("SECRET_KEY", "for-kort-til-produksjon"),
        ("ALLOWED_HOSTS", ""),
        ("ALLOWED_HOSTS", "*"),
        ("CSRF_TRUSTED_ORIGINS", "plan.example.no"),
        ("DATABASE_URL", ""),
        ("DATABASE_URL", "ikke-en-adresse"),
        ("DATABASE_URL", "mysql://bruker:passord@localhost/base"),
        ("DATABASE_URL", "postgres://bruker:passord@localhost:port/base"),
        ("EMAIL_URL", "brevdue://taket"),
        ("HSTS_SEKUNDER", "-1"),
        ("FILGRENSE_MB", "stor"),
        ("FILGRENSE_MB", "0"),
        ("RADGRENSE", "3"),
        ("OPPBEVARING_MAANEDER", "0"),
        ("LOGG_NIVAA", "HØY"),
    ],
)
def test_bad_value_is_refused_and_the_setting_named(navn, verdi, les):
    with pytest.raises(ImproperlyConfigured) as feil:
        les(**{navn: verdi})
    assert navn in str(feil.value) or navn == "EMAIL_URL"


def test_bad_value_stops_the_start():
    ferdig = kjor("check", RADGRENSE="3")
    assert ferdig.returncode != 0
    siste = ferdig.stderr.strip().splitlines()[-1]
    assert "ImproperlyConfigured" in siste and "RADGRENSE" in siste


def test_missing_secret_key_is_refused(tmp_path, les):
    with pytest.raises(ImproperlyConfigured, match="SECRET_KEY must be set"):
        les(SECRET_KEY="", SECRET_KEY_FIL=str(tmp_path / "finnes-ikke"))


def test_secret_key_can_come_from_a_file(tmp_path, les):
    nokkel = secrets.token_urlsafe(60)
    (tmp_path / "nokkel").write_text(nokkel + "\n")
    assert les(SECRET_KEY="", SECRET_KEY_FIL=str(tmp_path / "nokkel"))["SECRET_KEY"] == nokkel


@pytest.mark.parametrize(("bak_proxy", "ventet"), [("1", "192.0.2.7"), ("0", "127.0.0.1")])
def test_login_attempts_are_counted_per_visitor_behind_a_proxy(bak_proxy, ventet):
    kode = (
        "from django.test import RequestFactory; from allauth.core.internal.httpkit import get_client_ip; "
        "print(get_client_ip(RequestFactory().get('/', headers={'X-Forwarded-For': '198.51.100.1, 192.0.2.7'})))"
    )
    ferdig = kjor("shell", "-v0", "-c", kode, BAK_PROXY=bak_proxy)
    assert ferdig.stdout.strip() == ventet, ferdig.stderr


def test_debug_and_demo_are_off_when_nothing_is_said():
    tom = {"DEBUG": "", "DEMO": ""}
    miljo = {k: v for k, v in PRODUKSJON.items() if k not in tom}
    kode = "from django.conf import settings; print(settings.DEBUG, settings.DEMO, settings.SESSION_COOKIE_SECURE)"
    ferdig = subprocess.run(
        [sys.executable, "-c", f"import os; os.environ['DJANGO_SETTINGS_MODULE']='config.settings'; {kode}"],
        cwd=ROT,
        env={"PATH": os.environ["PATH"], "HOME": "/", **_pythons_egne(), **miljo, **_uten_punktum_env()},
        capture_output=True,
        text=True,
    )
    assert ferdig.stdout.split() == ["False", "False", "True"], ferdig.stderr


@pytest.mark.parametrize("miljo", [{"ALLOWED_HOSTS": "plan.example.no"}, {"ALLOWED_HOSTS": "localhost"}])
def test_demo_is_refused_where_others_could_reach_it(miljo, les):
    with pytest.raises(ImproperlyConfigured, match="DEMO=1"):
        les(DEMO="1", **miljo)


def test_demo_data_cannot_be_made_with_production_settings(tmp_path, prove_mappe):
    base = malbase.kopier(malbase.sqlite_mal(prove_mappe), tmp_path / "prod.sqlite3")
    ferdig = kjor("lag_demo", DATABASE_URL=f"sqlite:///{base}")
    assert ferdig.returncode != 0
    assert "DEMO" in ferdig.stderr
    with closing(sqlite3.connect(base)) as kobling:
        assert kobling.execute("SELECT count(*) FROM organisasjon_bruker").fetchone() == (0,)


def _pythons_egne() -> dict[str, str]:
    """Where Python keeps the modules it has translated."""
    return {navn: verdi for navn, verdi in os.environ.items() if navn.startswith("PYTHON")}


def _uten_punktum_env() -> dict[str, str]:
    """A developer's .env must not decide what the default is; in a fresh clone there is none."""
    return {"DEBUG": "0", "DEMO": "0"} if (ROT / ".env").exists() else {}
