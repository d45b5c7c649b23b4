"""Live figures: value, newer value, protection, freezing, what is gone, picking and the page of all figures."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from analyse.models import Uttrekk
from organisasjon.enums import Rolle
from planer.enums import Planstatus
from planer.models import Plan, Seksjon, Tallreferanse
from planer.services import tall as tjeneste
from planer.tall import tall_i_plan, vis_html
from planer.tall.utvalg import finn_tall, hent_valg
from tests import fabrikk
from tests.planer.fabrikk import lag_delplan, sett_status


@pytest.fixture
def uttrekk(kommunetre: fabrikk.Kommunetre) -> Uttrekk:
    """Twelve in the home care service, three at the school."""
    rader = [{"enhet": kommunetre.hjemmetjenesten}] * 12 + [{"enhet": kommunetre.skolen}] * 3
    return fabrikk.lag_uttrekk(rader, dato=date(2025, 7, 1))


@pytest.fixture
def plan(kommunetre: fabrikk.Kommunetre, uttrekk: Uttrekk) -> Plan:
    return lag_delplan(enheter=[kommunetre.hjemmetjenesten], uttrekk=uttrekk)


def _tall(plan: Plan, enhet, nokkel: str = "t-1", **felt) -> Tallreferanse:
    verdier = {"rapport": "lederspenn", "tabell": "rader", "rad": "sum", "kolonne": "ansatte", "tekst": "Ansatte"}
    return Tallreferanse.objects.create(plan=plan, enhet=enhet, nokkel=nokkel, **verdier | felt)


def _tekst(*noekler: str) -> str:
    return "".join(f'<p>Vi er <span data-tall="{n}"></span> ansatte</p>' for n in noekler)


def _paa_nytt(plan: Plan) -> Plan:
    return Plan.objects.select_related("uttrekk").get(pk=plan.pk)


def test_figure_is_shown_with_source(plan: Plan, kommunetre) -> None:
    _tall(plan, kommunetre.hjemmetjenesten)

    ut = vis_html(plan, _tekst("t-1"), uprikket=True)

    assert ">12</span> ansatte" in ut
    assert "rapporten Lederspenn, uttrekk 1. juli 2025" in ut
    assert "nyere" not in ut


def test_text_without_figures_asks_nothing(plan: Plan, django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        assert vis_html(plan, "<p>a</p>", uprikket=True) == "<p>a</p>"


def test_newer_extract_is_marked_only_when_it_differs(plan: Plan, kommunetre) -> None:
    _tall(plan, kommunetre.hjemmetjenesten)
    fabrikk.lag_uttrekk([{"enhet": kommunetre.hjemmetjenesten}] * 14, dato=date(2026, 7, 1))

    (verdi,) = tall_i_plan(plan, True)
    assert (verdi.verdi, verdi.nyere, verdi.nyere_dato) == ("12", "14", date(2026, 7, 1))
    assert "(nyere tall: 14)" in vis_html(plan, _tekst("t-1"), uprikket=True)
    assert "nyere tall" not in vis_html(plan, _tekst("t-1"), uprikket=True, merk=False)


@pytest.mark.parametrize(
    "felt",
    [{"rad": "Fins ikke"}, {"kolonne": "x"}, {"tabell": "x"}, {"rapport": "x"}, {"kolonne": "minst", "rad": "x"}],
)
def test_figure_that_is_gone_is_said_never_blank(plan: Plan, kommunetre, felt: dict) -> None:
    _tall(plan, kommunetre.hjemmetjenesten, **felt)

    (verdi,) = tall_i_plan(plan, True)
    assert not verdi.finnes
    assert verdi.problem
    assert "[tallet finnes ikke lenger]" in vis_html(plan, _tekst("t-1", "t-ukjent"), uprikket=True)


def test_unit_not_in_the_extract_and_undone_extract(plan: Plan, kommunetre, uttrekk: Uttrekk) -> None:
    ny = fabrikk.lag_enhet("Ny enhet", "enhet", kommunetre.helse, "399")
    plan.omfang.create(enhet=ny)
    _tall(plan, ny)
    assert "ikke med i uttrekket" in tall_i_plan(_paa_nytt(plan), True)[0].problem

    Plan.objects.update(uttrekk=None)
    assert "ikke noe uttrekk" in tall_i_plan(_paa_nytt(plan), True)[0].problem


def test_readers_see_protected_figures_and_only_published(plan: Plan, kommunetre, uttrekk: Uttrekk) -> None:
    _tall(plan, kommunetre.hjemmetjenesten)
    assert tall_i_plan(plan, False)[0].verdi == "skjult"

    Uttrekk.objects.update(publisert=timezone.now())
    assert tall_i_plan(_paa_nytt(plan), False)[0].verdi in {"12", "skjult"}


def test_small_figure_of_a_unit_outside_the_scope_is_never_shown(plan: Plan, kommunetre) -> None:
    """The school's three are seen by its own leaders, not through the plan of another unit."""
    _tall(plan, kommunetre.skolen)
    Uttrekk.objects.update(publisert=timezone.now())

    assert tall_i_plan(_paa_nytt(plan), True)[0].verdi in {"<5", "skjult"}


def test_freezing_keeps_values_whatever_happens_later(plan: Plan, kommunetre, uttrekk: Uttrekk) -> None:
    _tall(plan, kommunetre.hjemmetjenesten)
    _tall(plan, kommunetre.hjemmetjenesten, "t-2", rad="Borte")
    tjeneste.frys_tall(plan=plan)
    sett_status(plan, Planstatus.VEDTATT)
    fabrikk.lag_uttrekk([{"enhet": kommunetre.hjemmetjenesten}] * 30, dato=date(2026, 7, 1))
    uttrekk.delete()

    forste, andre = tall_i_plan(_paa_nytt(plan), True)
    assert (forste.verdi, forste.nyere, forste.frosset) == ("12", "", True)
    assert not andre.finnes
    assert tall_i_plan(_paa_nytt(plan), False)[0].verdi == "skjult"


def test_twenty_figures_cost_few_queries(plan: Plan, kommunetre, django_assert_max_num_queries) -> None:
    enheter = (kommunetre.hjemmetjenesten, kommunetre.hjemme_nord, kommunetre.hjemme_sor, kommunetre.kommune)
    kolonner = ("ansatte", "enheter", "snitt", "over_norm", "ansatte")
    for i in range(20):
        rapport = {"rapport": "turnover", "kolonne": "ub"} if i % 5 == 4 else {"kolonne": kolonner[i % 5]}
        _tall(plan, enheter[i % 4], f"t-{i}", **rapport)
    Uttrekk.objects.update(publisert=timezone.now())
    fabrikk.lag_uttrekk([{"enhet": kommunetre.hjemmetjenesten}] * 14, dato=date(2026, 7, 1), publisert=timezone.now())
    tall_i_plan(_paa_nytt(plan), True)
    plan = _paa_nytt(plan)

    with django_assert_max_num_queries(12):
        assert len(tall_i_plan(plan, True)) == 20


def test_pick_list_finds_by_words(plan: Plan, kommunetre) -> None:
    treff, antall = finn_tall(plan, kommunetre.hjemmetjenesten, uprikket=True, sok="ansatte hjemme")

    assert antall >= len(treff) > 3
    assert treff[0].navn == "Ansatte, Hjemmetjenesten"
    assert treff[0].verdi == "12"
    assert finn_tall(plan, kommunetre.hjemmetjenesten, uprikket=True, sok="xyzzy") == ([], 0)
    bare = finn_tall(plan, kommunetre.hjemmetjenesten, uprikket=True, rapport="turnover")[0]
    assert {v.rapport for v in bare} == {"turnover"}


def test_every_pickable_figure_can_be_read_back(plan: Plan, kommunetre) -> None:
    """What is chosen is what is shown, for each number of each report."""
    treff, _antall = finn_tall(plan, kommunetre.hjemmetjenesten, uprikket=True)
    for valg in treff:
        tjeneste.ta_med_tall(plan=plan, valg=valg)

    vist = {(v.tall.rapport, v.tall.tabell, v.tall.rad, v.tall.kolonne): v.verdi for v in tall_i_plan(plan, True)}
    assert vist == {(v.rapport, v.tabell, v.rad, v.kolonne): v.verdi for v in treff}


def test_same_figure_twice_is_one_reference(plan: Plan, kommunetre) -> None:
    noekler = {"rapport": "lederspenn", "tabell": "rader", "rad": "sum", "kolonne": "ansatte"}
    valg = hent_valg(plan, kommunetre.hjemmetjenesten, uprikket=True, noekler=noekler)

    assert tjeneste.ta_med_tall(plan=plan, valg=valg) == tjeneste.ta_med_tall(plan=plan, valg=valg)


def test_writing_figures_in_an_adopted_plan_is_refused(plan: Plan, kommunetre, uttrekk: Uttrekk) -> None:
    tall = _tall(plan, kommunetre.hjemmetjenesten)
    plan = sett_status(plan, Planstatus.VEDTATT)

    with pytest.raises(ValidationError):
        tjeneste.bytt_uttrekk(plan=plan, uttrekk=uttrekk, av=fabrikk.lag_bruker("x"), naa=timezone.now())
    with pytest.raises(ValidationError):
        tjeneste.slett_tall(plan=plan, tall=tall)


def test_pages(som, plan: Plan, kommunetre) -> None:
    hr = som("hr")
    vindu = hr.get(f"/planer/{plan.pk}/tall/finn/").content.decode()
    assert "Sett inn tall" in vindu
    assert "Ansatte, Hjemmetjenesten" in hr.get(f"/planer/{plan.pk}/tall/finn/?sok=ansatte&enhet=").content.decode()
    assert "Ingen tall passer" in hr.get(f"/planer/{plan.pk}/tall/finn/?sok=a%00&enhet=999999999999").content.decode()

    data = {"rapport": "lederspenn", "enhet": kommunetre.hjemmetjenesten.pk, "tabell": "rader", "rad": "sum"}
    svar = hr.post(f"/planer/{plan.pk}/tall/sett-inn/", data | {"kolonne": "ansatte"}).json()
    assert svar["verdi"] == "12"
    assert hr.post(f"/planer/{plan.pk}/tall/sett-inn/", data | {"kolonne": "x"}).status_code == 422
    assert hr.post(f"/planer/{plan.pk}/tall/sett-inn/", {}).status_code == 422

    Seksjon.objects.filter(plan=plan, nokkel="utfordringer").update(html=_tekst(svar["nokkel"], "t-ukjent"))
    side = hr.get(f"/planer/{plan.pk}/tall/").content.decode()
    assert "Ett tall finnes ikke lenger" in side
    assert "Det som er særskilt hos oss" in side
    kapittel = hr.get(f"/planer/{plan.pk}/kapittel/1/").content.decode()
    assert ">12</span> ansatte" in kapittel
    assert "hvor det kommer fra" in kapittel or "hvor de kommer fra" in kapittel


def test_figure_in_use_cannot_be_removed(som, plan: Plan, kommunetre) -> None:
    hr, tall = som("hr"), _tall(plan, kommunetre.hjemmetjenesten)
    Seksjon.objects.filter(plan=plan, nokkel="utfordringer").update(html=_tekst("t-1"))

    hr.post(f"/planer/{plan.pk}/tall/{tall.pk}/slett/")
    assert plan.tall.count() == 1
    Seksjon.objects.filter(plan=plan).update(html="")
    hr.post(f"/planer/{plan.pk}/tall/{tall.pk}/slett/")
    assert plan.tall.count() == 0


def test_plan_moves_to_another_extract(som, plan: Plan, kommunetre) -> None:
    _tall(plan, kommunetre.hjemmetjenesten)
    nytt = fabrikk.lag_uttrekk([{"enhet": kommunetre.hjemmetjenesten}] * 14, dato=date(2026, 7, 1))
    adresse = f"/planer/{plan.pk}/tall/uttrekk/"

    assert som(Rolle.AVDELINGSLEDER).post(adresse, {"uttrekk": nytt.pk}).status_code == 403
    assert som("hr").post(adresse, {"uttrekk": "x"}).status_code == 422
    assert som("hr").post(adresse, {"uttrekk": nytt.pk}).status_code == 302
    assert tall_i_plan(_paa_nytt(plan), True)[0].verdi == "14"
