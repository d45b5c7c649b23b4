"""The menu: one list, shown by right, current page marked, and in step with the reports there are."""

import re

import pytest

from analyse.rapporter import RAPPORTER
from organisasjon.meny import MENY, _aktiv, adresse

pytestmark = [pytest.mark.django_db, pytest.mark.lik_paa_alle]


def test_every_report_is_in_the_menu_in_the_same_order():
    i_menyen = [p.arg[0] for _navn, punkter in MENY for p in punkter if p.rute == "analyse:rapport"]
    assert i_menyen == list(RAPPORTER)


def test_every_entry_leads_to_a_route():
    assert [p.rute for _navn, punkter in MENY for p in punkter if not adresse(p.rute, p.arg)] == []


def test_current_page_is_the_longest_match_and_the_overview_only_itself():
    oversikt, rapport = adresse("analyse:oversikt"), adresse("analyse:rapport", ("turnover",))
    assert _aktiv(f"{rapport}slik-er-tallet-regnet/", [oversikt, rapport]) == rapport
    assert _aktiv("/analyse/annet/", [oversikt, rapport]) == ""
    assert _aktiv(oversikt, [oversikt, rapport]) == oversikt


def test_current_page_is_marked(som):
    html = som("hr").get("/analyse/").content.decode()
    assert html.count('aria-current="page"') == 1


def test_long_menu_is_folded_but_for_the_group_of_the_page(som):
    def grupper(rolle: str, sti: str) -> tuple[list[str], int]:
        meny = som(rolle).get(sti).content.decode().split("<nav")[1].split("</nav>")[0]
        return re.findall(r"<details open>\s*<summary[^>]*>([^<]+)", meny), meny.count("<details")

    assert grupper("hr", "/roller/") == (["Administrasjon"], 6)
    assert grupper("hr", "/min-konto/") == (["Analyse"], 6)
    aapne, alle = grupper("systemansvarlig", "/roller/")
    assert len(aapne) == alle


def test_person_without_role_has_no_menu_but_can_log_out(utenforstaaende):
    html = utenforstaaende.get("/").content.decode()
    assert "<nav" not in html
    assert 'action="/konto/logout/"' in html
