"""Moving a plan: who may, what must be in place, what happens."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from planer.enums import Deltakerrolle, Planstatus, Varselslag
from planer.flytregler import OVERGANGER
from planer.models import Plan, Statusskifte, Varsel
from planer.services.flyt import overganger, skift_status, vedta
from planer.services.horing import opprett_horing, send_paa_horing
from tests.planer.fabrikk import gi_planrolle, sett_status
from tests.planer.flyt.hjelp import DAG, NAA, droft, fyll_ut, klar_til_vedtak

HORING, BESLUTNING = Planstatus.HORING, Planstatus.BESLUTNING
# Who may do each move of Hjemmetjenesten's delplan.
FASIT = {
    ("utkast", "drofting"): {"hr", "ass_kommunedirektor", "kommunalsjef", "enhetsleder"},
    ("drofting", "horing"): {"hr", "ass_kommunedirektor", "kommunalsjef"},
    ("drofting", "beslutning"): {"hr", "ass_kommunedirektor", "kommunalsjef"},
    ("horing", "beslutning"): {"hr", "ass_kommunedirektor", "kommunalsjef"},
    ("beslutning", "vedtatt"): {"kommunedirektor"},
    ("drofting", "utkast"): {"hr", "ass_kommunedirektor", "kommunalsjef", "enhetsleder"},
    ("horing", "drofting"): {"hr", "ass_kommunedirektor", "kommunalsjef"},
    ("beslutning", "utkast"): {"hr", "ass_kommunedirektor", "kommunalsjef", "kommunedirektor"},
}
FASIT_TEMA = {
    ("utkast", "drofting"): {"hr", "ass_kommunedirektor"},
    ("drofting", "horing"): {"hr", "ass_kommunedirektor"},
    ("horing", "beslutning"): {"hr", "ass_kommunedirektor"},
    ("beslutning", "vedtatt"): {"kommunedirektor"},
    ("drofting", "utkast"): {"hr", "ass_kommunedirektor"},
    ("horing", "drofting"): {"hr", "ass_kommunedirektor"},
    ("beslutning", "utkast"): {"hr", "ass_kommunedirektor", "kommunedirektor"},
}


def flytt(verden, til, av, **ord_):
    return skift_status(plan=verden.plan, til=til, av=av, tilgang=verden.tilgang(av), naa=NAA, **ord_)


@pytest.mark.parametrize("slag", ["plan", "tema"])
def test_exactly_these_people_may_move_it(verden, slag):
    plan, fasit = getattr(verden, slag), FASIT if slag == "plan" else FASIT_TEMA
    kan: dict = {(o.fra.value, o.til.value): set() for o in OVERGANGER[plan.slag]}
    for status in {o.fra for o in OVERGANGER[plan.slag]}:
        sett_status(plan, status)
        for navn, bruker in verden.folk.items():
            for m in overganger(plan, verden.tilgang(bruker), bruker, DAG):
                if m.kan:
                    kan[status.value, m.regel.til.value].add(navn)
    assert kan == fasit


def test_the_service_refuses_those_who_may_not(verden):
    for navn, bruker in verden.folk.items():
        if navn not in FASIT["utkast", "drofting"]:
            with pytest.raises(PermissionDenied):
                flytt(verden, Planstatus.DROFTING, bruker)
    assert Statusskifte.objects.count() == 0


def test_a_named_part_in_the_plan_gives_the_move(verden):
    gi_planrolle(verden.plan, verden.avdelingsleder, Deltakerrolle.ANSVARLIG)
    gi_planrolle(verden.plan, verden.oppvekst, Deltakerrolle.KOMMUNALSJEF)
    flytt(verden, Planstatus.DROFTING, verden.avdelingsleder)
    send_paa_horing(
        plan=verden.plan, frist=DAG, invitasjon="", av=verden.oppvekst, tilgang=verden.tilgang(verden.oppvekst), naa=NAA
    )
    assert verden.plan.status == HORING


def test_the_whole_way_with_a_hearing(verden):
    fyll_ut(verden.plan)
    flytt(verden, Planstatus.DROFTING, verden.enhetsleder)
    droft(verden)
    opprett_horing(plan=verden.plan, frist=DAG, invitasjon="Hva mener dere?", av=verden.hr, naa=NAA)
    flytt(verden, HORING, verden.kommunalsjef)
    with pytest.raises(ValidationError, match="ikke over"):
        flytt(verden, BESLUTNING, verden.kommunalsjef)
    ks, etterpaa = verden.kommunalsjef, NAA + timedelta(days=1)
    skift_status(plan=verden.plan, til=BESLUTNING, av=ks, tilgang=verden.tilgang(ks), naa=etterpaa)
    vedta(plan=verden.plan, av=verden.kommunedirektor, sak="25/1", naa=etterpaa)
    assert Plan.objects.get(pk=verden.plan.pk).status == Planstatus.VEDTATT
    skifter = list(verden.plan.statusskifter.order_by("pk").values_list("fra", "til", "av__username"))
    assert skifter == [
        ("utkast", "drofting", "enhetsleder"),
        ("drofting", "horing", "kommunalsjef"),
        ("horing", "beslutning", "kommunalsjef"),
        ("beslutning", "vedtatt", "kommunedirektor"),
    ]


def test_decision_says_everything_that_is_missing(verden):
    sett_status(verden.plan, Planstatus.DROFTING)
    with pytest.raises(ValidationError) as feil:
        flytt(verden, BESLUTNING, verden.kommunalsjef, merknad="Liten plan")
    tekst = " ".join(feil.value.messages)
    assert "Planen er ikke drøftet" in tekst
    assert "mangler i planen" in tekst
    assert "Det som er særskilt hos oss" in tekst


def test_skipping_the_hearing_needs_a_reason(verden):
    fyll_ut(verden.plan)
    droft(verden)
    sett_status(verden.plan, Planstatus.DROFTING)
    with pytest.raises(ValidationError, match="Hvorfor trenger ikke planen høring"):
        flytt(verden, BESLUTNING, verden.kommunalsjef, merknad="  ")
    flytt(verden, BESLUTNING, verden.kommunalsjef, merknad="Gjelder bare vår egen avdeling.")
    assert verden.plan.statusskifter.first().merknad == "Gjelder bare vår egen avdeling."


def test_the_one_who_decides_sees_why_there_was_no_hearing(verden):
    fyll_ut(verden.plan)
    droft(verden)
    sett_status(verden.plan, Planstatus.DROFTING)
    flytt(verden, BESLUTNING, verden.kommunalsjef, merknad="Gjelder bare oss.")
    verden.plan.refresh_from_db()
    kd = verden.kommunedirektor
    vedtak = next(m for m in overganger(verden.plan, verden.tilgang(kd), kd, DAG) if m.regel.til == Planstatus.VEDTATT)
    assert "Planen har ikke vært på høring. Grunn: Gjelder bare oss." in [k.tekst for k in vedtak.krav]
    assert vedtak.kan
    assert not vedtak.hindret


def test_sending_back_needs_a_reason_and_tells_the_writers(verden):
    sett_status(verden.plan, BESLUTNING)
    with pytest.raises(ValidationError, match="Hvorfor sendes planen tilbake"):
        flytt(verden, Planstatus.UTKAST, verden.kommunedirektor)
    flytt(verden, Planstatus.UTKAST, verden.kommunedirektor, merknad="Hemmelig grunn")
    varsler = Varsel.objects.filter(slag=Varselslag.PLAN_VENTER)
    assert {v.bruker for v in varsler} == {verden.enhetsleder, verden.kommunalsjef}
    assert not any("Hemmelig" in v.tekst for v in varsler)


def test_hearing_cannot_begin_without_a_deadline(verden):
    sett_status(verden.plan, Planstatus.DROFTING)
    with pytest.raises(ValidationError, match="frist"):
        flytt(verden, HORING, verden.hr)
    verden.plan.refresh_from_db()
    assert verden.plan.status == Planstatus.DROFTING


def test_opening_the_hearing_and_moving_is_both_or_neither(verden):
    with pytest.raises(ValidationError):  # the plan is a draft, so the hearing must not be left behind
        send_paa_horing(
            plan=verden.plan, frist=DAG, invitasjon="", av=verden.hr, tilgang=verden.tilgang(verden.hr), naa=NAA
        )
    assert verden.plan.horinger.count() == 0


def test_a_stale_page_is_told_who_was_first(verden):
    gammel = Plan.objects.get(pk=verden.plan.pk)
    flytt(verden, Planstatus.DROFTING, verden.enhetsleder)
    with pytest.raises(ValidationError, match="Enhetsleder kom deg i forkjøpet: planen er nå «Til drøfting»"):
        skift_status(
            plan=gammel, til=Planstatus.DROFTING, av=verden.hr, tilgang=verden.tilgang(verden.hr), naa=NAA
        )  # fmt: skip
    assert Statusskifte.objects.count() == 1


def test_only_a_plan_waiting_for_decision_can_be_adopted(verden):
    fyll_ut(verden.plan)
    droft(verden)
    with pytest.raises(ValidationError, match="til beslutning"):
        vedta(plan=verden.plan, av=verden.kommunedirektor, sak="", naa=NAA)


def test_text_removed_while_waiting_stops_the_adoption(verden):
    plan = klar_til_vedtak(verden)
    plan.seksjoner.filter(nokkel="utfordringer").update(html="", sok="")
    with pytest.raises(ValidationError, match="mangler i planen"):
        vedta(plan=plan, av=verden.kommunedirektor, sak="", naa=NAA)


def test_those_who_act_next_have_a_plan_waiting(verden):
    fyll_ut(verden.plan)
    droft(verden)
    Varsel.objects.all().delete()
    flytt(verden, Planstatus.DROFTING, verden.enhetsleder)
    assert {v.bruker for v in Varsel.objects.filter(slag=Varselslag.DROFTING)} == {
        verden.tillitsvalgt,
        verden.verneombud,
    }
    assert {v.bruker for v in Varsel.objects.filter(slag=Varselslag.PLAN_VENTER)} == {verden.hr, verden.kommunalsjef}
    Varsel.objects.all().delete()
    flytt(verden, BESLUTNING, verden.kommunalsjef, merknad="Liten plan")
    assert {v.bruker for v in Varsel.objects.filter(slag=Varselslag.PLAN_VENTER)} == {verden.kommunedirektor}


def test_a_hearing_is_told_to_those_it_concerns_only(verden):
    sett_status(verden.plan, Planstatus.DROFTING)
    opprett_horing(plan=verden.plan, frist=DAG + timedelta(days=14), invitasjon="", av=verden.hr, naa=NAA)
    flytt(verden, HORING, verden.hr)
    fikk = {v.bruker.username for v in Varsel.objects.filter(slag=Varselslag.HORING).select_related("bruker")}
    assert fikk == {
        "kommunedirektor", "ass_kommunedirektor", "kommunalsjef", "enhetsleder", "avdelingsleder", "tillitsvalgt",
        "verneombud",
    }  # fmt: skip
