"""axe, width and text size on EVERY page: the list is the routes themselves, so a new page cannot slip past.

HR walks through all of it in the browser by following links: first the plans, then the rest. A route no link leads to
must stand in REISER (a journey checks it on its way) or IKKE_SIDER (with the reason why it is no page). The other roles
meet other states of the same pages – fewer units, protected cells, no buttons – and walk through what they see of them.
"""

import sqlite3
from contextlib import closing

import pytest

from tests.nettleser.rundtur import Rundtur, lett, noeye
from tests.nettleser.side import axe, kontrast_overalt, sjekk
from tests.ruter import alle_ruter

# What only the editor asks for, and what is only a button, in the plans.
EDITOREN = ("lagre_seksjon", "konflikt", "tilstede", "rens", "finn_tall", "sett_inn_tall")
KNAPPER = (
    *("flytt_del", "flytt_omraade", "flytt_seksjon", "gjenopprett", "slett_tall", "ta_inn_grep", "velg_grep"),
    *("fyll_utkast", "tiltak_kopier", "avslutt_drofting", "forankre_drofting", "ny_kommentar", "svar_kommentar"),
    *("rett_kommentar", "slett_kommentar", "avslutt_kommentar", "gjenaapne_kommentar", "aapne_varsel"),
    *("les_alle_varsler", "varselvalg", "lag_pdf", "tiltak_angre", "angre_delplaner", "tiltak_les_inn_bekreft"),
)
GAPKNAPPER = (
    *("gapsvar_begynn", "gapsvar_nye_rader", "gapsvar_grupper", "gapsvar_ny_oppgave", "gapsvar_sent"),
    *("gaprad_ut", "gapoppgave_ut", "flytt_gapsporsmaal", "slett_gapsporsmaal"),
)
# The steps of the leader's own form.
GAPSTEG = ("start", "rader", "oppgaver", "swot", "sporsmaal", "send", "inviter")
# Route → why it shows no page of its own.
IKKE_SIDER: dict[str, str] = {
    "account_signup": "stengt: HR lager kontoer",
    "account_email": "stengt: HR endrer e-post",
    "account_reset_password_from_key": "lenken står i e-posten og virker én gang; prøves i tests/organisasjon",
    "mfa_reauthenticate": "samme side som account_reauthenticate",
    "mfa_download_recovery_codes": "en fil",
    "organisasjon:tilbakestill_enhet": "bare en knapp på siden for enheten",
    "organisasjon:token": "bare en del av sider som lagrer av seg selv",
    "organisasjon:send_lenke": "bare en knapp på siden for personen",
    "organisasjon:konto_aktiv": "bare en knapp på siden for personen",
    "analyse:innlesing_avbryt": "bare en knapp i innlesingen",
    "analyse:dokument_fil": "en fil",
    "analyse:dokument_igjen": "bare en knapp når et dokument har stoppet",
    "analyse:knytt_leder": "bare en knapp i listen over ledere uten bruker",
    "analyse:publiser": "bare en knapp i listen over uttrekk",
    "planer:avmeld": "lenken står i e-posten; prøves i tests/planer/flyt",
    "planer:vedlegg": "en fil",
    "planer:vedtatt_pdf": "en fil",
    "planer:dokumentfil": "en fil",
    "planer:dokumentjobb_igjen": "bare en knapp når et dokument har stoppet",
    "kompetanse:hent_ledere": "bare en knapp i listen over ledere",
    "kompetanse:ledere_xlsx": "en fil",
    "kompetanse:ledere_csv": "en fil",
    "kompetanse:kompetansetall_xlsx": "en fil",
    "kompetanse:kompetansetall_csv": "en fil",
    "kompetanse:tallavbryt": "bare en knapp i innlesingen",
    "kompetanse:ta_ut_kompetanse": "bare en knapp i katalogen",
    "kompetanse:forhaandsvis_regel": "bare en del av siden for regelen",
    "kompetanse:flytt_rad": "bare en knapp i rutenettet",
    "kompetanse:lag_utkast": "bare en knapp på siden for matrisen",
    "kompetanse:lagre_celle": "bare en del av rutenettet",
    "kompetanse:gapresultat_xlsx": "en fil",
    "kompetanse:gapdokument_fil": "en fil",
    "kompetanse:gapdokument_igjen": "bare en knapp når et dokument har stoppet",
    "kompetanse:modenhet_xlsx": "en fil",
    "kompetanse:oekt_xlsx": "en fil",
    "kompetanse:risiko_xlsx": "en fil",
    "kompetanse:last_inn_eksempel": "bare en knapp når eksempelet ikke er lastet inn",
    "kompetanse:trekk_kort": "bare en knapp i økten",
    "kompetanse:gjenaapne_oekt": "bare en knapp på oppsummeringen",
    "kompetanse:ta_ut_kort": "bare en knapp i listen over kort",
    "kompetanse:gjenaapne_risiko": "bare en knapp på en lukket risiko",
    **{f"kompetanse:{navn}": "bare en knapp i gapanalysen" for navn in GAPKNAPPER},
    "kompetanse:gapsvar_lagre": "bare en del av skjemaet",
    "planer:spor_om_plan": "bare en knapp",
    "planer:godta_kopi": "bare en knapp ved tekst som er kopiert; trykkes i test_planreise",
    **{f"planer:{navn}": "bare en del av editoren" for navn in EDITOREN},
    **{f"planer:{navn}": "bare en knapp" for navn in KNAPPER},
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
    **{f"kompetanse:gapsvar_{steg}": "test_gapanalyse" for steg in GAPSTEG},
    "kompetanse:gaprad": "test_gapanalyse",
    "kompetanse:gapdokument": "test_gapreise",
    "kompetanse:tallkolonner": "test_kompetansetall",
    "kompetanse:tallforhaandsvisning": "test_kompetansetall",
    "planer:revider": "test_planreise",
    "planer:dokumentjobb": "test_plandokument",
    "planer:publiser": "test_plandokument",
    "planer:trekk_tilbake": "test_plandokument",
}
INGEN_LENKE = "Ingen lenke fører dit. Lag en, eller skriv i IKKE_SIDER hvorfor det ikke er en side."
# Pages no link leads to.
UTEN_LENKE = ("/planer/5/horing/ny/", "/planer/tiltak/fra/refleksjon/1/")
# Pages that only the system administrator sees.
SYSTEM = {"organisasjon:logg", "organisasjon:tilgangsmatrise"}
# Without login.
ANONYME = {
    "account_login": "/konto/login/",
    "account_reset_password": "/konto/password/reset/",
    "account_reset_password_done": "/konto/password/reset/done/",
    "account_reset_password_from_key_done": "/konto/password/reset/key/done/",
    "account_inactive": "/konto/inactive/",
}
LESES_AV_ALLE = {"les:liste", "les:versjon"}
UTENFOR = {*IKKE_SIDER, *REISER, *ANONYME, *LESES_AV_ALLE}
PLANENE = ("planer:", "kompetanse:")
# What a role meets of pages where it sees something else than HR does.
ANDRES = (*PLANENE, "analyse:oversikt", "analyse:rapport", "organisasjon:enhet", "organisasjon:tjenester")


@pytest.fixture
def gaa_rundt(aapne, nettbase):
    """`gaa_rundt("hr", med, kontroll, start)`: a walk that is over; what failed on the way fails the test."""
    with closing(sqlite3.connect(nettbase[0])) as base:
        planer = {pk: (slag, status) for pk, slag, status in base.execute("SELECT id, slag, status FROM planer_plan")}

    def gaa(som, med, kontroll, start) -> set[str]:
        tur = Rundtur(aapne(None, som), med, kontroll, planer)
        tur.gaa(start)
        assert not tur.feil, "\n".join(tur.feil)
        return tur.ruter

    return gaa


def _mangler(funnet: set[str], i_planene: bool) -> set[str]:
    """Our routes that the walk should have met, and did not."""
    ventet = {r.navn for r in alle_ruter()} - UTENFOR - SYSTEM
    return {navn for navn in ventet if navn.startswith(PLANENE) == i_planene} - funnet


@pytest.mark.parametrize("app", PLANENE)
def test_every_page_of_the_plans_is_accessible_in_every_width(app, gaa_rundt, nettbase):
    # A leader with an exception first, and gap analyses where they can be opened again and taken out.
    with closing(sqlite3.connect(nettbase[0])) as base:
        (leder,) = base.execute("SELECT leder_id FROM kompetanse_unntak").fetchone()
        gap = dict(base.execute("SELECT status, max(id) FROM kompetanse_gapanalyse GROUP BY status"))
        sql = "SELECT runde_id FROM kompetanse_gapanalyse WHERE id = ?"
        (runde,) = base.execute(sql, (gap["godkjent"],)).fetchone()
    analyser = [f"/kompetanse/gap/runder/godkjenning/{gap[status]}" for status in ("godkjent", "levert")]
    egne = [f"/kompetanse/ledere/{leder}/", f"{analyser[0]}/", f"{analyser[1]}/ta-ut/"]
    egne += [f"/kompetanse/gap/runder/{runde}/resultat/", "/kompetanse/"]
    start = ["/planer/", *UTEN_LENKE] if app == "planer:" else egne
    funnet = gaa_rundt("hr", lambda navn: navn.startswith(app), noeye, start)
    assert sorted(navn for navn in _mangler(funnet, True) if navn.startswith(app)) == [], INGEN_LENKE


def test_every_other_page_is_accessible_in_every_width(gaa_rundt, nettbase):
    # An ordinary unit first: the municipality, which the list begins with, can neither be moved nor closed.
    with closing(sqlite3.connect(nettbase[0])) as base:
        (enhet,) = base.execute("SELECT id FROM organisasjon_enhet WHERE navn = 'Hjemmetjenesten'").fetchone()
    start = [f"/enheter/{enhet}/", "/", "/konto/logout/"]
    funnet = gaa_rundt("hr", lambda navn: not navn.startswith((*PLANENE, "les:")), noeye, start)
    assert sorted(_mangler(funnet, False)) == [], INGEN_LENKE


def test_pages_of_the_system_administrator_are_accessible(gaa_rundt):
    assert gaa_rundt("systemansvarlig", SYSTEM.__contains__, noeye, ["/logg/", "/tilgang/"]) >= SYSTEM


# Who writes, and who only reads what is protected. The others see what one of them sees,
ROLLER = ("enhetsleder", "leser")
# but where the employees' representatives say their view.
MEDVIRKNING = {f"planer:{navn}" for navn in ("mine", "liste", "plan", "samarbeid", "drofting", "horing")}


@pytest.mark.parametrize("rolle", ROLLER)
def test_what_each_role_meets_is_accessible(rolle, gaa_rundt):
    # Of requirements, matrix and maturity the reader sees what the enhetsleder does, and less.
    ser = tuple(n for n in ANDRES if rolle != "leser" or n != "kompetanse:")
    assert "planer:kapittel" in gaa_rundt(rolle, lambda navn: navn.startswith(ser), lett, ["/analyse/", "/planer/"])


def test_what_the_representatives_are_asked_is_accessible(gaa_rundt):
    start = ["/planer/min-side/", "/planer/"]
    assert gaa_rundt("tillitsvalgt", MEDVIRKNING.__contains__, lett, start) == MEDVIRKNING


def test_published_plans_are_accessible_without_login(gaa_rundt):
    assert gaa_rundt(None, LESES_AV_ALLE.__contains__, noeye, ["/les/"]) == LESES_AV_ALLE


@pytest.mark.parametrize("rolle", ["hr", *ROLLER, "tillitsvalgt"])
@pytest.mark.parametrize("bredde_", [1280, 390])
def test_the_frame_is_accessible(bredde_, rolle, aapne):
    """The walks leave it out: it is the same on all of a person's pages."""
    side = aapne("/min-konto/", rolle, bredde=bredde_)
    if bredde_ == 390:
        side.locator(".menyknapp").click()
    axe(side)
    if rolle == "hr":
        kontrast_overalt(side)


def test_lists_name_only_routes_that_exist():
    assert {*UTENFOR, *SYSTEM} <= {r.navn for r in alle_ruter()}


def test_page_that_resets_a_second_factor_is_accessible(aapne):
    """Its link shows only on a person who has one, and nobody in the demo municipality does."""
    side = aapne("/roller/", "systemansvarlig")
    side.locator("main a[href*='/person']").first.click()
    sjekk(aapne(f"{side.url.removeprefix(side.vakt.adresse)}nullstill-totrinn/", "systemansvarlig"))


@pytest.mark.parametrize("adresse", ANONYME.values(), ids=ANONYME.keys())
def test_open_page_is_accessible_in_every_width(adresse, aapne):
    sjekk(aapne(adresse, None))


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
