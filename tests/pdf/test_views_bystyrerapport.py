"""Ordering, following and fetching the document in the browser."""

import uuid
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from analyse.enums import Jobbstatus
from analyse.models import Dokumentjobb, Uttrekk
from tests import fabrikk

SIDE = "/analyse/bystyrerapport/"


@pytest.fixture
def uttrekk(kommunetre: fabrikk.Kommunetre, lag_uttrekk: Callable[..., Uttrekk]) -> Uttrekk:
    steder = [kommunetre.hjemmetjenesten] * 12 + [kommunetre.skolen] * 9 + [kommunetre.sykehjemmet] * 7
    return lag_uttrekk([{"enhet": enhet, "fodt": date(1955 + nr, 3, 4)} for nr, enhet in enumerate(steder)])


def bestill(klient: Client, uttrekk: Uttrekk) -> Dokumentjobb:
    svar = klient.post(SIDE, {"uttrekk": uttrekk.pk})
    assert svar.status_code == 302
    return Dokumentjobb.objects.get(pk=svar["Location"].rstrip("/").rsplit("/", 1)[-1])


def arbeid() -> None:
    """What the worker does: everything in the queue, then stop."""
    call_command("db_worker", "--batch", "--interval", "0", "--no-startup-delay", verbosity=0)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_hr_bestiller_foelger_og_henter_pdf(som: Callable[..., Client], uttrekk: Uttrekk) -> None:
    klient = som("hr")
    assert b"Lag PDF" in klient.get(SIDE).content
    jobb = bestill(klient, uttrekk)
    side = reverse("analyse:dokument", args=[jobb.pk])
    venter = klient.get(side).content.decode()
    assert "Venter på tur" in venter and 'hx-trigger="every 1s"' in venter and 'http-equiv="refresh"' in venter
    assert klient.get(reverse("analyse:dokument_fil", args=[jobb.pk])).status_code == 404
    arbeid()
    ferdig = klient.get(side, headers={"HX-Request": "true"}).content.decode()
    assert "PDF-en er klar" in ferdig and "hx-trigger" not in ferdig and "<html" not in ferdig
    fil = klient.get(reverse("analyse:dokument_fil", args=[jobb.pk]))
    assert fil["Content-Type"] == "application/pdf" and fil.content.startswith(b"%PDF-1.7")
    assert fil["Content-Disposition"] == 'attachment; filename="bemannings-og-lederrapport-2025-07-01.pdf"'
    assert b"Last ned" in klient.get(SIDE).content


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_likt_dokument_lages_bare_en_gang(som: Callable[..., Client], uttrekk: Uttrekk) -> None:
    klient = som("hr")
    foerste = bestill(klient, uttrekk)
    assert bestill(klient, uttrekk) == foerste
    arbeid()
    assert bestill(som("kommunedirektor"), uttrekk) == foerste
    assert DBTaskResult.objects.count() == 1


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_aapen_utgave_er_et_eget_dokument(som: Callable[..., Client], uttrekk: Uttrekk) -> None:
    klient = som("hr")
    foerste = bestill(klient, uttrekk)
    svar = klient.post(SIDE, {"uttrekk": uttrekk.pk, "utgave": "aapen"})
    aapen = Dokumentjobb.objects.exclude(pk=foerste.pk).get()
    assert str(aapen.pk) in svar["Location"] and aapen.prikket and aapen.filnavn.endswith("-aapen.pdf")


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_endret_innhold_gir_nytt_dokument(som: Callable[..., Client], uttrekk: Uttrekk) -> None:
    klient = som("hr")
    foerste = bestill(klient, uttrekk)
    uttrekk.publisert = timezone.now()
    uttrekk.save()
    assert bestill(klient, uttrekk) != foerste


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_jobb_uten_livstegn_vises_som_stoppet_og_kan_proeves_igjen(
    som: Callable[..., Client], uttrekk: Uttrekk
) -> None:
    klient = som("hr")
    jobb = bestill(klient, uttrekk)
    lenge_siden = timezone.now() - timedelta(minutes=10)
    Dokumentjobb.objects.filter(pk=jobb.pk).update(status=Jobbstatus.KJORER, livstegn=lenge_siden)
    side = reverse("analyse:dokument", args=[jobb.pk])
    innhold = klient.get(side).content.decode()
    assert "Stoppet" in innhold and "Prøv igjen" in innhold and "hx-trigger" not in innhold
    svar = klient.post(reverse("analyse:dokument_igjen", args=[jobb.pk]))
    assert svar.status_code == 302 and "Venter på tur" in klient.get(side).content.decode()
    arbeid()
    assert "PDF-en er klar" in klient.get(side).content.decode()


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_proev_igjen_roerer_ikke_en_jobb_som_er_ferdig(som: Callable[..., Client], uttrekk: Uttrekk) -> None:
    klient = som("hr")
    jobb = bestill(klient, uttrekk)
    arbeid()
    klient.post(reverse("analyse:dokument_igjen", args=[jobb.pk]))
    jobb.refresh_from_db()
    assert jobb.status == Jobbstatus.FERDIG
    assert DBTaskResult.objects.count() == 1


@pytest.mark.parametrize("rolle", ["kommunalsjef", "enhetsleder", "tillitsvalgt", "leser", "systemansvarlig"])
def test_andre_roller_faar_403(som: Callable[..., Client], uttrekk: Uttrekk, rolle: str) -> None:
    klient = som(rolle)
    jobb = Dokumentjobb.objects.create(
        bruker=klient.bruker, opprettet=timezone.now(), uttrekk=uttrekk, status=Jobbstatus.FERDIG, pdf=b"%PDF"
    )
    assert klient.get(SIDE).status_code == 403
    assert klient.post(SIDE, {"uttrekk": uttrekk.pk}).status_code == 403
    for navn in ("dokument", "dokument_fil"):
        assert klient.get(reverse(f"analyse:{navn}", args=[jobb.pk])).status_code == 403
    assert klient.post(reverse("analyse:dokument_igjen", args=[jobb.pk])).status_code == 403


def test_hr_for_bare_en_sektor_faar_ikke_hele_kommunens_rapport(
    som: Callable[..., Client], uttrekk: Uttrekk, kommunetre: fabrikk.Kommunetre
) -> None:
    assert som("hr", kommunetre.helse).get(SIDE).status_code == 404


def test_ukjent_uttrekk_og_ukjent_jobb_gir_404(som: Callable[..., Client], uttrekk: Uttrekk) -> None:
    klient = som("hr")
    for valg in ("0", "abc", "", "999999999"):
        assert klient.post(SIDE, {"uttrekk": valg}).status_code == 404
    assert klient.get(reverse("analyse:dokument", args=[uuid.uuid4()])).status_code == 404


def test_uten_uttrekk_sier_siden_hva_som_mangler(som: Callable[..., Client]) -> None:
    assert "Ingen uttrekk ennå" in som("hr").get(SIDE).content.decode()


def test_get_endrer_ingenting(som: Callable[..., Client], uttrekk: Uttrekk) -> None:
    klient = som("hr")
    klient.get(SIDE)
    assert klient.get(reverse("analyse:dokument_igjen", args=[uuid.uuid4()])).status_code == 405
    assert not Dokumentjobb.objects.exists()


@pytest.mark.parametrize("antall", [1, 3])
def test_siden_har_fast_antall_spoerringer(
    som: Callable[..., Client], uttrekk: Uttrekk, antall: int, django_assert_max_num_queries: Any
) -> None:
    klient = som("hr")
    for _nr in range(antall):
        Dokumentjobb.objects.create(
            bruker=klient.bruker, opprettet=timezone.now(), uttrekk=uttrekk, status=Jobbstatus.FERDIG, pdf=b"%PDF"
        )
    with django_assert_max_num_queries(12):
        assert klient.get(SIDE).status_code == 200
