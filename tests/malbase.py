"""A migrated database, made once in a test run and copied: running the migrations takes longer than most tests.

All processes of a run share the folder of `delt_mappe`; skript/prov.sh names one (PROVE_MAPPE) for all its stages.
"""

import fcntl
import os
import shutil
import sqlite3
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import connection

PG_MAL = "kp_mal"
# manage.py, but without looking for what can be thrown away: a third of the time of many migrations.
UTEN_SOEPPEL = "import gc, runpy; gc.disable(); runpy.run_path('manage.py', run_name='__main__')"
# An in-memory database lives as long as somebody is connected to it.
_holdt: list[sqlite3.Connection] = []


def delt_mappe(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all test processes of this run share."""
    if fast := os.environ.get("PROVE_MAPPE"):
        return Path(fast)
    base = tmp_path_factory.getbasetemp()
    return base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base


@contextmanager
def laas(mappe: Path, navn: str) -> Iterator[None]:
    """One process at a time."""
    mappe.mkdir(parents=True, exist_ok=True)
    with (mappe / f"{navn}.laas").open("w") as fil:
        fcntl.flock(fil, fcntl.LOCK_EX)
        yield


def sqlite_mal(mappe: Path) -> Path:
    """The migrated SQLite database. Never opened for use: copy it with `kopier`."""
    mal, ferdig = mappe / "mal.sqlite3", mappe / "mal.ferdig"
    with laas(mappe, "mal"):
        if not ferdig.exists():
            _migrer(f"sqlite:///{mal}")
            with sqlite3.connect(mal) as base:
                base.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            ferdig.touch()
    return mal


def kopier(mal: Path, til: Path) -> Path:
    """A database of one's own."""
    til.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(mal, til)
    return til


def demobase(mappe: Path) -> tuple[Path, str]:
    """A database that `lag_demo --paa-nytt` has made the demo municipality in, and what the command printed. It was not
    empty: an event of the kind «gammel» lay there. Never opened for use: copy it with `kopier`.
    """
    base, utskrift = mappe / "demo.sqlite3", mappe / "demo.txt"
    mal = sqlite_mal(mappe)
    with laas(mappe, "demo"):
        if not utskrift.exists():
            kopier(mal, base)
            with sqlite3.connect(base) as kobling:
                kobling.execute(
                    "INSERT INTO organisasjon_hendelse (tid, slag, innhold) VALUES ('2020-01-01', 'gammel', '{}')"
                )
            skrevet = manage(["lag_demo", "--paa-nytt"], f"sqlite:///{base}")
            with sqlite3.connect(base) as kobling:
                kobling.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            utskrift.write_text(skrevet, encoding="utf-8")
    return base, utskrift.read_text(encoding="utf-8")


def statisk(mappe: Path) -> Path:
    """Static files, collected as production serves them."""
    ut, ferdig = mappe / "statisk", mappe / "statisk.ferdig"
    with laas(mappe, "statisk"):
        if not ferdig.exists():
            manage(["collectstatic", "--no-input", "-v0"], "sqlite://:memory:", DEBUG="0", STATIC_ROOT=str(ut))
            ferdig.touch()
    return ut


def bruk_mal(mappe: Path) -> None:
    """Let Django's test database start as a copy of the migrated one; its own `migrate` then finds nothing to do."""
    if connection.vendor == "sqlite":
        mal = sqlite_mal(mappe)

        def lag(verbosity: int, autoclobber: bool, keepdb: bool = False) -> str:
            navn = connection.creation._get_test_db_name()
            holder = sqlite3.connect(navn, uri=True)
            with sqlite3.connect(mal) as kilde:
                kilde.backup(holder)
            _holdt.append(holder)
            return navn

        connection.creation._create_test_db = lag
        return
    with laas(mappe, "pg"):
        if not _pg("SELECT 1 FROM pg_database WHERE datname = %s", PG_MAL):
            _pg(f'CREATE DATABASE "{PG_MAL}"')
            _migrer(f"{os.environ['DATABASE_URL'].rsplit('/', 1)[0]}/{PG_MAL}")
    connection.settings_dict["TEST"]["TEMPLATE"] = PG_MAL


def pg_kopi(navn: str) -> None:
    """A PostgreSQL database of that name, migrated."""
    _pg(f'CREATE DATABASE "{navn}" TEMPLATE "{PG_MAL}"')


class Egenbase:
    """A migrated database of its own, of the engine the tests run on, for processes of their own."""

    def __init__(self, mappe: Path, prove_mappe: Path) -> None:
        self.navn = f"egen_{uuid.uuid4().hex[:10]}"
        if connection.vendor == "sqlite":
            self.sti = kopier(sqlite_mal(prove_mappe), mappe / "base.sqlite3")
            self.databasenavn, self.url = str(self.sti), f"sqlite:///{self.sti}"
        else:
            pg_kopi(self.navn)
            self.databasenavn = self.navn
            self.url = os.environ["DATABASE_URL"].rsplit("/", 1)[0] + "/" + self.navn
        self.miljo = {**os.environ, "DATABASE_URL": self.url, "DJANGO_SETTINGS_MODULE": "config.settings"}

    def koble(self) -> Any:
        """A connection that commits when its block ends."""
        if connection.vendor == "sqlite":
            return sqlite3.connect(self.sti)
        valg = settings.DATABASES["default"]
        return psycopg.connect(host=valg["HOST"], user=valg["USER"], password=valg["PASSWORD"], dbname=self.navn)

    def rydd(self) -> None:
        if connection.vendor != "sqlite":
            _pg(f'DROP DATABASE "{self.navn}" WITH (FORCE)')


def _pg(sql: str, *verdier: str) -> list[tuple]:
    valg: dict[str, Any] = settings.DATABASES["default"]
    with psycopg.connect(
        host=valg["HOST"], user=valg["USER"], password=valg["PASSWORD"], dbname="postgres", autocommit=True
    ) as kobling:
        svar = kobling.execute(sql, verdier or None)
        return svar.fetchall() if svar.description else []


def _migrer(url: str) -> None:
    manage(["migrate", "--no-input", "-v0"], url)


def manage(kommando: list[str], url: str, **mer: str) -> str:
    """Run a management command over the database, as the demo product does, and return what it printed. A failure stops
    the tests with what it said. `mer`: more of the environment.
    """
    miljo = {
        **os.environ,
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "LOGG_NIVAA": "ERROR",
        "DEMO": "1",
        "DEBUG": "1",
        "SECRET_KEY": "bare-for-prover",
        "ALLOWED_HOSTS": "localhost",
        **mer,
    }
    ferdig = subprocess.run(
        [sys.executable, "-c", UTEN_SOEPPEL, *kommando],
        cwd=settings.BASE_DIR,
        env=miljo,
        capture_output=True,
        text=True,
    )
    if ferdig.returncode:
        raise RuntimeError(f"{' '.join(kommando)} stoppet:\n{ferdig.stdout[-2000:]}\n{ferdig.stderr[-4000:]}")
    return ferdig.stdout
