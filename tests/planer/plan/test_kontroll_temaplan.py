"""What each step of a temaplan lacks, and that it is silent when the step is complete."""

import pytest

from planer.enums import Forankringsslag, Grep
from planer.kontroll import mangler
from planer.models import Effekt, Forankring, Oppfolgingspunkt, Planlenke, Rollelinje, Seksjon
from planer.services.omraader import lagre_omraade
from tests.planer import fabrikk

pytestmark = pytest.mark.django_db


def tekster(plan, kapittel):
    return [m.tekst for m in mangler(plan) if m.kapittel == kapittel]


def skriv_alt(plan):
    Seksjon.objects.filter(plan=plan).update(sok="skrevet", html="<p>Skrevet</p>")


def fullfor(plan):
    skriv_alt(plan)
    Rollelinje.objects.create(plan=plan, gruppe="Eier", hvem="Kommunedirektør")
    Forankring.objects.create(plan=plan, dato="2025-05-26", organ="AMU", tema="Alt", steg="1")
    Forankring.objects.create(
        plan=plan, dato="2025-05-27", organ="HTV", tema="Alt", slag=Forankringsslag.DROFTING, steg="1"
    )
    for maal in list(plan.maal.all()):
        plan.maal.create(hovedmaal=maal.hovedmaal, overordnet=maal, tittel="Delmål")
    for kapittel in (4, 5):
        Planlenke.objects.create(plan=plan, kapittel=kapittel, tittel="Krav", adresse="https://lovdata.no")
    Oppfolgingspunkt.objects.create(plan=plan, hva="Status", ansvarlig="Kommunalsjef", rytme="tertial")
    Effekt.objects.create(plan=plan, tittel="Lavere turnover", indikator="Andel som slutter")


def test_new_plan_lacks_something_in_every_step(kommunetre):
    plan = fabrikk.lag_temaplan()
    assert {m.kapittel for m in mangler(plan)} == set(range(1, 9))


def test_complete_plan_lacks_nothing(kommunetre):
    plan = fabrikk.lag_temaplan()
    fullfor(plan)
    assert mangler(plan) == []


def test_goal_without_subgoal_is_named(kommunetre):
    plan = fabrikk.lag_temaplan()
    fullfor(plan)
    plan.maal.filter(hovedmaal=2, overordnet__isnull=False).delete()
    assert tekster(plan, 3) == ["Målet «Attraktiv arbeidsgiver» har ingen delmål."]


def test_area_says_which_of_its_texts_are_missing(kommunetre):
    plan = fabrikk.lag_temaplan()
    fullfor(plan)
    fabrikk.skriv(plan, "omraade-digital-hva", "")
    fabrikk.skriv(plan, "omraade-digital-slik", "")
    funnet = [m for m in mangler(plan) if m.kapittel == 6]
    assert [m.tekst for m in funnet] == ["6.2 Digital kompetanse: hva og slik er ikke skrevet."]
    assert funnet[0].anker == "omraade-digital"


def test_plan_without_kjernegrep_cannot_go_on(kommunetre):
    plan = fabrikk.lag_temaplan(omraader=())
    lagre_omraade(omraade=None, plan=plan, tittel="Støtte", grep=Grep.STOTTE, av=None, naa=fabrikk.NAA)
    fullfor(plan)
    assert tekster(plan, 6) == ["Planen har ingen kjernegrep. Delplanene trenger minst ett å følge opp."]


def test_process_meetings_alone_are_no_forankring(kommunetre):
    plan = fabrikk.lag_temaplan()
    fullfor(plan)
    plan.forankringer.all().delete()
    Forankring.objects.create(plan=plan, dato="2025-05-26", organ="ADMU", tema="Prosessen")
    assert "Ingen møter om innholdet i planen er ført opp." in tekster(plan, 2)


def test_doubtful_date_reminds_but_does_not_stop(kommunetre):
    plan = fabrikk.lag_temaplan()
    fullfor(plan)
    tvil = Forankring.objects.create(plan=plan, dato="2015-05-26", organ="AMU", tema="Alt", steg="1")
    funnet = mangler(plan)
    assert [(m.stopper, m.anker) for m in funnet] == [(False, f"forankring-{tvil.pk}")]
    Forankring.objects.filter(pk=tvil.pk).update(merknad="Riktig")
    assert mangler(plan) == []


def test_effect_without_indicator_is_named(kommunetre):
    plan = fabrikk.lag_temaplan()
    fullfor(plan)
    Effekt.objects.create(plan=plan, tittel="Omdømme")
    assert tekster(plan, 8) == ["Effekten «Omdømme» har ingen indikator."]


def test_query_count_does_not_grow_with_the_plan(kommunetre, django_assert_num_queries):
    plan = fabrikk.lag_temaplan()
    fullfor(plan)
    with django_assert_num_queries(6):
        mangler(plan)
    for nr in range(5):
        lagre_omraade(omraade=None, plan=plan, tittel=f"Nytt {nr}", grep=Grep.STOTTE, av=None, naa=fabrikk.NAA)
        Effekt.objects.create(plan=plan, tittel=f"Effekt {nr}")
    with django_assert_num_queries(6):
        mangler(plan)
