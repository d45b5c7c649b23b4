"""HR publishes an adopted plan, somebody without login reads it, HR withdraws it; the collection is made."""

from playwright.sync_api import expect

from tests.nettleser.side import sjekk


def test_plan_published_read_and_withdrawn(aapne):
    hr = aapne("/planer/", "hr")
    hr.get_by_role("link", name="versjon 1 gjelder").first.click()
    hr.get_by_role("link", name="Dokument", exact=True).click()
    hr.get_by_role("link", name="Publiser for alle").click()
    sjekk(hr)
    hr.get_by_role("button", name="Publiser", exact=True).click()
    adresse = hr.locator("main a[href^='/les/']").get_attribute("href")
    leser = aapne(adresse, None)
    expect(leser.locator("h1")).to_contain_text("Temaplan")
    sjekk(leser)
    hr.get_by_role("link", name="Trekk tilbake").click()
    sjekk(hr)
    hr.get_by_role("button", name="Trekk tilbake").click()
    svar = leser.request.get(leser.url)
    assert svar.status == 404
    assert "Planen er ikke publisert" in svar.text()


def test_collection_for_bystyret_is_made_and_downloaded(aapne):
    side = aapne("/planer/samling/", "hr")
    side.get_by_role("button", name="Lag PDF").click()
    sjekk(side)
    lenke = side.get_by_role("link", name="Last ned PDF")
    expect(lenke).to_be_visible(timeout=120_000)
    with side.expect_download() as nedlasting:
        lenke.click()
    assert nedlasting.value.suggested_filename.endswith("-aapen.pdf")
