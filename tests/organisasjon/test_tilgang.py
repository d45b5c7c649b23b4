"""Who reaches what: personas on every route, second factor, the routes of allauth, and the table in docs/."""

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import call_command
from django.urls import NoReverseMatch, reverse

from organisasjon.enums import Handling, Rolle
from organisasjon.management.commands.lag_tilgangsmatrise import FIL
from organisasjon.matrise import ruter, som_markdown, tilgangsmatrise
from organisasjon.models import Rolletildeling, Tjeneste
from organisasjon.rules import TILLATT, UTEN_ROLLE
from organisasjon.tilgang import TREDJEPARTS
from tests import fabrikk

pytestmark = pytest.mark.lik_paa_alle
FORVALTER = {
    "ny_enhet", "endre_enhet", "flytt_enhet", "slaa_sammen_enhet", "legg_ned_enhet", "slett_enhet",
    "tilbakestill_enhet", "ny_tjeneste", "endre_tjeneste", "slett_tjeneste",
}  # fmt: skip
PERSONSIDER = {"person", "send_lenke", "konto_aktiv", "endre_person", "nullstill_tofaktor"}
ROLLESIDER = {"roller", "ny_rolle", "endre_rolle", "fjern_rolle"} | PERSONSIDER
BARE_POST = {"tilbakestill_enhet", "send_lenke"}


@pytest.fixture
def adresser(kommunetre) -> dict[str, str]:
    """Route name → address, on the primary school and a person with a role there."""
    skole = kommunetre.skolen
    tildeling = fabrikk.gi_rolle(fabrikk.lag_bruker("kari"), "leser", skole)
    tjeneste = Tjeneste.objects.create(navn="Grunnskole")
    tjeneste.enheter.add(skole)
    paa_enhet = ("enhet", "endre_enhet", "flytt_enhet", "slaa_sammen_enhet", "legg_ned_enhet", "slett_enhet")
    argumenter = {
        "tilbakestill_enhet": [skole.pk, skole.historie.first().history_id],
        **{n: [skole.pk] for n in paa_enhet},
        **{n: [tjeneste.pk] for n in ("endre_tjeneste", "slett_tjeneste")},
        **{n: [tildeling.pk] for n in ("endre_rolle", "fjern_rolle")},
        **{n: [tildeling.bruker_id] for n in PERSONSIDER},
    }
    navn = [n.removeprefix("organisasjon:") for n, _a, _m in ruter() if n.startswith("organisasjon:")]
    return {n: reverse(f"organisasjon:{n}", args=argumenter.get(n)) for n in navn}


def statuser(klient, adresser: dict[str, str]) -> dict[str, int]:
    return {n: (klient.post(a) if n in BARE_POST else klient.get(a)).status_code for n, a in adresser.items()}


def test_hr_opens_every_page(som, adresser):
    koder = statuser(som("hr"), adresser)
    assert {n for n, kode in koder.items() if kode != 200} == {"forside", "slett_enhet", *BARE_POST}
    assert {koder[n] for n in ("forside", "slett_enhet", *BARE_POST)} == {302}


def test_leader_of_the_unit_reads_it_and_is_refused_the_rest(som, kommunetre, adresser):
    koder = statuser(som(Rolle.ENHETSLEDER, kommunetre.skolen), adresser)
    assert {n for n, kode in koder.items() if kode == 403} == FORVALTER | ROLLESIDER | {"logg", "tilgangsmatrise"}
    assert {n for n, kode in koder.items() if kode == 200} == {"enheter", "enhet", "tjenester", "konto", "token"}


def test_leader_of_another_unit_does_not_find_it(som, kommunetre, adresser):
    klient = som(Rolle.ENHETSLEDER, kommunetre.hjemmetjenesten)
    assert klient.get(adresser["enhet"]).status_code == 404
    liste = klient.get(adresser["enheter"]).content.decode()
    assert "Hjemmetjenesten nord" in liste and "Åsen skole" not in liste and "Oppvekst" not in liste
    assert "Grunnskole" not in klient.get(adresser["tjenester"]).content.decode()


def test_person_without_a_role_meets_a_page_that_says_whom_to_ask(utenforstaaende, kommunetre, adresser):
    hr = fabrikk.lag_bruker("hanne", "Hanne i HR")
    fabrikk.gi_rolle(hr, "hr", kommunetre.kommune)
    koder = statuser(utenforstaaende, adresser)
    assert {n for n, kode in koder.items() if kode == 200} == {"forside", "konto", "token"}
    assert {kode for n, kode in koder.items() if n not in {"forside", "konto", "token"}} == {403}
    assert "Hanne i HR" in utenforstaaende.get("/").content.decode()
    nei = utenforstaaende.get(adresser["enheter"])
    assert nei.status_code == 403 and "Hanne i HR" in nei.content.decode()


def test_anonymous_is_sent_to_the_login_page(anonym, adresser):
    for navn, adresse in adresser.items():
        svar = anonym.post(adresse) if navn in BARE_POST else anonym.get(adresse)
        assert svar.status_code == 302 and svar["Location"].startswith(reverse("account_login")), navn


def test_front_page_sends_people_to_their_work(som):
    assert som("enhetsleder").get("/")["Location"] == reverse("planer:mine")
    assert som("kommunalsjef").get("/")["Location"] == reverse("analyse:oversikt")
    assert som("systemansvarlig").get("/")["Location"] == reverse("organisasjon:roller")


def test_expired_role_gives_nothing(som, kommunetre):
    klient = som("hr")
    Rolletildeling.objects.filter(bruker=klient.bruker).update(gyldig_til="2021-01-01")
    assert klient.get(reverse("organisasjon:roller")).status_code == 403


# --- second factor ---


@pytest.fixture
def uten_demo(settings):
    settings.DEMO = False


@pytest.mark.parametrize("rolle", ["hr", "systemansvarlig"])
def test_second_factor_is_demanded_of_those_who_can_change_access(uten_demo, som, rolle):
    klient = som(rolle)
    aapne = {"mfa_activate_totp", "mfa_authenticate", "mfa_reauthenticate", "account_reauthenticate"}
    aapne |= {"account_login", "account_logout"}
    for navn, adresse, _monster in ruter():
        if "<" in adresse or "(" in adresse or navn in aapne:
            continue
        svar = klient.get(adresse)
        assert (svar.status_code, svar.headers.get("Location")) == (302, reverse("mfa_activate_totp")), navn
    assert klient.get("/finnes-ikke/").status_code == 302
    assert reverse("mfa_activate_totp") not in str(klient.get(reverse("account_logout")).headers)


def test_activating_the_second_factor_opens_the_rest(uten_demo, som):
    klient = som("hr")
    assert klient.get(reverse("organisasjon:roller")).status_code == 302
    Authenticator.objects.create(user=klient.bruker, type="totp", data={"secret": "x"})
    assert klient.get(reverse("organisasjon:roller")).status_code == 200


def test_second_factor_is_not_demanded_of_leaders_or_in_demo(som, settings):
    settings.DEMO = False
    assert som("enhetsleder").get(reverse("organisasjon:enheter")).status_code == 200
    settings.DEMO = True
    assert som("hr").get(reverse("organisasjon:roller")).status_code == 200


# --- allauth ---


@pytest.mark.parametrize("adresse", ["/konto/signup/", "/konto/email/", "/konto/login/code/confirm/", "/konto/social/"])
def test_pages_of_allauth_that_are_not_used_do_not_exist(som, anonym, adresse):
    assert anonym.get(adresse).status_code == 404
    assert anonym.post(adresse, {"email": "x@y.example"}).status_code == 404
    assert som("hr").get(adresse).status_code == 404


@pytest.mark.parametrize("navn", list(TREDJEPARTS))
def test_every_third_party_page_is_wrapped_in_its_right(navn):
    (monster,) = [m for n, _a, m in ruter() if n == navn]
    assert monster.callback.krever == TREDJEPARTS[navn]


def test_every_account_route_is_in_the_registry():
    assert {n for n, adresse, _m in ruter() if adresse.startswith("/konto/")} == set(TREDJEPARTS)
    with pytest.raises(NoReverseMatch):
        reverse("account_set_password")


def test_unknown_address_gets_no_mail_and_the_same_answer(anonym, mailoutbox):
    fabrikk.lag_bruker("kari")
    svar = [
        anonym.post(reverse("account_reset_password"), {"email": epost})["Location"]
        for epost in ("ingen@fjordvik.example", "kari@fjordvik.example")
    ]
    assert svar[0] == svar[1]
    assert [brev.to for brev in mailoutbox] == [["kari@fjordvik.example"]]


# --- the table ---


def test_table_in_docs_is_up_to_date():
    assert FIL.read_text(encoding="utf-8") == som_markdown(), "kjør: python manage.py lag_tilgangsmatrise"


def test_check_command_tells_when_the_table_is_old(tmp_path, monkeypatch):
    fil = tmp_path / "tilgang.md"
    monkeypatch.setattr("organisasjon.management.commands.lag_tilgangsmatrise.FIL", fil)
    with pytest.raises(SystemExit) as slutt:
        call_command("lag_tilgangsmatrise", "--sjekk")
    assert slutt.value.code == 1
    call_command("lag_tilgangsmatrise", verbosity=0)
    call_command("lag_tilgangsmatrise", "--sjekk")


def test_table_has_every_route_with_a_right_and_follows_the_rules():
    rader = tilgangsmatrise()
    assert all(rad.handling is not None for rad in rader)
    assert len(rader) == len(list(ruter()))
    for rad in rader:
        forventet = frozenset(Rolle) if rad.handling in UTEN_ROLLE else TILLATT[rad.handling]
        assert rad.roller == forventet
    assert {Handling.FORVALTE_ROLLER, Handling.SE_LOGG} <= {rad.handling for rad in rader}


def test_page_shows_the_table(som):
    tekst = som("hr").get(reverse("organisasjon:tilgangsmatrise")).content.decode()
    assert "/enheter/" in tekst and "Verneombud" in tekst
