"""`importer_kompetansetall` as a nightly job meets it."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from kompetanse.models import Kompetanseinnlesing

RADER = [["Enhet", "Kompetanse", "Antall"], ["Hjemmetjenesten", "Sykepleier", 12]]


@pytest.fixture
def kommando(kommunetre, katalog):
    """`kommando(fil, …)` → (exit code, stdout, stderr)."""

    def kjor(*args):
        ut, feil = StringIO(), StringIO()
        try:
            call_command("importer_kompetansetall", *map(str, args), stdout=ut, stderr=feil)
        except CommandError as stopp:
            return stopp.returncode, ut.getvalue(), feil.getvalue() + str(stopp)
        return 0, ut.getvalue(), feil.getvalue()

    return kjor


def test_leser_inn_en_gang_og_sier_fra_den_andre(kommando, fil):
    sti = fil(RADER, "tall 2026-11-01.csv")
    kode, ut, feil = kommando(sti, "--kilde", "Portalen", "--json")
    svar = json.loads(ut)
    assert (kode, feil, svar["status"], svar["tall"], svar["sum"]) == (0, "", "lest_inn", 1, 12)
    assert svar["innlesing"]["dato"] == "2026-11-01" and svar["problemer"] == []
    kode, ut, _feil = kommando(sti, "--kilde", "Portalen")
    assert kode == 0 and "Ingenting er endret" in ut and Kompetanseinnlesing.objects.count() == 1


def test_proev_lagrer_ingenting(kommando, fil):
    kode, ut, _feil = kommando(fil(RADER), "--kilde", "Portalen", "--dato", "01.11.2026", "--proev")
    assert kode == 0 and "Portalen 2026-11-01: 1 tall for 1 enheter" in ut and "Bare prøvd" in ut
    assert not Kompetanseinnlesing.objects.exists()


def test_problemer_paa_stderr_og_kode_2(kommando, fil):
    kode, ut, feil = kommando(
        fil([*RADER, ["Brakka", "Dykking", -1]]), "--kilde", "P", "--dato", "2026-11-01", "--json"
    )
    assert (
        kode == 2 and "rad 3, kolonne Antall: kan ikke være negativt («-1»)" in feil and "Ingenting er lagret" in feil
    )
    assert "er en ukjent enhet («Brakka»)" in feil and json.loads(ut)["antall_problemer"] == 3
    assert not Kompetanseinnlesing.objects.exists()


@pytest.mark.parametrize(
    ("valg", "melding"),
    [
        (("--dato", "i går"), "--dato må være en dato"),
        (("--profil", "Finnes ikke"), "Profilen «Finnes ikke» finnes ikke"),
        (("--dato", "2026-11-01"), "Oppgi hvilket system"),
    ],
)
def test_feil_valg_stopper(kommando, fil, valg, melding):
    kode, _ut, feil = kommando(fil(RADER), *valg)
    assert kode == 2 and melding in feil


def test_profil_i_toml_og_fil_som_mangler(kommando, fil, tmp_path):
    profil = tmp_path / "p.toml"
    profil.write_text('kilde = "Portalen"\nradslag = "telling"\n[enheter]\n"Heimetenesta" = "310"\n')
    rader = [RADER[0], ["Heimetenesta", "Sykepleier", 3]]
    kode, ut, feil = kommando(fil(rader), "--profil", profil, "--dato", "2026-11-01")
    assert kode == 0, feil
    assert "Portalen" in ut
    profil.write_text('[merker]\nx = "kanskje"\n')
    assert "må være «har» eller «har ikke»" in kommando(fil(rader, "b.csv"), "--profil", profil)[2]
    profil.write_text("tull = 1\n")
    assert "ukjente nøkler: tull" in kommando(fil(rader, "b.csv"), "--profil", profil)[2]
    assert "finnes ikke" in kommando(tmp_path / "borte.csv")[2]
