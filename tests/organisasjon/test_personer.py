"""A person's account: name and e-mail, closing, and a lost second factor. Who may, what is logged, who is told."""

from datetime import date

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from felles.laas import Foreldet, avtrykk
from organisasjon import services
from organisasjon.enums import Rolle
from organisasjon.logg import hendelser, logglinjer
from organisasjon.models import Bruker
from tests import fabrikk

DAG = date(2026, 1, 1)


@pytest.fixture
def kari(kommunetre) -> Bruker:
    bruker = fabrikk.lag_bruker("kari", "Kari Ås")
    fabrikk.gi_rolle(bruker, "leser", kommunetre.skolen)
    return bruker


def med_tofaktor(bruker: Bruker) -> Bruker:
    Authenticator.objects.create(user=bruker, type="totp", data={"secret": "x"})
    Authenticator.objects.create(user=bruker, type="recovery_codes", data={"seed": "x"})
    return bruker


def siste():
    return logglinjer(list(hendelser("person")[:1]))[0]


def side(rute: str, bruker: Bruker) -> str:
    return reverse(f"organisasjon:{rute}", args=[bruker.pk])


def test_hr_corrects_name_and_email_and_both_addresses_are_told(
    som, kari, mailoutbox, django_capture_on_commit_callbacks
):
    hr = som("hr")
    EmailAddress.objects.create(user=kari, email=kari.email, primary=True, verified=True)
    laas = hr.get(side("endre_person", kari)).context["skjema"]["laas"].value()
    felter = {"navn": "Kari Ærlig", "email": "Kari.Ny@fjordvik.example", "laas": laas}
    with django_capture_on_commit_callbacks(execute=True):
        assert hr.post(side("endre_person", kari), felter).status_code == 302
    kari.refresh_from_db()
    assert (kari.navn, kari.email, kari.username) == ("Kari Ærlig", "kari.ny@fjordvik.example", "kari")
    assert not EmailAddress.objects.filter(user=kari).exists()
    assert siste().hvem == str(hr.bruker)
    assert siste().endringer == (
        ("Navn", "Kari Ås", "Kari Ærlig"),
        ("E-post", "kari@fjordvik.example", "kari.ny@fjordvik.example"),
    )
    assert [brev.to for brev in mailoutbox] == [["kari@fjordvik.example"], ["kari.ny@fjordvik.example"]]
    assert mailoutbox[0].subject == "E-postadressen din er endret"
    assert "Kari Ærlig" in mailoutbox[0].body


def test_user_name_that_is_the_address_follows_it(som, kommunetre):
    bruker = services.opprett_bruker(epost="a@fjordvik.example", navn="A")
    hr = som("hr").bruker
    services.endre_person(bruker=bruker, navn="A", email="b@fjordvik.example", utfoert_av=hr, dag=DAG)
    assert Bruker.objects.get(pk=bruker.pk).username == "b@fjordvik.example"


def test_address_of_another_and_stale_form_are_refused(som, kari):
    hr = som("hr").bruker
    with pytest.raises(ValidationError, match="allerede en konto"):
        services.endre_person(bruker=kari, navn="K", email=hr.email.upper(), utfoert_av=hr, dag=DAG)
    gammelt = avtrykk(kari, services.FELTER_PERSON)
    services.endre_person(bruker=kari, navn="K1", email=kari.email, utfoert_av=hr, dag=DAG)
    with pytest.raises(Foreldet):
        services.endre_person(bruker=kari, navn="K2", email=kari.email, utfoert_av=hr, dag=DAG, forventet=gammelt)


def test_saving_without_change_leaves_no_line_and_sends_nothing(
    som, kari, mailoutbox, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        services.endre_person(bruker=kari, navn=kari.navn, email=kari.email, utfoert_av=som("hr").bruker, dag=DAG)
    assert not hendelser("person") and not mailoutbox


def test_lost_second_factor_is_taken_away_logged_and_told(som, kari, mailoutbox, django_capture_on_commit_callbacks):
    hr = som("hr")
    assert "Nullstill" not in hr.get(side("person", kari)).content.decode()
    med_tofaktor(kari)
    assert side("nullstill_tofaktor", kari) in hr.get(side("person", kari)).content.decode()
    assert "Kodeappen" in hr.get(side("nullstill_tofaktor", kari)).content.decode()
    assert Authenticator.objects.filter(user=kari).count() == 2
    with django_capture_on_commit_callbacks(execute=True):
        assert hr.post(side("nullstill_tofaktor", kari)).status_code == 302
    assert not Authenticator.objects.filter(user=kari).exists()
    assert (siste().hva, siste().hendelse) == ("Kari Ås", "Totrinnsinnlogging nullstilt")
    (brev,) = mailoutbox
    assert brev.to == [kari.email] and str(hr.bruker) in brev.body


def test_nobody_resets_their_own_second_factor(som):
    for rolle in ("hr", "systemansvarlig"):
        klient = som(rolle)
        med_tofaktor(klient.bruker)
        assert "nullstill" not in klient.get(side("person", klient.bruker)).content.decode()
        klient.post(side("nullstill_tofaktor", klient.bruker))
        assert Authenticator.objects.filter(user=klient.bruker).count() == 2


def test_nothing_to_reset_is_said(som, kari):
    with pytest.raises(ValidationError, match="ikke slått på"):
        services.nullstill_tofaktor(bruker=kari, utfoert_av=som("hr").bruker, dag=DAG)


@pytest.mark.parametrize("rute", ["endre_person", "nullstill_tofaktor"])
def test_hr_does_not_get_at_a_systemansvarlig(som, rute):
    hr, sys = som("hr"), som("systemansvarlig").bruker
    med_tofaktor(sys)
    assert hr.get(side(rute, sys)).status_code == 403
    data = {"navn": "X", "email": "tatt@over.example", "laas": avtrykk(sys, services.FELTER_PERSON)}
    assert hr.post(side(rute, sys), data).status_code == 403
    sys.refresh_from_db()
    assert sys.email != "tatt@over.example" and Authenticator.objects.filter(user=sys).count() == 2
    assert side(rute, sys) not in hr.get(side("person", sys)).content.decode()
    assert som("systemansvarlig").get(side(rute, sys)).status_code == 200


@pytest.mark.parametrize("rute", ["endre_person", "nullstill_tofaktor"])
def test_hr_of_a_part_does_not_reach_people_elsewhere(som, kommunetre, kari, rute):
    klient = som("hr", kommunetre.helse)
    assert klient.get(side(rute, kari)).status_code == 404
    fabrikk.gi_rolle(kari, "leser", kommunetre.sykehjemmet)
    assert klient.get(side(rute, kari)).status_code == 403
    with pytest.raises(PermissionDenied):
        services.nullstill_tofaktor(bruker=med_tofaktor(kari), utfoert_av=klient.bruker, dag=DAG)


@pytest.mark.parametrize("rolle", [Rolle.KOMMUNEDIREKTOR, Rolle.ENHETSLEDER, Rolle.LESER])
def test_others_are_refused_in_the_service_too(som, kari, rolle):
    klient = som(rolle)
    assert klient.get(side("endre_person", kari)).status_code == 403
    with pytest.raises(PermissionDenied):
        services.endre_person(bruker=kari, navn="X", email="x@y.example", utfoert_av=klient.bruker, dag=DAG)


def test_closing_an_account_is_logged(som, kari):
    services.sett_konto_aktiv(bruker=kari, aktiv=False, utfoert_av=som("systemansvarlig").bruker, dag=DAG)
    assert siste().hendelse == "Kontoen er stengt"
