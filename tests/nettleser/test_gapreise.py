"""A round of gap analyses as HR and the kommunalsjef meet it: made, opened, answered, decided, read, printed."""

import re

from playwright.sync_api import expect

from tests.nettleser.side import sjekk


def test_hr_makes_a_round_and_opens_it(aapne):
    side = aapne("/kompetanse/gap/runder/", "hr")
    side.get_by_role("link", name="Ny runde").click()
    side.get_by_label("Navn").fill("Gapanalyse for helse")
    side.get_by_role("button", name="Fortsett til enhetene").click()
    # A quick choice ticks the tree; the search narrows it, with Norwegian letters.
    side.get_by_label(re.compile("^Helse og omsorg")).first.check()
    side.get_by_label("Finn enhet eller avdeling").fill("ØKON")
    side.get_by_label(re.compile("^Økonomiseksjonen")).check()
    expect(side.get_by_text(re.compile("^9 er valgt"))).to_be_visible()
    side.get_by_role("button", name="Lagre og gå videre").click()
    for sporsmaal in ("Hva haster mest?", "Hva er dere stolte av?"):
        side.get_by_label("Spørsmål", exact=True).fill(sporsmaal)
        side.get_by_role("button", name="Legg til spørsmålet").click()
        expect(side.get_by_text(sporsmaal)).to_be_visible()
    side.get_by_role("link", name="Gå videre").click()
    sjekk(side)
    side.get_by_role("button", name=re.compile("^Åpne runden og send 9")).click()
    expect(side.get_by_role("heading", name="0 av 9 har levert")).to_be_visible()
    side.get_by_role("link", name="Påminn 9 ledere").click()
    side.get_by_role("button", name="Send påminnelsen").click()
    expect(side.get_by_text(re.compile("^Sist påminnet"))).to_be_visible()


def test_kommunalsjef_returns_one_and_hr_prints_the_result(aapne):
    sjef = aapne("/", "kommunalsjef", ventet=(422,))
    sjef.get_by_role("link", name=re.compile("^Les og avgjør.*Bo og habilitering")).click()
    sjekk(sjef)
    sjef.get_by_role("link", name="Send tilbake").click()
    sjef.get_by_role("button", name="Send tilbake").click()
    expect(sjef.get_by_role("link", name=re.compile("Skriv noen ord"))).to_be_visible()
    sjekk(sjef)
    sjef.get_by_label("Hva må lederen se på?").fill("Se på tallet for vernepleiere en gang til.")
    sjef.get_by_role("button", name="Send tilbake").click()
    expect(sjef.get_by_text("Analysen for Bo og habilitering er sendt tilbake.")).to_be_visible()
    sjef.vakt.klager.clear()  # the browser says in the console what was asked for here

    hr = aapne("/kompetanse/gap/runder/", "hr")
    hr.get_by_role("row", name=re.compile("Gapanalyse .*Stengt")).get_by_role("link", name="Se resultatet").click()
    hr.get_by_role("link", name="Lag PDF").click()
    hr.get_by_role("button", name="Lag PDF").click()
    lenke = hr.get_by_role("link", name="Last ned PDF")
    expect(lenke).to_be_visible(timeout=120_000)
    sjekk(hr)
    with hr.expect_download() as nedlasting:
        lenke.click()
    assert nedlasting.value.suggested_filename.endswith(".pdf")
