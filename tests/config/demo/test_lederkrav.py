"""The demo's leaders: every result is there, and 2031 changes the child welfare leader's."""

from datetime import date

import pytest

from kompetanse.models import Lederpost
from kompetanse.queries.ledere import lederresultater
from kompetanse.regler import Utfall
from tests.config.demo.conftest import DAG

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]


def test_hver_tilstand_finnes():
    assert {r.utfall for r in lederresultater(Lederpost.objects.innehar(DAG), DAG)} == set(Utfall)


def test_barnevernsleder_er_i_orden_i_dag_og_ikke_i_2031():
    leder = Lederpost.objects.filter(stilling="Barnevernsleder")
    utfall = [lederresultater(leder, dag)[0].utfall for dag in (DAG, date(2031, 1, 1))]
    assert utfall == [Utfall.OPPFYLT, Utfall.IKKE_OPPFYLT]
