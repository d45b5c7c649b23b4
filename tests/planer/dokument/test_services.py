"""Ordering, making, killing, trying again; the adopted PDF; publishing."""

import hashlib
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from felles import jobb as jobber
from felles.jobbstatus import Jobbstatus
from felles.pdf import PdfFeil
from planer.models import Plan, Plandokument, Vedtak
from planer.services import dokument as tjeneste
from planer.services.planer import sett_omfang
from tests import fabrikk
from tests.planer.dokument.hjelp import arbeid, full_delplan, vedta_rett_fram
from tests.planer.fabrikk import NAA, lag_delplan, sett_status, skriv

pytestmark = pytest.mark.django_db
MED_KO = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture
def plan(kommunetre):
    return full_delplan(kommunetre)


@pytest.fixture
def hr(kommunetre):
    return fabrikk.lag_bruker("ingeborg", "Ingeborg HR")


def bestill(plan, hr, prikket=False) -> Plandokument:
    return tjeneste.bestill_plan(plan=plan, bruker=hr, prikket=prikket)


def igjen(jobb) -> Plandokument:
    return Plandokument.objects.get(pk=jobb.pk)


@MED_KO
def test_pdf_lages_i_bakgrunnen_og_like_bare_en_gang(plan, hr):
    jobb = bestill(plan, hr)
    assert jobb.status == Jobbstatus.I_KO and bestill(plan, hr) == jobb
    arbeid()
    ferdig = igjen(jobb)
    assert (ferdig.status, ferdig.fremdrift) == (Jobbstatus.FERDIG, 100)
    assert bytes(ferdig.pdf).startswith(b"%PDF-1.7") and ferdig.filnavn == "delplan-for-hjemmetjenesten-versjon-1.pdf"
    assert bestill(plan, hr) == jobb and DBTaskResult.objects.count() == 1


def test_snevrere_omfang_sletter_utkast_med_alle_tall(plan, hr, kommunetre):
    _full, aapen = bestill(plan, hr), bestill(plan, hr, prikket=True)
    sett_omfang(plan=plan, enheter=[kommunetre.skolen], av=hr, naa=NAA)
    assert list(Plandokument.objects.values_list("pk", flat=True)) == [aapen.pk]


def test_endret_tekst_og_annen_utgave_gir_nytt_dokument(plan, hr):
    jobb = bestill(plan, hr)
    aapen = bestill(plan, hr, prikket=True)
    assert aapen != jobb and aapen.filnavn.endswith("-aapen.pdf")
    skriv(plan, "oppfolging", "Noe nytt")
    assert bestill(Plan.objects.get(pk=plan.pk), hr) not in (jobb, aapen)


def test_arbeideren_drept_midt_i_tegningen_kan_starte_paa_nytt(plan, hr, monkeypatch):
    jobb = bestill(plan, hr)

    def drept(*args, **valg):
        raise SystemExit(137)

    with monkeypatch.context() as m, pytest.raises(SystemExit):
        m.setattr(tjeneste, "lag_pdf", drept)
        tjeneste.utfor(dokument_id=jobb.pk)
    halv = igjen(jobb)
    assert halv.status == Jobbstatus.KJORER and halv.pdf is None and not jobber.har_stoppet(halv)
    assert tjeneste.prov_igjen(dokument=halv).status == Jobbstatus.KJORER
    Plandokument.objects.filter(pk=jobb.pk).update(livstegn=timezone.now() - timedelta(minutes=10))
    assert jobber.har_stoppet(igjen(jobb))
    assert tjeneste.prov_igjen(dokument=jobb).status == Jobbstatus.I_KO
    tjeneste.utfor(dokument_id=jobb.pk)
    assert igjen(jobb).status == Jobbstatus.FERDIG and igjen(jobb).pdf


def test_to_arbeidere_lager_ikke_samme_dokument(plan, hr, monkeypatch):
    jobb, laget = bestill(plan, hr), []
    ekte = tjeneste.lag_pdf

    def teller(html, **valg):
        laget.append(1)
        tjeneste.utfor(dokument_id=jobb.pk)
        return ekte(html, **valg)

    monkeypatch.setattr(tjeneste, "lag_pdf", teller)
    tjeneste.utfor(dokument_id=jobb.pk)
    assert laget == [1] and igjen(jobb).status == Jobbstatus.FERDIG


def test_feil_i_tegningen_sies_og_kan_proeves_igjen(plan, hr, monkeypatch):
    jobb = bestill(plan, hr)

    def feiler(*args, **valg):
        raise PdfFeil("PDF-en ble ikke laget: prøve")

    with monkeypatch.context() as m:
        m.setattr(tjeneste, "lag_pdf", feiler)
        tjeneste.utfor(dokument_id=jobb.pk)
    assert (igjen(jobb).status, igjen(jobb).melding) == (Jobbstatus.FEILET, "PDF-en ble ikke laget: prøve")
    tjeneste.prov_igjen(dokument=jobb)
    tjeneste.utfor(dokument_id=jobb.pk)
    assert igjen(jobb).status == Jobbstatus.FERDIG


def test_vedtakets_pdf_lages_en_gang_og_serveres_siden(plan, hr, monkeypatch):
    vedtak = vedta_rett_fram(plan)
    tjeneste.lag_vedtaks_pdf(vedtak_id=vedtak.pk)
    vedtak = Vedtak.objects.get(pk=vedtak.pk)
    assert hashlib.sha256(bytes(vedtak.pdf)).hexdigest() == vedtak.pdf_hash
    assert bytes(vedtak.pdf_prikket) != bytes(vedtak.pdf)
    monkeypatch.setattr(tjeneste, "lag_pdf", lambda *a, **v: pytest.fail("laget på nytt"))
    tjeneste.lag_vedtaks_pdf(vedtak_id=vedtak.pk)
    jobb = bestill(plan, hr)
    tjeneste.utfor(dokument_id=jobb.pk)
    assert bytes(igjen(jobb).pdf) == bytes(vedtak.pdf)


def test_vedtatt_plan_uten_pdf_faar_den_som_bestilles(plan, hr):
    vedta_rett_fram(plan)
    jobb = bestill(plan, hr)
    tjeneste.utfor(dokument_id=jobb.pk)
    assert tjeneste.vedtatt_pdf(plan, prikket=False) == bytes(igjen(jobb).pdf)
    assert tjeneste.vedtatt_pdf(plan, prikket=True) is None


def test_samling_uten_planer_avvises_og_dokumenter_ryddes(plan, hr):
    with pytest.raises(ValidationError, match="Velg minst én plan"):
        tjeneste.bestill_samling(planer=[], bruker=hr, prikket=True, naa=NAA)
    gammelt = bestill(plan, hr)
    Plandokument.objects.filter(pk=gammelt.pk).update(opprettet=timezone.now() - timedelta(days=31))
    ny = tjeneste.bestill_samling(planer=[plan.temaplan, plan], bruker=hr, prikket=True, naa=NAA)
    assert list(Plandokument.objects.values_list("pk", flat=True)) == [ny.pk]
    assert (ny.planer, ny.prikket) == ([plan.temaplan.pk, plan.pk], True)


@pytest.mark.parametrize("status", ["utkast", "drofting", "horing", "beslutning"])
def test_bare_vedtatte_planer_publiseres(kommunetre, hr, status):
    plan = sett_status(lag_delplan(enheter=[kommunetre.skolen]), status)
    with pytest.raises(ValidationError, match="Bare en vedtatt plan"):
        tjeneste.publiser(plan=plan, av=hr, naa=NAA)
    plan.refresh_from_db()
    assert plan.publisert is None


@MED_KO
def test_publisering_lager_den_aapne_pdf_en_og_staar_i_historien(plan, hr):
    vedta_rett_fram(plan)
    assert tjeneste.publiser(plan=plan, av=hr, naa=NAA).publisert == NAA
    arbeid()
    assert tjeneste.vedtatt_pdf(plan, prikket=True).startswith(b"%PDF")
    assert tjeneste.publiser(plan=plan, av=hr, naa=NAA + timedelta(days=1)).publisert == NAA
    assert tjeneste.trekk_tilbake(plan=plan, av=hr).publisert is None
    assert [h.history_user for h in plan.historie.all()[:2]] == [hr, hr]
