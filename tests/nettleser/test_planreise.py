"""A delplan from template to revision, played through by everybody who has a part in it, with clicks on what the pages
show. Only where a person would type an address – the permanent one of a published plan – is one typed.
"""

import re
import subprocess
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests import malbase
from tests.nettleser.side import i_menyen, sjekk

MAKS_JOBB_MS = 60_000
ENHET = "Hjemmetjenesten, sone 1"
PLAN = "Delplan for sone 1"
UTFORDRING = "Åtte av ti helsefagarbeidere i sone 1 er over 55 år."
# Justification and tiltak of what is not written by hand: the four other kjernegrep, and a no to the støttegrep left.
FYLL_UT = f"""
from django.utils import timezone
from organisasjon.models import Bruker
from planer.models import Plan
from planer.enums import Grep
from planer.services.grep import velg_omraade
from planer.services.seksjoner import lagre_seksjon
from planer.services.tiltak import lagre_tiltak
plan, av, naa = Plan.objects.get(tittel={PLAN!r}), Bruker.objects.get(username="enhetsleder"), timezone.now()
for omraade in plan.temaplan.omraader.all():
    tekst = plan.seksjoner.get(omraade=omraade)
    if tekst.er_tom:
        lagre_seksjon(seksjon=tekst, html="<p>Slik følges det opp.</p>", forventet=None, av=av, naa=naa)
    if omraade.grep == Grep.STOTTE:
        if plan.grepvalg.get(omraade=omraade).valgt is None:
            velg_omraade(plan=plan, omraade=omraade, valgt=False, av=av, naa=naa)
    elif not plan.tiltak.filter(omraade=omraade).exists():
        verdier = dict(tittel="Fagdag om " + omraade.tittel, omraade=omraade, hovedmaal=1, vei="utvikle", ansvarlig=av)
        lagre_tiltak(tiltak=None, plan=plan, verdier=verdier, av=av, naa=naa)
"""


def overskrift(side: Page) -> str:
    return side.locator("main h1").inner_text()


def til_planen(side: Page, via: str = "Alle planer") -> None:
    """From the menu to the plan's front page."""
    i_menyen(side, via)
    side.locator("main").get_by_role("link", name=PLAN, exact=True).first.click()
    expect(side.locator("main h1")).to_have_text(PLAN)


def lag_delplan(side: Page) -> None:
    """HR: from the list of plans; the unit is found in the tree, the content comes from the template."""
    i_menyen(side, "Alle planer")
    side.get_by_role("link", name="Ny delplan", exact=True).click()
    side.get_by_label("Navn på delplanen").fill(PLAN)
    mal = side.get_by_label("Begynn med innholdet fra")
    mal.select_option(label=mal.locator("option", has_text="Mal for delplan").inner_text())
    side.get_by_label("Finn enhet eller avdeling").fill("sone 1")
    side.get_by_role("checkbox", name=re.compile(f"^{ENHET} avdeling")).check()
    expect(side.get_by_text("Én er valgt")).to_be_visible()
    side.get_by_role("button", name="Lag delplanen").click()
    expect(side.locator("main h1")).to_have_text(PLAN)
    folk = side.locator("section", has=side.get_by_role("heading", name="Hvem som er med")).inner_text()
    for navn in ("Andreas Bakken", "Ingeborg Myhre", "Olena Brekke"):
        assert navn in folk


def lag_mange_og_angre(side: Page) -> None:
    """HR: a plan for each of two departments, from the menu of the list, and away with them again."""
    i_menyen(side, "Alle planer")
    side.locator("main summary", has_text="Mer").click()
    side.get_by_role("link", name="Lag mange delplaner").click()
    for nr in (2, 3):
        side.get_by_label("Finn enhet eller avdeling").fill(f"sone {nr}")
        side.get_by_role("checkbox", name=re.compile(f"^Hjemmetjenesten, sone {nr} avdeling")).check()
    side.get_by_role("button", name="Lag delplanene").click()
    expect(side.locator("main h1")).to_have_text("2 delplaner er laget")
    sjekk(side)
    side.get_by_role("button", name="Slett dem igjen").click()
    expect(side.get_by_text("2 delplaner er slettet igjen.")).to_be_visible()


def skriv(side: Page, hvor: str, tekst: str, av_seg_selv: bool = False) -> None:
    """Open the editor from the chapter, write, and go back. «Ferdig» saves; `av_seg_selv` waits for the autosave."""
    side.get_by_role("link", name=re.compile(f"^Skriv i «{hvor}")).click()
    felt = side.get_by_role("textbox", name=hvor)
    felt.click()
    side.keyboard.press("Control+End")
    side.keyboard.type(f" {tekst}")
    if av_seg_selv:
        expect(side.get_by_text(re.compile(r"^Lagret kl\. \d\d\.\d\d$"))).to_be_visible(timeout=15_000)
    side.get_by_role("link", name="Ferdig").click()
    side.wait_for_url("**/kapittel/**")
    expect(side.get_by_text(tekst).first).to_be_visible()


def til_del(side: Page, navn: str) -> None:
    """From the plan's front page to one of its parts."""
    side.get_by_role("navigation", name="Deler i planen").or_(side.locator("ol.kapitler")).get_by_role(
        "link", name=re.compile(navn)
    ).first.click()
    expect(side.locator("main h1")).to_have_text(re.compile(navn))


def godta_kopiert(side: Page) -> None:
    """Let what came with the template stand, text by text, as the page asks for."""
    knapp = side.get_by_role("button", name=re.compile("^Godta teksten"))
    for igjen in range(knapp.count(), 0, -1):
        knapp.first.click()
        expect(knapp).to_have_count(igjen - 1)


def grep(side: Page, navn: str):
    """The card of an innsatsområde, unfolded."""
    kort = side.get_by_role("article", name=re.compile(navn))
    brett_ut(kort.locator("> details"))
    return kort


def brett_ut(boks: Locator) -> None:
    if boks.get_attribute("open") is None:
        boks.locator("> summary").click()


def nytt_tiltak(side: Page, omraade: str, tittel: str) -> None:
    """With the form, from the card of the innsatsområde, and back to the card."""
    grep(side, omraade).get_by_role("link", name="Nytt tiltak").click()
    side.get_by_label("Hva heter tiltaket?").fill(tittel)
    _fyll_og_lagre(side)
    expect(grep(side, omraade).get_by_role("link", name=tittel)).to_be_visible()


def fra_katalogen(side: Page, omraade: str, mal: str) -> None:
    """Begin from one in the catalogue."""
    grep(side, omraade).get_by_role("link", name="Nytt tiltak").click()
    side.get_by_role("link", name="Finn i katalogen").click()
    brett_ut(side.locator("details.fold", has_text=mal))
    side.get_by_role("link", name=f"Bruk {mal}", exact=True).click()
    expect(side.get_by_label("Hva heter tiltaket?")).to_have_value(mal)
    _fyll_og_lagre(side)
    expect(grep(side, omraade).get_by_role("link", name=mal)).to_be_visible()


def _fyll_og_lagre(side: Page) -> None:
    side.get_by_label("Hvilket mål tjener det?").select_option(label="Forsvarlige tjenester")
    side.get_by_label("Vei", exact=True).select_option(label="Utvikle")
    ansvarlig = side.get_by_label(re.compile("^Ansvarlig"))
    ansvarlig.select_option(label=ansvarlig.locator("option", has_text="Andreas Bakken").inner_text())
    side.get_by_label(re.compile("^Frist")).fill("2027-06-01")
    side.get_by_role("button", name="Lagre tiltaket").click()


def velg_bort(side: Page, omraade: str, hvorfor: str) -> None:
    """A støttegrep that is not followed up, with the reason."""
    grep(side, omraade).get_by_label("Nei").check()
    grep(side, omraade).get_by_role("button", name="Lagre valget").click()
    skriv(side, omraade, hvorfor)


def skriv_planen(side: Page, fyll_ut) -> None:
    """The enhetsleder: the template's text holds in parts 1 and 2, own words in 3–5. Two kjernegrep and a støttegrep by
    hand; `fyll_ut` does the rest alike.
    """
    til_planen(side, "Min side")
    for navn in ("Særskilte utfordringer", "Kompetansestyring"):
        til_del(side, navn)
        godta_kopiert(side)
    til_del(side, "Kartlegging og analyse")
    skriv(side, "Vår vurdering av tallene", UTFORDRING, av_seg_selv=True)
    godta_kopiert(side)
    til_del(side, "Strategier og tiltak")
    skriv(side, "Rolleforståelse og samspill", "Vi bruker matrisen i hver lederoppfølging.")
    nytt_tiltak(side, "Rolleforståelse og samspill", "Øve på beslutningslinjen")
    skriv(side, "Ledelse som skaper utvikling og fellesskap", "Sonelederne får en felles arena.")
    fra_katalogen(side, "Ledelse som skaper utvikling og fellesskap", "Kollegaveiledning")
    velg_bort(side, "Samarbeid mellom kommunene på Nordmøre", "Sonen rekker ikke dette nå.")
    expect(side.get_by_role("region", name="Dette mangler")).to_contain_text("6.3")
    fyll_ut()
    til_del(side, "Oppfølging, læring og utvikling")
    skriv(side, "Slik følger vi opp", "Vi går gjennom tiltakene på sonemøtet i mars og oktober.")
    til_forsiden(side)
    expect(side.get_by_role("heading", name="Alt som må være med, er skrevet")).to_be_visible()


def til_forsiden(side: Page) -> None:
    """From anywhere in the plan, by the breadcrumbs."""
    side.get_by_role("navigation", name="Brødsmuler").get_by_role("link", name=PLAN).click()
    expect(side.locator("main h1")).to_have_text(PLAN)


def flytt(side: Page, knapp: str, **felt: str) -> None:
    """One step on the plan's way: the button on its page, what the step asks for, and the button again."""
    side.get_by_role("link", name=knapp, exact=True).click()
    expect(side.locator("main h1")).to_have_text(knapp)
    sjekk(side)
    for navn, verdi in felt.items():
        side.get_by_label(re.compile(navn)).fill(verdi)
    side.get_by_role("button", name=knapp, exact=True).click()
    expect(side.locator("main h1")).to_have_text(PLAN)


def kall_inn(side: Page) -> None:
    """HR: send the plan to drøfting and call the representatives."""
    til_planen(side)
    flytt(side, "Send til drøfting")
    expect(side.get_by_text("Planen er ikke drøftet.")).to_be_visible()
    side.get_by_role("link", name="Kall inn til drøfting").click()
    for navn in ("Olena Brekke", "Vidar Ødegård"):
        assert side.get_by_label(navn).is_checked()
    side.get_by_label("Vidar Ødegård").uncheck()
    side.get_by_role("button", name="Kall inn", exact=True).click()
    expect(side.get_by_text("venter på Olena Brekke")).to_be_visible()


def foer_syn(side: Page) -> None:
    """The tillitsvalgt: from the notification to the protocol, in own words."""
    side.get_by_role("link", name=re.compile("^Varsler")).click()
    side.get_by_role("button", name=re.compile(f"Du er kalt inn til drøfting av «{PLAN}»")).first.click()
    expect(side.get_by_role("heading", name="Før synet ditt")).to_be_visible()
    sjekk(side)
    side.get_by_label("Enig", exact=True).check()
    side.get_by_label(re.compile("Protokolltekst")).fill("Vi er enige, og vil følge bemanningen tett.")
    side.get_by_role("button", name="Før synet mitt").click()
    expect(side.get_by_text("Alle er enige")).to_be_visible()


def vedta(side: Page) -> None:
    """The kommunedirektør: from the notification."""
    side.get_by_role("link", name=re.compile("^Varsler")).click()
    side.get_by_role("button", name=f"«{PLAN}» venter på at du vedtar den").first.click()
    expect(side.locator("main h1")).to_have_text(PLAN)
    flytt(side, "Vedta planen", Saksnummer="26/118")
    expect(side.get_by_text(re.compile("Vedtatt .* av "))).to_be_visible()


def til_bystyret(side: Page, til: Path) -> str:
    """HR: one PDF with the adopted delplaner, without the temaplan. Returns its text."""
    i_menyen(side, "Planer til bystyret")
    for temaplan in side.get_by_role("checkbox", name=re.compile("^Temaplan")).all():
        temaplan.uncheck()
    assert side.get_by_role("checkbox", name=re.compile(PLAN)).is_checked()
    side.get_by_role("button", name="Lag PDF").click()
    side.get_by_role("heading", name="PDF-en er klar").wait_for(timeout=MAKS_JOBB_MS)
    sjekk(side)
    with side.expect_download() as nedlasting:
        side.get_by_role("link", name="Last ned PDF").click()
    nedlasting.value.save_as(til)
    assert til.read_bytes().startswith(b"%PDF-1.7")
    return subprocess.run(["pdftotext", "-layout", til, "-"], capture_output=True, text=True, check=True).stdout


def publiser(side: Page) -> str:
    """HR: open the adopted plan to everybody. Returns its permanent address."""
    til_planen(side)
    side.get_by_role("link", name="Dokument", exact=True).click()
    side.get_by_role("link", name="Publiser for alle").click()
    sjekk(side)
    side.get_by_role("button", name="Publiser", exact=True).click()
    lesere = side.get_by_role("region", name="Lesing uten innlogging")
    return lesere.get_by_role("link", name=re.compile("^http")).inner_text()


def start_revisjon(side: Page) -> None:
    """HR: a new version beside the adopted one."""
    side.get_by_role("link", name="Innhold", exact=True).click()
    side.get_by_role("link", name="Start revisjon").click()
    sjekk(side)
    side.get_by_role("button", name="Start revisjonen").click()
    expect(side.get_by_text("Dette er versjon 2, en revisjon av en vedtatt plan.")).to_be_visible()
    til_del(side, "Kartlegging og analyse")
    expect(side.get_by_role("link", name="Skriv i «Vår vurdering av tallene»")).to_be_visible()


def test_from_template_to_revision(aapne, nettbase, tmp_path):
    hr = aapne("/", "hr")
    lag_mange_og_angre(hr)
    lag_delplan(hr)
    skriv_planen(
        aapne("/", "enhetsleder"), lambda: malbase.manage(["shell", "-v0", "-c", FYLL_UT], f"sqlite:///{nettbase[0]}")
    )
    kall_inn(hr)
    foer_syn(aapne("/", "tillitsvalgt"))
    sjefen = aapne("/", "kommunalsjef")
    til_planen(sjefen)
    flytt(sjefen, "Send til beslutning uten høring", Hvorfor="Planen gjelder én sone og følger delplanen for enheten.")
    vedta(aapne("/", "kommunedirektor"))
    tekst = til_bystyret(hr, tmp_path / "bystyret.pdf")
    assert PLAN in tekst
    assert "Øve på beslutningslinjen" in tekst
    adresse = publiser(hr)
    leser = aapne(adresse.removeprefix(hr.vakt.adresse), None)
    expect(leser.locator("h1")).to_have_text(PLAN)
    expect(leser.get_by_text(UTFORDRING)).to_be_visible()
    assert "Andreas Bakken" not in leser.content()
    start_revisjon(hr)
    leser.reload()
    expect(leser.get_by_text(UTFORDRING)).to_be_visible()
