"""Cases to be anchored: the register, the training that stores nothing, and HR's editing."""

import pytest
from django.apps import apps
from django.urls import reverse

from kompetanse.models import Forankringssak, Matriseoppgave
from kompetanse.queries.matrise import saker_i_bruk

pytestmark = pytest.mark.django_db


@pytest.fixture
def sak():
    return Forankringssak.objects.get(tittel="Budsjettet holder ikke")


def antall_rader():
    return {m.__name__: m.objects.count() for m in apps.get_app_config("kompetanse").get_models()}


def test_registeret_har_saker_knyttet_til_rader():
    saker = saker_i_bruk()
    assert len(saker) == 12
    assert all(s.oppgaver.all() and s.forankres_hos and s.begrunnelse for s in saker)


def test_oving_viser_saken_uten_svaret(som, sak):
    side = som("enhetsleder").get(reverse("kompetanse:oving", args=[sak.pk])).content.decode()
    assert sak.beskrivelse in side and sak.begrunnelse not in side


@pytest.mark.parametrize(
    ("svar", "overskrift"),
    [(["KS", "ØS"], "Det stemmer"), (["KS"], "Nesten"), (["IT"], "Ikke denne gangen")],
)
def test_svaret_vises_med_linjen_og_hvorfor_og_lagres_ikke(som, sak, svar, overskrift):
    klient, foer = som("enhetsleder"), antall_rader()
    side = klient.post(reverse("kompetanse:oving", args=[sak.pk]), {"svar": svar}).content.decode()
    assert overskrift in side and sak.begrunnelse in side
    assert "Økonomisjefen har hovedansvaret og avgjør." in side and "Linjen i matrisen: Økonomistyring" in side
    assert antall_rader() == foer and "svar" not in klient.session


def test_tomt_eller_ukjent_svar_faar_forklaring(som, sak):
    klient, adresse = som("leser"), reverse("kompetanse:oving", args=[sak.pk])
    assert klient.post(adresse).status_code == 422
    assert klient.post(adresse, {"svar": ["tull"]}).status_code == 422


def test_hr_lager_og_endrer_saker_med_laas(som, sak):
    hr, oppgave = som("hr"), Matriseoppgave.objects.get(nokkel="implementering")
    ny = {
        "tittel": "Ny sak",
        "beskrivelse": "Du vil noe.",
        "begrunnelse": "Derfor.",
        "forankres": ["ØS", "KD"],
        "oppgaver": [oppgave.pk],
        "i_bruk": "on",
    }
    assert hr.post(reverse("kompetanse:ny_sak"), ny).status_code == 302
    laget = Forankringssak.objects.get(tittel="Ny sak")
    assert laget.forankres == "KD,ØS" and laget.historie.get().history_user == hr.bruker
    adresse = reverse("kompetanse:endre_sak", args=[laget.pk])
    laas = hr.get(adresse).context["skjema"]["laas"].value()
    assert hr.post(adresse, ny | {"laas": laas, "tittel": "Endret"}).status_code == 302
    assert hr.post(adresse, ny | {"laas": laas, "tittel": "For sent"}).status_code == 422
    assert hr.post(reverse("kompetanse:slett_sak", args=[laget.pk])).status_code == 302


def test_bare_hr_endrer_og_saker_ute_av_bruk_er_skjult(som, sak):
    leder = som("enhetsleder")
    assert leder.get(reverse("kompetanse:endre_sak", args=[sak.pk])).status_code == 403
    Forankringssak.objects.filter(pk=sak.pk).update(i_bruk=False)
    assert leder.get(reverse("kompetanse:oving", args=[sak.pk])).status_code == 404
    assert sak.tittel not in leder.get(reverse("kompetanse:saker")).content.decode()
