"""What the demo municipality holds besides its figures."""

import io

import pytest
from django.test import Client

from analyse.models import Innlesing, Leder, Uttrekk
from analyse.services.rapporter import hent_resultat
from config.demo import brukere
from config.demo.last import TJENESTER, last_demo
from organisasjon.enums import Rolle
from organisasjon.models import Bruker, Enhet, Rolletildeling, Tjeneste
from organisasjon.queries import kommune
from tests.config.demo.conftest import DAG

pytestmark = pytest.mark.django_db


def test_tre_uttrekk_lest_inn_av_hr_og_de_to_siste_publisert(demo):
    uttrekk = list(Uttrekk.objects.order_by("dato"))
    assert [u.dato.year for u in uttrekk] == [2023, 2024, 2025]
    assert [u.publisert is not None for u in uttrekk] == [False, True, True]
    assert {u.opprettet_av.username for u in uttrekk} == {"hr"}
    assert not Innlesing.objects.exists()


def test_biblioteket_er_slaatt_sammen_og_servicekontoret_skiftet_navn(demo):
    bibliotek = Enhet.objects.get(kode="4035")
    assert (bibliotek.erstattet_av.navn, bibliotek.gyldig_til.isoformat()) == ("Kultur og bibliotek", "2023-12-31")
    assert Enhet.objects.get(kode="4050").navn == "Servicetorget"
    foerste = Uttrekk.objects.earliest("dato")
    navn = set(foerste.enheter.filter(kode__in=["4030", "4035", "4050"]).values_list("navn", flat=True))
    assert navn == {"Kultur", "Biblioteket", "Servicekontoret"}


def test_gamle_tall_beholder_gamle_navn(demo):
    rader = hent_resultat(uttrekk=Uttrekk.objects.earliest("dato"), slug="lederspenn").rader
    teknisk = next(r for r in rader if r["sektor"] == "Tekniske tjenester og kultur")
    assert teknisk["enheter"] == 7


def test_en_innlogging_per_rolle_med_navnet_fra_uttrekket(demo):
    assert set(Rolletildeling.objects.values_list("rolle", flat=True)) == set(Rolle.values)
    enhetsleder = Bruker.objects.get(username="enhetsleder")
    leder = Leder.objects.get(uttrekk__dato__year=2025, funksjon="enhetsleder", enhet__navn="Hjemmetjenesten")
    assert enhetsleder.navn == leder.navn
    assert [str(r) for r in enhetsleder.roller.all()] == ["Enhetsleder, Hjemmetjenesten"]


def test_alle_kan_logge_inn_med_demopassordet(demo):
    for bruker in brukere.BRUKERE:
        assert Client().login(username=bruker.brukernavn, password=brukere.PASSORD), bruker.brukernavn


def test_tjenester_gaar_paa_tvers_av_enheter(demo):
    assert {t.navn: t.enheter.count() for t in Tjeneste.objects.all()} == {n: len(e) for n, e in TJENESTER.items()}


def test_logo_er_et_bilde(demo):
    assert bytes(kommune().profil.logo).startswith(b"\x89PNG")


def test_andre_gang_endrer_ingenting(demo):
    foer = (Uttrekk.objects.count(), Bruker.objects.count(), Enhet.historie.count(), Tjeneste.historie.count())
    sagt = []
    last_demo(DAG, sagt.append)
    assert (Uttrekk.objects.count(), Bruker.objects.count(), Enhet.historie.count(), Tjeneste.historie.count()) == foer
    assert sagt == []


def test_innloggingene_skrives_med_adresse(demo):
    ut = io.StringIO()
    brukere.skriv_innlogginger(ut, "http://127.0.0.1:8000/")
    tekst = ut.getvalue()
    assert "http://127.0.0.1:8000/" in tekst
    assert brukere.PASSORD in tekst
    assert all(f"  {b.brukernavn} " in tekst for b in brukere.BRUKERE)
