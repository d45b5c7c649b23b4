"""A municipality with two extracts, a published one and a newer one, for the tests that visit every page."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from kompetanse.enums import Gapstatus
from kompetanse.models import Gapanalyse
from kompetanse.services.gapsvar import begynn
from organisasjon.enums import Rolle
from tests import fabrikk
from tests.fabrikk import Kommunetre
from tests.kompetanse.gapsvar.fabrikk import NAA, lag_analyse, lag_besvart, lag_runde
from tests.vandring import Besok, vandre


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """No database is made for a run where no test says that it uses one; to ask for the municipality is to say so."""
    for item in items:
        if "kommunen" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.django_db)


def _folk(tre, antall: int) -> list[dict]:
    """People spread over the units, with leaders, ages and percents that fill every report."""
    enheter = [(tre.hjemmetjenesten, tre.hjemme_nord), (tre.sykehjemmet, tre.sykehjem_post1), (tre.skolen, None)]
    titler = ["Enhetsleder", "Avdelingsleder", "Sykepleier", "Lærer", "Fagarbeider", "Fagleder"]
    return [
        {
            "person": nr,
            "enhet": enheter[nr % 3][0],
            "avdeling": enheter[nr % 3][1],
            "stilling": titler[nr % 6],
            "kategori": "FMT"[nr % 3] if nr % 7 else "sluttet",
            "prosent": (50.0, 80.0, 100.0)[nr % 3],
            "fodt": date(1955 + nr % 48, 1 + nr % 12, 1 + nr % 28),
            "kjonn": "KM"[nr % 2],
            "start": date(2000 + nr % 24, 1, 1),
            "slutt": None if nr % 7 else date(2024, 12, 31),
            "utdanning": "Bachelor" if nr % 2 else "Fagbrev",
        }
        for nr in range(1, antall + 1)
    ]


@dataclass
class Kommunen:
    """Fjordvik with two published extracts, logged-in clients per role, and the pages each role finds by its links."""

    tre: Kommunetre
    _klienter: dict[Rolle, Client] = field(default_factory=dict)
    _funnet: dict[Rolle, tuple[dict[str, list[Besok]], set[str]]] = field(default_factory=dict)

    def klient(self, rolle: Rolle | str) -> Client:
        rolle = Rolle(rolle)
        if rolle not in self._klienter:
            bruker = fabrikk.lag_bruker(f"gjennom-{rolle}", navn=str(rolle.label))
            fabrikk.gi_rolle(bruker, rolle, self.tre.standardomraade(rolle))
            self._klienter[rolle] = Client()
            self._klienter[rolle].force_login(bruker)
        return self._klienter[rolle]

    def funnet(self, rolle: Rolle | str) -> dict[str, list[str]]:
        """Route name → addresses found by following links."""
        return {navn: [b.adresse for b in sider] for navn, sider in self._vandring(Rolle(rolle))[0].items()}

    def sider(self, rolle: Rolle | str) -> list[Besok]:
        """Every page found by following links, as it was met."""
        return [b for sider in self._vandring(Rolle(rolle))[0].values() for b in sider]

    def felt(self, rolle: Rolle | str) -> set[str]:
        """Names of query and form fields met on the way."""
        return self._vandring(Rolle(rolle))[1]

    def adresser(self, rolle: Rolle | str) -> list[str]:
        return sorted({a for liste in self.funnet(rolle).values() for a in liste})

    def _vandring(self, rolle: Rolle) -> tuple[dict[str, list[Besok]], set[str]]:
        if rolle not in self._funnet:
            self._funnet[rolle] = vandre(self.klient(rolle), per_rute=2)
        return self._funnet[rolle]


def _gapanalyser(tre: Kommunetre) -> None:
    """An open round: one analysis being answered, one sent."""
    runde = lag_runde()
    for enhet, status in ((tre.hjemmetjenesten, Gapstatus.I_ARBEID), (tre.sykehjemmet, Gapstatus.LEVERT)):
        analyse = lag_analyse(runde, enhet)
        begynn(analyse=analyse, av=None, naa=NAA)
        lag_besvart(analyse, "Jordmødre", 9, har=3)
        Gapanalyse.objects.filter(pk=analyse.pk).update(status=status)


@pytest.fixture(scope="module")
def kommunen(django_db_setup: None, django_db_blocker) -> Iterator[Kommunen]:
    """One municipality for all tests of a module, in a transaction that is rolled back. Tests only read."""
    with django_db_blocker.unblock(), transaction.atomic():
        tre = fabrikk.lag_kommunetre()
        for dag, antall in ((date(2024, 7, 1), 40), (date(2025, 7, 1), 46)):
            fabrikk.lag_uttrekk(_folk(tre, antall), dato=dag, publisert=timezone.now())
        _gapanalyser(tre)
        kommunen = Kommunen(tre)
        # Made here: what a test makes is gone when it ends.
        for rolle in Rolle:
            kommunen.klient(rolle)
        yield kommunen
        transaction.set_rollback(True)
