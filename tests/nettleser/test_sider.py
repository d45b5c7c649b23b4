"""axe, width and text size on EVERY page: the list is the routes themselves, so a new page cannot slip past.

Pages are found by following links in the demo municipality. A route no link leads to must stand in REISER (a journey
checks it on its way) or IKKE_SIDER (with the reason why it is no page).
"""

import pytest

from analyse.rapporter import RAPPORTER
from tests.nettleser.side import axe, bredde, ikke_sidelengs, sjekk
from tests.ruter import alle_ruter

# Route → why it shows no page of its own.
IKKE_SIDER: dict[str, str] = {
    "account_signup": "stengt: HR lager kontoer",
    "account_email": "stengt: HR endrer e-post",
    "account_reset_password_from_key": "lenken står i e-posten og virker én gang; prøves i tests/organisasjon",
    "mfa_reauthenticate": "samme side som account_reauthenticate",
    "mfa_download_recovery_codes": "en fil",
    "organisasjon:tilbakestill_enhet": "bare en knapp på siden for enheten",
    "organisasjon:send_lenke": "bare en knapp på siden for personen",
    "organisasjon:konto_aktiv": "bare en knapp på siden for personen",
    "analyse:innlesing_avbryt": "bare en knapp i innlesingen",
    "analyse:dokument_fil": "en fil",
    "analyse:dokument_igjen": "bare en knapp når et dokument har stoppet",
    "analyse:knytt_leder": "bare en knapp i listen over ledere uten bruker",
    "analyse:publiser": "bare en knapp i listen over uttrekk",
    "planer:lag_pdf": "bare en knapp på siden for planen som dokument",
    "planer:vedtatt_pdf": "en fil",
    "planer:dokumentfil": "en fil",
    "planer:dokumentjobb_igjen": "bare en knapp når et dokument har stoppet",
    "les:plan": "sender videre til den nyeste versjonen",
    "les:pdf": "en fil",
}
# Route → the journey that runs axe on it on its way.
REISER: dict[str, str] = {
    "account_reauthenticate": "test_tofaktor",
    "mfa_authenticate": "test_tofaktor",
    "mfa_deactivate_totp": "test_tofaktor",
    "organisasjon:nullstill_tofaktor": "test_tofaktor",
    "mfa_view_recovery_codes": "test_tofaktor",
    "mfa_generate_recovery_codes": "test_tofaktor",
    "analyse:innlesing_kolonner": "test_innlesing",
    "analyse:innlesing_forhaandsvisning": "test_innlesing",
    "analyse:innlesing_status": "test_innlesing",
    "analyse:uttrekk_angre": "test_innlesing",
    "analyse:dokument": "test_innlesing",
    "analyse:endre_profil": "test_innlesing",
    "analyse:slett_profil": "test_innlesing",
    "planer:dokumentjobb": "test_plandokument",
    "planer:publiser": "test_plandokument",
    "planer:trekk_tilbake": "test_plandokument",
    "les:versjon": "test_plandokument",
}
# Pages that are reached by a button, not a link.
UTEN_LENKE = {"account_logout": "/konto/logout/"}
ANONYME = {
    "account_login": "/konto/login/",
    "account_reset_password": "/konto/password/reset/",
    "account_reset_password_done": "/konto/password/reset/done/",
    "account_reset_password_from_key_done": "/konto/password/reset/key/done/",
    "account_inactive": "/konto/inactive/",
    "les:liste": "/les/",
}
RUTER = [r.navn for r in alle_ruter() if r.navn not in {*IKKE_SIDER, *REISER, *ANONYME}]


@pytest.mark.parametrize("navn", RUTER)
def test_page_is_accessible_in_every_width(navn, aapne, sider):
    som = "hr" if navn in sider("hr") or navn in UTEN_LENKE else "systemansvarlig"
    adresser = [UTEN_LENKE[navn]] if navn in UTEN_LENKE else sider(som).get(navn)
    assert adresser, f"Ingen lenke fører til {navn}. Lag en, eller skriv i IKKE_SIDER hvorfor den ikke er en side."
    _sjekk_om_html(aapne, adresser[0], som)


@pytest.mark.parametrize("slug", RAPPORTER)
def test_report_is_accessible_in_every_width(slug, aapne):
    sjekk(aapne(f"/analyse/rapporter/{slug}/", "hr"))


def _sjekk_om_html(aapne, adresse: str, som: str) -> None:
    """Files are downloads, not pages; fragments (htmx) are checked inside the page that asks for them."""
    side = aapne(None, som)
    svar = side.request.get(f"{side.vakt.adresse}{adresse}")
    if "text/html" in svar.headers.get("content-type", "") and "<html" in svar.text():
        side.goto(svar.url)
        sjekk(side)


def test_lists_name_only_routes_that_exist():
    finnes = {r.navn for r in alle_ruter()}
    assert set(IKKE_SIDER) | set(REISER) | set(ANONYME) | set(UTEN_LENKE) <= finnes


def test_page_that_resets_a_second_factor_is_accessible(aapne, sider):
    """Its link shows only on a person who has one, and nobody in the demo municipality does."""
    person = sider("systemansvarlig")["organisasjon:person"][0]
    sjekk(aapne(f"{person}nullstill-totrinn/", "systemansvarlig"))


@pytest.mark.parametrize("adresse", ANONYME.values(), ids=ANONYME.keys())
def test_open_page_is_accessible_in_every_width(adresse, aapne):
    sjekk(aapne(adresse, None))


@pytest.mark.parametrize(
    "rolle", ["kommunedirektor", "kommunalsjef", "enhetsleder", "avdelingsleder", "tillitsvalgt", "leser"]
)
def test_overview_and_reports_are_accessible_for_each_role(rolle, aapne, sider):
    """Roles see other states of the same pages: fewer units, protected cells, no buttons."""
    funnet = sider(rolle)
    for adresse in (funnet.get("analyse:oversikt", []) + funnet.get("analyse:rapport", []))[:3]:
        side = aapne(adresse, rolle)
        axe(side)
        bredde(side, 390)
        ikke_sidelengs(side)


@pytest.mark.parametrize(
    ("adresse", "status", "som"),
    [("/finnes-ikke/", 404, "hr"), ("/finnes-ikke/", 404, None), ("/roller/", 403, "leser")],
)
def test_error_page_is_accessible(adresse, status, som, aapne):
    side = aapne(adresse, som, ventet=(status,))
    assert side.locator("h1").count() == 1
    sjekk(side)


def test_wrong_password_keeps_the_name_and_says_what_to_do(aapne):
    side = aapne("/konto/login/", None)
    side.fill("input[name=login]", "hr")
    side.fill("input[name=password]", "feil passord")
    side.click("main button[type=submit]")
    assert side.input_value("input[name=login]") == "hr"
    sjekk(side)
