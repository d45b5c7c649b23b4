"""The keyboard alone is enough: everything is reached in reading order, focus shows, nothing is a trap."""

import pytest

from tests.nettleser.conftest import PASSORD
from tests.nettleser.side import axe, bredde

# What has focus now: a number in document order, its text, whether focus can be seen.
FOKUS = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  const alle = [...document.querySelectorAll('*')], stil = getComputedStyle(e), boks = e.getBoundingClientRect();
  const ramme = (parseFloat(stil.outlineWidth) > 0 && stil.outlineStyle !== 'none') || stil.boxShadow !== 'none';
  return {nr: alle.indexOf(e), tekst: (e.innerText || e.getAttribute('aria-label') || e.name || '').trim().slice(0, 60),
          ramme, synlig: boks.width > 0 && boks.height > 0 && stil.visibility !== 'hidden', merke: e.tagName};
}"""
# Everything a keyboard must reach.
KAN_FOKUSERES = """() => {
  const valg = 'a[href], button:not([disabled]), input:not([type=hidden]):not([disabled]), select, textarea, summary';
  const alle = [...document.querySelectorAll('*')], radio = new Set();
  const foerste = e => e.type !== 'radio' || (!radio.has(e.name) && radio.add(e.name));
  return [...document.querySelectorAll(valg)]
    .filter(e => e.checkVisibility({visibilityProperty: true}) && e.tabIndex >= 0)
    .filter(foerste)
    .map(e => alle.indexOf(e));
}"""


def gaa_gjennom(side) -> list[dict]:
    """Press Tab until focus leaves the page; what had focus on the way, in order."""
    veien: list[dict] = []
    for _trykk in range(400):
        side.keyboard.press("Tab")
        her = side.evaluate(FOKUS)
        if her is None or (veien and her["nr"] == veien[0]["nr"]):
            break
        # A date field has three stops of its own; it is the first that counts.
        if not veien or her["nr"] != veien[-1]["nr"]:
            veien.append(her)
    return veien


@pytest.mark.parametrize(
    ("adresse", "som"),
    [
        ("/konto/login/", None),
        ("/analyse/", "hr"),
        ("/analyse/rapporter/aldersrisiko/", "enhetsleder"),
        ("/enheter/", "hr"),
        ("/roller/ny/", "hr"),
        ("/planer/ny-delplan/", "hr"),
        ("/planer/6/kapittel/4/", "enhetsleder"),
    ],
)
def test_tab_reaches_everything_in_reading_order_with_visible_focus(adresse, som, aapne):
    side = aapne(adresse, som)
    veien = gaa_gjennom(side)
    naadd = [her["nr"] for her in veien]
    assert set(side.evaluate(KAN_FOKUSERES)) <= set(naadd)
    assert naadd == sorted(naadd), "rekkefølgen hopper fram og tilbake"
    assert [her["tekst"] for her in veien if not (her["ramme"] and her["synlig"])] == []


def test_first_tab_skips_to_the_content(aapne):
    side = aapne("/analyse/", "hr")
    side.keyboard.press("Tab")
    assert side.evaluate(FOKUS)["tekst"] == "Hopp til innholdet"
    side.keyboard.press("Enter")
    assert side.evaluate("() => document.activeElement.id") == "innhold"


def tab_til(side, tekst: str) -> None:
    """Press Tab until the element with this text or name has focus."""
    for _trykk in range(200):
        side.keyboard.press("Tab")
        her = side.evaluate(FOKUS)
        if her and her["tekst"].casefold() == tekst.casefold():
            return
    raise AssertionError(f"Tab nådde aldri «{tekst}»")


def test_log_in_and_open_a_report_without_a_mouse(aapne):
    side = aapne("/konto/login/", None)
    tab_til(side, "login")
    side.keyboard.type("enhetsleder")
    tab_til(side, "password")
    side.keyboard.type(PASSORD)
    side.keyboard.press("Enter")
    side.wait_for_url("**/planer/min-side/")
    tab_til(side, "Analyse")
    side.keyboard.press("Enter")
    tab_til(side, "Lederspenn")
    side.keyboard.press("Enter")
    side.wait_for_url("**/rapporter/lederspenn/")
    assert side.locator("h1").inner_text() == "Lederspenn"


def test_menu_on_a_phone_opens_and_closes_from_the_keyboard(aapne):
    side = aapne("/analyse/", "hr", bredde=390)
    meny = side.locator("#meny")
    assert not meny.is_visible()
    side.get_by_role("button", name="Meny").focus()
    side.keyboard.press("Enter")
    meny.wait_for(state="visible")
    axe(side)
    side.keyboard.press("Escape")
    meny.wait_for(state="hidden")
    bredde(side, 1280)
    assert meny.is_visible()


def test_sorting_a_table_works_from_the_keyboard(aapne):
    side = aapne("/analyse/rapporter/aldersrisiko/", "hr")
    side.locator("th[aria-sort] a:visible").first.focus()
    with side.expect_response(lambda svar: "sort" in svar.url):
        side.keyboard.press("Enter")
    side.locator("th[aria-sort=ascending], th[aria-sort=descending]").first.wait_for(state="visible")


def test_chapters_of_a_plan_are_turned_from_the_keyboard(aapne):
    side = aapne("/planer/6/kapittel/2/", "enhetsleder")
    deler = side.get_by_role("navigation", name="Deler i planen")
    deler.get_by_role("link").nth(2).focus()
    side.keyboard.press("Enter")
    side.wait_for_url("**/kapittel/3/")
    assert "Kartlegging" in deler.locator("[aria-current=page]").inner_text()


def test_scope_of_a_plan_is_chosen_from_the_keyboard(aapne):
    side = aapne("/planer/ny-delplan/", "hr")
    side.get_by_label("Finn enhet eller avdeling").focus()
    side.keyboard.type("hjemmetjenesten, sone 2")
    tre = side.get_by_role("group", name="Enheter og avdelinger planen gjelder for").last
    side.keyboard.press("Enter")
    side.keyboard.press("Tab")
    for _trykk in range(tre.get_by_role("checkbox").count()):
        side.keyboard.press("Tab")
    side.keyboard.press("Space")
    assert "sone 2" in tre.locator(".avkryss", has=side.locator("input:checked")).inner_text()
    side.get_by_text("Én er valgt").wait_for(state="visible")
