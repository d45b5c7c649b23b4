"""Settings come from the environment and stop the start on bad values; production settings refuse demo."""

import os
import secrets
import subprocess
import sys
from pathlib import Path

import pytest

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
def test_bad_value_stops_the_start_and_names_the_setting(navn, verdi):
    ferdig = kjor("check", **{navn: verdi})
    assert ferdig.returncode != 0
    assert "ImproperlyConfigured" in ferdig.stderr
    siste = ferdig.stderr.strip().splitlines()[-1]
    assert navn in siste or navn == "EMAIL_URL"


def test_missing_secret_key_stops_the_start(tmp_path):
    ferdig = kjor("check", SECRET_KEY="", SECRET_KEY_FIL=str(tmp_path / "finnes-ikke"))
    assert "SECRET_KEY must be set" in ferdig.stderr


def test_secret_key_can_come_from_a_file(tmp_path):
    (tmp_path / "nokkel").write_text(secrets.token_urlsafe(60) + "\n")
    assert kjor("check", SECRET_KEY="", SECRET_KEY_FIL=str(tmp_path / "nokkel")).returncode == 0


def test_production_settings_pass_the_deploy_check_without_warnings():
    ferdig = kjor("check", "--deploy", "--fail-level", "WARNING")
    assert ferdig.returncode == 0, ferdig.stderr
    assert "no issues" in ferdig.stdout


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
def test_demo_is_refused_where_others_could_reach_it(miljo):
    ferdig = kjor("check", DEMO="1", **miljo)
    assert ferdig.returncode != 0
    assert "DEMO=1" in ferdig.stderr


def test_demo_data_cannot_be_made_with_production_settings(tmp_path, prove_mappe):
    base = f"sqlite:///{malbase.kopier(malbase.sqlite_mal(prove_mappe), tmp_path / 'prod.sqlite3')}"
    ferdig = kjor("lag_demo", DATABASE_URL=base)
    assert ferdig.returncode != 0
    assert "DEMO" in ferdig.stderr
    antall = kjor(
        "shell", "-v0", "-c", "from organisasjon.models import Bruker; print(Bruker.objects.count())", DATABASE_URL=base
    )
    assert antall.stdout.strip() == "0"


def _pythons_egne() -> dict[str, str]:
    """Where Python keeps the modules it has translated."""
    return {navn: verdi for navn, verdi in os.environ.items() if navn.startswith("PYTHON")}


def _uten_punktum_env() -> dict[str, str]:
    """A developer's .env must not decide what the default is; in a fresh clone there is none."""
    return {"DEBUG": "0", "DEMO": "0"} if (ROT / ".env").exists() else {}
