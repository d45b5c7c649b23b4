"""The overview and the glossary."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from analyse.rapporter import RAPPORTER

pytestmark = pytest.mark.django_db


def test_overview_has_key_figures_change_and_a_finding_per_report(som, to_uttrekk):
    html = som("hr").get("/analyse/").content.decode()
    assert "95" in html
    assert "siden 1. juli 2024" in html
    for slug in RAPPORTER:
        assert f'href="/analyse/rapporter/{slug}/"' in html


def test_overview_follows_the_persons_scope(som, kommunetre, to_uttrekk):
    html = som("enhetsleder", kommunetre.skolen).get("/analyse/").content.decode()
    assert "Bemanning og ledelse i Åsen skole." in html
    assert "Hjemmetjenesten" not in html


def test_reader_is_told_that_small_numbers_are_hidden(som, to_uttrekk):
    assert "Tall under 5 er skjult." in som("leser").get("/analyse/").content.decode()


def test_empty_overview_has_one_button_for_hr_and_none_for_others(som):
    hr = som("hr").get("/analyse/").content.decode()
    assert "Les inn et uttrekk" in hr
    leder = som("enhetsleder").get("/analyse/").content.decode()
    assert "Les inn et uttrekk" not in leder
    assert "HR leser inn uttrekkene" in leder


def test_unpublished_extract_is_nothing_to_a_reader(som, lag_uttrekk, kommunetre):
    lag_uttrekk([{"enhet": kommunetre.skolen}])
    assert "Her kommer tallene" in som("leser").get("/analyse/").content.decode()


def test_one_extract_alone_has_no_change(som, lag_uttrekk, kommunetre):
    lag_uttrekk([{"enhet": kommunetre.skolen} for _ in range(7)])
    assert " siden " not in som("hr").get("/analyse/").content.decode().split("<main")[1]


def test_overview_costs_few_and_constant_queries(som, to_uttrekk):
    klient = som("hr")
    klient.get("/analyse/")
    with CaptureQueriesContext(connection) as sporringer:
        klient.get("/analyse/")
    assert len(sporringer) == 8  # one for the card about the plans, one for the card about the gap analyses


def test_glossary_is_open_to_everyone_logged_in_and_linked_from_the_footer(utenforstaaende, anonym):
    html = utenforstaaende.get("/analyse/ordliste/").content.decode()
    assert "Lederspenn" in html
    assert 'href="/analyse/ordliste/"' in html
    assert anonym.get("/analyse/ordliste/").status_code == 302
