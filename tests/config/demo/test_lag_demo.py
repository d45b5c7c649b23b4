"""The command itself: only with DEMO=1, keeps data, rebuilds when asked."""

import io
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError

from organisasjon.models import Bruker
from tests import malbase


def manage(base: Path, *argumenter: str) -> subprocess.CompletedProcess:
    miljo = {
        **os.environ,
        "DATABASE_URL": f"sqlite:///{base}",
        "DEMO": "1",
        "DEBUG": "1",
        "SECRET_KEY": "bare-for-proever",
        "ALLOWED_HOSTS": "localhost",
        "LOGG_NIVAA": "ERROR",
    }
    kommando = [sys.executable, "manage.py", *argumenter]
    return subprocess.run(kommando, cwd=settings.BASE_DIR, env=miljo, capture_output=True, text=True, timeout=120)


def spor(base: Path, sql: str) -> list[tuple]:
    with sqlite3.connect(base) as kobling:
        return kobling.execute(sql).fetchall()


def test_nektes_uten_demo(db, settings):
    settings.DEMO = False
    Bruker.objects.create(username="fra-foer")
    with pytest.raises(CommandError, match="DEMO=1"):
        call_command("lag_demo", "--paa-nytt")
    assert list(Bruker.objects.values_list("username", flat=True)) == ["fra-foer"]


def test_bygger_opp_igjen_paa_beskjed_og_beholder_data_ellers(tmp_path, prove_mappe):
    base = malbase.kopier(malbase.sqlite_mal(prove_mappe), tmp_path / "demo.sqlite3")
    gammel = "INSERT INTO organisasjon_hendelse (tid, slag, innhold) VALUES ('2020-01-01', 'gammel', '{}')"
    with sqlite3.connect(base) as kobling:
        kobling.execute(gammel)
    bygd = manage(base, "lag_demo", "--paa-nytt")
    assert bygd.returncode == 0, bygd.stderr
    assert "enhetsleder" in bygd.stdout
    assert spor(base, "SELECT count(*) FROM organisasjon_hendelse WHERE slag = 'gammel'") == [(0,)]
    with sqlite3.connect(base) as kobling:
        kobling.execute("UPDATE organisasjon_bruker SET navn = 'Endret Navn' WHERE username = 'leser'")
    assert "Endret Navn" in manage(base, "lag_demo").stdout
    assert spor(base, "SELECT count(*) FROM analyse_uttrekk") == [(3,)]


def test_skriver_filene_uten_aa_roere_databasen(tmp_path):
    call_command("lag_demo", "--filer", str(tmp_path / "ut"), stdout=io.StringIO())
    assert sorted(f.name for f in (tmp_path / "ut").iterdir()) == [
        f"ansattliste_demo_{aar}-07-01.xlsx" for aar in (2023, 2024, 2025)
    ]
