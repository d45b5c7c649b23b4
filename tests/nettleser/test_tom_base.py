"""Before the first extract: every page says what will be here and where to begin, and the first file makes it all."""

import re

import pytest
from playwright.sync_api import Page

from tests import malbase
from tests.nettleser import nettsted as drift
from tests.nettleser.conftest import logg_inn
from tests.nettleser.rundtur import Rundtur, lett
from tests.nettleser.side import Vakt

# Forms and account pages look the same with and without extracts; test_sider has them.
UENDRET = re.compile("account_|mfa_|:(ny|nytt|endre|slett|flytt|slaa|legg)_|ordliste|tilgangsmatrise|konto")
LAG_HR = """
from datetime import date
from config.demo.brukere import PASSORD
from organisasjon.models import Bruker, Enhet, Rolletildeling
kommune = Enhet.objects.create(navn="Fjordvik", type="kommune", kode="F")
for rolle in ("hr", "leser", "enhetsleder"):
    bruker = Bruker.objects.create_user(rolle, rolle + "@demo.invalid", PASSORD, navn=rolle)
    Rolletildeling.objects.create(bruker=bruker, rolle=rolle, enhet=kommune, gyldig_fra=date(2020, 1, 1))
"""


@pytest.fixture(scope="module")
def tomt_nettsted(demobase, tmp_path_factory, prove_mappe):
    """The product over a database that has only been migrated, with three people."""
    base = malbase.kopier(malbase.sqlite_mal(prove_mappe), tmp_path_factory.mktemp("tom") / "tom.sqlite3")
    malbase.manage(["shell", "-v0", "-c", LAG_HR], f"sqlite:///{base}")
    with drift.kjor_nettsted(base, demobase[1], med_jobber=False) as adresse:
        yield adresse


@pytest.fixture
def tom_side(tomt_nettsted, chromium):
    """`tom_side("hr")`: a page on the empty product; console errors fail the test."""
    apnet = []

    def apne(rolle: str) -> Page:
        sammenheng = chromium.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
        side = sammenheng.new_page()
        side.vakt = Vakt(tomt_nettsted)
        side.vakt.folg(sammenheng, side)
        apnet.append((sammenheng, side.vakt))
        side.goto(f"{tomt_nettsted}/konto/login/")
        logg_inn(side, rolle)
        return side

    yield apne
    for sammenheng, _vakt in apnet:
        sammenheng.close()
    assert [klage for _sammenheng, vakt in apnet for klage in vakt.klager] == []


def test_every_empty_page_is_accessible(tom_side):
    """One test for both, since the product is started for it. To the reader only the front pages are other than HR's,
    and what HR does not meet: the rest is as empty.
    """
    hos_hr = {}
    for rolle in ("hr", "leser"):
        forsider = {"analyse:oversikt", "planer:liste"}
        sett = {slag: sti for slag, sti in hos_hr.items() if slag[0] not in forsider}
        tur = Rundtur(tom_side(rolle), lambda navn: not UENDRET.search(navn), lett, sett=sett)
        hos_hr = tur.sett
        tur.gaa(["/analyse/", "/planer/"])
        assert not tur.feil, f"{rolle}:\n" + "\n".join(tur.feil)
        assert forsider <= tur.ruter
