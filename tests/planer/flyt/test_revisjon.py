"""A revision is a new version beside the adopted one."""

import pytest
from django.core.exceptions import ValidationError

from planer.enums import Deltakerrolle, Planstatus
from planer.models import Plan, Tiltak
from planer.services.flyt import forkast_revisjon, start_revisjon, vedta
from tests.planer.fabrikk import lag_delplan, lag_tiltak, sett_status
from tests.planer.flyt.hjelp import NAA, klar_til_vedtak


@pytest.fixture
def vedtatt(verden) -> Plan:
    vedta(plan=klar_til_vedtak(verden), av=verden.kommunedirektor, sak="", naa=NAA)
    return Plan.objects.get(pk=verden.plan.pk)


def test_a_new_version_with_the_same_content(verden, vedtatt):
    ny = start_revisjon(plan=vedtatt, av=verden.hr, naa=NAA)
    vedtatt.refresh_from_db()
    assert (ny.stamme, ny.versjon, ny.status, ny.revisjon_av) == (vedtatt.stamme, 2, Planstatus.UTKAST, vedtatt)
    assert vedtatt.status == Planstatus.REVISJON
    assert [t.ident for t in ny.tiltak.order_by("ident")] == [t.ident for t in vedtatt.tiltak.order_by("ident")]
    tekster = [list(p.seksjoner.order_by("nokkel").values_list("nokkel", "html")) for p in (ny, vedtatt)]
    assert tekster[0] == tekster[1]
    folk = [set(p.deltakere.values_list("bruker", "rolle")) for p in (ny, vedtatt)]
    assert folk[0] == folk[1]
    assert (verden.tillitsvalgt.pk, Deltakerrolle.TILLITSVALGT) in folk[0]
    assert [o.enhet_id for o in ny.omfang.all()] == [o.enhet_id for o in vedtatt.omfang.all()]


def test_only_one_open_revision(verden, vedtatt):
    start_revisjon(plan=vedtatt, av=verden.hr, naa=NAA)
    with pytest.raises(ValidationError, match="allerede under revisjon"):
        start_revisjon(plan=vedtatt, av=verden.hr, naa=NAA)
    assert Plan.objects.filter(stamme=vedtatt.stamme).count() == 2


@pytest.mark.parametrize("status", ["utkast", "drofting", "horing", "beslutning", "erstattet"])
def test_only_an_adopted_plan_is_revised(verden, status):
    with pytest.raises(ValidationError):
        start_revisjon(plan=sett_status(verden.plan, status), av=verden.hr, naa=NAA)


def test_a_dropped_revision_puts_the_old_one_back(verden, vedtatt):
    ny = start_revisjon(plan=vedtatt, av=verden.hr, naa=NAA)
    tiltak = Tiltak.objects.filter(plan=vedtatt).count()
    assert forkast_revisjon(plan=ny, av=verden.hr, naa=NAA) == vedtatt
    vedtatt.refresh_from_db()
    assert vedtatt.status == Planstatus.VEDTATT
    assert not Plan.objects.filter(pk=ny.pk).exists()
    assert Tiltak.objects.filter(plan=vedtatt).count() == tiltak
    assert start_revisjon(plan=vedtatt, av=verden.hr, naa=NAA).versjon == 2


def test_a_first_draft_cannot_be_dropped_this_way(verden):
    with pytest.raises(ValidationError, match="Bare en revisjon"):
        forkast_revisjon(plan=verden.plan, av=verden.hr, naa=NAA)


def test_a_revision_of_the_temaplan_leaves_delplaner_where_they_are(verden):
    sett_status(verden.tema, Planstatus.VEDTATT)
    ny = start_revisjon(plan=verden.tema, av=verden.hr, naa=NAA)
    assert {o.nokkel for o in ny.omraader.all()} == {o.nokkel for o in verden.tema.omraader.all()}
    verden.plan.refresh_from_db()
    assert verden.plan.temaplan == verden.tema


def test_a_delplan_is_revised_against_the_newest_adopted_temaplan(verden, vedtatt):
    sett_status(verden.tema, Planstatus.VEDTATT)
    tema2 = start_revisjon(plan=verden.tema, av=verden.hr, naa=NAA)
    assert start_revisjon(plan=vedtatt, av=verden.hr, naa=NAA).temaplan == verden.tema  # the new one is not adopted
    forkast_revisjon(plan=Plan.objects.get(revisjon_av=vedtatt), av=verden.hr, naa=NAA)
    sett_status(verden.tema, Planstatus.ERSTATTET)
    sett_status(tema2, Planstatus.VEDTATT)
    ny = start_revisjon(plan=Plan.objects.get(pk=vedtatt.pk), av=verden.hr, naa=NAA)
    assert ny.temaplan == tema2
    nye = {o.pk for o in tema2.omraader.all()}
    assert {t.omraade_id for t in ny.tiltak.all()} <= nye
    assert {g.omraade_id for g in ny.grepvalg.all()} == nye
    assert {s.omraade_id for s in ny.seksjoner.filter(nokkel__startswith="grep-")} == nye


def test_a_temaplan_with_delplaner_on_it_cannot_be_dropped(verden, kommunetre):
    sett_status(verden.tema, Planstatus.VEDTATT)
    ny = start_revisjon(plan=verden.tema, av=verden.hr, naa=NAA)
    lag_tiltak(lag_delplan("Ny", enheter=[kommunetre.skolen], temaplan=ny))
    with pytest.raises(ValidationError, match="Delplaner bygger på"):
        forkast_revisjon(plan=ny, av=verden.hr, naa=NAA)
