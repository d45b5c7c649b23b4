"""The main journey: a leader runs a session on the projector, and a note becomes a tiltak and a risk."""

import re

from tests.nettleser.side import axe


def test_leader_draws_talks_notes_and_makes_something_of_it(aapne):
    side = aapne("/kompetanse/refleksjon/", "enhetsleder", ventet=(422,))
    side.get_by_role("link", name="Start en samtale").click()
    side.get_by_label("Hvilken enhet gjelder det?").fill("Hjemmetjenesten")
    side.get_by_label("Hva skal samtalen brukes til?").fill("Forberede gapanalysen")
    side.get_by_role("button", name="Start").click()
    side.get_by_text("Skriv hvor mange som er til stede").first.wait_for()
    side.get_by_label("Hvor mange er til stede?").fill("7")
    side.get_by_role("button", name="Start").click()
    side.get_by_role("button", name="Trekk et kort").click()
    side.wait_for_url("**/kort/1/")
    foerste = side.locator("h1").inner_text()
    assert not side.locator("nav.meny").is_visible()
    axe(side)
    side.get_by_label("Hva kom dere fram til?").fill("Vi trenger to til som kan dette.")
    side.get_by_role("button", name="Trekk neste kort").click()
    side.wait_for_url("**/kort/2/")
    assert side.locator("h1").inner_text() != foerste
    side.get_by_role("button", name="Lagre og oppsummer").click()
    side.get_by_label("Hva tar dere med videre?").fill("Opplæring av to.")
    side.get_by_role("button", name="Lagre og avslutt økten").click()
    side.get_by_text("økten er avsluttet").wait_for()
    side.get_by_role("link", name="Før som risiko").click()
    assert side.get_by_label("Hva kan gå galt?").input_value() == "Vi trenger to til som kan dette."
    for valg in ("3 – Sannsynlig", "4 – Svært stor: tjenesten blir ikke forsvarlig", "Nei"):
        side.get_by_label(valg, exact=True).check()
    side.get_by_label("Hvilken rolle følger det opp?").fill("Fagleder")
    side.get_by_role("button", name="Lagre risikoen").click()
    side.get_by_text("Ført som risiko").wait_for()
    side.get_by_role("link", name="Lag tiltak").click()
    # With more than one plan for the unit (other journeys make them), the person chooses first.
    flere = side.get_by_role("link", name=re.compile("^Velg.*Delplan for hjemmetjenesten$")).first
    side.get_by_label("Hva skal gjøres?").or_(flere).first.wait_for()
    if flere.count():
        flere.click()
    assert side.get_by_label("Hva skal gjøres?").input_value() == "Vi trenger to til som kan dette."
    side.get_by_label("Hva heter tiltaket?").fill("Lær opp to til")
    side.get_by_label("Innsatsområde").select_option(index=1)
    side.get_by_label("Hvilket mål tjener det?").select_option("1")
    side.get_by_label("Vei").select_option("utvikle")
    side.get_by_role("button", name="Lagre tiltaket").click()
    side.get_by_text("er lagt i Delplan for hjemmetjenesten").wait_for()
    side.get_by_text("Laget til tiltak").wait_for()
