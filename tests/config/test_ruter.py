"""What must hold for every route: a declared right, no server error whatever is asked, no data changed by GET."""

import pytest
from django.test import Client
from django.urls import reverse

from organisasjon.enums import Handling, Rolle
from tests import fabrikk
from tests.config.test_sikkerhet import INLINE, sjekk_hoder
from tests.ruter import alle_ruter

TULL = (
    "",
    "-1",
    "0",
    "99999999999999999999999",
    "%00",
    "%27%22%3Cscript%3E",
    "2025-13-45",
    "1e999",
    "%FF%FE",
    "æøå" * 200,
    "../../etc/passwd",
)
FASTE_FELT = {
    "page",
    "per_page",
    "sort",
    "q",
    "enhet",
    "fra",
    "til",
    "uttrekk",
    "format",
    "tabell",
    "rad",
    "nokkel",
    "next",
}
# A kept report and its session are the only things a GET may store: both can be computed again.
KAN_LAGRES = {"analyse_rapportresultat", "django_session"}
# HR's pages are all pages; the others see parts of them in their own way, and rights do not depend on the database.
ANDRE = (Rolle.SYSTEMANSVARLIG, Rolle.ENHETSLEDER, Rolle.TILLITSVALGT)
HR_PAA_ALLE = [Rolle.HR, *(pytest.param(r, marks=pytest.mark.lik_paa_alle) for r in ANDRE)]
# In the same order, so that the tests of a role come together and walk through its pages once.
RESTEN = [pytest.param(r, marks=pytest.mark.lik_paa_alle) for r in Rolle if r not in (Rolle.HR, *ANDRE)]


@pytest.mark.parametrize("rute", alle_ruter(), ids=lambda rute: rute.navn or rute.monster)
def test_every_route_declares_the_right_it_demands(rute):
    assert getattr(rute.view, "krever", None) in Handling, f"{rute.navn} sier ikke hvilken rett den krever"


@pytest.mark.parametrize("rolle", HR_PAA_ALLE, scope="module")
def test_no_page_fails_whatever_the_query_string(rolle, kommunen):
    klient, nummer = kommunen.klient(rolle), list(Rolle).index(rolle)
    navn = sorted(kommunen.felt("hr") | kommunen.felt(rolle) | FASTE_FELT)
    for nr, adresse in enumerate(sorted(kommunen.adresser(rolle))):
        tull = TULL[(nr + nummer * 3) % len(TULL)]
        svar = klient.get(f"{adresse}?{'&'.join(f'{n}={tull}' for n in navn)}")
        assert svar.status_code in {200, 302, 400, 403, 404, 405}, (adresse, tull)


@pytest.mark.parametrize("rolle", [*HR_PAA_ALLE, *RESTEN], scope="module")
def test_pages_found_by_links_are_open_strict_and_change_nothing(rolle, kommunen):
    sider = kommunen.sider(rolle)
    assert len(sider) > 5
    assert {s.adresse: s.status for s in sider if s.status not in {200, 302, 405}} == {}
    assert {s.adresse: s.skrevet for s in sider if not set(s.skrevet) <= KAN_LAGRES} == {}
    for side in sider:
        sjekk_hoder(side.hoder)
        assert not INLINE.search(side.html), (side.adresse, INLINE.search(side.html))


@pytest.mark.lik_paa_alle
def test_pages_need_login_unless_declared_open(kommunen):
    aapne = {rute.navn for rute in alle_ruter() if getattr(rute.view, "krever", None) == Handling.AAPEN}
    for navn, adresser in kommunen.funnet("hr").items():
        if navn in aapne:
            continue
        svar = Client().get(adresser[0])
        assert svar.status_code == 302, navn
        assert svar["Location"].startswith(reverse("account_login")), navn


@pytest.mark.lik_paa_alle
def test_outsider_sees_nothing_of_the_organisation(kommunen):
    utenfor = Client()
    utenfor.force_login(fabrikk.lag_bruker("helt-utenfor"))
    uten_rolle = {None, Handling.AAPEN, Handling.INNLOGGET}
    lukkede = {rute.navn for rute in alle_ruter() if getattr(rute.view, "krever", None) not in uten_rolle}
    funnet = kommunen.funnet("hr")
    assert len(lukkede & funnet.keys()) > 20
    for adresse in (a for navn in lukkede & funnet.keys() for a in funnet[navn]):
        svar = utenfor.get(adresse)
        assert svar.status_code in {403, 404, 405}, adresse
        assert b"Hjemmetjenesten" not in svar.content
