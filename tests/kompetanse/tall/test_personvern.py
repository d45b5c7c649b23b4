"""People are counted and forgotten: what an upload keeps until it is confirmed holds nothing of who they are."""

from datetime import date

import pytest
from django.urls import reverse

from analyse.innlesing import lager
from analyse.models import Innlesing
from kompetanse.models import Kompetanseinnlesing

pytestmark = pytest.mark.django_db
FNR = "15888012345"
HODE = [
    "Ansattnr", "Navn", "E-post", "Fødselsnr", "Født", "Nærmeste leder", "Enhet", "Stilling", "Kommentar", "Id",
    "Medarb.", "Sykepleier", "Dykking", "Bestått",
]  # fmt: skip


def rad(nr):
    return [
        10_000 + nr, f"Hemmelig Person{nr}", f"h{nr}@x.no", FNR, "15.08.1980", "Sjef Sjefsen", "Hjemmetjenesten",
        "Lege", f"Har vært syk siden {nr}. mars", 70_000 + nr, f"Skjult Navnesen{nr}", "x" if nr % 2 else "", "ja",
        f"0{nr % 9 + 1}.03.2024",
    ]  # fmt: skip


def lagrede_celler():
    tabell = lager.pakk_ut(bytes(Innlesing.objects.get().innhold))
    return {str(c) for unike in tabell.unike for c in unike}


def test_opplastingen_har_bare_det_tallene_trenger(som, katalog, fil, last_opp):
    rader = [["Uttrekk per 1. november 2026, laget av Hemmelig Utskriver"], [], HODE, *(rad(n) for n in range(8))]
    hr = som("hr")
    svar = last_opp(hr, fil(rader, f"liste {FNR}.xlsx"))
    innlesing = Innlesing.objects.get()
    assert b"Hemmelig" not in bytes(innlesing.innhold)
    assert lagrede_celler() == {"", "Enhet", "Hjemmetjenesten", "Sykepleier", "x", "Dykking", "ja", "Bestått", "[dato]"}
    assert FNR not in str(innlesing.oppsett) + innlesing.filnavn and "Hemmelig" not in str(innlesing.oppsett)
    side = hr.get(svar.url)
    tekst = side.content.decode()
    assert "Fjernet før noe ble lagret" in tekst and "Ansattnr, Navn, E-post" in tekst and "Medarb." in tekst
    assert "Ikke tatt med, fordi tallene ikke trenger det: Stilling, Kommentar, Id" in tekst
    assert side.context["skjema"]["dato"].value() == date(2026, 11, 1).isoformat()


def test_navn_under_en_ukjent_overskrift_beholdes_ikke(som, katalog, fil, last_opp):
    hode = ["Hvem", "Enhet", "Sykepleier"]
    last_opp(som("hr"), fil([hode, *([f"Ola Hemmelig{n}", "Hjemmetjenesten", "x"] for n in range(6))]))
    assert lagrede_celler() == {"", "Enhet", "Hjemmetjenesten", "Sykepleier", "x"}


def test_enheter_og_kompetanser_under_ukjente_overskrifter_beholdes_saa_de_kan_velges(som, katalog, fil, last_opp):
    rader = [["Enhet", "Hva", "Hvor mange"], ["Hjemmetjenesten", "Sykepleier", 3], ["Sykehjemmet", "Demensomsorg", 4]]
    svar = last_opp(som("hr"), fil(rader))
    assert {"Hva", "Sykepleier", "Hvor mange", "4"} <= lagrede_celler()
    assert svar.status_code == 302


def test_uten_overskrift_lagres_ingenting_men_raden_kan_oppgis(som, katalog, fil, last_opp):
    hr, rader = som("hr"), [["Rapport"], ["Sted", "Navn på kurset", "N"], ["Hjemmetjenesten", "Sykepleier", 3]]
    svar = last_opp(hr, fil(rader))
    assert "Fant ingen overskriftsrad" in svar.content.decode() and not Innlesing.objects.exists()
    assert last_opp(hr, fil(rader), overskriftsrad="2").status_code == 302


def test_avbrutt_og_bekreftet_opplasting_er_borte(som, katalog, fil, last_opp, helt_fram):
    hr = som("hr")
    last_opp(hr, fil([HODE, *(rad(n) for n in range(3))]))
    assert hr.post(reverse("kompetanse:tallavbryt", args=[Innlesing.objects.get().pk])).status_code == 302
    assert not Innlesing.objects.exists()
    url = helt_fram(hr, fil([["Enhet", "Kompetanse", "Antall"], ["Hjemmetjenesten", "Sykepleier", 3]]))
    hr.post(url)
    assert not Innlesing.objects.exists() and Kompetanseinnlesing.objects.count() == 1
