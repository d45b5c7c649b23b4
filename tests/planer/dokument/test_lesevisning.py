"""Reading without login: only what is published, only the protected edition, at an address that stays."""

import re
import uuid

import pytest
from django.urls import reverse

from planer.enums import Planstatus
from planer.models import Plan, Seksjon, Vedtak
from tests.planer.dokument.hjelp import HEMMELIG, RIK, full_delplan, vedta_rett_fram
from tests.planer.fabrikk import NAA

pytestmark = [pytest.mark.django_db, pytest.mark.lik_paa_alle]
OND = "<script>alert(1)</script>"


@pytest.fixture
def plan(kommunetre):
    return full_delplan(kommunetre)


@pytest.fixture
def publisert(plan):
    vedta_rett_fram(plan, publisert=True)
    return plan


def adresse(plan, navn="versjon") -> str:
    return reverse(f"les:{navn}", args=[plan.stamme] if navn == "plan" else [plan.stamme, plan.versjon])


def test_alle_kan_lese_en_publisert_plan(anonym, publisert):
    svar = anonym.get(adresse(publisert))
    side = svar.content.decode()
    assert svar.status_code == 200 and svar["Cache-Control"] == "public, max-age=60"
    for ord_ in ("Delplan for hjemmetjenesten", "Sårstell", "Årsturnus", "&lt;5", "Enhetsleder, Hjemmetjenesten"):
        assert ord_ in side
    assert f'<link rel="canonical" href="http://testserver{adresse(publisert)}">' in side
    assert 'name="robots"' not in side
    assert "sessionid" not in svar.cookies and "csrftoken" not in svar.cookies


def test_leseren_faar_verken_navn_protokoller_kommentarer_eller_smaa_tall(anonym, publisert):
    vedtak = Vedtak.objects.get(plan=publisert)
    assert "3777" in str(vedtak.innhold) and all(h in str(vedtak.innhold) for h in HEMMELIG[:3])
    side = anonym.get(adresse(publisert)).content.decode()
    assert not [h for h in HEMMELIG if h in side] and "3777" not in side
    assert vedtak.hash not in side


@pytest.mark.parametrize("status", ["utkast", "drofting", "horing", "beslutning"])
def test_utkast_leses_ikke_om_noen_skulle_ha_satt_datoen(anonym, plan, status):
    Plan.objects.filter(pk=plan.pk).update(status=status, publisert=NAA)
    assert anonym.get(adresse(plan)).status_code == 404
    assert plan.tittel not in anonym.get("/les/").content.decode()


def test_vedtatt_og_ikke_publisert_plan_finnes_ikke_for_andre(anonym, plan):
    vedta_rett_fram(plan)
    for navn in ("versjon", "plan", "pdf"):
        svar = anonym.get(adresse(plan, navn))
        assert svar.status_code == 404 and "Planen er ikke publisert" in svar.content.decode()
        assert plan.tittel not in svar.content.decode()


def test_trukket_og_ukjent_plan_gir_samme_side(anonym, publisert):
    Plan.objects.filter(pk=publisert.pk).update(publisert=None)
    trukket = anonym.get(adresse(publisert))
    ukjent = anonym.get(reverse("les:versjon", args=[uuid.uuid4(), 1]))
    assert trukket.status_code == ukjent.status_code == 404
    assert trukket.content == ukjent.content and "no-store" in trukket["Cache-Control"]


def lag_versjon_to(plan: Plan, *, publisert: bool) -> Plan:
    Plan.objects.filter(pk=plan.pk).update(status=Planstatus.ERSTATTET)
    ny = Plan.objects.get(pk=plan.pk)
    ny.pk, ny.versjon, ny.revisjon_av_id, ny.publisert = None, 2, plan.pk, None
    ny.save()
    vedta_rett_fram(ny, publisert=publisert)
    return ny


def test_erstattet_versjon_sier_det_og_lenker_til_den_nye(anonym, publisert):
    ny = lag_versjon_to(publisert, publisert=True)
    side = anonym.get(adresse(publisert)).content.decode()
    assert "Det finnes en nyere versjon" in side and adresse(ny) in side
    assert "nyere versjon" not in anonym.get(adresse(ny)).content.decode()
    svar = anonym.get(adresse(publisert, "plan"))
    assert svar.status_code == 302 and svar["Location"] == adresse(ny)
    liste = anonym.get("/les/").content.decode()
    assert adresse(ny) in liste and adresse(publisert) not in liste


def test_erstattet_av_en_som_ikke_er_publisert(anonym, publisert):
    ny = lag_versjon_to(publisert, publisert=False)
    side = anonym.get(adresse(publisert)).content.decode()
    assert "Denne versjonen er erstattet" in side and adresse(ny) not in side
    assert anonym.get(adresse(publisert, "plan"))["Location"] == adresse(publisert)


def test_pdf_en_er_den_uten_smaa_tall(anonym, publisert):
    assert "PDF-en er ikke klar ennå" in anonym.get(adresse(publisert, "pdf")).content.decode()
    Vedtak.objects.filter(plan=publisert).update(pdf=b"%PDF-full", pdf_prikket=b"%PDF-aapen")
    svar = anonym.get(adresse(publisert, "pdf"))
    assert svar.content == b"%PDF-aapen" and svar["Content-Type"] == "application/pdf"


def test_innhold_leses_fra_vedtaket_ikke_fra_radene(anonym, publisert):
    Seksjon.objects.filter(plan=publisert).update(html="<p>Endret etterpå</p>")
    assert "Endret etterpå" not in anonym.get(adresse(publisert)).content.decode()


def test_skript_i_alle_felt_er_ufarlig(anonym, plan):
    Plan.objects.filter(pk=plan.pk).update(tittel=OND)
    Seksjon.objects.filter(plan=plan).update(overskrift=OND, html=OND + RIK + "<p onclick=x()>k</p>")
    plan.tiltak.update(tittel=OND, hva=OND, finansiering=OND)
    plan.lenker.update(tittel=OND, adresse="https://x/'\"><script>", merknad=OND)
    plan.refresh_from_db()
    vedta_rett_fram(plan, publisert=True)
    for svar in (anonym.get(adresse(plan)), anonym.get("/les/")):
        side = svar.content.decode()
        assert "<script" not in side and "onclick" not in side and "&lt;script&gt;" in side
        assert "unsafe-inline" not in svar["Content-Security-Policy"]
        assert not re.search(r"\sstyle=", side)


def test_siden_er_lik_for_alle_og_faa_spoerringer(anonym, som, publisert, django_assert_max_num_queries):
    innlogget = som("hr")
    assert innlogget.get(adresse(publisert)).content == anonym.get(adresse(publisert)).content
    with django_assert_max_num_queries(4):
        anonym.get(adresse(publisert))
    with django_assert_max_num_queries(3):
        anonym.get("/les/")


def test_tom_liste_sier_hva_som_kommer(anonym, kommunetre):
    assert "Ingen planer er publisert ennå" in anonym.get("/les/").content.decode()


@pytest.mark.parametrize("sti", ["/les/x/", "/les/11111111-1111-1111-1111-111111111111/99999999999999999999999/"])
def test_rare_adresser_gir_404(anonym, kommunetre, sti):
    assert anonym.get(sti).status_code == 404


def test_bare_lesing(anonym, publisert):
    for navn in ("versjon", "plan", "pdf"):
        assert anonym.post(adresse(publisert, navn)).status_code == 405
