"""Hearings: deadline, answers, letters, assessment."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from planer.enums import Planstatus
from planer.services.horing import flytt_frist, opprett_horing, registrer_brev, svar_paa_horing, vurder_svar
from tests.planer.fabrikk import sett_status
from tests.planer.flyt.hjelp import DAG, NAA

DAGER = timedelta(days=1)


@pytest.fixture
def horing(verden):
    return opprett_horing(plan=verden.plan, frist=DAG + 7 * DAGER, invitasjon="Hva mener dere?", av=verden.hr, naa=NAA)


def test_a_past_deadline_is_refused_and_today_is_not(verden):
    with pytest.raises(ValidationError, match="allerede ute"):
        opprett_horing(plan=verden.plan, frist=DAG - DAGER, invitasjon="", av=verden.hr, naa=NAA)
    assert opprett_horing(plan=verden.plan, frist=DAG, invitasjon="", av=verden.hr, naa=NAA).pk


def test_one_hearing_at_a_time(verden, horing):
    with pytest.raises(ValidationError, match="allerede en høring"):
        opprett_horing(plan=verden.plan, frist=DAG + DAGER, invitasjon="", av=verden.hr, naa=NAA)


def test_the_whole_last_day_counts(verden, horing):
    siste = NAA + 7 * DAGER
    svar = svar_paa_horing(horing=horing, avsender="Hjemme nord", tekst="Bra.", av=verden.avdelingsleder, naa=siste)
    assert svar.tekst == "Bra."
    with pytest.raises(ValidationError, match="fristen er ute"):
        svar_paa_horing(horing=horing, avsender="X", tekst="Sent.", av=verden.enhetsleder, naa=siste + DAGER)


def test_an_own_answer_is_changed_not_doubled(verden, horing):
    for tekst in ("Første", "Andre"):
        svar_paa_horing(horing=horing, avsender="Jeg", tekst=tekst, av=verden.enhetsleder, naa=NAA)
    assert list(horing.svar.values_list("tekst", flat=True)) == ["Andre"]


def test_hr_records_letters_after_the_deadline_beside_their_own_answer(verden, horing):
    svar_paa_horing(horing=horing, avsender="HR", tekst="Vårt", av=verden.hr, naa=NAA)
    for hvem in ("Eldrerådet", "Rådet"):
        registrer_brev(horing=horing, avsender=hvem, tekst="Uttalelse", av=verden.hr, naa=NAA + 30 * DAGER)
    assert sorted(horing.svar.values_list("avsender", "fra_brev")) == [
        ("Eldrerådet", True),
        ("HR", False),
        ("Rådet", True),
    ]


def test_answers_are_assessed(verden, horing):
    svar = registrer_brev(horing=horing, avsender="Eldrerådet", tekst="Uttalelse", av=verden.hr, naa=NAA)
    assert vurder_svar(svar=svar, vurdering=" Tatt inn. ", av=verden.hr, naa=NAA).vurdering == "Tatt inn."


@pytest.mark.parametrize(
    ("avsender", "tekst"), [("", "Tekst"), ("Hvem", "  "), ("x" * 151, "Tekst"), ("A", "x" * 20_001)]
)
def test_bad_answers_are_refused(verden, horing, avsender, tekst):
    with pytest.raises(ValidationError):
        svar_paa_horing(horing=horing, avsender=avsender, tekst=tekst, av=verden.enhetsleder, naa=NAA)


def test_the_deadline_moves_only_forward_from_today(verden, horing):
    with pytest.raises(ValidationError):
        flytt_frist(horing=horing, frist=DAG - DAGER, naa=NAA)
    assert flytt_frist(horing=horing, frist=DAG + 14 * DAGER, naa=NAA).frist == DAG + 14 * DAGER


def test_an_adopted_plan_takes_no_answers(verden, horing):
    sett_status(verden.plan, Planstatus.VEDTATT)
    horing.plan.refresh_from_db()
    for gjor in (
        lambda: svar_paa_horing(horing=horing, avsender="A", tekst="B", av=verden.enhetsleder, naa=NAA),
        lambda: registrer_brev(horing=horing, avsender="A", tekst="B", av=verden.hr, naa=NAA),
        lambda: flytt_frist(horing=horing, frist=DAG + DAGER, naa=NAA),
        lambda: opprett_horing(plan=verden.plan, frist=DAG, invitasjon="", av=verden.hr, naa=NAA),
    ):
        with pytest.raises(ValidationError):
            gjor()
