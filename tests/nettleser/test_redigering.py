"""Writing a plan's text in a real browser: autosave, two people at once, no network, a lost session, pasted text."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.nettleser.conftest import logg_inn
from tests.nettleser.side import sjekk

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><body><!--StartFragment-->
<h1 style='color:red'>Fra Word<o:p></o:p></h1>
<p class=MsoNormal style='margin:0' onclick='alert(1)'>Vanlig <b>fet</b></p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·&nbsp;</span>Punkt</p>
<table><tr><td style='width:10pt'>A</td><td>B</td></tr><tr><td>1</td><td>2</td></tr></table>
<script>document.title='ond'</script><img src=x onerror="document.title='ond'"><!--EndFragment--></body></html>"""
TALL = re.compile(r"^[\d\u00a0,]+$")
LIM = """html => {
  const data = new DataTransfer();
  data.setData('text/html', html);
  data.setData('text/plain', 'ren tekst');
  const hendelse = new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true});
  document.querySelector('.tiptap').dispatchEvent(hendelse);
}"""


@pytest.fixture(scope="module")
def adresser(nettsted: str, chromium, innlogget) -> Callable[[int], str]:
    """`adresser(0)`: the address of the editor of a section in an open delplan; one section for each test."""
    sammenheng = chromium.new_context(storage_state=innlogget("hr"))
    side = sammenheng.new_page()
    side.goto(f"{nettsted}/planer/?slag=delplan")
    planer = side.locator("main a[href^='/planer/']").evaluate_all("a => a.map(e => e.getAttribute('href'))")
    funnet: list[str] = []
    for plan in dict.fromkeys(p for p in planer if p.strip("/").split("/")[-1].isdigit()):
        for kapittel in (1, 3, 5):
            side.goto(f"{nettsted}{plan}kapittel/{kapittel}/")
            lenker = side.locator("a[href$='/skriv/']").evaluate_all("a => a.map(e => e.getAttribute('href'))")
            funnet += [lenke for lenke in lenker if lenke not in funnet]
        if len(funnet) >= 6:
            break
    sammenheng.close()
    assert len(funnet) >= 6, "Fant ikke nok seksjoner å skrive i"
    return funnet.__getitem__


def skriv(side: Page, tekst: str) -> None:
    side.locator(".tiptap").click()
    side.keyboard.press("Control+End")
    side.keyboard.press("Enter")
    side.keyboard.type(tekst)


def lagret(side: Page) -> None:
    expect(side.locator("[data-status]")).to_contain_text("Lagret kl.", timeout=20_000)


def test_typing_is_saved_by_itself_and_there_after_reload(aapne, adresser) -> None:
    side = aapne(adresser(0))
    skriv(side, "Vi skriver om behovet framover")
    side.locator("[data-gjor=overskrift]").click()
    expect(side.locator("[data-gjor=overskrift]")).to_have_attribute("aria-pressed", "true")
    lagret(side)

    side.reload()

    expect(side.locator(".tiptap h3", has_text="Vi skriver om behovet framover")).to_be_visible()
    assert side.evaluate("() => Object.keys(localStorage).length") == 0


def test_page_holds_to_axe_wide_and_narrow(aapne, adresser) -> None:
    side = aapne(adresser(0))
    expect(side.locator(".tiptap")).to_be_visible()
    sjekk(side)
    side.locator("[data-gjor=tall]").click()
    expect(side.locator("#tallvindu")).to_be_visible()
    sjekk(side)


def test_toolbar_is_one_stop_with_arrow_keys(aapne, adresser) -> None:
    side = aapne(adresser(0))
    side.locator("[data-gjor=overskrift]").focus()
    side.keyboard.press("ArrowRight")

    assert side.evaluate("() => document.activeElement.dataset.gjor") == "underoverskrift"
    assert side.locator(".verktoy button[tabindex='0']").count() == 1


def test_figure_is_picked_and_shown(aapne, adresser) -> None:
    side = aapne(adresser(1))
    skriv(side, "Ansatte i dag: ")
    side.locator("[data-gjor=tall]").click()
    side.locator("#tallsok").fill("ansatte")
    side.locator("[data-velgtall]").first.click()
    expect(side.locator(".tiptap .plantall").last).to_have_text(TALL)
    lagret(side)
    side.locator("[data-ferdig]").click()

    expect(side.locator(".riktekst .plantall").first).to_be_visible()


def test_two_people_conflict_and_merge_loses_nothing(aapne, adresser) -> None:
    forste = aapne(adresser(2), "hr", ventet=(409,))
    skriv(forste, "Felles linje fra HR")
    lagret(forste)
    andre = aapne(adresser(2), "asskommunedirektor", ventet=(409,))
    expect(andre.locator(".tiptap")).to_contain_text("Felles linje fra HR")
    expect(andre.locator("[data-andre]")).to_contain_text("har også denne åpen", timeout=20_000)

    # Both write from the same text; the first one's autosave is held back until the second has saved.
    forste.route("**/lagre/", lambda rute: rute.abort())
    skriv(forste, "Dette er HR sin tilføyelse")
    skriv(andre, "Dette er sjefens tilføyelse")
    lagret(andre)
    forste.unroute("**/lagre/")
    forste.vakt.klager.clear()
    forste.locator("[data-lagreknapp]").click()

    konflikt = forste.locator("[data-konfliktflate]")
    expect(konflikt).to_contain_text("Begge tekstene er tatt vare på", timeout=20_000)
    expect(konflikt.locator("ins", has_text="HR sin tilføyelse")).to_be_visible()
    expect(konflikt.locator("ins", has_text="sjefens tilføyelse")).to_be_visible()
    skriv(forste, "Skrevet mens valget sto åpent")
    konflikt.locator("[data-valg=flett]").click()
    expect(konflikt).to_be_hidden()
    forste.locator("[data-lagreknapp]").click()
    lagret(forste)

    forste.reload()
    for tekst in ("Felles linje fra HR", "HR sin tilføyelse", "sjefens tilføyelse", "sto åpent"):
        expect(forste.locator(".tiptap")).to_contain_text(tekst)
    forste.vakt.klager[:] = [k for k in forste.vakt.klager if "ERR_FAILED" not in k]


def test_without_network_the_text_survives_a_reload_and_is_saved(aapne, adresser) -> None:
    side = aapne(adresser(3))
    side.route("**/lagre/", lambda rute: rute.abort())
    skriv(side, "Skrevet uten nett")
    expect(side.locator("[data-status]")).to_contain_text("Teksten er trygg her", timeout=20_000)

    side.on("dialog", lambda vindu: vindu.accept())
    side.reload()
    side.unroute("**/lagre/")
    expect(side.locator("[data-funnet]")).to_contain_text("Vi fant tekst som ikke ble lagret")
    side.get_by_role("button", name="Hent teksten").click()
    expect(side.locator(".tiptap")).to_contain_text("Skrevet uten nett")
    # What the page sent as it closed may have come through after all; then the two are merged.
    expect(side.locator("[data-status]")).to_contain_text(re.compile("[Ll]agret kl"), timeout=20_000)

    side.reload()
    expect(side.locator(".tiptap").get_by_text("Skrevet uten nett")).to_have_count(1)
    expect(side.locator("[data-funnet]")).to_be_hidden()
    side.vakt.klager[:] = [k for k in side.vakt.klager if "ERR_FAILED" not in k]


def test_expired_session_keeps_the_text_until_login_in_another_tab(aapne, adresser, nettsted: str) -> None:
    side = aapne(None, None)
    side.goto(f"{nettsted}/konto/login/")
    logg_inn(side, "hr")
    side.goto(nettsted + adresser(4))
    expect(side.locator(".tiptap")).to_be_visible()
    kaker = [k for k in side.context.cookies() if k["name"] != "sessionid"]
    side.context.clear_cookies()
    side.context.add_cookies(kaker)
    skriv(side, "Skrevet etter at økten gikk ut")
    expect(side.locator("[data-status]")).to_contain_text("Du er logget ut", timeout=20_000)

    fane = side.context.new_page()
    fane.goto(f"{nettsted}/konto/login/")
    logg_inn(fane, "hr")
    side.vakt.ventet.add(403)
    side.locator("[data-lagreknapp]").click()
    lagret(side)

    side.reload()
    expect(side.locator(".tiptap")).to_contain_text("Skrevet etter at økten gikk ut")


def test_pasted_word_becomes_clean_text(aapne, adresser) -> None:
    side = aapne(adresser(5))
    tittel = side.title()
    side.locator(".tiptap").click()
    side.keyboard.press("Control+End")
    side.keyboard.press("Enter")
    side.evaluate(LIM, WORD)
    expect(side.locator(".tiptap h3", has_text="Fra Word")).to_be_visible()
    lagret(side)
    side.locator("[data-ferdig]").click()

    tekst = side.locator(".riktekst", has_text="Fra Word")
    expect(tekst.locator("h3", has_text="Fra Word")).to_be_visible()
    expect(tekst.locator("li", has_text="Punkt")).to_be_visible()
    expect(tekst.locator("th", has_text=re.compile("^A$"))).to_be_visible()
    assert tekst.locator("[style], [class^=Mso], [onclick], img, script").count() == 0
    assert side.title() != "ond" and tittel != "ond"
