"""«Hvem avgjør?» for all fifteen rows, typed in from the temaplan's matrix (point 5.6)."""

from datetime import date

import pytest
from django.urls import reverse

from kompetanse.matrise.svar import omraader, svar
from kompetanse.models import Matrise
from kompetanse.queries.matrise import gjeldende, les_bilde

pytestmark = pytest.mark.django_db
TOPP = ["AKD", "KS", "ØS", "IT"]
# Task and area → who acts, who must be involved before, who has other areas. KD is over all, EL carries out all.
FASIT = [
    ("Strategisk ledelse", "", TOPP, ["EL"], []),
    ("Økonomistyring", "", ["ØS"], ["AKD", "KS", "IT", "EL"], []),
    ("HR, arbeidsmiljø og HMS", "", ["AKD"], ["KS", "ØS", "IT", "EL"], []),
    ("Kompetanseutvikling", "", ["AKD"], ["KS", "ØS", "IT", "EL"], []),
    ("Dokumentforvaltning, IT og personvern", "", ["IT"], ["AKD", "KS", "ØS", "EL"], []),
    ("Oppfølging av lov- og avtaleverk", "tariff", ["AKD"], ["EL"], ["KS", "ØS", "IT"]),
    ("Oppfølging av lov- og avtaleverk", "tjeneste", ["KS"], ["EL"], ["AKD", "ØS", "IT"]),
    ("Oppfølging av lov- og avtaleverk", "økonomi", ["ØS"], ["EL"], ["AKD", "KS", "IT"]),
    ("Oppfølging av lov- og avtaleverk", "personvern", ["IT"], ["EL"], ["AKD", "KS", "ØS"]),
    ("Tjenestekvalitet", "", ["KS"], ["AKD", "ØS", "IT", "EL"], []),
    ("Brukermedvirkning", "", ["KS"], ["AKD", "ØS", "IT", "EL"], []),
    ("Ansattmedvirkning", "", ["AKD"], ["KS", "ØS", "IT", "EL"], []),
    ("Tverrfaglig samarbeid", "", TOPP, ["EL"], []),
    ("Planlegging og rapportering", "HR", ["AKD"], ["EL"], ["KS", "ØS", "IT"]),
    ("Planlegging og rapportering", "dokumentforvaltning", ["IT"], ["EL"], ["AKD", "KS", "ØS"]),
    ("Saksbehandling (administrative og politiske saker)", "HMS", ["AKD"], ["EL"], ["KS", "ØS", "IT"]),
    ("Saksbehandling (administrative og politiske saker)", "økonomi", ["ØS"], ["EL"], ["AKD", "KS", "IT"]),
    ("Organisasjonsutvikling", "", ["AKD"], ["KS", "ØS", "IT", "EL"], []),
    ("Implementering", "", TOPP, ["EL"], []),
    ("Arbeidsgiverfunksjoner", "HR", ["AKD"], ["EL"], ["KS", "ØS", "IT"]),
    ("Arbeidsgiverfunksjoner", "tjeneste", ["KS"], ["EL"], ["AKD", "ØS", "IT"]),
    ("Arbeidsgiverfunksjoner", "økonomi", ["ØS"], ["EL"], ["AKD", "KS", "IT"]),
    ("Arbeidsgiverfunksjoner", "IT", ["IT"], ["EL"], ["AKD", "KS", "ØS"]),
]
MED_OMRAADER = {oppgave for oppgave, omraade, *_ in FASIT if omraade}


@pytest.fixture
def linjer():
    matrise = Matrise.objects.get(gjelder="kommune")
    bilde = les_bilde(gjeldende(date(2026, 1, 1), [matrise])[matrise.pk])
    return {linje.rad.navn: linje for linje in bilde.linjer}


def roller(ledd):
    return [le.rolle.value for le in ledd]


def test_matrisen_har_de_femten_radene(linjer):
    assert len(linjer) == 15
    assert set(linjer) == {rad[0] for rad in FASIT}
    assert {navn for navn, linje in linjer.items() if omraader(linje.ansvar)} == MED_OMRAADER


def test_hvem_avgjoer_er_riktig_for_alle_femten(linjer):
    for oppgave, omraade, handler, foer, andre in FASIT:
        s = svar(linjer[oppgave].ansvar, omraade)
        fikk = (roller(s.overordnet), roller(s.handler), roller(s.foer), roller(s.utforer), roller(s.andre))
        assert fikk == (["KD"], handler, foer, ["EL"], andre), (oppgave, omraade)
        assert s.delt == (handler == TOPP)


def test_bare_de_tre_radene_som_er_slik_i_kilden_har_merknad(linjer):
    med_funn = {navn for navn, linje in linjer.items() if linje.funn}
    assert med_funn == {"Strategisk ledelse", "Tverrfaglig samarbeid", "Implementering"}
    assert not any(f.funn.hard for linje in linjer.values() for f in linje.funn)


def test_arbeidsgiverfunksjoner_sier_hvem_som_er_naermeste_leder(linjer):
    s = svar(linjer["Arbeidsgiverfunksjoner"].ansvar)
    assert "nærmeste leder for toppledergruppen" in s.overordnet[0].forklart
    assert [le.forklart.split("nærmeste leder for ")[1] for le in s.handler] == [
        "personalseksjonen",
        "enhetslederne",
        "økonomiseksjonen",
        "IT-enheten",
    ]


def test_svaret_paa_en_linje(linjer):
    def kort(navn, omraade=""):
        return svar(linjer[navn].ansvar, omraade).kort

    assert kort("Strategisk ledelse") == "Fire roller avgjør sammen"
    assert kort("Planlegging og rapportering") == "Fire roller avgjør hver sin del"
    assert kort("Planlegging og rapportering", "økonomi") == "Økonomisjefen avgjør"
    assert svar({}).kort == "Ingen har hovedansvaret"


def test_svaret_er_setninger(linjer):
    tekst = " ".join(svar(linjer["Økonomistyring"].ansvar).setninger)
    assert tekst == (
        "Kommunedirektøren har det overordnede ansvaret. Økonomisjefen har hovedansvaret og avgjør. "
        "Assisterende kommunedirektør, kommunalsjefen, IT-sjefen og enhetslederen skal tas med før det blir avgjort. "
        "Enhetslederen utfører."
    )


def test_siden_svarer_og_spoer_om_omraade_naar_det_betyr_noe(som):
    klient, adresse = som("leser"), reverse("kompetanse:hvem_avgjoer")
    side = klient.get(adresse, {"oppgave": "okonomistyring"}).content.decode()
    assert "Økonomisjefen har hovedansvaret og avgjør." in side and "kommer an på området" not in side
    side = klient.get(adresse, {"oppgave": "planlegging-og-rapportering"}).content.decode()
    assert "kommer an på området" in side
    side = klient.get(adresse, {"oppgave": "planlegging-og-rapportering", "omraade": "ØKONOMI"}).content.decode()
    assert "Økonomisjefen har hovedansvaret og avgjør." in side


@pytest.mark.parametrize("sporring", ["oppgave=%00", "oppgave=finnes-ikke", "matrise=99999999999999999999&omraade=x"])
def test_raare_adresser_gir_side(som, sporring):
    assert som("enhetsleder").get(f"{reverse('kompetanse:hvem_avgjoer')}?{sporring}").status_code == 200
