"""The list table: alignment, sorting, empty state, fixed order."""

import django_tables2 as tables
import pytest
from django.test import RequestFactory

from felles.tabeller import Datokolonne, Tabell, Tallkolonne
from organisasjon.models import Enhet


class Prove(Tabell):
    navn = tables.Column(verbose_name="Navn")
    antall = Tallkolonne(verbose_name="Antall")
    dato = Datokolonne(verbose_name="Dato")


def tegn(tabell: Tabell, adresse: str = "/") -> str:
    foresporsel = RequestFactory().get(adresse)
    tables.RequestConfig(foresporsel, paginate={"per_page": 2}).configure(tabell)
    return tabell.as_html(foresporsel)


RADER = [{"navn": "Å", "antall": 1234, "dato": "2025-07-01"}, {"navn": "<b>", "antall": None, "dato": None}]


def test_numbers_are_norwegian_and_right_aligned_and_first_column_heads_the_row():
    html = tegn(Prove(RADER, tittel="Prøvetabell"))
    assert '<td class="t">1\u00a0234</td>' in html
    assert '<th scope="row">Å</th>' in html
    assert "01.07.2025" in html
    assert "&lt;b&gt;" in html


def test_the_table_has_a_name_and_its_region_can_be_scrolled_by_keyboard():
    html = tegn(Prove(RADER, tittel="Prøvetabell"))
    assert 'role="region" tabindex="0" aria-label="Prøvetabell"' in html
    assert "<caption" in html


def test_sorting_is_said_with_aria_sort_and_the_link_turns_it():
    html = tegn(Prove(RADER), "/?sort=antall")
    assert 'aria-sort="ascending"' in html
    assert "sort=-antall" in html


def test_pages_are_counted():
    html = tegn(Prove([*RADER, *RADER]))
    assert "1–2 av 4" in html
    assert "page=2" in html


def test_empty_table_says_so():
    assert "Ingenting å vise ennå." in tegn(Prove([]))


@pytest.mark.django_db
def test_equal_rows_are_ordered_by_primary_key_last():
    class Enhetstabell(Tabell):
        type = tables.Column()

    tabell = Enhetstabell(Enhet.objects.all(), order_by="type")
    assert tabell.data.data.query.order_by[-1] == "pk"
