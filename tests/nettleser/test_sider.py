"""axe, width and text size on EVERY page: the list is the routes themselves, so a new page cannot slip past.

Pages are found by following links in the demo municipality. A route no link leads to must stand in REISER (a journey
checks it on its way) or IKKE_SIDER (with the reason why it is no page).
"""

import pytest

from tests.nettleser.side import axe, bredde, ikke_sidelengs, sjekk
from tests.ruter import alle_ruter

# Route → why it shows no page of its own.
IKKE_SIDER: dict[str, str] = {
    "account_signup": "stengt: HR lager kontoer",
    "account_confirm_email": "e-post bekreftes ikke av brukeren",
    "account_email_verification_sent": "e-post bekreftes ikke av brukeren",
    "account_confirm_login_code": "innlogging med kode er ikke slått på",
    "account_set_password": "bare for kontoer uten passord, som ikke finnes",
    "account_reset_password_from_key": "lenken står i e-posten og er engangs; prøves i tests/organisasjon",
    "mfa_authenticate": "prøves i reisen for tofaktor",
    "mfa_reauthenticate": "samme side som account_reauthenticate",
}
# Routes that a journey checks on its way, by the name of the test that does.
REISER: dict[str, str] = {}
ANONYME = {
    "account_login": "/konto/login/",
    "account_reset_password": "/konto/password/reset/",
    "account_reset_password_done": "/konto/password/reset/done/",
    "account_reset_password_from_key_done": "/konto/password/reset/key/done/",
    "account_inactive": "/konto/inactive/",
}
RUTER = [r.navn for r in alle_ruter() if r.navn not in {*IKKE_SIDER, *REISER, *ANONYME}]


@pytest.mark.parametrize("navn", RUTER)
def test_page_is_accessible_in_every_width(navn, aapne, sider):
    adresser = sider("hr").get(navn) or sider("systemansvarlig").get(navn)
    assert adresser, (
        f"Ingen lenke fører til {navn}. Lag en lenke, eller skriv i IKKE_SIDER hvorfor den ikke er en side."
    )
    for adresse in adresser:
        _sjekk_om_html(aapne, adresse, "hr" if adresse in sider("hr").get(navn, []) else "systemansvarlig")


def _sjekk_om_html(aapne, adresse: str, som: str) -> None:
    """Files are downloads, not pages; fragments (htmx) are checked inside the page that asks for them."""
    side = aapne("/", som)
    svar = side.request.get(f"{side.vakt.adresse}{adresse}")
    if "text/html" in svar.headers.get("content-type", "") and "<html" in svar.text():
        side.goto(svar.url)
        sjekk(side)


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
