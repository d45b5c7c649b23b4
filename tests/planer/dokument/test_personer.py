"""What the open edition says of persons: HR sees it before publishing, and what is taken out is gone everywhere."""

import json

import pytest
from django.urls import reverse
from django.utils import timezone

from felles.jobbstatus import Jobbstatus
from organisasjon.enums import Rolle
from planer.enums import Dokumentslag
from planer.innhold import les_innhold
from planer.innhold.personer import NOKLER, kjente_navn, navn_i_tekstene, personfelt, uten
from planer.models import Forankring, Oppfolgingspunkt, Plan, Plandokument, Rollelinje, Tiltak, Vedtak
from planer.plandokument import plandokument
from planer.services import dokument as tjeneste
from tests import fabrikk
from tests.planer.dokument.hjelp import full_delplan, vedta_rett_fram
from tests.planer.fabrikk import NAA, skriv

pytestmark = pytest.mark.django_db
KARI = "Kari Åsen"


@pytest.fixture
def plan(kommunetre):
    """A plan where people have typed a name in every field that takes one, and in a text."""
    kari = fabrikk.lag_bruker("kari", KARI)
    fabrikk.gi_rolle(kari, Rolle.AVDELINGSLEDER, kommunetre.hjemme_sor)
    plan = full_delplan(kommunetre)
    Rollelinje.objects.create(plan=plan, gruppe="Arbeidsgruppe", hvem=f"{KARI.upper()} og to fagledere")
    Oppfolgingspunkt.objects.filter(plan=plan).update(ansvarlig=f"Leder {KARI}")
    Forankring.objects.filter(plan=plan).update(slag="mote", utfall=f"{KARI} følger opp")
    Tiltak.objects.filter(plan=plan, ident="T-0102").update(ansvarlig=kari, hva=f"{KARI} lærer opp")
    skriv(plan, "vurdering", f"Snakk med {KARI}.")
    vedta_rett_fram(plan)
    return plan


def aapent(plan) -> str:
    return json.dumps(les_innhold(plan, uprikket=False), ensure_ascii=False)


def test_hvert_felt_er_med_med_det_som_staar_der(plan):
    vedtak = Vedtak.objects.get(plan=plan)
    kjente = kjente_navn(vedtak.innhold, [KARI, "Ola", ""])
    felt = {f.nokkel: f for f in personfelt(vedtak.innhold_prikket, kjente)}
    assert set(felt) == NOKLER
    assert [f.kjente for n, f in felt.items() if n != "tiltak"] == [[KARI]] * 3
    assert felt["oppfolging"].verdier == [f"Leder {KARI}"]
    assert "Avdelingsleder, Hjemmetjenesten sør" in felt["tiltak"].verdier
    assert "Ola" not in kjente and "Olga Ansvarsdatter" in kjente
    funn = navn_i_tekstene(vedtak.innhold_prikket, kjente)
    overskrift = plan.seksjoner.get(nokkel="vurdering").overskrift
    assert [(f.navn, f.sted) for f in funn] == [(KARI, overskrift), (KARI, "T-0102 Superbrukere")]


@pytest.mark.parametrize("nokkel", sorted(NOKLER))
def test_det_som_tas_ut_er_borte_og_resten_staar(plan, nokkel):
    vedtak = Vedtak.objects.get(plan=plan)
    foer = json.dumps(vedtak.innhold_prikket)
    felt = {f.nokkel for f in personfelt(uten(vedtak.innhold_prikket, [nokkel, "ukjent"]), {KARI})}
    assert felt == NOKLER - {nokkel}
    assert json.dumps(vedtak.innhold_prikket) == foer


def test_hr_velger_og_alle_leser_uten(som, anonym, plan):
    klient, adresse = som("hr"), reverse("planer:publiser", args=[plan.pk])
    svar = klient.get(adresse)
    assert {f.nokkel: ute for f, ute in svar.context["felt"]} == {
        "roller": True, "forankring": True, "oppfolging": True, "tiltak": False,
    }  # fmt: skip
    side = svar.content.decode()
    assert f"Nevner {KARI}" in side and "T-0102" in side
    klient.post(adresse, {"utelatt": [*NOKLER, "ukjent"]})
    assert Vedtak.objects.get(plan=plan).utelatt == sorted(NOKLER)
    les = reverse("les:versjon", args=[plan.stamme, 1])
    side = anonym.get(les).content.decode()
    assert "fagledere" not in side and "følger opp" not in side and "Avdelingsleder, Hjemmetjenesten sør" not in side
    assert "Arbeidsgruppe" in side and "lærer opp" in side
    assert "fagledere" not in plandokument(plan, prikket=True).html
    assert "fagledere" in plandokument(plan, prikket=False).html
    # Once it is open, the page shows what was chosen.
    klient.post(adresse, {"utelatt": "tiltak"})
    assert {f.nokkel for f, ute in klient.get(adresse).context["felt"] if ute} == {"tiltak"}
    assert "fagledere" in anonym.get(les).content.decode()
    logg = klient.get(reverse("organisasjon:logg"), {"slag": "plan"}).context["linjer"]
    assert [x.hendelse for x in logg[:2]] == ["Åpen utgave endret", "Endret: Publisert for alle"]
    assert logg[0].endringer[0][2] == "Rollen til den som har ansvaret for et tiltak"


def test_pdf_en_lages_paa_nytt_naar_noe_annet_er_ute(plan):
    hr = fabrikk.lag_bruker("hr2", "HR To")
    Vedtak.objects.filter(plan=plan).update(pdf=b"%PDF-full", pdf_prikket=b"%PDF-gammel")
    felt = {"bruker": hr, "opprettet": timezone.now(), "slag": Dokumentslag.PLAN, "status": Jobbstatus.FERDIG}
    for prikket in (True, False):
        Plandokument.objects.create(planer=[plan.pk], prikket=prikket, pdf=b"%PDF", **felt)
    assert tjeneste.publiser(plan=plan, av=hr, naa=NAA).publisert == NAA
    assert tjeneste.vedtatt_pdf(plan, prikket=True) == b"%PDF-gammel"
    tjeneste.publiser(plan=plan, utelatt=["roller"], av=hr, naa=NAA)
    assert tjeneste.vedtatt_pdf(plan, prikket=True) is None
    assert tjeneste.vedtatt_pdf(plan, prikket=False) == b"%PDF-full"
    assert list(Plandokument.objects.values_list("prikket", flat=True)) == [False]
    # A job that began before the choice does not leave its file behind.
    tjeneste._behold(plan, b"%PDF-foer", prikket=True, utelatt=[])
    assert tjeneste.vedtatt_pdf(plan, prikket=True) is None
    tjeneste._behold(plan, b"%PDF-naa", prikket=True, utelatt=["roller"])
    assert tjeneste.vedtatt_pdf(plan, prikket=True) == b"%PDF-naa"
    assert "fagledere" not in aapent(Plan.objects.get(pk=plan.pk))
