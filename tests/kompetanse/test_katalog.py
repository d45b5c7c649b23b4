"""The competence catalogue: what is seeded, search and sorting, adding, renaming, retiring, who may."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from felles.laas import Foreldet, avtrykk
from kompetanse.enums import Kompetanseform, Kompetansenivaa, Kompetansetype
from kompetanse.models import Kompetanse
from kompetanse.queries.katalog import SORTERING, katalogliste
from kompetanse.services.katalog import KATALOGFELTER, lagre_kompetanse
from organisasjon.enums import Rolle

NY = {"navn": "Snørydding", "type": "ferdighet", "form": "real", "nivaa": "basis", "omraade": "", "beskrivelse": ""}
pytestmark = pytest.mark.django_db


def test_katalogen_er_fylt_med_alle_slag():
    alle = Kompetanse.objects.all()
    assert len(alle) >= 40
    assert {k.type for k in alle} == set(Kompetansetype) and {k.form for k in alle} == set(Kompetanseform)
    assert {k.nivaa for k in alle} == set(Kompetansenivaa)


def test_soek_og_sortering_begge_veier():
    assert {k.navn for k in katalogliste("SYKEPLEIER")} == {"Autorisasjon som sykepleier"}
    assert all(k.type == "holdning" for k in katalogliste(type_="holdning"))
    for kolonne in SORTERING:
        assert {k.pk for k in katalogliste(sortering=kolonne)} == {k.pk for k in katalogliste(sortering=f"-{kolonne}")}


def test_legge_til_gi_nytt_navn_og_ta_ut(som):
    hr = som("hr")
    assert hr.post(reverse("kompetanse:ny_kompetanse"), NY).status_code == 302
    rad = Kompetanse.objects.get(navn="Snørydding")
    endre = reverse("kompetanse:endre_kompetanse", args=[rad.pk])
    laas = hr.get(endre).context["skjema"]["laas"].value()
    assert hr.post(endre, NY | {"navn": "Brøyting", "laas": laas}).status_code == 302
    assert hr.post(endre, NY | {"navn": "Annet", "laas": laas}).status_code == 422
    ta_ut = reverse("kompetanse:ta_ut_kompetanse", args=[rad.pk])
    hr.post(ta_ut)
    assert not katalogliste("Brøyting") and katalogliste("Brøyting", ogsaa_tatt_ut=True)
    hr.post(ta_ut)
    assert katalogliste("Brøyting") and rad.historie.count() == 4


def test_samme_navn_to_ganger_avvises_til_den_foerste_er_tatt_ut(som):
    hr = som("hr")
    lagre_kompetanse(kompetanse=None, verdier=NY, av=hr.bruker)
    with pytest.raises(ValidationError, match="finnes allerede"):
        lagre_kompetanse(kompetanse=None, verdier=NY | {"navn": "snørydding"}, av=hr.bruker)
    Kompetanse.objects.filter(navn="Snørydding").update(tatt_ut="2026-01-01")
    lagre_kompetanse(kompetanse=None, verdier=NY, av=hr.bruker)
    gammel = Kompetanse.objects.get(navn="Snørydding", tatt_ut__isnull=False)
    svar = hr.post(reverse("kompetanse:ta_ut_kompetanse", args=[gammel.pk]), follow=True)
    assert "finnes allerede" in svar.content.decode()


def test_foreldet_lagring_stoppes(som):
    rad, hr = Kompetanse.objects.first(), som("hr").bruker
    gammelt = avtrykk(rad, KATALOGFELTER)
    lagre_kompetanse(kompetanse=rad, verdier={"beskrivelse": "ny"}, av=hr, forventet=gammelt)
    with pytest.raises(Foreldet):
        lagre_kompetanse(kompetanse=rad, verdier={"beskrivelse": "annen"}, av=hr, forventet=gammelt)


@pytest.mark.parametrize("rolle", list(Rolle))
def test_hvem_ser_og_hvem_endrer(som, rolle):
    klient, rad = som(rolle), Kompetanse.objects.first()
    ser, endrer = 403 if rolle == Rolle.SYSTEMANSVARLIG else 200, 200 if rolle == Rolle.HR else 403
    assert klient.get(reverse("kompetanse:katalog")).status_code == ser
    assert klient.get(reverse("kompetanse:ny_kompetanse")).status_code == endrer
    assert klient.get(reverse("kompetanse:endre_kompetanse", args=[rad.pk])).status_code == endrer
    svar = klient.post(reverse("kompetanse:ta_ut_kompetanse", args=[rad.pk]))
    assert svar.status_code == (302 if rolle == Rolle.HR else 403)
