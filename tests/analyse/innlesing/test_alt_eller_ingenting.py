"""Real processes: a server killed in mid-import, two imports at once, an upload that is cut. All or nothing."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from analyse.models import Innlesing, Uttrekk
from tests import malbase
from tests.analyse.innlesing import forer
from tests.analyse.innlesing.filer import rader, skriv_xlsx

TABELLER = (
    "analyse_uttrekk",
    "analyse_ansettelse",
    "analyse_uttrekkenhet",
    "organisasjon_enhet",
    "analyse_rapportresultat",
)


class Base(malbase.Egenbase):
    """With imports, and what they leave behind."""

    def antall(self) -> dict[str, int]:
        sql = [f"SELECT count(*) FROM {t}" for t in TABELLER]  # noqa: S608  (fixed names)
        with self.koble() as k:
            return {t: k.execute(s).fetchone()[0] for t, s in zip(TABELLER, sql, strict=True)}

    def tom(self) -> None:
        tabeller = ("analyse_leder", *TABELLER[1:3], *TABELLER[4:], "analyse_uttrekk", "organisasjon_enhet")
        with self.koble() as k:
            for t in tabeller:
                k.execute(f"DELETE FROM {t}")  # noqa: S608  (fixed names)


@pytest.fixture(scope="module")
def felles_base(tmp_path_factory, prove_mappe, django_db_setup):
    egen = Base(tmp_path_factory.mktemp("base"), prove_mappe)
    yield egen
    egen.rydd()


@pytest.fixture
def base(felles_base):
    """The database of its own, emptied of extracts."""
    felles_base.tom()
    return felles_base


@pytest.fixture
def liste(tmp_path):
    return skriv_xlsx(tmp_path / "liste.xlsx", rader(300))


@pytest.fixture
def importer(base, tmp_path):
    """`importer(liste, drep=35)` starts an import; what it returns waits for it: exit code, and what it said."""
    nummer = iter(range(1, 100))

    def start(sti: Path, **hva: Any) -> Callable[[], tuple[int, str]]:
        svar = tmp_path / f"svar{next(nummer)}"
        prosess = forer.start(forer.Importjobb(base.databasenavn, sti, svar, **hva))

        def vent() -> tuple[int, str]:
            prosess.join(timeout=90)
            return prosess.exitcode, svar.read_text(encoding="utf-8") if svar.exists() else ""

        return vent

    return start


def test_drept_underveis_gir_for_eller_etter(base, liste, importer):
    """Killed while reading, before the rows, after the rows, and after everything."""
    for naar in (5, 35, 50, 75):
        assert importer(liste, drep=naar)()[0] == -9
        assert set(base.antall().values()) == {0}, naar
    kode, _tekst = importer(liste, drep=100)()
    etter = base.antall()
    assert kode == -9 and etter["analyse_uttrekk"] == 1 and etter["analyse_ansettelse"] == 300
    assert etter["analyse_rapportresultat"] > 0
    # What is left behind does not stand in the way of the next.
    kode, feil = importer(liste)()
    assert kode == 0, feil
    assert base.antall() == etter


@pytest.mark.parametrize("samme", [True, False])
def test_to_innlesinger_samtidig(base, liste, tmp_path, importer, samme):
    andre = liste if samme else skriv_xlsx(tmp_path / "annen.xlsx", rader(310), titler=[["Uttrekk 01.08.2025"]])
    start = tmp_path / "start"
    ventende = [importer(sti, vent=50, start=start) for sti in (liste, andre)]
    frist = time.monotonic() + 60
    while len(list(tmp_path.glob("start.*"))) < 2 and time.monotonic() < frist:
        time.sleep(0.02)
    start.touch()
    svar = [vent() for vent in ventende]
    koder = [kode for kode, _tekst in svar]
    assert sorted(koder) == [0, 2], svar
    assert "En annen innlesing" in svar[koder.index(2)][1]
    antall = base.antall()
    assert antall["analyse_uttrekk"] == 1 and antall["analyse_ansettelse"] in (300, 310)


def test_drept_leser_tar_ikke_med_seg_tjenesten(db, liste, monkeypatch, tmp_path):
    """The child dies, as it does of a sheet it cannot hold; the parent tells why and goes on."""
    from analyse.innlesing import lesing
    from analyse.innlesing.problem import Innlesingsfeil
    from analyse.services.uttrekk import importer_fil

    (tmp_path / "barn.py").write_text("import os; os.abort()")
    monkeypatch.setattr(lesing, "BARN", tmp_path / "barn.py")
    with pytest.raises(Innlesingsfeil, match="for stort"):
        importer_fil(sti=liste)
    monkeypatch.undo()
    assert importer_fil(sti=liste).uttrekk.antall_rader == 300


def test_leser_som_henger_blir_stoppet(db, liste, monkeypatch):
    from analyse.innlesing import lesing
    from analyse.innlesing.problem import Innlesingsfeil
    from analyse.services.uttrekk import importer_fil

    monkeypatch.setattr(lesing, "BARN_TID", 0.001)
    with pytest.raises(Innlesingsfeil, match="for stort"):
        importer_fil(sti=liste)


@pytest.mark.parametrize("andel", [0.3, 0.7, 0.98])
def test_avbrutt_opplasting(som, liste, andel):
    """A request whose body ends too early."""
    hr = som("hr")
    skille = "skille1234"
    hode = (
        f'--{skille}\r\nContent-Disposition: form-data; name="fil"; filename="liste.xlsx"\r\n'
        "Content-Type: application/octet-stream\r\n\r\n"
    ).encode()
    kropp = hode + liste.read_bytes()
    svar = hr.generic(
        "POST", reverse("analyse:innlesing_ny"), kropp[: int(len(kropp) * andel)],
        content_type=f"multipart/form-data; boundary={skille}",
    )  # fmt: skip
    assert svar.status_code in {200, 400}
    assert not Innlesing.objects.exists() and not Uttrekk.objects.exists()
    assert hr.get(reverse("analyse:innlesing_ny")).status_code == 200
