"""The template for the utviklingssamtale: shown and printed for all, edited by HR, nothing personal kept."""

import page
import pytest
from django.apps import apps
from django.urls import reverse

from kompetanse.models import Samtalemal
from kompetanse.queries.samtale import samtaleskjema
from kompetanse.samtalemal import DELER, ORIGINAL
from kompetanse.services.samtale import lagre_samtalemal
from organisasjon.enums import Rolle
from organisasjon.logg import hendelser, logglinjer
from tests.pdf.lesing import Struktur, tekst

pytestmark = pytest.mark.django_db


def adresse(rute):
    return reverse(f"kompetanse:{rute}")


def test_original_is_in_use_until_hr_changes_it_and_can_be_put_back(som):
    hr, side = som("hr"), adresse("samtalemal")
    assert samtaleskjema().er_original and "Sett tilbake" not in hr.get(side).content.decode()
    skjema = hr.get(adresse("endre_samtalemal")).context["skjema"]
    felt = ORIGINAL | {"kompetanse": "  Hva er du god på? \n\n\n Hva vil du lære?  ", "linjer": "4"}
    laas = skjema["laas"].value()
    assert hr.post(adresse("endre_samtalemal"), felt | {"laas": laas}).status_code == 302
    naa = samtaleskjema()
    assert naa.deler[0].sporsmaal == ["Hva er du god på?", "Hva vil du lære?"] and naa.linjer == 4
    assert not naa.er_original and "Sett tilbake" in hr.get(side).content.decode()
    hr.post(adresse("gjenopprett_samtalemal"))
    assert samtaleskjema().er_original
    versjoner = [h.kompetanse for h in Samtalemal.historie.order_by("history_id")]
    assert versjoner == [ORIGINAL["kompetanse"], "Hva er du god på?\nHva vil du lære?", ORIGINAL["kompetanse"]]
    linjer = logglinjer(list(hendelser("samtalemal")))
    assert [rad.hendelse for rad in linjer] == ["Satt tilbake til den opprinnelige", "Endret"]
    assert {rad.hvem for rad in linjer} == {str(hr.bruker)}


def test_two_first_edits_at_once_and_impossible_values(som):
    hr, side = som("hr"), adresse("endre_samtalemal")
    laas = hr.get(side).context["skjema"]["laas"].value()
    lagre_samtalemal(verdier=ORIGINAL | {"innledning": "Andres"}, av=hr.bruker)
    svar = hr.post(side, ORIGINAL | {"innledning": "Mine ord", "laas": laas})
    assert svar.status_code == 422 and "Andres" in svar.content.decode() and "Mine ord" in svar.content.decode()
    laas = svar.context["skjema"]["laas"].value()
    for feil in ({"linjer": "99"}, {"linjer": "mange"}, {"oppfolging": ""}, {"ubrukt": "x" * 2001}):
        assert hr.post(side, ORIGINAL | {"laas": laas} | feil).status_code == 422
    assert Samtalemal.objects.get().innledning == "Andres"


@pytest.mark.parametrize("rolle", list(Rolle))
@pytest.mark.lik_paa_alle
def test_all_see_and_print_it_and_only_hr_edits(som, rolle):
    klient, ser = som(rolle), 403 if rolle == Rolle.SYSTEMANSVARLIG else 200
    assert klient.get(adresse("samtalemal")).status_code == ser
    assert klient.get(adresse("endre_samtalemal")).status_code == (200 if rolle == Rolle.HR else 403)
    assert klient.post(adresse("gjenopprett_samtalemal")).status_code == (302 if rolle == Rolle.HR else 403)


def test_page_has_no_field_to_write_in_and_says_why(som):
    html = som("enhetsleder").get(adresse("samtalemal")).content.decode().split("<main")[1]
    assert "Ingenting fra samtalen lagres her" in html and "trenger bare antall" in html
    assert "<input" not in html and "<textarea" not in html


def test_pdf_is_a_form_by_hand_archive_and_accessible_and_stores_nothing(som, tmp_path):
    klient = som("enhetsleder")
    foer = {m: m.objects.count() for m in apps.get_app_config("kompetanse").get_models()}
    pdf = klient.get(adresse("samtale_pdf")).content
    assert foer == {m: m.objects.count() for m in apps.get_app_config("kompetanse").get_models()}
    for profil in ("2a", "ua1"):
        rapport = page.validate_pdf_bytes(pdf, profile=profil)
        assert rapport.is_compliant, [(f.rule_id, f.message) for f in rapport.failures]
    lest = " ".join(tekst(pdf, tmp_path).split())
    for del_ in DELER:
        assert all(sporsmaal in lest for sporsmaal in ORIGINAL[del_].splitlines())
    assert "Ingenting av det dere skriver" in lest and "Medarbeider" in lest
    tagger = [tag for tag, _nr in Struktur(pdf).gaa()]
    assert tagger.count("H2") == 5 and tagger.count("TH") >= 4 + 6
