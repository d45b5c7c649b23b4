"""The test ground itself: personas have the scope they claim, and extracts are stored as rows."""

from datetime import date

import pytest

from analyse.models import Ansettelse
from organisasjon.enums import Handling, Rolle
from organisasjon.queries import tilgang_for


@pytest.mark.parametrize("rolle", list(Rolle))
def test_som_gives_a_logged_in_person_with_the_role(som, rolle):
    klient = som(rolle)
    assert klient.get("/").status_code == 302
    assert klient.bruker.roller.get().rolle == rolle


def test_enhetsleder_covers_own_unit_and_departments_only(som, kommunetre):
    tilgang = tilgang_for(som("enhetsleder").bruker, date(2025, 7, 1))
    assert tilgang.omfang(Handling.SE_RAPPORTER) == {
        kommunetre.hjemmetjenesten.pk,
        kommunetre.hjemme_nord.pk,
        kommunetre.hjemme_sor.pk,
    }


def test_lag_uttrekk_stores_rows_and_the_tree(lag_uttrekk, kommunetre):
    uttrekk = lag_uttrekk([{"enhet": kommunetre.skolen, "prosent": 80.5}, {"enhet": kommunetre.stab, "person": 1}])
    assert list(Ansettelse.objects.values_list("person", "prosent")) == [(1, 8050), (1, 10000)]
    assert uttrekk.antall_ansatte == 1
    assert uttrekk.enheter.count() == 12
