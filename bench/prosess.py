"""Run one measurement in its own process, so that its memory peak and its caches are its own."""

import json
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROT = Path(__file__).resolve().parent.parent
MERKE = "RESULTAT "
# Far more than any measurement takes: something is wrong when it is reached.
FRIST_SEKUNDER = 900


def miljo(url: str) -> dict[str, str]:
    """The environment of the product as it is measured, on the database given."""
    return {
        **os.environ,
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "bench.innstillinger",
        "DEBUG": "0",
        "DEMO": "1",
        "ALLOWED_HOSTS": "localhost,127.0.0.1,testserver",
        "SECRET_KEY": "bare-for-maaling",
        "LOGG_NIVAA": "ERROR",
        "PYTHONPATH": str(ROT),
    }


def ganger(vanlig: int) -> int:
    """How many times something is measured: as often as the measurement wants, or fewer with `--ganger`."""
    return min(vanlig, int(os.environ.get("BENCH_GANGER", vanlig)))


def kjor(modul: str, *argumenter: Any, url: str = "sqlite:///:memory:") -> dict[str, Any]:
    """Run `python -m bench.<modul> …` with the database given, and return what it measured. Raises on failure."""
    ferdig = subprocess.run(  # noqa: S603 - our own modules
        [sys.executable, "-m", f"bench.{modul}", *map(str, argumenter)],
        env=miljo(url),
        cwd=ROT,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        timeout=FRIST_SEKUNDER,
    )
    linjer = [linje for linje in ferdig.stdout.splitlines() if linje.startswith(MERKE)]
    if ferdig.returncode or not linjer:
        raise RuntimeError(f"bench.{modul} {argumenter}: kode {ferdig.returncode}\n{ferdig.stdout}\n{ferdig.stderr}")
    return json.loads(linjer[-1].removeprefix(MERKE))


def svar(**maalt: Any) -> None:
    """Hand the measurements back to the process that asked, with the memory peak of self and children in MB."""
    topp = sum(resource.getrusage(hvem).ru_maxrss for hvem in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    sys.stdout.write(f"\n{MERKE}{json.dumps({**maalt, 'minne_mb': round(topp / 1024)})}\n")


def ta_tid(funksjon: Callable[[], Any]) -> float:
    """Seconds one call takes."""
    start = time.perf_counter()
    funksjon()
    return time.perf_counter() - start


def median(funksjon: Callable[[], Any], ganger: int, oppvarming: int = 0) -> float:
    """Median seconds of some calls, after some that do not count."""
    for _ in range(oppvarming):
        funksjon()
    return statistics.median(ta_tid(funksjon) for _ in range(ganger))
