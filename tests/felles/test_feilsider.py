"""Error pages and login in the product's look."""

import pytest
from django.test import Client, override_settings

pytestmark = pytest.mark.django_db


def test_403_names_the_right_and_who_can_give_it(som):
    som("hr")
    svar = som("leser").get("/roller/")
    html = svar.content.decode()
    assert svar.status_code == 403
    assert "Gi og ta roller" in html
    assert "HR (kompetanseleder)" in html


@override_settings(DEBUG=False)
def test_404_has_the_frame_and_a_way_on(som):
    svar = som("hr").get("/finnes-ikke/")
    html = svar.content.decode()
    assert svar.status_code == 404
    assert "Vi finner ikke siden" in html
    assert 'class="meny"' in html


def test_csrf_failure_is_kindly_told(som):
    klient = Client(enforce_csrf_checks=True)
    svar = klient.post("/konto/login/", {"login": "a", "password": "b"})
    assert svar.status_code == 403
    assert "Siden var åpen for lenge" in svar.content.decode()


def test_500_needs_nothing_from_the_request(rf):
    from config.views import feil_500

    svar = feil_500(rf.get("/"))
    assert svar.status_code == 500
    assert "Noe gikk galt hos oss" in svar.content.decode()


@override_settings(DEMO=True)
def test_login_lists_demo_users_in_demo(django_user_model):
    django_user_model.objects.create_user("hr", "hr@demo.invalid", "x", navn="Kari HR")
    html = Client().get("/konto/login/").content.decode()
    assert "demo-passord-2025" in html
    assert "Kari HR" in html


@override_settings(DEMO=False)
def test_login_lists_nobody_outside_demo(django_user_model):
    django_user_model.objects.create_user("hr", "hr@demo.invalid", "x", navn="Kari HR")
    html = Client().get("/konto/login/").content.decode()
    assert "demo-passord" not in html
    assert "Kari HR" not in html


def test_login_error_stands_in_a_summary():
    html = Client().post("/konto/login/", {"login": "ingen", "password": "feil-passord-her"}).content.decode()
    assert "data-feiloppsummering" in html


def test_pages_have_no_inline_style_or_script(som):
    html = som("hr").get("/analyse/").content.decode()
    assert " style=" not in html
    assert "<style" not in html
    assert "<script>" not in html


def test_server_error_is_told_also_where_style_sheets_have_not_been_collected(rf, settings, tmp_path):
    from config.views import feil_500

    lager = "whitenoise.storage.CompressedManifestStaticFilesStorage"
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": lager}}
    svar = feil_500(rf.get("/"))
    assert svar.status_code == 500
    assert "Noe gikk galt hos oss" in svar.content.decode() and b"<link" not in svar.content
