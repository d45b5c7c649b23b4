"""A private PostgreSQL for tests and measurements: own cluster in a temporary directory, Unix socket only.

As a context manager:   with privat_postgres() as url: ...
From the command line:  python skript/postgres.py KOMMANDO …   (runs it with DATABASE_URL set, and its exit code)

Durability is off: the cluster lives as long as the run. PostgreSQL refuses to run as root, so user `postgres` does it.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

BRUKER = "kompetanseplan"
BASE = "kompetanseplan"
OPPSETT = {
    "listen_addresses": "''",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "60",
    "shared_buffers": "256MB",
    "max_wal_size": "2GB",
    "log_min_messages": "warning",
}


def finn_programmer() -> Path:
    """The directory that holds initdb and pg_ctl, newest version first. Stops the run when PostgreSQL is missing."""
    versjoner = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    funnet = sorted(versjoner, key=lambda sti: float(sti.parts[-3]), reverse=True)
    paa_stien = shutil.which("initdb")
    if funnet:
        return funnet[0].parent
    if paa_stien:
        return Path(paa_stien).resolve().parent
    sys.exit("PostgreSQL mangler. Kjør «make setup», som installerer den.")


def _kjor(program: Path, *argumenter: str) -> None:
    """Run a PostgreSQL program as a user it accepts; on failure stop with what it printed."""
    foran = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    ferdig = subprocess.run(
        [*foran, str(program), *argumenter], capture_output=True, text=True, stdin=subprocess.DEVNULL, cwd="/"
    )
    if ferdig.returncode:
        sys.exit(f"{program.name} stoppet med kode {ferdig.returncode}:\n{ferdig.stdout}{ferdig.stderr}")


@contextmanager
def privat_postgres() -> Iterator[str]:
    """Start a cluster, yield its DATABASE_URL, and remove everything afterwards."""
    programmer = finn_programmer()
    mappe = Path(tempfile.mkdtemp(prefix="kp-pg-"))
    if os.geteuid() == 0:
        shutil.chown(mappe, "postgres")
    data, logg = mappe / "data", mappe / "logg"
    try:
        _kjor(
            programmer / "initdb",
            *("-D", str(data), "-U", BRUKER, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"),
        )
        valg = " ".join(f"-c {navn}={verdi}" for navn, verdi in OPPSETT.items()) + f" -k {mappe}"
        _kjor(programmer / "pg_ctl", "-D", str(data), "-l", str(logg), "-o", valg, "-w", "start")
        try:
            _kjor(programmer / "createdb", "-h", str(mappe), "-U", BRUKER, BASE)
            yield f"postgres://{BRUKER}@/{mappe}/{BASE}"
        finally:
            _kjor(programmer / "pg_ctl", "-D", str(data), "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(mappe, ignore_errors=True)


def main() -> int:
    """Run the given command against a private cluster."""
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with privat_postgres() as url:
        return subprocess.run(sys.argv[1:], env={**os.environ, "DATABASE_URL": url}).returncode


if __name__ == "__main__":
    sys.exit(main())
