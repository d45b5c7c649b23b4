"""A tiltak made from a point of the checklist or a note: which plans, what the form begins with, what it leaves."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kompetanse.enums import Vei
from organisasjon.enums import Rolle
from planer.enums import Deltakerrolle, Planstatus
from planer.models import Tiltak
from tests.kompetanse.modenhet.hjelp import lag_notat, lag_oekt, vurder
from tests.planer.fabrikk import gi_planrolle, lag_delplan, sett_status

pytestmark = pytest.mark.django_db


@pytest.fixture
def svar(kommunetre):
    """«Kartlegging» is not in place in Hjemmetjenesten."""
    return vurder(kommunetre.hjemmetjenesten, {"kartlegging": "nei"}).svar.get(punkt__nokkel="kartlegging")


@pytest.fixture
def plan(kommunetre):
    return lag_delplan("Delplan hjemmetjenesten", enheter=[kommunetre.hjemmetjenesten])


def adresse(slag, pk, plan=None):
    return reverse("planer:tiltak_fra", args=[slag, pk]) + (f"?plan={plan.pk}" if plan else "")


def felter(plan, **endret):
    data = {"tittel": "Kartlegg", "omraade": plan.temaplan.omraader.first().pk, "hovedmaal": "1", "vei": "mobilisere"}
    return data | {"status": "planlagt"} | endret


def test_one_plan_leads_straight_to_the_filled_in_form(som, svar, plan):
    leder = som("enhetsleder")
    assert leder.get(adresse("modenhet", svar.pk)).headers["Location"] == adresse("modenhet", svar.pk, plan)
    skjema = leder.get(adresse("modenhet", svar.pk, plan)).context["skjema"]
    assert skjema["tittel"].value() == "Kartlegg kompetansen de ansatte har"
    assert skjema["hva"].value() == svar.punkt.neste_steg and skjema["vei"].value() == Vei.MOBILISERE
    assert "Kartlegging av intern kompetanse" in skjema["kriterie_resultat"].value()


def test_saved_tiltak_lies_in_the_plan_and_is_remembered_where_it_came_from(som, svar, plan):
    leder = som("enhetsleder")
    tilbake = leder.post(adresse("modenhet", svar.pk, plan), felter(plan))
    tiltak = Tiltak.objects.get()
    assert tiltak.plan == plan
    svar.refresh_from_db()
    assert svar.tiltaksliste == [tiltak.ident]
    assert tilbake.headers["Location"] == reverse("kompetanse:vurdering", args=[svar.vurdering_id])
    html = leder.get(tilbake.headers["Location"]).content.decode()
    assert f"?sok={tiltak.ident}" in html and "er lagt i Delplan hjemmetjenesten" in html


def test_note_becomes_the_description_and_errors_keep_what_was_typed(som, kommunetre, plan):
    leder = som("enhetsleder")
    notat = lag_notat(lag_oekt(kommunetre.hjemmetjenesten), "Vi trenger to til.")
    skjema = leder.get(adresse("refleksjon", notat.pk, plan)).context["skjema"]
    assert skjema["hva"].value() == "Vi trenger to til."
    feil = leder.post(adresse("refleksjon", notat.pk, plan), felter(plan, tittel="", hva="Lang tekst jeg skrev"))
    assert feil.status_code == 422 and "Lang tekst jeg skrev" in feil.content.decode()
    notat.refresh_from_db()
    assert not notat.tiltak and not Tiltak.objects.exists()
    leder.post(adresse("refleksjon", notat.pk, plan), felter(plan))
    notat.refresh_from_db()
    assert notat.tiltaksliste == [Tiltak.objects.get().ident]


def test_choice_shows_open_plans_one_may_write_in_those_for_the_unit_first(som, kommunetre, svar, plan):
    skolen = lag_delplan("Delplan skolene", enheter=[kommunetre.skolen])
    sektoren = lag_delplan("Delplan helse", enheter=[kommunetre.helse])
    sett_status(lag_delplan("Vedtatt plan", enheter=[kommunetre.hjemmetjenesten]), Planstatus.VEDTATT)
    hr = som("hr").get(adresse("modenhet", svar.pk))
    assert [p.tittel for p in hr.context["planer"].dekker] == ["Delplan hjemmetjenesten", "Delplan helse"]
    assert [p.tittel for p in hr.context["planer"].andre] == ["Delplan skolene", "Temaplan"]
    assert [p.tittel for p in hr.context["planer"].lukkede] == ["Vedtatt plan"]
    leder = som("enhetsleder")
    gi_planrolle(skolen, leder.bruker, Deltakerrolle.MEDFORFATTER)
    side = leder.get(adresse("modenhet", svar.pk))
    assert [p.tittel for p in side.context["planer"].dekker] == ["Delplan hjemmetjenesten"]
    assert [p.tittel for p in side.context["planer"].andre] == ["Delplan skolene"]
    assert leder.get(adresse("modenhet", svar.pk, sektoren)).status_code == 403


def test_without_an_open_plan_the_page_says_what_to_do(som, svar, plan):
    sett_status(plan, Planstatus.VEDTATT)
    html = som("enhetsleder").get(adresse("modenhet", svar.pk)).content.decode()
    assert "Delplanen tar ikke imot nye tiltak nå" in html and "Spør HR om en plan" in html
    assert som("enhetsleder").post(adresse("modenhet", svar.pk, plan), felter(plan)).status_code == 403


@pytest.mark.lik_paa_alle
@pytest.mark.parametrize("rolle", [Rolle.TILLITSVALGT, Rolle.LESER, Rolle.SYSTEMANSVARLIG])
def test_others_get_no_further(som, svar, plan, rolle):
    klient = som(rolle)
    assert klient.post(adresse("modenhet", svar.pk, plan), felter(plan)).status_code in (403, 404)
    assert not Tiltak.objects.exists()


def test_what_the_person_may_not_see_does_not_exist(som, kommunetre, svar, plan):
    rektor = som(Rolle.ENHETSLEDER, kommunetre.skolen)
    notat = lag_notat(lag_oekt(kommunetre.hjemmetjenesten))
    for slag, pk in (("modenhet", svar.pk), ("refleksjon", notat.pk), ("modenhet", 99_999), ("tull", svar.pk)):
        assert rektor.get(adresse(slag, pk)).status_code == 404, slag
    leder = som("enhetsleder")
    assert leder.get(adresse("modenhet", svar.pk) + "?plan=99999999999999999999999").status_code in (200, 302)
    assert leder.get(adresse("modenhet", svar.pk) + "?plan=99999").status_code == 404


def test_a_constant_number_of_queries(som, kommunetre, svar, plan):
    hr, tall = som("hr"), []
    for nr in range(3):
        lag_delplan(f"Plan {nr}", enheter=[kommunetre.hjemmetjenesten])
        with CaptureQueriesContext(connection) as maalt:
            hr.get(adresse("modenhet", svar.pk))
        tall.append(len(maalt))
    assert tall[0] == tall[1] == tall[2] == 10
