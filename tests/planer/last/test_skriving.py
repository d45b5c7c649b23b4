"""Many people in the same sections, in process: what was accepted is in the text at the end.

With the lock taken out the same people lose edits, so the test can see one.
"""

import random
from collections.abc import Callable
from itertools import count

import pytest
from django.test import Client
from django.urls import reverse

from bench.redigering import Regnskap, Skriver, Svar, doblet, tapt
from bench.uten_laas import uten_laas
from organisasjon.enums import Rolle
from planer.enums import Deltakerrolle
from planer.models import Seksjon, Seksjonsversjon
from planer.views import tekst
from tests.fabrikk import gi_rolle, lag_bruker
from tests.planer.fabrikk import lag_delplan

SKRIVERE, RUNDER = 5, 5


class Prosess:
    """The product through Django's client: the same three requests that the editor makes."""

    def __init__(self, klient: Client) -> None:
        self.klient = klient

    def aapne(self, seksjon: int) -> tuple[str, int]:
        svar = self.klient.get(reverse("planer:skriv", args=[seksjon]))
        return svar.context["start"]["html"], svar.context["laas"]

    def lagre(self, seksjon: int, html: str, forventet: int) -> Svar:
        return self._svar("lagre_seksjon", seksjon, {"html": html, "forventet": forventet})

    def flett(self, seksjon: int, html: str, grunnlag: str) -> Svar:
        return self._svar("konflikt", seksjon, {"html": html, "grunnlag": grunnlag})

    def _svar(self, rute: str, seksjon: int, felter: dict) -> Svar:
        svar = self.klient.post(reverse(f"planer:{rute}", args=[seksjon]), felter)
        v = svar.json()
        return Svar(svar.status_code, v.get("lopenummer", 0), v.get("html", ""), v.get("flettet", ""))


@pytest.fixture
def skriv(kommunetre) -> Callable[[], tuple[Regnskap, dict[int, str]]]:
    """Let everybody write, a little at a time in a shuffled order, and return the account and the texts."""

    def kjor() -> tuple[Regnskap, dict[int, str]]:
        folk = [lag_bruker(f"skriver{n}") for n in range(SKRIVERE)]
        for bruker in folk:
            gi_rolle(bruker, Rolle.ENHETSLEDER, kommunetre.hjemmetjenesten)
        deltakere = [(bruker, Deltakerrolle.MEDFORFATTER) for bruker in folk]
        plan = lag_delplan(enheter=[kommunetre.hjemmetjenesten], deltakere=deltakere)
        seksjoner = list(plan.seksjoner.values_list("pk", flat=True)[:2])
        klokke = count()
        skrivere = []
        for bruker in folk:
            klient = Client()
            klient.force_login(bruker)
            skrivere.append(Skriver(bruker.username, Prosess(klient), seksjoner, lambda: next(klokke)))
        tur = [skriver for skriver in skrivere for _ in range(RUNDER)]
        random.Random(7).shuffle(tur)
        regnskap = Regnskap()
        for skriver in tur:
            skriver.skriv()
        for skriver in skrivere:
            regnskap.legg_til(skriver.regnskap)
        return regnskap, dict(Seksjon.objects.filter(pk__in=seksjoner).values_list("pk", "html"))

    return kjor


def test_ingenting_gaar_tapt_og_ingenting_staar_to_ganger(skriv):
    regnskap, tekster = skriv()
    assert not regnskap.feil
    assert regnskap.lagringer == SKRIVERE * RUNDER
    assert regnskap.konflikter > RUNDER
    assert tapt(regnskap.godtatt, tekster) == []
    assert doblet(tekster.values()) == []


def test_uten_laas_ser_proeven_tapte_lagringer(skriv, monkeypatch):
    monkeypatch.setattr(tekst, "lagre_seksjon", uten_laas(tekst.lagre_seksjon))
    regnskap, tekster = skriv()
    assert regnskap.konflikter == 0
    assert tapt(regnskap.godtatt, tekster)


def test_historikken_har_hver_eneste_lagring(skriv):
    regnskap, _tekster = skriv()
    historie = " ".join(Seksjonsversjon.objects.values_list("html", flat=True))
    assert all(merke in historie for merker in regnskap.godtatt.values() for merke in merker)


def test_produktet_har_ingen_bryter_for_laasen():
    """The lock can only be taken out by replacing the function, which only the bench does."""
    import inspect

    kilde = inspect.getsource(tekst)
    assert "settings" not in kilde
    assert "environ" not in kilde
