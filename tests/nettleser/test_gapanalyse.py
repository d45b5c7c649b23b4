"""The gap analysis as an enhetsleder meets it: from the card on the first page through all the steps to sent, with two
tiltak on the way; and what happens when somebody else, the network or the session comes in between.
"""

import re
import sqlite3
from contextlib import closing

import pytest
from playwright.sync_api import Page, expect

from tests.nettleser.side import sjekk

LAGRET = re.compile(r"^Lagret kl\. \d\d\.\d\d$")


def videre(side: Page, knapp: str = "Neste") -> None:
    """Press the button and wait for the next page."""
    fra = side.url
    side.get_by_role("button", name=re.compile(f"^{knapp}")).click()
    side.wait_for_url(lambda url: url != fra)


def trenger(side: Page, aar: str, antall: int) -> None:
    side.get_by_label(f"Dere trenger {aar}", exact=True).fill(str(antall))


def svar_paa_gruppe(side: Page, kompetanse: str, mer: int) -> None:
    """All the questions of a row: so many more are needed than there are."""
    side.get_by_label("Ja", exact=True).check()
    side.get_by_label("Hvis ja: hvilken?").fill(kompetanse)
    side.get_by_label("Svært kritisk").check()
    side.get_by_role("button", name="Vi trenger like mange som i dag").click()
    har = int(side.get_by_label("Dere trenger i dag", exact=True).input_value())
    trenger(side, "2032", har + mer)
    side.get_by_label(re.compile("^Utvikle:")).check()


def lag_tiltak(side: Page, vei: str) -> None:
    """A tiltak from the row, straight into the only delplan, and back to the row."""
    side.get_by_role("button", name=re.compile("^Lag (et )?tiltak")).click()
    expect(side.locator("main h1")).to_have_text("Nytt tiltak")
    expect(side.get_by_label("Vei", exact=True).locator("option:checked")).to_have_text(vei)
    side.get_by_role("button", name="Lagre tiltaket").click()
    expect(side.get_by_text("er lagt i Delplan")).to_be_visible()


def test_enhetsleder_from_the_front_page_to_sent(aapne):
    side = aapne("/", "enhetsleder")
    side.get_by_role("link", name="Begynn på gapanalysen").click()
    expect(side.get_by_role("heading", name="Dette er en gapanalyse")).to_be_visible()
    sjekk(side)
    videre(side, "Begynn")

    expect(side.locator("main h1")).to_have_text("Hva skal analysen handle om?")
    side.get_by_role("button", name=re.compile("Ta ut.*Assistenter")).click()
    side.get_by_role("button", name=re.compile("Angre.*ta Assistenter med igjen")).click()
    side.get_by_text("Legg til kompetanse eller oppgave", exact=True).click()
    side.get_by_label("Skriv én på hver linje").fill("Demensomsorg")
    side.get_by_role("button", name="Legg til", exact=True).click()
    side.get_by_text("Alle stegene").click()
    sjekk(side)
    videre(side)

    expect(side.locator("main h1")).to_have_text("Helsefagarbeidere")
    svar_paa_gruppe(side, "Fagbrev som helsefagarbeider", 8)
    side.get_by_label(re.compile("^Mobilisere:")).check()
    expect(side.locator("[data-setning]")).to_contain_text("Om fem år mangler dere")
    expect(side.locator("[data-status]")).to_have_text(LAGRET)
    setning = side.locator("[data-setning]").inner_text()
    side.get_by_role("link", name="hvorfor?").click()
    expect(side.get_by_role("heading", name="Helsefagarbeidere: hvem ventes å slutte?")).to_be_visible()
    side.get_by_role("button", name="Lukk").click()
    for mer in ("Stemmer ikke tallene vi har fylt inn?", "Vis og rett i årsverk", "Skriv et notat"):
        side.get_by_text(mer).click()
    sjekk(side)
    lag_tiltak(side, "Mobilisere")
    # What the script said while one typed is what the server says when the page is made.
    expect(side.locator("[data-setning]")).to_have_text(setning)
    lag_tiltak(side, "Utvikle")
    expect(side.locator(".gaptiltak li")).to_have_count(2)
    videre(side)
    for gruppe in ("Sykepleiere", "Assistenter"):
        expect(side.locator("main h1")).to_have_text(gruppe)
        svar_paa_gruppe(side, "Autorisasjon som sykepleier", -40)
        videre(side)
    expect(side.locator("main h1")).to_have_text("Demensomsorg")
    side.get_by_label("Dere har", exact=True).fill("12")
    expect(side.locator("[data-linje=avgang] td").last).to_contain_text("\u2212")
    side.get_by_label("Helt kritisk").check()
    side.get_by_role("button", name="Vi trenger like mange som i dag").click()
    videre(side)

    expect(side.locator("main h1")).to_have_text("Hvilke oppgaver kunne andre gjort?")
    side.get_by_role("button", name="+ Kjøring, handling og følge til lege").click()
    side.get_by_label("Timer i uka i alt").fill("75")
    side.get_by_label("Kan flyttes, prosent").fill("50")
    expect(side.get_by_text("Til sammen frigjør dette 37,5 timer i uka. Det er 1 årsverk")).to_be_visible()
    sjekk(side)
    videre(side)
    side.locator("details", has_text="Tjenester").get_by_label("Styrker").fill("Stabil fagkjerne")
    sjekk(side)
    videre(side)
    side.get_by_label("Hva er vanskeligst å rekruttere til?").fill("Natt og helg")
    sjekk(side)
    videre(side)

    expect(side.get_by_text("Alt som må være med, er på plass.")).to_be_visible()
    sjekk(side)
    videre(side, "Send til godkjenning")
    expect(side.get_by_text("Gapanalysen er sendt til godkjenning. Takk!")).to_be_visible()
    expect(side.get_by_text("Natt og helg")).to_be_visible()
    sjekk(side)
    side.get_by_role("link", name=re.compile("Lag et tiltak til.*Helsefagarbeidere")).click()
    expect(side.locator("main h1")).to_have_text("Nytt tiltak")
    sjekk(aapne("/planer/6/kapittel/3/", "enhetsleder"))


@pytest.fixture
def base(nettbase):
    with closing(sqlite3.connect(nettbase[0], timeout=20)) as kobling:
        yield kobling


def boleders_rad(base: sqlite3.Connection) -> str:
    sql = """SELECT r.id FROM kompetanse_gaprad r JOIN kompetanse_gapanalyse a ON a.id = r.analyse_id
             WHERE a.navn = 'Bo og habilitering' ORDER BY a.runde_id DESC, r.nummer"""
    return f"/kompetanse/gap/rad/{base.execute(sql).fetchone()[0]}/"


def test_two_at_once_offline_and_closed_lose_nothing(aapne, base):
    adresse = boleders_rad(base)
    min_, din = aapne(adresse, "boleder", ventet=(409, 422)), aapne(adresse, "boleder")
    trenger(din, "i dag", 120)
    expect(din.locator("[data-status]")).to_have_text(LAGRET)
    trenger(min_, "2028", 130)
    expect(min_.locator("[data-status]")).to_contain_text("Slått sammen med det andre har svart")
    expect(min_.get_by_label("Dere trenger i dag", exact=True)).to_have_value("120")
    trenger(din, "2030", 140)
    expect(din.locator("[data-status]")).to_contain_text("Slått sammen")
    trenger(min_, "2030", 141)
    expect(min_.get_by_role("heading", name=re.compile("har svart på det samme"))).to_be_visible()
    sjekk(min_)
    min_.get_by_label("Det andre svaret: 140").check()
    min_.get_by_role("button", name="Bruk valgene").click()
    expect(min_.locator("[data-status]")).to_have_text(LAGRET)
    expect(min_.get_by_label("Dere trenger 2030", exact=True)).to_have_value("140")

    # No network: what is typed waits in the page, and is found again after a reload.
    min_.route("**/svar/lagre/", lambda rute: rute.abort())
    trenger(min_, "2032", 150)
    expect(min_.locator("[data-status]")).to_contain_text("du er uten nett")
    min_.once("dialog", lambda dialog: dialog.accept())
    min_.reload()
    min_.unroute("**/svar/lagre/")
    min_.get_by_role("button", name="Hent svarene").click()
    expect(min_.locator("[data-status]")).to_have_text(LAGRET)
    # Logged out: the page says so, and what is typed stays in it.
    min_.context.clear_cookies()
    trenger(min_, "2032", 151)
    expect(min_.get_by_role("link", name="Logg inn i ny fane")).to_be_visible()
    min_.vakt.klager.clear()  # the browser says in the console what was asked for here
    min_.close(run_before_unload=False)
    igjen = aapne(adresse, "boleder")
    expect(igjen.get_by_label("Dere trenger 2032", exact=True)).to_have_value("150")

    # Closed while somebody types.
    base.execute("UPDATE kompetanse_gaprunde SET status = 'stengt' WHERE navn = 'Ekstra runde'")
    base.commit()
    igjen.vakt.ventet.add(422)
    trenger(igjen, "i dag", 125)
    expect(igjen.locator("[data-status]")).to_contain_text("Det du skrev, er tatt vare på.")
    igjen.get_by_role("button", name=re.compile("^Neste")).click()
    expect(igjen.get_by_role("heading", name="1 svar kom etter at analysen var stengt")).to_be_visible()
    sjekk(igjen)
    base.execute("UPDATE kompetanse_gaprunde SET status = 'aapen' WHERE navn = 'Ekstra runde'")
    base.commit()
    igjen.reload()
    igjen.get_by_role("button", name=re.compile("^Ta med")).click()
    expect(igjen.get_by_text("Svaret er tatt med.")).to_be_visible()
