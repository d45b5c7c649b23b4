"""`make bench`: measure import, reports, pages and PDF as ratios, print one table and write docs/maalinger.md.

    python bench/kjoer.py [--stoerrelser 2500,25000,250000] [--no-postgres] [--no-last] [--ut FIL]

Each measurement runs in a process of its own (bench.prosess). Files and databases lie in a temporary folder.
"""

import argparse
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

if __package__ in {None, ""}:
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.filer import skriv_fil
from bench.last import maal_last
from bench.prosess import ROT, ganger, kjor
from bench.tabell import Maaling, forhold, skriv_dokument, som_linje, som_markdown, tid
from skript.postgres import privat_postgres

STOERRELSER = (2_500, 25_000, 250_000)
# Import against openpyxl's reading, by number of rows (upper end of each band).
GRENSER_IMPORT = ((2_500, 3.0), (25_000, 0.6), (250_000, 0.4))
MINNE_MB = 1024
SIDEGRENSE, SPOERRINGER = 1.5, 15
LISTEGRENSE, EKSPORTGRENSE = 35 / 15, 600 / 15
RAPPORTGRENSE, PDFGRENSE = 1.5, 1.2
PLANGRENSE, LAGREGRENSE, GAPGRENSE = 2.0, 2.0, 2.0
# Of the long load test (python -m bench.last) only a taste is part of the run.
LAST_SEKUNDER, LAST_SKRIVERE = 20, 30
# «Independent of the number of employees»: room for the noise of two measurements, no more.
STABILGRENSE = 1.25


def si(tekst: str) -> None:
    """Progress, apart from the table."""
    sys.stderr.write(f"{tekst}\n")


@dataclass
class Motor:
    """A database engine that can hand out fresh, migrated databases."""

    navn: str
    mal: str
    mappe: Path
    nummer: int = 0
    versjon: str = ""

    def ny_base(self) -> str:
        """URL of a new copy of the migrated template."""
        self.nummer += 1
        if self.navn == "SQLite":
            ny = self.mappe / f"base{self.nummer}.sqlite3"
            shutil.copy(self.mal.removeprefix("sqlite:///"), ny)
            return f"sqlite:///{ny}"
        rot, malnavn = self.mal.rsplit("/", 1)
        self._sql(f'CREATE DATABASE "b{self.nummer}" TEMPLATE "{malnavn}"')
        return f"{rot}/b{self.nummer}"

    def slett(self, url: str) -> None:
        """Remove a database that has been measured."""
        if self.navn == "SQLite":
            Path(url.removeprefix("sqlite:///")).unlink()
        else:
            self._sql(f'DROP DATABASE "{url.rsplit("/", 1)[1]}" WITH (FORCE)')

    def _sql(self, setning: str) -> None:
        import psycopg

        vert = self.mal.split("@/", 1)[1].rsplit("/", 1)[0]
        bruker = self.mal.split("://", 1)[1].split("@", 1)[0]
        with psycopg.connect(host=vert, user=bruker, dbname="postgres", autocommit=True) as kobling:
            kobling.execute(setning)
            self.versjon = str(kobling.info.server_version // 10_000)


@dataclass
class Kjoering:
    """What has been measured so far, and what the sizes are compared by."""

    stoerrelser: list[int]
    maalinger: list[Maaling] = field(default_factory=list)
    # (engine, size) → how many empty pages each page takes, by path
    sider: dict[tuple[str, int], dict[str, float]] = field(default_factory=dict)

    def legg_til(self, *maalinger: Maaling) -> None:
        """Keep, and say at once: a full run takes minutes."""
        self.maalinger += maalinger
        for maaling in maalinger:
            si(f"  {som_linje(maaling)}")


@contextmanager
def motorer(mappe: Path, postgres: bool, mal: Path | None = None) -> Iterator[list[Motor]]:
    """SQLite, and a private PostgreSQL when asked for, each with a migrated template. `mal`: a migrated SQLite database
    to begin from."""
    with ExitStack() as stabel:
        alle = [Motor("SQLite", f"sqlite:///{mappe / 'mal.sqlite3'}", mappe)]
        if mal:
            shutil.copy(mal, mappe / "mal.sqlite3")
        if postgres:
            alle.append(Motor("PostgreSQL", stabel.enter_context(privat_postgres()), mappe))
        for motor in alle:
            si(f"Klargjør {motor.navn}")
            kjor("klargjor", url=motor.mal)
        yield alle


def maal_innlesing(kjoering: Kjoering, motor: Motor, antall: int, fil: Path) -> str:
    """Read the file with openpyxl and import it into a fresh database, in turns, so that a busy moment touches both.

    The best of each counts. Returns the URL of the last database, for the measurements that follow.
    """
    lest, innlest, minne, url = [], [], 0, ""
    for nummer in range(ganger(5 if antall <= 5_000 else 3 if antall <= 50_000 else 2)):
        if nummer:
            motor.slett(url)
        url = motor.ny_base()
        lest.append(kjor("les", fil, 1)["sekunder"])
        maalt = kjor("innlesing", fil, url=url)
        innlest.append(maalt["sekunder"])
        minne = max(minne, maalt["minne_mb"])
    grense = next((g for rader, g in GRENSER_IMPORT if antall <= rader), GRENSER_IMPORT[-1][1])
    kjoering.legg_til(
        forhold("Hele innlesingen ÷ openpyxl leser", motor.navn, antall, min(innlest), min(lest), grense),
        Maaling("Minne under innlesing", motor.navn, antall, minne, MINNE_MB, "MB"),
    )
    return url


def maal_rapporter(kjoering: Kjoering, motor: Motor, antall: int, url: str) -> None:
    """All reports of the extract, computed anew."""
    maalt = kjor("rapporter", url=url)
    navn = "Alle rapporter første gang ÷ lasting + regning alene"
    kjoering.legg_til(forhold(navn, motor.navn, antall, maalt["foerste_gang"], maalt["alene"], RAPPORTGRENSE))


def maal_sider(kjoering: Kjoering, motor: Motor, antall: int, url: str) -> None:
    """Every report page and list, and the export, against the empty page."""
    maalt = kjor("sider", url=url)
    tom = maalt["tom"]

    for gruppe, navn, grense in (
        ("rapporter", "Treigeste rapportside som HR ÷ tom side", SIDEGRENSE),
        ("leser", "Treigeste rapportside som leser ÷ tom side", SIDEGRENSE),
        ("enheter", "Enhetslisten ÷ tom side", LISTEGRENSE),
        ("andre", "Treigeste andre liste ÷ tom side", None),
        ("eksport", "Eksport til xlsx ÷ tom side", EKSPORTGRENSE),
    ):
        sti, (sekunder, ganger) = max(maalt[gruppe].items(), key=lambda par: par[1][1])
        grunnlag = f"{tid(sekunder)}, tom {tid(tom)}"
        kjoering.legg_til(Maaling(f"{navn} ({sti})", motor.navn, antall, ganger, grense, "×", grunnlag))
    sti, flest = max(maalt["spoerringer"].items(), key=lambda par: par[1])
    kjoering.legg_til(Maaling(f"Flest SQL-spørringer på en side ({sti})", motor.navn, antall, flest, SPOERRINGER, ""))
    kjoering.sider[motor.navn, antall] = {
        sti: par[1] for sti, par in {**maalt["rapporter"], **maalt["enheter"]}.items()
    }


def maal_uavhengighet(kjoering: Kjoering, motor: Motor) -> None:
    """The page that grows most, counted in empty pages, from the smallest to the largest number of employees."""
    minst, stoerst = min(kjoering.stoerrelser), max(kjoering.stoerrelser)
    liten, stor = kjoering.sider.get((motor.navn, minst)), kjoering.sider.get((motor.navn, stoerst))
    if minst != stoerst and liten and stor:
        sti = max(liten, key=lambda s: stor[s] / liten[s])
        navn = f"Side ved {stoerst} ÷ ved {minst} rader, den som øker mest ({sti})"
        grunnlag = f"{stor[sti]:.2f} / {liten[sti]:.2f} tomme sider".replace(".", ",")
        kjoering.legg_til(Maaling(navn, motor.navn, 0, stor[sti] / liten[sti], STABILGRENSE, "×", grunnlag))


def maal_pdf(kjoering: Kjoering, motor: Motor, antall: int, url: str) -> None:
    """The council document against WeasyPrint alone."""
    maalt = kjor("dokument", url=url)
    navn = "PDF til bystyret ÷ WeasyPrint alene"
    kjoering.legg_til(forhold(navn, motor.navn, antall, maalt["vaar"], maalt["alene"], PDFGRENSE))


def maal_plan_pdf(kjoering: Kjoering, motor: Motor, url: str) -> None:
    """A delplan as PDF, among the sixty, against WeasyPrint alone."""
    maalt = kjor("planer_dokument", url=url)
    navn = "PDF av en delplan ÷ WeasyPrint alene"
    kjoering.legg_til(forhold(navn, motor.navn, 0, maalt["vaar"], maalt["alene"], PDFGRENSE))


def maal_planer(kjoering: Kjoering, motor: Motor, url: str) -> None:
    """Sixty delplaner with 1 500 tiltak: the overview and the other pages, and saving while one writes."""
    maalt = kjor("planer", url=url)
    tom, rader = maalt["tom"], maalt["tiltak"]
    for navn, (sekunder, antall), grense in (
        ("Planoversikten, 60 delplaner ÷ tom side", maalt["sider"]["oversikt"], PLANGRENSE),
        ("Planoversikten rett etter en endring ÷ tom side", maalt["ny"], PLANGRENSE),
        ("Lagring mens man skriver ÷ tom side", maalt["lagring"][:2], LAGREGRENSE),
    ):
        grunnlag = f"{tid(sekunder)}, tom {tid(tom)}"
        kjoering.legg_til(Maaling(navn, motor.navn, rader, antall, grense, "×", grunnlag))
    kjoering.legg_til(_treigeste_planside(maalt, motor))
    flest = max(maalt["mange"]["oversikt"], maalt["leder"])
    vekst = {side: maalt["mange"][side] - antall for side, antall in maalt["faa"].items()}
    oversikt = vekst.pop("oversikt")
    verst = max(vekst, key=lambda side: vekst[side])
    fler = "flere spørringer fra 10 til 60 delplaner"
    kjoering.legg_til(
        Maaling("Planoversikten, SQL-spørringer", motor.navn, rader, flest, SPOERRINGER, ""),
        Maaling(f"Planoversikten, {fler}", motor.navn, rader, oversikt, 0, ""),
        Maaling(f"Annen planside med {fler} ({verst})", motor.navn, rader, vekst[verst], None, ""),
    )


def maal_kompetanse(kjoering: Kjoering, motor: Motor, url: str, med_pdf: bool) -> None:
    """Five hundred leaders against sixty requirements, in one pass; the documents that are made while one waits."""
    m = kjor("kompetanse", *(["pdf"] if med_pdf else []), url=url)
    navn, rader = f"{m['ledere']} ledere × {m['krav']} krav", m["ledere"]
    tom = f"{tid(m['sekunder'])}, tom {tid(m['tom'])}"
    side = f"{tid(m['side'][0])}, tom {tid(m['tom'])}"
    kjoering.legg_til(
        Maaling(f"{navn} i ett ÷ tom side", motor.navn, rader, m["sekunder"] / m["tom"], None, "×", tom),
        Maaling(f"{navn}, flere spørringer enn for en tidel", motor.navn, rader, m["mange"] - m["faa"], 0, ""),
        Maaling(f"{navn}, SQL-spørringer på siden", motor.navn, rader, m["paa_siden"], SPOERRINGER, ""),
        Maaling(f"Listen over {m['ledere']} ledere ÷ tom side", motor.navn, rader, m["side"][1], None, "×", side),
        *(
            Maaling(
                f"{hva} som PDF ÷ tom side", motor.navn, 0, s / m["tom"], None, "×", f"{tid(s)}, tom {tid(m['tom'])}"
            )
            for hva, s in m["pdf"].items()
        ),
    )


def maal_gapresultat(kjoering: Kjoering, motor: Motor, url: str) -> None:
    """Sixty gap analyses with two hundred rows each: the heat table, and the round's overview."""
    m = kjor("gapresultat", url=url)
    navn, rader, tom = f"{m['analyser']} × {m['rader']}", m["analyser"] * m["rader"], m["tom"]
    (tegnetid, antall), vernet = m["tegnet"], "med små tall skjult"
    for hva, sekunder, tomme, grense in (
        (f"Gapresultatet, {navn} ÷ tom side", *m["resultat"], GAPGRENSE),
        (f"Gapresultatet, {navn}, {vernet} ÷ tom side", *m["leser"], GAPGRENSE),
        ("Gapresultatet, en annen horisont ÷ tom side", *m["beholdt"], GAPGRENSE),
        (f"Gapresultatet, en annen horisont, {vernet} ÷ tom side", *m["leser_beholdt"], GAPGRENSE),
        ("Gapresultatet før det er tegnet ÷ tom side", m["forste"], m["forste"] / tom, None),
        (f"Gapresultatet før det er tegnet, {vernet} ÷ tom side", m["forste_leser"], m["forste_leser"] / tom, None),
        (f"Gapresultatet tegnes i bakgrunnen, {antall} sider ÷ tom side", tegnetid, tegnetid / tom, None),
        ("Gaprundens oversikt ÷ tom side", *m["oversikt"], None),
    ):
        kjoering.legg_til(Maaling(hva, motor.navn, rader, tomme, grense, "×", f"{tid(sekunder)}, tom {tid(tom)}"))
    kjoering.legg_til(
        Maaling("Gapresultatet og runden, SQL-spørringer", motor.navn, rader, m["spoerringer"], SPOERRINGER, ""),
        Maaling("Gapresultatet, flere spørringer enn for en sjettedel", motor.navn, rader, m["vekst"], 0, ""),
    )


def maal_skriving(kjoering: Kjoering, motor: Motor) -> None:
    """A taste of the load test. Raises when it does not see lost edits with the lock taken out."""
    for laas in (True, False):
        url = motor.ny_base()
        m = maal_last(url, motor.navn, sekunder=LAST_SEKUNDER, skrivere=LAST_SKRIVERE, laas=laas)
        motor.slett(url)
        if not laas and not m.tapt:
            raise RuntimeError("Lasttesten ser ikke tapte lagringer når låsen er tatt ut")
        navn = f"{m.skrivere} skriver sammen i {LAST_SEKUNDER} s, {'med' if laas else 'uten'} lås: tapte lagringer"
        grunnlag = f"{m.lagringer} lagringer, {m.konflikter} konflikter, median {tid(m.median)}, p95 {tid(m.p95)}"
        kjoering.legg_til(Maaling(navn, motor.navn, 0, m.tapt, 0 if laas else None, "", grunnlag))
        if m.feil:
            raise RuntimeError(f"Lasttesten fikk uventede svar: {m.feil}")


def _treigeste_planside(maalt: dict, motor: Motor) -> Maaling:
    """The slowest of the plans' other pages."""
    andre = {side: par for side, par in maalt["sider"].items() if side != "oversikt"}
    side, (sekunder, ganger) = max(andre.items(), key=lambda par: par[1][1])
    grunnlag = f"{tid(sekunder)}, tom {tid(maalt['tom'])}"
    return Maaling(
        f"Treigeste andre planside ÷ tom side ({side})", motor.navn, maalt["tiltak"], ganger, None, "×", grunnlag
    )


def maal(
    stoerrelser: list[int], postgres: bool, med_last: bool, med_pdf: bool, mal: Path | None = None
) -> tuple[Kjoering, str]:
    """Everything. Returns the measurements and PostgreSQL's version («» when not used)."""
    kjoering = Kjoering(stoerrelser)
    with tempfile.TemporaryDirectory(prefix="kp-bench-") as navn, motorer(Path(navn), postgres, mal) as alle:
        for antall in stoerrelser:
            si(f"{antall} rader: lager filen")
            fil = skriv_fil(Path(navn) / f"ansatte_{antall}.xlsx", antall)
            for motor in alle:
                si(f"{antall} rader på {motor.navn}: innlesing, rapporter, sider")
                url = maal_innlesing(kjoering, motor, antall, fil)
                maal_rapporter(kjoering, motor, antall, url)
                maal_sider(kjoering, motor, antall, url)
                if antall == min(stoerrelser):
                    maal_planer(kjoering, motor, url)
                    if med_pdf:
                        maal_pdf(kjoering, motor, antall, url)
                        maal_plan_pdf(kjoering, motor, url)
                    maal_kompetanse(kjoering, motor, url, med_pdf)
                    maal_gapresultat(kjoering, motor, url)
                motor.slett(url)
        for motor in alle:
            maal_uavhengighet(kjoering, motor)
            if med_last:
                si(f"Lasttest på {motor.navn}")
                maal_skriving(kjoering, motor)
        return kjoering, alle[-1].versjon


def main(argumenter: list[str] | None = None) -> int:
    """Measure, print, write. What is over its limit says so in the table; the exit code is about the run itself."""
    leser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    leser.add_argument("--stoerrelser", default=",".join(map(str, STOERRELSER)))
    leser.add_argument("--postgres", action=argparse.BooleanOptionalAction, default=True)
    leser.add_argument("--last", action=argparse.BooleanOptionalAction, default=True, help="ta med lasttesten")
    leser.add_argument("--pdf", action=argparse.BooleanOptionalAction, default=True, help="ta med PDF-ene")
    leser.add_argument("--ganger", type=int, help="mål høyst så mange ganger: fort, men unøyaktig")
    leser.add_argument("--mal", type=Path, help="begynn fra denne migrerte SQLite-basen")
    leser.add_argument("--ut", type=Path, default=ROT / "docs" / "maalinger.md")
    valg = leser.parse_args(argumenter)
    # So that an interrupted run takes its database cluster and its folder with it.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    if valg.ganger:
        os.environ["BENCH_GANGER"] = str(valg.ganger)
    stoerrelser = sorted(int(s) for s in valg.stoerrelser.split(","))
    kjoering, versjon = maal(stoerrelser, valg.postgres, valg.last, valg.pdf, valg.mal)
    kjoering.maalinger.sort(key=lambda m: (m.navn.split(" (")[0], m.rader, m.motor))
    sys.stdout.write(som_markdown(kjoering.maalinger) + "\n")
    skriv_dokument(valg.ut, kjoering.maalinger, datetime.now(UTC).date(), versjon)
    return 0


if __name__ == "__main__":
    sys.exit(main())
