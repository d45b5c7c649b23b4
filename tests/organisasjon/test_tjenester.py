"""Services that span units."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from felles.laas import Foreldet
from organisasjon import services
from organisasjon.logg import hendelser, logglinjer
from organisasjon.models import Tjeneste


def test_name_is_unique(kommunetre):
    services.lagre_tjeneste(tjeneste=None, navn="Skole", enheter=[])
    with pytest.raises(ValidationError):
        services.lagre_tjeneste(tjeneste=None, navn=" Skole ", enheter=[])


def test_stale_save_is_stopped(kommunetre):
    tjeneste = services.lagre_tjeneste(tjeneste=None, navn="Skole", enheter=[])
    with pytest.raises(Foreldet):
        services.lagre_tjeneste(tjeneste=tjeneste, navn="Ny", enheter=[], forventet="gammelt")


def test_service_is_made_changed_and_deleted_in_the_browser(som, kommunetre):
    hr, ny = som("hr"), reverse("organisasjon:ny_tjeneste")
    valgte = [kommunetre.skolen.pk, kommunetre.barnehagen.pk]
    assert hr.post(ny, {"navn": "Oppvekst", "enheter": valgte}).status_code == 302
    tjeneste = Tjeneste.objects.get()
    assert set(tjeneste.enheter.values_list("pk", flat=True)) == set(valgte)
    adresse = reverse("organisasjon:endre_tjeneste", args=[tjeneste.pk])
    laas = hr.get(adresse).context["skjema"]["laas"].value()
    assert hr.post(adresse, {"navn": "Skole", "enheter": valgte[:1], "laas": laas}).status_code == 302
    assert list(tjeneste.enheter.all()) == [kommunetre.skolen]
    slett = reverse("organisasjon:slett_tjeneste", args=[tjeneste.pk])
    assert "Slett tjenesten Skole?" in hr.get(slett).content.decode()
    hr.post(slett)
    assert not Tjeneste.objects.exists()


def test_search_in_the_picker_keeps_what_is_ticked_and_saves_nothing(som, kommunetre):
    felter = {"navn": "Skole", "enheter": [kommunetre.skolen.pk], "sok": "ÆRFUGL", "soek_enheter": "1"}
    svar = som("hr").post(reverse("organisasjon:ny_tjeneste"), felter)
    assert svar.status_code == 200
    assert [navn for _pk, navn in svar.context["valgt"]] == ["Åsen skole (210)"]
    assert [navn for _pk, navn in svar.context["ikke_valgt"]] == ["Ærfugl barnehage (220)"]
    assert 'value="Skole"' in svar.content.decode()
    assert not Tjeneste.objects.exists()


def test_missing_name_keeps_the_ticks(som, kommunetre):
    svar = som("hr").post(reverse("organisasjon:ny_tjeneste"), {"navn": "", "enheter": [kommunetre.skolen.pk]})
    assert svar.status_code == 422
    assert [pk for pk, _navn in svar.context["valgt"]] == [kommunetre.skolen.pk]


def test_closed_unit_stays_on_the_service(som, kommunetre):
    tjeneste = services.lagre_tjeneste(tjeneste=None, navn="Skole", enheter=[kommunetre.skolen])
    services.legg_ned_enhet(enhet=kommunetre.skolen, siste_dag=kommunetre.skolen.historie.first().history_date.date())
    type(kommunetre.skolen).objects.filter(pk=kommunetre.skolen.pk).update(gyldig_til="2020-01-01")
    hr, adresse = som("hr"), reverse("organisasjon:endre_tjeneste", args=[tjeneste.pk])
    laas = hr.get(adresse).context["skjema"]["laas"].value()
    hr.post(adresse, {"navn": "Skole", "enheter": [kommunetre.barnehagen.pk], "laas": laas})
    assert set(tjeneste.enheter.all()) == {kommunetre.skolen, kommunetre.barnehagen}


def test_log_names_units_that_came_and_went(som, kommunetre):
    hr = som("hr")
    tjeneste = services.lagre_tjeneste(tjeneste=None, navn="Skole", enheter=[kommunetre.skolen, kommunetre.barnehagen])
    hr.post(
        reverse("organisasjon:endre_tjeneste", args=[tjeneste.pk]),
        {"navn": "Skole", "enheter": [kommunetre.skolen.pk, kommunetre.stab.pk], "laas": _laas(hr, tjeneste)},
    )
    endret, *_ = logglinjer(list(hendelser("tjeneste")[:1]))
    assert (endret.hva, endret.hvem) == ("Skole", str(hr.bruker))
    assert endret.endringer == (("Lagt til", "–", "Økonomi"), ("Tatt ut", "Ærfugl barnehage", "–"))


def test_saving_a_service_unchanged_leaves_nothing_in_the_log(kommunetre):
    tjeneste = services.lagre_tjeneste(tjeneste=None, navn="Skole", enheter=[kommunetre.skolen])
    antall = hendelser("tjeneste").count()
    services.lagre_tjeneste(tjeneste=tjeneste, navn="Skole ", enheter=[kommunetre.skolen])
    assert hendelser("tjeneste").count() == antall


def _laas(klient, tjeneste: Tjeneste) -> str:
    side = klient.get(reverse("organisasjon:endre_tjeneste", args=[tjeneste.pk]))
    return side.context["skjema"]["laas"].value()
