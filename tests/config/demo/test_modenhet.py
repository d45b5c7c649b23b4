"""The demo's maturity: two dates to compare, a session summed up, one risk of each level, and nothing left hanging."""

from datetime import date

import pytest

from config.demo.modenhet import NOTATER, VURDERINGER, last_modenhet
from kompetanse.enums import Risikonivaa
from kompetanse.models import Modenhetsvurdering, Refleksjonsoekt, Risiko
from kompetanse.queries.modenhet import les, omraadebilde, sjekkliste
from kompetanse.visning.modenhet import funn, utviklingsbilde
from organisasjon.models import Bruker
from organisasjon.queries import kommune, tilgang_for
from tests.config.demo.conftest import DAG

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]


def test_sectors_and_units_are_assessed_on_two_dates_by_their_own_leaders():
    alle = les(Modenhetsvurdering.objects.order_by("dato"), sjekkliste())
    assert len(alle) == 2 * len(VURDERINGER) and len({v.v.dato for v in alle}) == 2
    assert all(v.v.endret_av and v.v.dato < DAG for v in alle)
    assert not any(v.v.er_eksempel for v in alle)


def test_the_page_has_something_to_say():
    liste, hr = sjekkliste(), Bruker.objects.get(username="hr")
    bilde = omraadebilde(tilgang_for(hr, DAG), kommune(), DAG, liste)
    assert len(bilde.kolonner) == 3 and "skiller seg mest på" in str(funn(bilde.kolonner, liste))
    assert "blitt bedre" in utviklingsbilde(bilde.over_tid, liste).funn


def test_session_is_summed_up_and_risks_are_of_each_level():
    oekt = Refleksjonsoekt.objects.get()
    assert oekt.avsluttet and oekt.oppsummering and oekt.notater.count() == len(NOTATER)
    assert {r.nivaa for r in Risiko.objects.all()} == set(Risikonivaa)
    assert Risiko.objects.filter(notat__oekt=oekt).count() == 1


def test_loading_again_changes_nothing():
    last_modenhet(date(2027, 1, 1))
    assert Risiko.objects.count() == 3 and Refleksjonsoekt.objects.count() == 1
