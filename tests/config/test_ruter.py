"""What must hold for every route: a declared right, no server error whatever is asked, no data changed by GET."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from organisasjon.enums import Handling, Rolle
from tests.ruter import alle_ruter
from tests.vandring import vandre

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
KAN_LAGRES = ("analyse_rapportresultat", "django_session")
SKRIVER = re.compile(r'^\s*(INSERT INTO|UPDATE|DELETE FROM|REPLACE INTO)\s+"?(?P<tabell>\w+)', re.IGNORECASE)


@pytest.mark.parametrize("rute", alle_ruter(), ids=lambda rute: rute.navn or rute.monster)
def test_every_route_declares_the_right_it_demands(rute):
    assert getattr(rute.view, "krever", None) in Handling, f"{rute.navn} sier ikke hvilken rett den krever"


@pytest.mark.parametrize("rolle", list(Rolle))
def test_no_page_fails_whatever_the_query_string(rolle, som, to_uttrekk):
    funnet, felt = vandre(som("hr"))
    klient = som(rolle)
    egne, egne_felt = vandre(klient)
    adresser = sorted({a for kart in (funnet, egne) for liste in kart.values() for a in liste})
    for nr, adresse in enumerate(adresser):
        for tull in (TULL[nr % len(TULL)], TULL[(nr * 5 + 3) % len(TULL)]):
            sporring = "&".join(f"{navn}={tull}" for navn in sorted(felt | egne_felt | FASTE_FELT))
            svar = klient.get(f"{adresse}?{sporring}")
            assert svar.status_code in {200, 302, 400, 403, 404, 405}, (adresse, tull)


def test_every_role_gets_only_pages_it_may_open_from_its_own_links(som, to_uttrekk):
    for rolle in Rolle:
        klient = som(rolle)
        funnet, _felt = vandre(klient, per_rute=2)
        feil = {a: klient.get(a).status_code for liste in funnet.values() for a in liste}
        assert {a: s for a, s in feil.items() if s not in {200, 302, 405}} == {}, rolle


@pytest.mark.parametrize("rolle", [Rolle.HR, Rolle.ENHETSLEDER, Rolle.LESER])
def test_get_never_changes_data(rolle, som, to_uttrekk):
    klient = som(rolle)
    funnet, _felt = vandre(klient, per_rute=2)
    for adresse in sorted(a for liste in funnet.values() for a in liste):
        with CaptureQueriesContext(
            connection,
        ) as spor:
            klient.get(adresse)
        skrevet = [treff["tabell"] for q in spor if (treff := SKRIVER.match(q["sql"]))]
        assert [t for t in skrevet if t not in KAN_LAGRES] == [], adresse


def test_pages_need_login_unless_declared_open(anonym, som, to_uttrekk):
    funnet, _felt = vandre(som("hr"), per_rute=1)
    aapne = {rute.navn for rute in alle_ruter() if getattr(rute.view, "krever", None) == Handling.AAPEN}
    for navn, adresser in funnet.items():
        if navn.startswith(("account_", "mfa_")) or navn in aapne:
            continue
        svar = anonym.get(adresser[0])
        assert svar.status_code == 302, navn
        assert svar["Location"].startswith(reverse("account_login")), navn


def test_outsider_sees_nothing_of_the_organisation(utenforstaaende, som, to_uttrekk):
    funnet, _felt = vandre(som("hr"), per_rute=2)
    krever_rolle = {
        rute.navn
        for rute in alle_ruter()
        if getattr(rute.view, "krever", None) not in {None, Handling.AAPEN, Handling.INNLOGGET}
    }
    for navn in krever_rolle & funnet.keys():
        for adresse in funnet[navn]:
            svar = utenforstaaende.get(adresse)
            assert svar.status_code in {403, 404, 405}, adresse
            assert b"Hjemmetjenesten" not in svar.content
