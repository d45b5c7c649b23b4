"""The matrix as a grid in a real browser: by keyboard alone, two at once, and one task at a time on a phone."""

import re

from tests.nettleser.side import axe


def rediger(aapne, bredde=1280, ventet=()):
    """HR's draft of the municipality's matrix."""
    side = aapne("/kompetanse/matrise/", "hr", bredde=bredde, ventet=ventet)
    side.locator(".sidehode .handlinger .ds-button", has_text=re.compile("Lag ny utgave|Rediger utkastet")).click()
    side.wait_for_url("**/rediger/")
    return side


def her(side):
    return side.evaluate("() => document.activeElement.getAttribute('aria-label')")


def test_cells_are_reached_edited_and_undone_by_keyboard(aapne):
    side = rediger(aapne)
    axe(side)
    side.locator("td[data-celle][tabindex='0']").focus()
    for tast in ("ArrowDown", "ArrowRight", "ArrowRight"):
        side.keyboard.press(tast)
    assert her(side) == "Økonomistyring, Kommunalsjef: BS"
    side.keyboard.press("Enter")
    side.keyboard.type("U")
    side.keyboard.press("Escape")
    assert her(side) == "Økonomistyring, Kommunalsjef: BS"
    side.keyboard.press("Enter")
    side.keyboard.type("ha")
    side.keyboard.press("Enter")
    side.locator("[data-status][data-color=success]").wait_for()
    assert her(side) == "HR, arbeidsmiljø og HMS, Kommunalsjef: BS"
    raden = side.locator("tr.funnrad:has(+ tr td[aria-label^='HR, arbeidsmiljø'])")
    assert "Flere har hovedansvar" in raden.inner_text()
    side.keyboard.press("ArrowUp")
    side.keyboard.press("b")
    side.keyboard.type("s")
    side.keyboard.press("Tab")
    side.locator("[data-status]", has_text="3 merknader").wait_for()
    assert her(side) == "Økonomistyring, Økonomisjef: HA" and not raden.is_visible()


def test_two_at_once_lose_nothing_and_what_cannot_be_read_stays(aapne):
    min_, din = rediger(aapne, ventet=(409, 422)), rediger(aapne)
    for side in (min_, din):
        side.locator("td[aria-label^='Implementering, IT-sjef']").focus()
        side.keyboard.press("Enter")
    din.keyboard.type("BS")
    din.keyboard.press("Enter")
    din.locator("[data-status][data-color=success]").wait_for()
    min_.keyboard.type("tull")
    min_.keyboard.press("Enter")
    min_.locator("[data-status]", has_text="Vi forstår ikke «tull»").wait_for()
    min_.locator("td.redigeres input").fill("HA: IT")
    min_.keyboard.press("Enter")
    min_.locator("[data-status]", has_text="Noen andre har skrevet «BS»").wait_for()
    assert min_.locator("td.redigeres input").input_value() == "HA: IT"
    min_.keyboard.press("Enter")
    min_.locator("[data-status][data-color=success]").wait_for()
    assert min_.locator("td[aria-label='Implementering, IT-sjef: HA: IT']").count() == 1


def test_one_task_at_a_time_on_a_phone(aapne):
    side = rediger(aapne, bredde=390)
    assert not side.locator("table.rutenett").is_visible()
    side.locator(".bare-smal a", has_text="Tjenestekvalitet").click()
    side.get_by_label("IT-sjef").fill("U")
    side.get_by_role("button", name="Lagre raden").click()
    side.get_by_text("Raden er lagret.").wait_for()
    assert side.get_by_label("IT-sjef").input_value() == "U"
    axe(side)
