"""The register of risks: levels, the matrix, entering, closing, who sees it, the file."""

import io
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from felles.laas import Foreldet, avtrykk
from kompetanse.models import Risiko
from kompetanse.queries.risiko import SORTERING, Risikovalg, risikoliste, risikomatrise
from kompetanse.services.risiko import FELTER_RISIKO, gjenaapne_risiko, lagre_risiko, lukk_risiko
from kompetanse.visning.risiko import funn
from organisasjon.enums import Rolle
from organisasjon.queries import tilgang_for
from tests.kompetanse.modenhet.hjelp import DAG

pytestmark = pytest.mark.django_db


def verdier(**endret):
    felt = dict.fromkeys(("viktig", "vanlig", "vanskelig", "variasjon"), False)
    felt |= {"hva": "Ingen på vakt", "sannsynlighet": 2, "konsekvens": 3, "gjoeres": "", "nok": "ja"}
    return felt | {"ansvarlig": "Fagleder", "frist": None} | endret


def foer(enhet, av=None, **endret) -> Risiko:
    return lagre_risiko(risiko=None, enhet=enhet, verdier=verdier(**endret), av=av)


def adresse(rute, *arg):
    return reverse(f"kompetanse:{rute}", args=arg)


@pytest.mark.parametrize(
    ("s", "k", "nivaa"),
    [(1, 3, "lav"), (3, 1, "lav"), (2, 2, "middels"), (2, 4, "middels"), (3, 3, "hoey"), (4, 4, "hoey")],
)
def test_level_follows_from_probability_times_consequence(kommunetre, s, k, nivaa):
    assert foer(kommunetre.skolen, sannsynlighet=s, konsekvens=k).nivaa == nivaa


@pytest.mark.parametrize("feil", [{"sannsynlighet": 5}, {"konsekvens": 0}, {"hva": ""}, {"nok": "kanskje"}])
def test_what_cannot_be_is_refused(kommunetre, feil):
    with pytest.raises(ValidationError):
        foer(kommunetre.skolen, **feil)


def test_closing_needs_a_reason_and_can_be_undone_with_the_history_kept(som, kommunetre):
    hr, rad = som("hr").bruker, foer(kommunetre.skolen)
    with pytest.raises(ValidationError, match="hvorfor"):
        lukk_risiko(risiko=rad, grunn="  ", dag=DAG, av=hr)
    lukket = lukk_risiko(risiko=rad, grunn="Alle er opplært", dag=DAG, av=hr)
    assert not lukket.forfalt(date(2030, 1, 1)) and not Risiko.objects.aapne().exists()
    gjenaapne_risiko(risiko=rad, av=hr)
    assert [h.lukkegrunn for h in rad.historie.order_by("history_id")] == ["", "Alle er opplært", ""]
    gammelt = avtrykk(rad, FELTER_RISIKO)
    lagre_risiko(risiko=rad, enhet=rad.enhet, verdier=verdier(konsekvens=4), av=hr, forventet=gammelt)
    with pytest.raises(Foreldet):
        lagre_risiko(risiko=rad, enhet=rad.enhet, verdier=verdier(), av=hr, forventet=gammelt)


def test_list_matrix_and_finding(som, kommunetre):
    hr = som("hr").bruker
    tilgang = tilgang_for(hr, DAG)
    hoy = foer(kommunetre.hjemmetjenesten, hva="Høy", sannsynlighet=4, konsekvens=3, nok="nei", frist=date(2026, 1, 1))
    lav = foer(kommunetre.skolen, hva="Ås lav", sannsynlighet=1, konsekvens=1, gjoeres="Sjekkliste", ansvarlig="Rektor")
    lukk_risiko(risiko=foer(kommunetre.skolen, hva="Ferdig"), grunn="Gjort", dag=DAG, av=hr)
    alle = risikoliste(tilgang, Risikovalg())
    assert alle == [hoy, lav] and hoy.forfalt(DAG)
    assert funn(alle, DAG) == "Én høy risiko der det som gjøres, ikke er vurdert som nok"
    assert funn([lav], DAG) == "Én risiko, og den er ikke høy"
    assert funn([], DAG) == "Ingen risikoer passer med valgene"
    ruter = {rute.nokkel: rute.antall for _s, rad in risikomatrise(alle) for rute in rad}
    assert len(ruter) == 16 and sum(ruter.values()) == 2 and ruter["4x3"] == ruter["1x1"] == 1
    for valg, ventet in (
        (Risikovalg(sok="ÅS"), [lav]),
        (Risikovalg(sok="sjekkliste"), [lav]),
        (Risikovalg(enhet=kommunetre.helse.pk), [hoy]),
        (Risikovalg(rute="4x3"), [hoy]),
        (Risikovalg(rute="4x4"), []),
    ):
        assert risikoliste(tilgang, valg) == ventet, valg
    assert len(risikoliste(tilgang, Risikovalg(status="alle"))) == 3
    for navn in SORTERING:
        opp, ned = (risikoliste(tilgang, Risikovalg(), f"{t}{navn}") for t in ("", "-"))
        assert opp == list(reversed(ned)) and len(opp) == 2, navn


def test_leader_enters_changes_and_closes_in_the_browser(som, kommunetre):
    leder = som("enhetsleder")
    felt = {"enhet": "Hjemmetjenesten (310)", "hva": "Ingen kan det", "fire_v": ["viktig", "variasjon"], "nok": "nei"}
    felt |= {"sannsynlighet": "3", "konsekvens": "4", "gjoeres": "Kurs", "ansvarlig": "Fagleder", "frist": "01.06.2026"}
    assert leder.post(adresse("ny_risiko"), felt).status_code == 302
    rad = Risiko.objects.get()
    assert rad.fire_v == ["viktig", "variasjon"] and rad.frist == date(2026, 6, 1)
    skjema = leder.get(adresse("endre_risiko", rad.pk)).context["skjema"]
    assert skjema["fire_v"].value() == ["viktig", "variasjon"]
    laas = skjema["laas"].value()
    assert leder.post(adresse("endre_risiko", rad.pk), felt | {"laas": laas, "nok": "ja"}).status_code == 302
    sent = leder.post(adresse("endre_risiko", rad.pk), felt | {"laas": laas, "hva": "Skrev i mellomtiden"})
    assert sent.status_code == 422 and "Skrev i mellomtiden" in sent.content.decode()
    assert leder.post(adresse("lukk_risiko", rad.pk), {"grunn": ""}).status_code == 422
    assert leder.post(adresse("lukk_risiko", rad.pk), {"grunn": "Alle har kurs"}).status_code == 302
    assert "Alle har kurs" in leder.get(adresse("risiko"), {"status": "lukkede"}).content.decode()
    assert "Ingen kan det" not in leder.get(adresse("risiko")).content.decode()
    assert leder.post(adresse("gjenaapne_risiko", rad.pk)).status_code == 302
    rad.refresh_from_db()
    assert rad.lukket is None


@pytest.mark.parametrize(
    "feil",
    [
        {"enhet": "Åsen skole (210)"},
        {"sannsynlighet": "9"},
        {"frist": "31.02.2026"},
        {"fire_v": ["x"]},
        {"hva": "a\x00"},
    ],
)
def test_bad_form_keeps_what_was_typed(som, kommunetre, feil):
    felt = {"enhet": "Hjemmetjenesten (310)", "hva": "Noe kan skje", "nok": "nei", "sannsynlighet": "3"}
    felt |= {"konsekvens": "4", "gjoeres": "Mange kurs", "ansvarlig": "Fagleder"}
    svar = som("enhetsleder").post(adresse("ny_risiko"), felt | feil)
    assert svar.status_code == 422 and "Mange kurs" in svar.content.decode() and not Risiko.objects.exists()


SER = set(Rolle) - {Rolle.SYSTEMANSVARLIG, Rolle.LESER}
FOERER = {Rolle.HR, Rolle.KOMMUNALSJEF, Rolle.ENHETSLEDER, Rolle.KOMMUNEDIREKTOR, Rolle.ASS_KOMMUNEDIREKTOR}


@pytest.mark.lik_paa_alle
@pytest.mark.parametrize("rolle", list(Rolle))
def test_who_sees_and_who_enters(som, kommunetre, rolle):
    rad = foer(kommunetre.hjemmetjenesten, hva="Synlig risiko")
    foer(kommunetre.skolen, hva="Skolens risiko")
    klient = som(rolle)
    liste = klient.get(adresse("risiko"))
    assert liste.status_code == (200 if rolle in SER else 403)
    if rolle in SER:
        assert ("Synlig risiko" in liste.content.decode()) == (rolle != Rolle.AVDELINGSLEDER)
        i_hele = rolle not in (Rolle.KOMMUNALSJEF, Rolle.ENHETSLEDER, Rolle.AVDELINGSLEDER)
        assert ("Skolens risiko" in liste.content.decode()) == i_hele
    endre = klient.get(adresse("endre_risiko", rad.pk)).status_code
    assert endre == (200 if rolle in FOERER else 403)
    assert (klient.get(adresse("ny_risiko")).status_code == 200) == (rolle in FOERER)
    if rolle == Rolle.ENHETSLEDER:
        skolens = Risiko.objects.get(hva="Skolens risiko")
        assert klient.post(adresse("lukk_risiko", skolens.pk), {"grunn": "x"}).status_code == 404


def test_workbook_and_a_constant_number_of_queries(som, kommunetre):
    hr, tall = som("hr"), []
    for nr in range(2):
        foer(kommunetre.skolen, hva=f"Nummer {nr}", viktig=True, vanskelig=True, frist=date(2026, 6, 1))
        with CaptureQueriesContext(connection) as maalt:
            hr.get(adresse("risiko"))
        tall.append(len(maalt))
    assert tall[0] == tall[1] == 7
    bok = load_workbook(io.BytesIO(hr.get(adresse("risiko_xlsx"), {"sok": "nummer 1"}).content))
    rader = list(bok.worksheets[0].iter_rows(values_only=True))
    assert len(rader) == 2 and rader[1][:7] == ("Åsen skole", "Nummer 1", "viktig, vanskelig", 2, 3, 6, "Middels")
