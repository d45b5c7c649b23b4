"""HR reads in counts of competence in the browser: file, columns, decisions, preview, confirm, undo; axe on the way.

And what a phone shows instead of wide tables: rows that fold out, one at a time.
"""

import pytest

from felles.regneark import Ark, skriv_bok
from tests.nettleser.side import bredde, sjekk

HODE = ["Ansattnr", "Navn", "Enhet", "Demensomsorg", "Dykkersertifikat"]


@pytest.fixture
def personfil(tmp_path):
    """Sixty people in two units, one of them misspelt, and a competence that nobody knows."""
    rader = [
        [
            5000 + n,
            f"Person Etternavn{n}",
            ("Hjemmetjenesten", "Hjemetjenesten")[n % 6 == 0],
            "x" if n % 2 else "",
            "ja",
        ]
        for n in range(60)
    ]
    topp = [["Kompetanseportalen, uttrekk per 1. september 2026"], [], HODE]
    skriv_bok(sti := tmp_path / "kompetanse.xlsx", [Ark("Kompetanse", topp + rader, ["tekst"] * len(HODE))])
    return sti


def test_fra_personfil_til_antall_og_tilbake(aapne, personfil):
    side = aapne("/kompetanse/kompetansetall/innlesinger/", "hr")
    side.get_by_role("link", name="Les inn tall").click()
    side.set_input_files("input[type=file]", personfil)
    side.locator("main form button[type=submit]").first.click()
    side.wait_for_url("**/kolonner/")
    sjekk(side)
    tekst = side.locator("main").inner_text()
    assert "Fjernet før noe ble lagret, fordi det sier hvem personene er: Ansattnr, Navn." in tekst
    assert not side.get_by_label("Antall", exact=True).is_visible()
    side.get_by_label("En enhet og en kompetanse, med antallet").check()
    assert side.get_by_label("Antall", exact=True).is_visible()
    side.get_by_label("En person, med en kolonne for hver kompetanse").check()
    side.get_by_label("Hvilket system kommer tallene fra?").fill("Portalen")
    side.get_by_role("button", name="Vis forhåndsvisning").click()
    side.wait_for_url("**/forhaandsvisning/")
    sjekk(side)
    side.get_by_role("button", name="Lagre svarene").click()
    side.get_by_role("heading", name="Rett dette før du går videre").wait_for()
    sjekk(side)
    enhet = side.get_by_role("group", name="Hvilken enhet er «Hjemetjenesten»?")
    assert enhet.get_by_label("Navnet hos oss").input_value().startswith("Hjemmetjenesten")
    enhet.get_by_role("combobox").first.select_option("som")
    side.get_by_role("group", name="Hvilken kompetanse er «Dykkersertifikat»?").get_by_role(
        "combobox"
    ).first.select_option("utelat")
    side.get_by_role("button", name="Lagre svarene").click()
    side.get_by_role("heading", name="Klar til å leses inn").wait_for()
    sjekk(side)
    side.get_by_role("button", name="Les inn tallene").click()
    side.wait_for_url("**/kompetansetall/")
    assert "1 tall fra Portalen er lest inn." in side.locator("main").inner_text()
    side.goto(f"{side.vakt.adresse}/kompetanse/kompetansetall/?kilde=Portalen&etter=enhet")
    rad = side.locator("table tbody tr")
    assert rad.count() == 1 and rad.locator("td.t").inner_text() == "30"
    sjekk(side)
    side.goto(f"{side.vakt.adresse}/kompetanse/kompetansetall/innlesinger/")
    side.get_by_role("link", name="Angre Portalen").click()
    side.get_by_role("button", name="Angre innlesingen").click()
    assert "er angret" in side.locator("main").inner_text()


@pytest.mark.parametrize("sti", ["/kompetanse/matrise/", "/kompetanse/delegering/enhet/%d/"])
def test_paa_telefon_foldes_en_rad_ut_om_gangen(aapne, sti):
    side = aapne("/kompetanse/delegering/", "hr")
    if "%d" in sti:
        side.get_by_role("link", name="Hjemmetjenesten", exact=True).click()
    else:
        side.goto(side.vakt.adresse + sti)
    bredde(side, 390)
    rader = side.locator(".folderader details")
    assert side.locator("main table").first.is_hidden() and rader.count() > 3
    for nr in (1, 2):
        rader.nth(nr).locator("summary").press("Enter")
        assert side.locator(".folderader details[open]").count() == 1
    sjekk(side)


def test_lederlisten_paa_telefon_har_hele_raden_uten_aa_rulle(aapne):
    side = aapne("/kompetanse/ledere/", "hr")
    bredde(side, 390)
    foerste = side.locator(".ledertabell tbody tr").first
    assert foerste.bounding_box()["width"] <= 390 and foerste.locator(".status").is_visible()
    side.locator(".samlesteg a").first.click()
    side.wait_for_url("**steg=**")
    assert side.locator(".filtervalg").inner_text().startswith(side.locator(".samlesteg a[aria-current]").inner_text())
    sjekk(side)
