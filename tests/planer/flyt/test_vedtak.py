"""Adoption freezes the plan, and it can be checked afterwards."""

import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from planer.enums import Planstatus
from planer.innhold import innholdshash
from planer.models import Plan, Statusskifte, Tiltak, Vedtak
from planer.services.flyt import start_revisjon, vedta
from planer.services.vedtak import kontroller
from tests.planer.flyt.hjelp import NAA, klar_til_vedtak, lag_verden


def vedta_planen(verden):
    return vedta(plan=klar_til_vedtak(verden), av=verden.kommunedirektor, sak="25/1042", naa=NAA)


def test_content_and_hash_are_frozen(verden, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        vedtak = vedta_planen(verden)
    vedtak.refresh_from_db()
    assert (vedtak.sak, vedtak.av, vedtak.tid) == ("25/1042", verden.kommunedirektor, NAA)
    assert vedtak.innhold["plan"]["status"] == Planstatus.VEDTATT
    assert vedtak.innhold["plan"]["vedtatt"] == "2025-09-10"
    assert vedtak.innhold["tiltak"]
    assert vedtak.hash == innholdshash(vedtak.innhold)
    assert len(vedtak.hash) == 64
    assert vedtak.innhold_prikket["plan"]["tittel"] == verden.plan.tittel
    assert kontroller(vedtak).holder
    assert DBTaskResult.objects.filter(task_path="planer.tasks.lag_vedtaks_pdf").count() == 1


def test_a_changed_word_anywhere_is_seen(verden):
    vedtak = vedta_planen(verden)
    vedtak = Vedtak.objects.get(pk=vedtak.pk)
    assert kontroller(vedtak).holder
    verden.plan.seksjoner.filter(nokkel="utfordringer").update(html="<p>Endret bak ryggen.</p>")
    assert not kontroller(vedtak).tekst
    vedtak.innhold["plan"]["tittel"] += "!"
    assert not kontroller(vedtak).innhold


def test_a_changed_pdf_is_seen(verden):
    vedtak = vedta_planen(verden)
    assert kontroller(vedtak).pdf is None
    vedtak.pdf, vedtak.pdf_hash = b"%PDF-1.7", "0" * 64
    assert kontroller(vedtak).pdf is False


def test_status_of_tiltak_goes_on_without_breaking_the_seal(verden):
    vedtak = vedta_planen(verden)
    Tiltak.objects.filter(plan=verden.plan).update(status="i_gang")
    assert kontroller(Vedtak.objects.get(pk=vedtak.pk)).holder


def test_adopting_a_revision_replaces_the_version_before(verden):
    vedta_planen(verden)
    ny = start_revisjon(plan=verden.plan, av=verden.hr, naa=NAA)
    from tests.planer.fabrikk import sett_status
    from tests.planer.flyt.hjelp import droft

    droft(verden, ny)
    vedta(plan=sett_status(ny, Planstatus.BESLUTNING), av=verden.kommunedirektor, sak="", naa=NAA)
    status = dict(Plan.objects.filter(stamme=ny.stamme).values_list("versjon", "status"))
    assert status == {1: Planstatus.ERSTATTET, 2: Planstatus.VEDTATT}
    assert kontroller(Vedtak.objects.get(plan=verden.plan)).holder


def test_a_failure_while_freezing_leaves_nothing(verden, monkeypatch):
    plan = klar_til_vedtak(verden)

    def stopp(**_):
        raise RuntimeError("strømmen gikk")

    monkeypatch.setattr("planer.services.vedtak.frys_tall", stopp)
    with pytest.raises(RuntimeError):
        vedta(plan=plan, av=verden.kommunedirektor, sak="", naa=NAA)
    assert Plan.objects.get(pk=plan.pk).status == Planstatus.BESLUTNING
    assert not Vedtak.objects.exists()
    assert not Statusskifte.objects.exists()


def test_the_second_of_two_approvers_is_told(verden):
    plan = klar_til_vedtak(verden)
    min_side = Plan.objects.get(pk=plan.pk)
    vedta(plan=plan, av=verden.kommunedirektor, sak="", naa=NAA)
    with pytest.raises(ValidationError, match="kom deg i forkjøpet"):
        vedta(plan=min_side, av=verden.kommunedirektor, sak="", naa=NAA)
    assert Statusskifte.objects.filter(til=Planstatus.VEDTATT).count() == 1


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_approvers_at_the_same_moment(kommunetre):
    """Real threads and transactions: exactly one adoption, one log entry, one clear message.

    The tests' SQLite lives in memory, where threads share one lock without waiting; there one follows the other, both
    with the page as it was before.
    """
    verden = lag_verden(kommunetre)
    plan = klar_til_vedtak(verden)
    samtidig = connection.vendor == "postgresql"
    port, utfall = threading.Barrier(2 if samtidig else 1, timeout=20), []
    sider = [Plan.objects.get(pk=plan.pk) for _ in range(2)]

    def forsok(min_side: Plan) -> None:
        try:
            port.wait()
            vedta(plan=min_side, av=verden.kommunedirektor, sak="", naa=NAA)
            utfall.append("vedtatt")
        except ValidationError as feil:
            utfall.append(" ".join(feil.messages))
        finally:
            if samtidig:
                connection.close()

    traader = [threading.Thread(target=forsok, args=[side]) for side in sider]
    for traad in traader if samtidig else ():
        traad.start()
    for traad in traader if samtidig else ():
        traad.join(30)
    for side in () if samtidig else sider:
        forsok(side)
    assert len(utfall) == 2
    assert utfall.count("vedtatt") == 1
    assert any("kom deg i forkjøpet" in u for u in utfall)
    assert Vedtak.objects.count() == 1
    assert Statusskifte.objects.filter(til=Planstatus.VEDTATT).count() == 1


def test_the_page_shows_hash_and_that_it_holds(verden, client):
    vedtak = vedta_planen(verden)
    client.force_login(verden.enhetsleder)
    svar = client.get(reverse("planer:vedtak", args=[verden.plan.pk]))
    assert svar.status_code == 200
    assert vedtak.hash in svar.content.decode()
    assert "Alt er som da planen ble vedtatt" in svar.content.decode()
    client.force_login(verden.nabo)
    assert client.get(reverse("planer:vedtak", args=[verden.plan.pk])).status_code == 404


def test_no_vedtak_no_page(verden, client):
    client.force_login(verden.hr)
    assert client.get(reverse("planer:vedtak", args=[verden.plan.pk])).status_code == 404
