"""Demo people cannot log in, and lose their session, when DEMO is off."""

import pytest
from django.test import Client
from django.urls import reverse

from config.demo.brukere import PASSORD
from config.innlogging import DEMODOMENE
from organisasjon.models import Bruker
from tests import fabrikk


@pytest.fixture
def demobruker(db) -> Bruker:
    return Bruker.objects.create_user("hr", f"hr{DEMODOMENE}", PASSORD, navn="Demo")


def logg_inn(brukernavn: str, passord: str) -> Client:
    klient = Client()
    klient.post(reverse("account_login"), {"login": brukernavn, "password": passord})
    return klient


@pytest.mark.parametrize(("demo", "slipper_inn"), [(True, True), (False, False)])
@pytest.mark.parametrize("felt", ["username", "email"])
def test_demo_person_logs_in_only_with_demo_on(demobruker, settings, demo, slipper_inn, felt):
    settings.DEMO = demo
    klient = logg_inn(getattr(demobruker, felt), PASSORD)
    assert ("_auth_user_id" in klient.session) is slipper_inn


def test_session_of_a_demo_person_ends_when_demo_is_switched_off(demobruker, settings):
    settings.DEMO = True
    klient = Client()
    klient.force_login(demobruker)
    settings.DEMO = False
    assert reverse("account_login") in klient.get("/").headers["Location"]


def test_real_person_logs_in_without_demo(db, settings):
    settings.DEMO = False
    fabrikk.lag_bruker("kari")
    assert "_auth_user_id" in logg_inn("kari", fabrikk.PASSORD).session


def test_session_cookie_is_out_of_reach_for_scripts_and_other_sites(db):
    fabrikk.lag_bruker("kari")
    klient = logg_inn("kari", fabrikk.PASSORD)
    assert klient.cookies["sessionid"]["httponly"]
    assert klient.cookies["sessionid"]["samesite"] == "Lax"


def test_login_is_throttled_after_five_wrong_passwords(db):
    fabrikk.lag_bruker("kari")
    for _forsok in range(6):
        logg_inn("kari", "feil-passord-hver-gang")
    assert "_auth_user_id" not in logg_inn("kari", fabrikk.PASSORD).session
