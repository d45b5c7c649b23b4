"""The measurements as one Markdown table, and the facts of the machine they were made on."""

import os
import platform
import sqlite3
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path

PAKKER = ("Django", "pandas", "numpy", "openpyxl", "python-calamine", "weasyprint", "psycopg")


@dataclass(frozen=True)
class Maaling:
    """One line: what was measured, on which database and size, its value, what it is held against, and the limit.

    `verdi` is in the unit of `grense`; ratios carry the two times they were made of in `grunnlag`.
    """

    navn: str
    motor: str
    rader: int
    verdi: float
    grense: float | None
    enhet: str = "×"
    grunnlag: str = ""

    @property
    def status(self) -> str:
        if self.grense is None:
            return "–"
        return "ok" if self.verdi <= self.grense else "**over**"


def tid(sekunder: float) -> str:
    """Seconds as they are read: 12 ms, 0,34 s, 41 s."""
    if sekunder < 0.1:
        return f"{sekunder * 1000:.1f} ms".replace(".", ",")
    return f"{sekunder:.2f} s".replace(".", ",")


def forhold(navn: str, motor: str, rader: int, teller: float, nevner: float, grense: float | None) -> Maaling:
    """A ratio of two times in seconds."""
    return Maaling(navn, motor, rader, teller / nevner, grense, "×", f"{tid(teller)} / {tid(nevner)}")


def _tall(verdi: float, enhet: str) -> str:
    tekst = f"{verdi:.2f}" if enhet == "×" else f"{verdi:,.0f}".replace(",", " ")
    return f"{tekst.replace('.', ',')} {enhet}".rstrip()


def som_linje(m: Maaling) -> str:
    """One line of the table."""
    grense = "" if m.grense is None else _tall(m.grense, m.enhet)
    rader = f"{m.rader:,}".replace(",", " ") if m.rader else ""
    return f"| {m.navn} | {m.motor} | {rader} | {_tall(m.verdi, m.enhet)} | {grense} | {m.status} | {m.grunnlag} |"


def som_markdown(maalinger: list[Maaling]) -> str:
    """The table, one line per measurement."""
    hode = "| Måling | Base | Rader | Verdi | Grense | | Grunnlag |\n| --- | --- | ---: | ---: | ---: | --- | --- |"
    return "\n".join([hode, *map(som_linje, maalinger)])


def _minne_gb() -> str:
    try:
        byte = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (ValueError, OSError):
        return "ukjent"
    return f"{byte / 2**30:.0f} GB"


def maskinfakta(postgres: str = "") -> str:
    """Cores, memory and versions; nothing that names the machine."""
    kjerner = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    versjoner = [f"Python {platform.python_version()}", f"SQLite {sqlite3.sqlite_version}"]
    versjoner += [f"PostgreSQL {postgres}"] if postgres else []
    versjoner += [f"{pakke} {version(pakke)}" for pakke in PAKKER]
    return f"{kjerner} kjerner, {_minne_gb()} minne, {platform.system()}. " + ", ".join(versjoner) + "."


def skriv_dokument(sti: Path, maalinger: list[Maaling], dag: date, postgres: str) -> None:
    """Write docs/maalinger.md: what the lines mean, the machine, the table."""
    mal = (Path(__file__).parent / "maalinger.mal.md").read_text(encoding="utf-8")
    tekst = mal.format(dato=f"{dag:%d.%m.%Y}", maskin=maskinfakta(postgres), tabell=som_markdown(maalinger))
    sti.write_text(tekst, encoding="utf-8")
