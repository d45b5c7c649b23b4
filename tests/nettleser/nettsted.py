"""The product as it really runs, for browser tests: gunicorn and a job worker over a copy of the demo municipality."""

import os
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from tests import malbase

ROT = Path(__file__).resolve().parents[2]
TAALMOD_SEKUNDER = 60
# States that the demo plans do not have by themselves: an open temaplan, own texts.
# PDFs that wait to be made are left: every test process would make them all.
TILSTANDER = """
from datetime import date
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from kompetanse.models import Gapanalyse, Gaprunde, Gapsporsmaal, Matrise
from kompetanse.samtalemal import ORIGINAL
from kompetanse.services.gaprunde import lagre_runde
from kompetanse.services.gaprunde_enheter import lagre_sporsmaal, sett_omfang
from kompetanse.services.gapsvar import begynn
from kompetanse.services.matrise import lag_utkast
from kompetanse.services.modenhet import last_eksempel
from kompetanse.services.refleksjon import start_oekt, trekk_kort
from kompetanse.services.samtale import lagre_samtalemal
from organisasjon.models import Bruker, Enhet
from planer.models import Plan
from planer.services.flyt import start_revisjon
from planer.services.seksjoner import opprett_egen
hr, naa = Bruker.objects.get(username="hr"), timezone.now()
ny = start_revisjon(plan=Plan.objects.get(slag="temaplan", status="vedtatt"), av=hr, naa=naa)
for navn in ("Vårt eget", "Mer om oss"):
    opprett_egen(plan=ny, kapittel=1, overskrift=navn, av=hr, naa=naa)
lag_utkast(matrise=Matrise.objects.order_by("pk").first(), av=hr, naa=naa)
last_eksempel(av=hr, naa=naa)
lagre_samtalemal(verdier={**ORIGINAL, "innledning": "Vår egen innledning."}, av=hr)
om = {"formaal": "Samtale i gang", "dato": naa.date(), "antall": 6, "roller": "", "temaer": ""}
trekk_kort(oekt=start_oekt(enhet=Enhet.objects.get(navn="Hjemmetjenesten"), verdier=om, av=hr, naa=naa))
# Hjemmetjenesten answers for the first time.
Gapanalyse.objects.filter(navn="Hjemmetjenesten").delete()
runde = Gaprunde.objects.create(navn="Gapanalyser 2027", aar=2027, frist="2099-12-15", status="aapen", aapnet=naa)
Gapsporsmaal.objects.create(runde=runde, nummer=1, tekst="Hva er vanskeligst å rekruttere til?")
for navn in ("Hjemmetjenesten", "Sykehjem vest"):
    analyse = Gapanalyse.objects.create(runde=runde, navn=navn)
    analyse.enheter.add(Enhet.objects.get(navn=navn))
begynn(analyse=analyse, av=hr, naa=naa)
Gapanalyse.objects.filter(pk=analyse.pk).update(status="levert", levert=naa, levert_av=hr)
egen = Gaprunde.objects.create(navn="Ekstra runde", aar=2027, frist="2099-12-15", status="aapen", aapnet=naa)
analyse = Gapanalyse.objects.create(runde=egen, navn="Bo og habilitering")
analyse.enheter.add(Enhet.objects.get(navn="Bo og habilitering"))
begynn(analyse=analyse, av=hr, naa=naa)
# A round that is not open yet.
verdier = {"navn": "Neste runde", "aar": 2099, "frist": date(2099, 12, 15), "uttrekk": None, "ingress": ""}
runde = lagre_runde(runde=None, verdier=verdier, av=hr)
sett_omfang(runde=runde, enheter=[Enhet.objects.get(navn="Hjemmetjenesten")], delplaner=[], av=hr, naa=naa)
lagre_sporsmaal(runde=runde, sporsmaal=None, tekst="Hva er vanskeligst å rekruttere til?", hjelp="")
DBTaskResult.objects.all().delete()
"""


def miljo(base: Path, statisk: Path) -> dict[str, str]:
    """Environment of a process over the given database: demo logins, otherwise as in production (DEBUG off)."""
    return {
        **os.environ,
        "DEBUG": "0",
        "DEMO": "1",
        "SECRET_KEY": "bare-for-nettleserprover",
        "ALLOWED_HOSTS": "127.0.0.1",
        "DATABASE_URL": f"sqlite:///{base}",
        "STATIC_ROOT": str(statisk),
        "LOGG_NIVAA": "WARNING",
    }


def bygg_demo(mappe: Path) -> tuple[Path, Path]:
    """Demo database and collected static files below the folder, made once however many test processes ask."""
    demo, statisk = malbase.demobase(mappe)[0], malbase.statisk(mappe)
    base, ferdig = mappe / "nettsted.sqlite3", mappe / "nettsted.ferdig"
    with malbase.laas(mappe, "nettsted"):
        if not ferdig.exists():
            malbase.kopier(demo, base)
            malbase.manage(["shell", "-v0", "-c", TILSTANDER], f"sqlite:///{base}", **miljo(base, statisk))
            ferdig.touch()
    return base, statisk


def kopier(fra: Path, til: Path) -> Path:
    """A consistent copy of an SQLite database, journal and all."""
    kilde, maal = sqlite3.connect(fra), sqlite3.connect(til)
    with maal:
        kilde.backup(maal)
    kilde.close()
    maal.close()
    return til


def ledig_port() -> int:
    with socket.socket() as kontakt:
        kontakt.bind(("127.0.0.1", 0))
        return kontakt.getsockname()[1]


def _start(kommando: list[str], base: Path, statisk: Path, logg: IO[str]) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, *kommando],
        cwd=ROT,
        env=miljo(base, statisk),
        stdout=logg,
        stderr=logg,
        stdin=subprocess.DEVNULL,
    )


def _vent(adresse: str, prosess: subprocess.Popen, logg: Path) -> None:
    frist = time.monotonic() + TAALMOD_SEKUNDER
    while time.monotonic() < frist and prosess.poll() is None:
        try:
            with urllib.request.urlopen(adresse, timeout=5):
                return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"Tjeneren kom ikke i gang:\n{logg.read_text()[-4000:]}")


@contextmanager
def kjor_nettsted(base: Path, statisk: Path, med_jobber: bool = True) -> Iterator[str]:
    """Serve the database on a free port of this machine, with a worker for jobs. Yields the address."""
    adresse, loggfil = f"http://127.0.0.1:{(port := ledig_port())}", base.with_suffix(".logg")
    with loggfil.open("w") as logg:
        tjener = _start(
            ["-m", "gunicorn", "config.wsgi", "-b", f"127.0.0.1:{port}", "--threads", "6", "--timeout", "120"],
            *(base, statisk, logg),
        )
        kommando = ["manage.py", "db_worker", "--interval", "1", "--no-startup-delay"]
        jobber = [_start(kommando, base, statisk, logg)] if med_jobber else []
        try:
            _vent(f"{adresse}/konto/login/", tjener, loggfil)
            yield adresse
        finally:
            for prosess in (*jobber, tjener):
                prosess.terminate()
            for prosess in (*jobber, tjener):
                try:
                    prosess.wait(timeout=15)
                except subprocess.TimeoutExpired:
                    prosess.kill()
