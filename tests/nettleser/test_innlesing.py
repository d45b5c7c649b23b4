"""HR's main job in the browser: file → columns → preview → confirm → reports → PDF → undo; axe on every step."""

import re
import subprocess

import pytest

from tests.nettleser.filer import kolonne, nytt_uttrekk
from tests.nettleser.side import sjekk

MAKS_JOBB_MS = 60_000


def last_opp(side, fil) -> None:
    """Step 1, from the list of extracts."""
    side.goto(f"{side.vakt.adresse}/analyse/uttrekk/")
    side.get_by_role("link", name="Les inn uttrekk").last.click()
    side.set_input_files("input[type=file]", fil)
    side.locator("main form button[type=submit]").first.click()
    side.wait_for_load_state()


def til_forhaandsvisning(side, fil) -> None:
    """Steps 1 and 2, with the proposals taken as they stand."""
    last_opp(side, fil)
    side.wait_for_url("**/kolonner/")
    side.locator("main form button[type=submit]").first.click()
    side.wait_for_url("**/forhaandsvisning/")


def bekreft(side) -> None:
    side.locator("section[aria-labelledby=bekreft] button[type=submit]").click()
    side.wait_for_url("**/status/")
    side.get_by_role("heading", name="Uttrekket er lest inn").wait_for(timeout=MAKS_JOBB_MS)


def angre(side) -> None:
    side.goto(f"{side.vakt.adresse}/analyse/uttrekk/")
    side.get_by_role("link", name=re.compile("Angre uttrekket")).click()
    side.wait_for_url("**/angre/")
    sjekk(side)
    side.get_by_role("button", name="Angre uttrekket").click()
    side.wait_for_url("**/uttrekk/")


def test_from_file_to_pdf_and_back(aapne, tmp_path):
    fil = nytt_uttrekk(tmp_path, "ansatte-2026.xlsx")
    side = aapne("/analyse/", "hr")
    last_opp(side, fil)
    side.wait_for_url("**/kolonner/")
    sjekk(side)
    side.fill("input[name=lagre_som]", "Lønnssystemet")
    side.locator("main form button[type=submit]").first.click()
    side.wait_for_url("**/forhaandsvisning/")
    sjekk(side)
    tekst = side.locator("main").inner_text()
    assert "Fødselsnumre fjernet" in tekst
    assert "Siden uttrekket" in tekst
    bekreft(side)
    sjekk(side)

    side.goto(f"{side.vakt.adresse}/analyse/rapporter/lederspenn/")
    assert "1. januar 2026" in side.locator("main").inner_text()

    _lag_pdf(side, tmp_path / "rapport.pdf")

    _se_profilen(side)
    last_opp(side, fil)
    assert "lest inn fra før" in side.locator("main").inner_text()
    sjekk(side)
    angre(side)
    assert "01.01.2026" not in side.locator("main table").inner_text()


def _se_profilen(side) -> None:
    """The profile saved in step 2 can be opened, and deleted after a question."""
    side.goto(f"{side.vakt.adresse}/analyse/oppsett/profiler/")
    side.get_by_role("link", name="Gi Lønnssystemet nytt navn").click()
    side.wait_for_url("**/profiler/*/")
    sjekk(side)
    side.goto(f"{side.url}slett/")
    sjekk(side)


def _lag_pdf(side, til) -> None:
    """Order the document, wait for the job, download it and read it back."""
    side.goto(f"{side.vakt.adresse}/analyse/bystyrerapport/")
    side.get_by_role("button", name="Lag PDF").click()
    side.get_by_role("heading", name="PDF-en er klar").wait_for(timeout=MAKS_JOBB_MS)
    sjekk(side)
    with side.expect_download() as nedlasting:
        side.get_by_role("link", name="Last ned PDF").click()
    nedlasting.value.save_as(til)
    lest = subprocess.run(["pdftotext", "-layout", til, "-"], capture_output=True, text=True, check=True).stdout
    assert "Kristiansund kommune" in lest
    assert "1. januar 2026" in lest
    assert "Lederspenn" in lest


def test_large_drop_needs_a_second_confirmation(aapne, tmp_path):
    side = aapne("/analyse/", "hr")
    til_forhaandsvisning(side, nytt_uttrekk(tmp_path, "halvert.xlsx", hver=2))
    knapp = side.locator("section[aria-labelledby=bekreft] button[type=submit]")
    knapp.click()
    assert side.url.endswith("/forhaandsvisning/")
    sjekk(side)
    side.get_by_role("button", name="Avbryt og slett opplastingen").click()
    side.wait_for_url("**/uttrekk/")


def _odelegg(rader: list[list]) -> None:
    rader[3][kolonne("St.størrelse %")] = 900
    rader[7][kolonne("Fødselsdato")] = "30.02.1980"


def test_problems_are_listed_by_row_and_column_with_the_value(aapne, tmp_path):
    side = aapne("/analyse/", "hr")
    til_forhaandsvisning(side, nytt_uttrekk(tmp_path, "feil.xlsx", _odelegg))
    tabell = side.locator("section[aria-labelledby=problemer] table").inner_text()
    assert "900" in tabell
    assert "30.02.1980" in tabell
    assert side.locator("section[aria-labelledby=bekreft]").count() == 0
    sjekk(side)


def _ukjent(rader: list[list]) -> None:
    rader[0][kolonne("Ansattkategori")] = "Sommervikar"
    rader[1][kolonne("Stilling")] = "Virksomhetsleder"


def test_unknown_category_and_title_stop_for_a_decision(aapne, tmp_path):
    side = aapne("/analyse/", "hr")
    til_forhaandsvisning(side, nytt_uttrekk(tmp_path, "ukjent.xlsx", _ukjent))
    assert "Noe må avgjøres først" in side.locator("h1").inner_text()
    sjekk(side)


@pytest.mark.parametrize(
    ("navn", "innhold"),
    [("tom.xlsx", b""), ("bilde.xlsx", b"\x89PNG\r\n\x1a\n"), ("tekst.csv", b"bare;litt;tekst\n1;2;3\n")],
)
def test_wrong_file_gets_an_answer_and_stores_nothing(navn, innhold, aapne, tmp_path):
    fil = tmp_path / navn
    fil.write_bytes(innhold)
    side = aapne("/analyse/uttrekk/", "hr")
    foer = side.locator("main table tbody tr").count()
    last_opp(side, fil)
    sjekk(side)
    side.goto(f"{side.vakt.adresse}/analyse/uttrekk/")
    assert side.locator("main table tbody tr").count() == foer
