"""The command itself: only with DEMO=1, keeps data, rebuilds when asked."""

import io
import sqlite3
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from organisasjon.models import Bruker
from tests import malbase


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
    bygd, utskrift = malbase.demobase(prove_mappe)
    base = malbase.kopier(bygd, tmp_path / "demo.sqlite3")
    assert "enhetsleder" in utskrift
    assert spor(base, "SELECT count(*) FROM organisasjon_hendelse WHERE slag = 'gammel'") == [(0,)]
    with sqlite3.connect(base) as kobling:
        kobling.execute("UPDATE organisasjon_bruker SET navn = 'Endret Navn' WHERE username = 'leser'")
    assert "Endret Navn" in malbase.manage(["lag_demo"], f"sqlite:///{base}")
    assert spor(base, "SELECT count(*) FROM analyse_uttrekk") == [(3,)]


def test_skriver_filene_uten_aa_roere_databasen(tmp_path):
    call_command("lag_demo", "--filer", str(tmp_path / "ut"), stdout=io.StringIO())
    assert sorted(f.name for f in (tmp_path / "ut").iterdir()) == [
        f"ansattliste_demo_{aar}-07-01.xlsx" for aar in (2023, 2024, 2025)
    ]
