"""What the analysis leaves in the log: extracts in and out, publishing, and what HR decides, before and after."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from analyse.models import Ansattkategori, Norm, PublisertTall, Stilling
from analyse.services import oppsett
from analyse.services.uttrekk import angre_uttrekk, importer_fil
from organisasjon import services
from tests import fabrikk
from tests.analyse.innlesing import filer

ADRESSE = "organisasjon:logg"


def linjer(klient, **sporring):
    return klient.get(reverse(ADRESSE), sporring).context["linjer"]


def som_tupler(rader) -> list[tuple]:
    return [(r.hva, r.hendelse, r.endringer) for r in rader]


def test_import_and_undo_are_logged_with_counts(som, tmp_path):
    hr = som("hr")
    sti = filer.skriv_xlsx(tmp_path / "liste.xlsx", filer.rader())
    svar = importer_fil(sti=sti, filnavn="liste.xlsx", bruker=hr.bruker, godta_nye_enheter=True)
    angre_uttrekk(uttrekk=svar.uttrekk, bruker=hr.bruker)
    angret, lest = linjer(hr, slag="uttrekk")
    assert {angret.hvem, lest.hvem} == {str(hr.bruker)}
    assert som_tupler([angret, lest]) == [
        ("Uttrekk 01.07.2025", "Angret", (("Fil", "liste.xlsx", "–"), ("Rader", "12", "–"), ("Ansatte", "12", "–"))),
        ("Uttrekk 01.07.2025", "Lest inn", (("Fil", "–", "liste.xlsx"), ("Rader", "–", "12"), ("Ansatte", "–", "12"))),
    ]


def test_publishing_and_taking_back_are_logged_once_each(som, kommunetre, lag_uttrekk):
    hr, uttrekk = som("hr"), lag_uttrekk([{"enhet": kommunetre.skolen}])
    for ja in (True, True, False):
        oppsett.publiser_uttrekk(uttrekk=uttrekk, publisert=ja, utfoert_av=hr.bruker, naa=timezone.now())
    assert [r.hendelse for r in linjer(hr, slag="uttrekk")] == ["Trukket tilbake fra lesere", "Publisert for lesere"]


def test_what_hr_decides_shows_before_and_after(som, kommunetre, lag_uttrekk):
    hr, uttrekk = som("hr"), lag_uttrekk([{"enhet": kommunetre.skolen}])
    norm = Norm.objects.order_by("pk").first()
    norm.historie.all().delete()
    norm.save()
    foer = norm.verdi
    adresse = reverse("analyse:endre_norm", args=[norm.pk])
    laas = hr.get(adresse).context["skjema"]["laas"].value()
    hr.post(adresse, {"verdi": "41,5", "kilde": "Vedtak", "laas": laas})
    (endret, *_) = linjer(hr, slag="norm")
    assert endret.hvem == str(hr.bruker)
    assert endret.endringer[0] == ("Verdi", f"{foer:.2f}".replace(".", ","), "41,50")
    tall = oppsett.opprett_publisert_tall(
        uttrekk=uttrekk, rapport="lederspenn", rad="Oppvekst", maal="snitt", verdi=Decimal("48"), kilde="Planen"
    )
    oppsett.slett_publisert_tall(tall=tall)
    assert [(r.hva, r.hendelse) for r in linjer(hr, slag="tall")] == [
        ("Lederspenn: Oppvekst", "Fjernet"),
        ("Lederspenn: Oppvekst", "Opprettet"),
    ]
    kategori = oppsett.opprett_kategori(kode="L", navn="Lærling", telling="utenfor", verdier="Lærling")
    oppsett.endre_kategori(kategori=kategori, navn="Lærling", telling="telles", verdier="Lærling\nLærlinger")
    assert linjer(hr, slag="kategori")[0].endringer == (
        ("Slik telles den", "Telles aldri", "Telles som ansatt"),
        ("Skrivemåter i filene", "Lærling", "Lærling, Lærlinger"),
    )


def test_positions_that_an_import_makes_are_left_out_and_decisions_are_not(som):
    hr, stilling = som("hr"), Stilling.objects.create(navn="Fagkoordinator")
    assert linjer(hr, slag="stilling") == []
    oppsett.endre_stilling(stilling=stilling, funksjon="fagleder", gruppe="Ledere")
    (linje,) = linjer(hr, slag="stilling")
    assert linje.endringer == (
        ("Lederfunksjon", "–", "Fagleder"),
        ("Ledervurdert", "Nei", "Ja"),
        ("Stillingsgruppe", "–", "Ledere"),
    )


@pytest.mark.parametrize(
    ("sok", "slag", "funn"),
    [
        ("lærling", "", ["Lærling"]),
        ("LÆRLING", "kategori", ["Lærling"]),
        ("lærling", "norm", []),
        ("hanne ås kommune", "", ["Hanne Ås: HR (kompetanseleder), Fjordvik kommune"]),
        ("høyskole", "", ["Grunnskole"]),
        ("publisert", "", ["Uttrekk 01.07.2025"]),
    ],
)
def test_log_is_searched_in_who_and_what(som, kommunetre, lag_uttrekk, sok, slag, funn):
    hr = som("hr")
    oppsett.opprett_kategori(kode="L", navn="Lærling", telling="utenfor", verdier="")
    fabrikk.gi_rolle(fabrikk.lag_bruker("hanne", "Hanne Ås"), "hr", kommunetre.kommune)
    hoyskole = fabrikk.lag_enhet("Høyskole", "enhet", kommunetre.oppvekst, "250")
    hoyskole.historie.all().delete()
    services.lagre_tjeneste(tjeneste=None, navn="Grunnskole", enheter=[hoyskole])
    uttrekk = lag_uttrekk([{"enhet": kommunetre.skolen}])
    oppsett.publiser_uttrekk(uttrekk=uttrekk, publisert=True, utfoert_av=hr.bruker, naa=timezone.now())
    assert [r.hva for r in linjer(hr, sok=sok, slag=slag)] == funn


def test_nothing_found_says_so(som):
    assert "Ingen endringer passer" in som("hr").get(reverse(ADRESSE), {"sok": "xyz"}).content.decode()


@pytest.mark.parametrize("sok", ["", "e"])
def test_a_page_with_every_kind_stays_within_fifteen_queries(som, kommunetre, lag_uttrekk, sok):
    hr, uttrekk = som("hr"), lag_uttrekk([{"enhet": kommunetre.skolen}])
    for nr in range(2):
        Ansattkategori.objects.create(kode=f"k{nr}", navn=f"Kategori {nr}", telling="telles")
        Stilling.objects.create(navn=f"Stilling {nr}").save()
        Norm.objects.create(nokkel=f"n{nr}", navn=f"Enorm {nr}", verdi=1, kilde="K")
        PublisertTall.objects.create(uttrekk=uttrekk, rapport="kjoenn", rad=f"Rad e{nr}", maal="m", verdi=1, kilde="K")
        services.lagre_tjeneste(tjeneste=None, navn=f"Tjeneste {nr}", enheter=[kommunetre.skolen])
        fabrikk.gi_rolle(fabrikk.lag_bruker(f"e{nr}"), "leser", kommunetre.skolen)
        kommunetre.skolen.save()
        with CaptureQueriesContext(connection) as spor:
            svar = hr.get(reverse(ADRESSE), {"sok": sok})
        assert len({r.slag for r in svar.context["linjer"]}) == 7
        assert len(spor) <= 15, [s["sql"][:120] for s in spor.captured_queries]
