import pytest

from analyse.models import Ansettelse, Uttrekk
from analyse.services.uttrekk import importer_fil
from organisasjon.models import Enhet
from tests.analyse.innlesing import filer


@pytest.fixture
def fil(tmp_path):
    """`fil(rader)` writes an xlsx and returns its path."""

    def lag(data=None, navn="liste.xlsx", **valg):
        skriv = filer.skriv_xlsx if navn.endswith("xlsx") else filer.skriv_csv
        return skriv(tmp_path / navn, filer.rader() if data is None else data, **valg)

    return lag


@pytest.fixture
def importer(db):
    """`importer(sti, …)` as the command does it."""

    def kjor(sti, **valg):
        return importer_fil(sti=sti, **valg)

    return kjor


@pytest.fixture
def tomt(db):
    """`tomt()` asserts that nothing at all has been stored."""

    def sjekk():
        assert (Uttrekk.objects.count(), Ansettelse.objects.count(), Enhet.objects.count()) == (0, 0, 0)

    return sjekk
