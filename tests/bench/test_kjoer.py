"""The bench itself: runs end to end on a small file, and its table tells what is over."""

import subprocess
import sys

from django.conf import settings

from analyse.demodata.uttrekk import KOLONNER
from bench.filer import rader, skriv_fil
from bench.tabell import Maaling, forhold, maskinfakta, som_markdown, tid
from tests.malbase import sqlite_mal


def test_rader_har_rett_antall_og_nye_personer_i_hver_runde():
    liste = list(rader(10_000))
    personer = {rad[0] for rad in liste}
    assert len(liste) == 10_000
    assert len(personer) > 9_000
    assert len({(rad[0], rad[3]) for rad in liste}) == len(personer)


def test_liten_fil_har_alle_enhetene():
    enhet = KOLONNER.index("Enhet")
    assert {rad[enhet] for rad in rader(2_500)} == {rad[enhet] for rad in rader(4_778)}


def test_fil_leses_som_andre_regneark(tmp_path):
    import python_calamine

    fil = skriv_fil(tmp_path / "a.xlsx", 30)
    lest = python_calamine.load_workbook(fil).get_sheet_by_index(0).to_python()
    assert len(lest) == 35
    assert tuple(lest[4]) == KOLONNER


def test_tabellen_sier_ok_og_over():
    linjer = som_markdown(
        [
            forhold("Import", "SQLite", 2_500, 0.3, 0.1, 3.5),
            forhold("Side", "SQLite", 2_500, 0.03, 0.01, 1.5),
            Maaling("Minne", "SQLite", 2_500, 190, 1024, "MB"),
        ]
    ).splitlines()
    assert linjer[2] == "| Import | SQLite | 2 500 | 3,00 × | 3,50 × | ok | 0,30 s / 0,10 s |"
    assert linjer[3] == "| Side | SQLite | 2 500 | 3,00 × | 1,50 × | **over** | 30,0 ms / 10,0 ms |"
    assert linjer[4] == "| Minne | SQLite | 2 500 | 190 MB | 1 024 MB | ok |  |"


def test_tid_paa_norsk():
    assert (tid(0.0123), tid(1.5)) == ("12,3 ms", "1,50 s")


def test_maskinfakta_navngir_ikke_maskinen():
    import platform

    assert platform.node() not in maskinfakta().split()
    assert "kjerner" in maskinfakta()


def test_hele_maalingen_paa_faa_rader(tmp_path, prove_mappe):
    ut = tmp_path / "maalinger.md"
    kommando = [sys.executable, "bench/kjoer.py", "--stoerrelser", "40", "--no-postgres", "--no-last", "--no-pdf"]
    kommando += ["--ganger", "1", "--ut", str(ut), "--mal", str(sqlite_mal(prove_mappe))]
    ferdig = subprocess.run(kommando, cwd=settings.BASE_DIR, capture_output=True, text=True, timeout=300)
    assert ferdig.returncode == 0, ferdig.stderr
    for navn in (
        "Hele innlesingen",
        "Minne",
        "Alle rapporter",
        "Treigeste rapportside",
        "Eksport",
        "Planoversikten",
        "Lagring",
        "Gapresultatet",
    ):
        assert navn in ferdig.stdout
    assert ferdig.stdout.strip() in ut.read_text(encoding="utf-8")
