"""What people with different roles meet in the browser: own unit only, protected small numbers, closed doors."""

import re

import pytest

from tests.nettleser.conftest import logg_inn

RAPPORTER = (
    "lederspenn",
    "ledere",
    "stillingsstoerrelse-alder",
    "turnover",
    "aldersrisiko",
    "heltid",
    "kjoenn",
    "utdanning",
    "ansiennitet",
)


def celler(side) -> list[str]:
    """Texts of all table cells, also in tables that are folded away."""
    return [tekst.strip() for tekst in side.locator("td").all_text_contents()]


@pytest.mark.parametrize("slug", RAPPORTER)
def test_unit_leader_sees_only_own_unit(slug, aapne):
    side = aapne(f"/analyse/rapporter/{slug}/", "enhetsleder")
    tekst = side.locator("body").inner_text()
    assert "Hjemmetjenesten" in tekst
    for fremmed in ("Sykehjem vest", "Bo og habilitering", "Barnehager", "Innlandet skole"):
        assert fremmed not in side.content()


def test_unit_leader_gets_404_for_another_unit(aapne):
    def enheter(som: str) -> set[str]:
        lenker = aapne("/enheter/", som).locator("main a[href^='/enheter/']").all()
        return {sti for lenke in lenker if re.fullmatch(r"/enheter/\d+/", sti := lenke.get_attribute("href"))}

    fremmede = enheter("hr") - enheter("enhetsleder")
    assert fremmede
    side = aapne(fremmede.pop(), "enhetsleder", ventet=(404,))
    assert "Vi finner ikke siden" in side.locator("h1").inner_text()


def test_unit_leader_sees_small_numbers_of_own_unit(aapne):
    side = aapne("/analyse/rapporter/ledere/", "enhetsleder")
    assert "<5" not in celler(side)


@pytest.mark.parametrize("slug", ["ledere", "turnover", "aldersrisiko", "kjoenn", "utdanning"])
def test_reader_meets_no_number_below_five(slug, aapne):
    side = aapne(f"/analyse/rapporter/{slug}/", "leser")
    tall = [celle for celle in celler(side) if re.fullmatch(r"[1-4]", celle)]
    assert tall == []


def test_reader_sees_protected_cells_with_an_explanation(aapne):
    side = aapne("/analyse/rapporter/ledere/", "leser")
    assert "<5" in " ".join(celler(side))
    assert "Tall under 5" in side.locator("main").inner_text()


@pytest.mark.parametrize("adresse", ["/roller/", "/analyse/oppsett/", "/analyse/bystyrerapport/", "/logg/"])
def test_reader_meets_a_closed_door_that_says_whom_to_ask(adresse, aapne):
    side = aapne(adresse, "leser", ventet=(403,))
    assert "Ingeborg Myhre" in side.locator("main").inner_text()


def test_menu_shows_only_what_the_person_may_open(aapne):
    hr = aapne("/analyse/", "hr").locator("#meny a").all_text_contents()
    leser = aapne("/analyse/", "leser").locator("#meny a").all_text_contents()
    assert "Roller" in hr
    assert not {"Roller", "Oppsett", "Les inn uttrekk"} & set(leser)


def test_log_out_ends_the_session(aapne, nettsted):
    side = aapne("/konto/login/", None)
    logg_inn(side, "tillitsvalgt")
    side.locator("header button", has_text="Logg ut").click()
    side.wait_for_url("**/konto/login/")
    side.goto(f"{nettsted}/analyse/")
    assert "/konto/login/" in side.url
