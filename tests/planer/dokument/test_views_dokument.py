"""The document tab, the making of PDFs, the collection and publishing, by role."""

import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from felles.jobbstatus import Jobbstatus
from planer.models import Plan, Plandokument
from tests.planer.dokument.hjelp import arbeid, full_delplan, vedta_rett_fram
from tests.planer.fabrikk import lag_delplan, lag_mal

pytestmark = pytest.mark.django_db
INGEN = 999_999_999


@pytest.fixture
def plan(kommunetre):
    return full_delplan(kommunetre)


def url(navn, *arg) -> str:
    return reverse(f"planer:{navn}", args=arg)


def lag_dokument(klient, plan=None, *, prikket=False, slag="plan") -> Plandokument:
    return Plandokument.objects.create(
        slag=slag,
        bruker=klient.bruker,
        opprettet=timezone.now(),
        planer=[plan.pk] if plan else [],
        prikket=prikket,
        status=Jobbstatus.FERDIG,
        pdf=b"%PDF-fil",
        filnavn="plan.pdf",
    )


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_hr_bestiller_foelger_og_henter_pdf(som, plan):
    klient = som("hr")
    assert b"Lag PDF" in klient.get(url("dokument", plan.pk)).content
    svar = klient.post(url("lag_pdf", plan.pk), {"utgave": "full"})
    side = klient.get(svar["Location"]).content.decode()
    assert "Venter på tur" in side and 'hx-trigger="every 1s"' in side and 'http-equiv="refresh"' in side
    jobb = Plandokument.objects.get()
    assert klient.get(url("dokumentfil", jobb.pk)).status_code == 404
    arbeid()
    ferdig = klient.get(svar["Location"], headers={"HX-Request": "true"}).content.decode()
    assert "PDF-en er klar" in ferdig and "hx-trigger" not in ferdig and "<html" not in ferdig
    fil = klient.get(url("dokumentfil", jobb.pk))
    assert fil["Content-Type"] == "application/pdf" and fil.content.startswith(b"%PDF")
    assert fil["Cache-Control"] == "private, no-store"
    assert b"Last ned" in klient.get(url("dokument", plan.pk)).content


def test_den_som_ikke_ser_smaa_tall_faar_alltid_den_aapne_utgaven(som, plan):
    klient = som("tillitsvalgt")
    side = klient.get(url("dokument", plan.pk)).content.decode()
    assert "alle tall og navn" not in side
    klient.post(url("lag_pdf", plan.pk), {"utgave": "full"})
    assert Plandokument.objects.get().prikket


def test_full_utgave_finnes_ikke_for_den_som_ikke_ser_smaa_tall(som, plan):
    hr, klient = som("hr"), som("tillitsvalgt")
    full, aapen = lag_dokument(hr, plan), lag_dokument(hr, plan, prikket=True)
    for navn in ("dokumentjobb", "dokumentfil"):
        assert klient.get(url(navn, full.pk)).status_code == 404
        assert klient.get(url(navn, aapen.pk)).status_code == 200
        assert hr.get(url(navn, full.pk)).status_code == 200
    assert klient.post(url("dokumentjobb_igjen", full.pk)).status_code == 404
    assert str(full.pk) not in klient.get(url("dokument", plan.pk)).content.decode()


@pytest.mark.parametrize("prikket", [True, False])
def test_utenfor_omfanget_finnes_verken_plan_eller_dokument(som, kommunetre, plan, prikket):
    dokument = lag_dokument(som("hr"), plan, prikket=prikket)
    for klient in (som("enhetsleder", kommunetre.skolen), som("leser")):
        assert klient.get(url("dokument", plan.pk)).status_code == 404
        assert klient.post(url("lag_pdf", plan.pk)).status_code == 404
        assert klient.get(url("dokumentjobb", dokument.pk)).status_code == 404
        assert klient.get(url("dokumentfil", dokument.pk)).status_code == 404


def test_vedtatt_pdf_serveres_i_riktig_utgave(som, plan):
    vedtak = vedta_rett_fram(plan)
    hr, tillitsvalgt = som("hr"), som("tillitsvalgt")
    adresse = url("vedtatt_pdf", plan.pk)
    assert hr.get(adresse).status_code == 404
    vedtak.pdf, vedtak.pdf_prikket, vedtak.pdf_hash = b"%PDF-full", b"%PDF-aapen", "e" * 64
    vedtak.save()
    assert hr.get(adresse).content == b"%PDF-full" and hr.get(f"{adresse}?utgave=aapen").content == b"%PDF-aapen"
    assert tillitsvalgt.get(adresse).content == b"%PDF-aapen"
    side = hr.get(url("dokument", plan.pk)).content.decode()
    assert vedtak.hash in side and "Last ned PDF" in side and "25/1042" in side


def test_en_mal_er_ikke_noe_dokument(som, plan):
    assert som("hr").get(url("dokument", lag_mal(temaplan=plan.temaplan).pk)).status_code == 404


def test_samlingen_foreslaar_vedtatte_planer_og_den_aapne_utgaven(som, plan):
    vedta_rett_fram(plan)
    side = som("hr").get(url("samling")).content.decode()
    assert f'value="{plan.pk}" checked' in side and f'value="{plan.temaplan.pk}" checked' not in side
    assert 'id="utgave-aapen" name="utgave" value="aapen" aria-describedby="utgave-aapen-hjelp" checked' in side


def test_samlingen_lages_i_valgt_rekkefoelge(som, plan, kommunetre):
    klient, annen = som("kommunedirektor"), lag_delplan("Delplan for skolen", enheter=[kommunetre.skolen])
    valg = {"plan": [plan.pk, annen.pk], f"plass-{plan.pk}": "2", f"plass-{annen.pk}": "1", "utgave": "full"}
    assert klient.post(url("samling"), valg).status_code == 302
    dokument = Plandokument.objects.get()
    assert (dokument.planer, dokument.prikket, dokument.slag) == ([annen.pk, plan.pk], False, "samling")
    assert klient.get(url("dokumentjobb", dokument.pk)).status_code == 200


@pytest.mark.parametrize(
    "valg",
    [
        {},
        {"plan": "abc"},
        {"plan": str(INGEN)},
        {"plan": "\x00"},
        {"plan": "9" * 400, "plass-1": "9" * 400},
    ],
)
def test_samling_uten_gyldig_valg_sier_hva_som_mangler(som, plan, valg):
    svar = som("hr").post(url("samling"), valg)
    assert svar.status_code == 422 and "Velg minst én plan" in svar.content.decode()
    assert not Plandokument.objects.exists()


def test_rare_plasser_i_samlingen_kommer_sist(som, plan):
    valg = {"plan": [plan.pk, plan.temaplan.pk], f"plass-{plan.temaplan.pk}": "²\x00", f"plass-{plan.pk}": "1"}
    som("hr").post(url("samling"), valg)
    assert Plandokument.objects.get().planer == [plan.pk, plan.temaplan.pk]


@pytest.mark.parametrize("rolle", ["kommunalsjef", "enhetsleder", "tillitsvalgt", "leser", "systemansvarlig"])
def test_andre_roller_faar_ikke_lage_samling(som, plan, rolle):
    dokument = lag_dokument(som("hr"), slag="samling", prikket=True)
    klient = som(rolle)
    assert klient.get(url("samling")).status_code == 403
    assert klient.post(url("samling"), {"plan": plan.pk}).status_code == 403
    assert klient.get(url("dokumentfil", dokument.pk)).status_code in (403, 404)


@pytest.mark.parametrize("rolle", ["kommunedirektor", "kommunalsjef", "enhetsleder", "tillitsvalgt", "leser"])
def test_bare_hr_publiserer(som, plan, rolle):
    vedta_rett_fram(plan)
    klient = som(rolle)
    for navn in ("publiser", "trekk_tilbake"):
        assert klient.get(url(navn, plan.pk)).status_code == 403
        assert klient.post(url(navn, plan.pk)).status_code == 403
    plan.refresh_from_db()
    assert plan.publisert is None


def test_hr_ser_hva_som_blir_synlig_publiserer_og_trekker_tilbake(som, plan):
    vedta_rett_fram(plan)
    klient = som("hr")
    side = klient.get(url("publiser", plan.pk)).content.decode()
    assert "uten innlogging" in side and "Tall under fem er skjult" in side and "Navn på ansvarlige" in side
    assert Plan.objects.get(pk=plan.pk).publisert is None
    klient.post(url("publiser", plan.pk))
    side = klient.get(url("dokument", plan.pk)).content.decode()
    assert f"/les/{plan.stamme}/1/" in side and "Trekk tilbake" in side
    klient.post(url("trekk_tilbake", plan.pk))
    assert Plan.objects.get(pk=plan.pk).publisert is None


def test_utkast_kan_ikke_publiseres_fra_siden(som, plan):
    klient = som("hr")
    svar = klient.post(url("publiser", plan.pk), follow=True)
    assert "Bare en vedtatt plan kan publiseres" in svar.content.decode()
    assert Plan.objects.get(pk=plan.pk).publisert is None


def test_ukjente_og_umulige_nummer_gir_404(som, plan):
    klient = som("hr")
    for pk in (0, INGEN, 10**25):
        for navn in ("dokument", "vedtatt_pdf", "publiser"):
            assert klient.get(url(navn, pk)).status_code == 404
    assert klient.get(url("dokumentjobb", uuid.uuid4())).status_code == 404


@pytest.mark.parametrize("antall", [1, 3])
def test_sidene_har_fast_antall_spoerringer(som, plan, antall, django_assert_max_num_queries):
    klient = som("hr")
    for _nr in range(antall):
        lag_dokument(klient, plan)
        lag_dokument(klient, plan, slag="samling")
    with django_assert_max_num_queries(15):
        assert klient.get(url("dokument", plan.pk)).status_code == 200
    with django_assert_max_num_queries(15):
        assert klient.get(url("samling")).status_code == 200
