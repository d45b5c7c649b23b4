"""`importer_ansatte` and `slett_personrader` as a nightly job meets them."""

import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from analyse.models import Ansettelse, Leder, Rapportresultat, Uttrekk
from organisasjon.models import Enhet
from tests.analyse.innlesing.filer import FNR, rad, rader


@pytest.fixture
def kommando(db):
    """`kommando(fil, …)` → (exit code, stdout, stderr)."""

    def kjor(*args, **valg):
        ut, feil = StringIO(), StringIO()
        try:
            call_command("importer_ansatte", *map(str, args), stdout=ut, stderr=feil, **valg)
        except CommandError as stopp:
            return stopp.returncode, ut.getvalue(), feil.getvalue() + str(stopp)
        return 0, ut.getvalue(), feil.getvalue()

    return kjor


def test_json_har_alt(kommando, fil):
    kode, ut, feil = kommando(fil(), "--json")
    svar = json.loads(ut)
    assert (kode, feil, svar["status"], svar["rader"], svar["talt"], svar["ikke_talt"]) == (
        0,
        "",
        "lest_inn",
        12,
        12,
        0,
    )
    assert svar["uttrekk"]["dato"] == "2025-07-01" and svar["kategorier"] == {"F": 12}
    assert svar["endringer"] == {"nye": 12, "sluttet": 0, "flyttet": 0, "uendret": 0}
    assert {e["kode"] for e in svar["nye_enheter"]} == {"helse-og-omsorg", "310", "310-hjemmetjenesten-nord"}
    assert svar["problemer"] == [] and svar["fodselsnumre_fjernet"] == 12
    assert FNR not in ut and "Prøve" not in ut


def test_problemer_paa_stderr_og_kode_2(kommando, fil, tomt):
    kode, ut, feil = kommando(fil([*rader(3), rad(9, Startdato="i går")]), "--json")
    assert kode == 2 and "rad 8, kolonne Startdato: er ikke en dato («i går»)" in feil
    assert json.loads(ut)["problemer"][0] == {
        "rad": 8, "kolonne": "Startdato", "verdi": "i går", "melding": "er ikke en dato",
    }  # fmt: skip
    tomt()


def test_alt_ukjent_nevnes_paa_en_gang(kommando, fil):
    kode, _ut, feil = kommando(fil([*rader(3), rad(9, Ansattkategori="Vikariat"), rad(10, Stilling="Teamleder")]))
    assert kode == 2
    assert "rad 8, kolonne Ansattkategori" in feil and "rad 9, kolonne Stilling" in feil


def test_proev_lagrer_ingenting(kommando, fil, tomt):
    kode, ut, _feil = kommando(fil(), "--proev", "--json")
    assert kode == 0 and json.loads(ut)["status"] == "proevd"
    tomt()


def test_samme_fil_igjen_endrer_ingenting(kommando, fil):
    sti = fil()
    kommando(sti)
    kode, ut, _feil = kommando(sti)
    assert kode == 0 and "Ingenting er endret" in ut and Uttrekk.objects.count() == 1


def test_samme_dato_med_annet_innhold_stopper(kommando, fil):
    kommando(fil())
    kode, _ut, feil = kommando(fil(rader(11), navn="ny.xlsx"))
    assert kode == 2 and "annet uttrekk for samme dato" in feil and Uttrekk.objects.get().antall_rader == 12


def test_ukjent_enhet_stopper_til_den_godtas(kommando, fil):
    kommando(fil())
    ny = fil([*rader(12), rad(90, Ansvar="400", Enhet="Havna", Sektor="Teknisk")], navn="ny.xlsx")
    kode, _ut, feil = kommando(ny, "--uttrekksdato", "2025-08-01")
    assert kode == 2 and "rad 17, kolonne Ansvar: Enheten er ukjent" in feil and "400 Havna" in feil
    assert not Enhet.objects.filter(kode="400").exists()
    kode, ut, _feil = kommando(ny, "--uttrekksdato", "01.08.2025", "--godta-nye-enheter", "--json")
    assert kode == 0 and json.loads(ut)["endringer"] == {"nye": 1, "sluttet": 0, "flyttet": 0, "uendret": 12}


def test_nedgang_stopper_til_den_godtas(kommando, fil):
    kommando(fil(rader(20)))
    mindre = fil(rader(16), navn="ny.xlsx")
    kode, _ut, feil = kommando(mindre, "--uttrekksdato", "2025-08-01")
    assert kode == 2 and "20,0 % lavere" in feil
    assert kommando(mindre, "--uttrekksdato", "2025-08-01", "--godta-nedgang")[0] == 0


def test_nedgang_paa_femten_prosent_er_greit(kommando, fil):
    kommando(fil(rader(20)))
    assert kommando(fil(rader(17), navn="ny.xlsx"), "--uttrekksdato", "2025-08-01")[0] == 0


def test_endringer_siden_sist(kommando, fil):
    kommando(fil(rader(10), navn="a.xlsx"))
    data = [*rader(9)[:8], rad(1009, Ansvar="320", Enhet="Sykehjemmet"), rad(2000), rad(2001)]
    _kode, ut, _feil = kommando(
        fil(data, navn="b.xlsx"), "--uttrekksdato", "2025-08-01", "--godta-nye-enheter", "--json"
    )
    assert json.loads(ut)["endringer"] == {"nye": 2, "sluttet": 1, "flyttet": 1, "uendret": 8}


def test_nytt_navn_og_ny_plass_gjelder_bare_nyeste(kommando, fil):
    kommando(fil())
    nytt = fil(rader(12, Enhet="Hjemmebaserte tjenester", Sektor="Velferd"), navn="ny.xlsx")
    kommando(nytt, "--uttrekksdato", "2025-08-01", "--godta-nye-enheter")
    enhet = Enhet.objects.get(kode="310")
    assert (enhet.navn, enhet.parent.navn) == ("Hjemmebaserte tjenester", "Velferd")
    gammelt = Uttrekk.objects.get(dato=date(2025, 7, 1)).enheter.get(kode="310")
    assert (gammelt.navn, gammelt.forelder.navn) == ("Hjemmetjenesten", "Helse og omsorg")
    eldre = fil(rader(12, Enhet="Gammelt navn"), navn="eldre.xlsx")
    assert kommando(eldre, "--uttrekksdato", "2025-01-01")[0] == 0
    assert Enhet.objects.get(kode="310").navn == "Hjemmebaserte tjenester"
    assert Uttrekk.objects.get(dato=date(2025, 1, 1)).antall_rader == 12


@pytest.mark.parametrize(
    ("valg", "ventet"),
    [(["--uttrekksdato", "tull"], "må være en dato"), (["--profil", "finnes ikke"], "finnes ikke")],
)
def test_gale_valg(kommando, fil, tomt, valg, ventet):
    kode, _ut, feil = kommando(fil(), *valg)
    assert kode == 2 and ventet in feil
    tomt()


def test_fil_som_ikke_finnes(kommando, tmp_path):
    kode, _ut, feil = kommando(tmp_path / "borte.xlsx")
    assert kode == 2 and "finnes ikke" in feil


def test_kommunens_navn(kommando, fil):
    kommando(fil(titler=[["Uttrekk 01.07.2025"]]))
    assert Enhet.objects.get(type="kommune").navn == "Kommunen"
    Uttrekk.objects.all().delete()
    Enhet.objects.filter(parent__isnull=False).order_by("-pk").delete()


def test_kommunens_navn_oppgitt(kommando, fil):
    kommando(fil(), "--kommune", "Sunnvik kommune")
    assert Enhet.objects.get(type="kommune").navn == "Sunnvik kommune"


def test_rapportene_regnes_ut_og_beholdes(kommando, fil):
    kommando(fil())
    assert Rapportresultat.objects.filter(slug="lederspenn").exists()


def test_slett_personrader_beholder_rapportene(kommando, fil):
    kommando(fil([*rader(5), rad(50, Stilling="Enhetsleder")], navn="gammel.xlsx"), "--uttrekksdato", "2020-01-01")
    kommando(fil(rader(6), navn="ny.xlsx"), "--uttrekksdato", "2026-07-01")
    ut = StringIO()
    call_command("slett_personrader", "--proev", stdout=ut)
    assert "6 personrader" in ut.getvalue() and Ansettelse.objects.count() == 12
    call_command("slett_personrader", stdout=ut)
    gammel = Uttrekk.objects.get(dato=date(2020, 1, 1))
    assert gammel.rader_slettet and not gammel.ansettelser.exists() and Ansettelse.objects.count() == 6
    assert not Leder.objects.filter(uttrekk=gammel).exists()
    assert Rapportresultat.objects.filter(uttrekk=gammel).exists()
    ut = StringIO()
    call_command("slett_personrader", stdout=ut)
    assert "Ingen uttrekk" in ut.getvalue()


def _systemansvarlig(monkeypatch, **valg):
    monkeypatch.setenv("SYSTEMANSVARLIG_PASSORD", "korrekt-hest-batteri")
    call_command("opprett_systemansvarlig", epost="siv@fjordvik.example", navn="Siv Ås", stdout=StringIO(), **valg)


def test_kommunen_faar_navnet_fra_foerste_fil_ogsaa_naar_systemansvarlig_kom_foerst(kommando, fil, monkeypatch):
    _systemansvarlig(monkeypatch)
    assert Enhet.objects.get().navn == "Kommunen"
    kode, _ut, feil = kommando(fil())
    assert (kode, feil) == (0, "")
    topp = Enhet.objects.get(type="kommune")
    assert topp.navn == "Fjordvik kommune"
    assert topp.roller.get().bruker.navn == "Siv Ås"
    assert Enhet.objects.get(kode="310").parent.parent == topp


def test_systemansvarlig_etter_foerste_fil_faar_rollen_for_samme_kommune(kommando, fil, monkeypatch):
    assert kommando(fil())[0] == 0
    _systemansvarlig(monkeypatch)
    topp = Enhet.objects.get(type="kommune")
    assert (topp.navn, topp.roller.get().rolle) == ("Fjordvik kommune", "systemansvarlig")


def test_navn_noen_har_gitt_kommunen_staar(kommando, fil, monkeypatch):
    _systemansvarlig(monkeypatch, kommune="Fjordvik")
    assert kommando(fil())[0] == 0
    assert Enhet.objects.get(type="kommune").navn == "Fjordvik"
