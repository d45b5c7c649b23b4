"""Thirty people write in the same plan over HTTP, and no accepted edit may be lost.

    python -m bench.last [--sekunder 120] [--skrivere 30] [--base sqlite|postgres|begge] [--uten-laas]

Starts gunicorn the way `make run` does, on a fresh database. `--uten-laas` takes the product's lock out
(bench.uten_laas) to show that the test sees lost edits; the run then fails when it sees none.
"""

import argparse
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.nettklient import Nettklient
from bench.prosess import ROT, kjor, miljo
from bench.redigering import Regnskap, Skriver, doblet, tapt
from skript.postgres import privat_postgres

SEKUNDER, SKRIVERE = 120, 30
# Seconds between a person's saves: an editor saves two or three seconds after the typing stops.
PAUSE = (1.5, 4.0)
# How often somebody goes on to another section.
BYTTE = 0.15
OPPSTART = 60


@dataclass(frozen=True)
class Lastmaaling:
    """The account of one run. `tapt`: accepted edits that are not in the text at the end; `uten_historie`: those that
    are in no version either; `doblet`: edits that stand twice.
    """

    base: str
    laas: bool
    skrivere: int
    sekunder: float
    lagringer: int
    konflikter: int
    feil: dict[str, int]
    median: float
    p95: float
    tapt: int
    uten_historie: int
    doblet: int

    @property
    def per_sekund(self) -> float:
        return self.lagringer / self.sekunder

    @property
    def holder(self) -> bool:
        """With the lock nothing may be lost, or fail; without it something must be."""
        return self.tapt == 0 and not self.feil if self.laas else self.tapt > 0


def ledig_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


@contextmanager
def tjener(url: str, laas: bool) -> Iterator[int]:
    """Gunicorn with the product on the database; yields the port."""
    port = ledig_port()
    program = "config.wsgi" if laas else "bench.uten_laas:lag_program()"
    kommando = [sys.executable, "-m", "gunicorn", program, "--bind", f"127.0.0.1:{port}", "--threads", "4"]
    prosess = subprocess.Popen(  # noqa: S603 - our own server
        [*kommando, "--timeout", "120", "--log-level", "error"],
        env=miljo(url),
        cwd=ROT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        # Every conflict is a line there; what should not come is counted by its status.
        stderr=subprocess.DEVNULL,
    )
    try:
        _vent_paa(port, prosess)
        yield port
    finally:
        prosess.terminate()
        prosess.wait(timeout=30)


def _vent_paa(port: int, prosess: subprocess.Popen) -> None:
    frist = time.monotonic() + OPPSTART
    while time.monotonic() < frist:
        if prosess.poll() is not None:
            raise RuntimeError(f"Tjeneren stoppet med kode {prosess.returncode}")
        with socket.socket() as s:
            if s.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError("Tjeneren svarer ikke")


def _arbeid(skriver: Skriver, slutt: float, pause: tuple[float, float]) -> None:
    """Write until the time is out. What goes wrong is an error in the account, not a silent thread."""
    try:
        while (igjen := slutt - time.monotonic()) > 0:
            time.sleep(min(skriver.terning.uniform(*pause), igjen))
            if skriver.terning.random() < BYTTE:
                skriver.bytt()
            skriver.skriv()
    except Exception as feil:
        skriver.regnskap.feil[type(feil).__name__] += 1


def skriv_sammen(port: int, grunn: dict, sekunder: float, pause: tuple[float, float]) -> tuple[Regnskap, float]:
    """Log everybody in, let them write, and add their accounts together."""
    skrivere = [
        Skriver(navn, Nettklient(port, navn, grunn["passord"]), grunn["seksjoner"], time.monotonic)
        for navn in grunn["brukere"]
    ]
    start = time.monotonic()
    traader = [threading.Thread(target=_arbeid, args=(s, start + sekunder, pause)) for s in skrivere]
    for traad in traader:
        traad.start()
    for traad in traader:
        traad.join()
    samlet = Regnskap()
    for skriver in skrivere:
        samlet.legg_til(skriver.regnskap)
    return samlet, time.monotonic() - start


def maal_last(
    url: str,
    base: str,
    *,
    sekunder: float,
    skrivere: int,
    laas: bool = True,
    pause: tuple[float, float] = PAUSE,
) -> Lastmaaling:
    """One run on an empty database."""
    grunn = kjor("lastgrunn", "klargjor", skrivere, url=url)
    with tjener(url, laas) as port:
        regnskap, varte = skriv_sammen(port, grunn, sekunder, pause)
    etter = kjor("lastgrunn", "les", *grunn["seksjoner"], url=url)
    tekster = {int(pk): html for pk, html in etter["tekster"].items()}
    historie = {int(pk): html + tekster[int(pk)] for pk, html in etter["historie"].items()}
    tider = sorted(regnskap.tider) or [0.0]
    return Lastmaaling(
        base=base,
        laas=laas,
        skrivere=skrivere,
        sekunder=varte,
        lagringer=regnskap.lagringer,
        konflikter=regnskap.konflikter,
        feil=dict(regnskap.feil),
        median=statistics.median(tider),
        p95=tider[int(len(tider) * 0.95)],
        tapt=len(tapt(regnskap.godtatt, tekster)),
        uten_historie=len(tapt(regnskap.godtatt, historie)),
        doblet=len(doblet(tekster.values())),
    )


def skriv_ut(m: Lastmaaling) -> str:
    """The run in words."""
    laas = "med lås" if m.laas else "uten lås"
    return (
        f"{m.base}, {laas}: {m.skrivere} skrivere i {m.sekunder:.0f} s, {m.lagringer} lagringer "
        f"({m.per_sekund:.1f}/s), {m.konflikter} konflikter, median {m.median * 1000:.0f} ms, "
        f"p95 {m.p95 * 1000:.0f} ms, tapt {m.tapt}, heller ikke i historikken {m.uten_historie}, "
        f"doblet {m.doblet}, feil {m.feil or 0}"
    )


def main(argumenter: list[str] | None = None) -> int:
    """0 when every run holds."""
    leser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    leser.add_argument("--sekunder", type=float, default=SEKUNDER)
    leser.add_argument("--skrivere", type=int, default=SKRIVERE)
    leser.add_argument("--base", choices=["sqlite", "postgres", "begge"], default="begge")
    leser.add_argument("--uten-laas", action="store_true")
    valg = leser.parse_args(argumenter)
    maalt = []
    with ExitStack() as stabel:
        mappe = stabel.enter_context(tempfile.TemporaryDirectory(prefix="kp-last-"))
        baser = {"SQLite": f"sqlite:///{Path(mappe) / 'base.sqlite3'}"} if valg.base != "postgres" else {}
        if valg.base != "sqlite":
            baser["PostgreSQL"] = stabel.enter_context(privat_postgres())
        for navn, url in baser.items():
            m = maal_last(url, navn, sekunder=valg.sekunder, skrivere=valg.skrivere, laas=not valg.uten_laas)
            maalt.append(m)
            sys.stdout.write(f"{skriv_ut(m)}\n")
    return 0 if all(m.holder for m in maalt) else 1


if __name__ == "__main__":
    sys.exit(main())
