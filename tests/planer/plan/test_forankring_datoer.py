"""The check of dates: the register of a real plan, and what else can go wrong."""

from datetime import date

import pytest

from planer.enums import Forankringsslag
from planer.kontroll.forankring import datofunn
from planer.models import Forankring, Plan

PLAN = Plan(fra_aar=2025, til_aar=2028)
I_DAG = date(2026, 1, 15)
VEDTAK, DROFTING, MOTE = Forankringsslag.VEDTAK, Forankringsslag.DROFTING, Forankringsslag.MOTE
REGISTER = (
    ("ADMU", "2024-03-19", MOTE, "Prosessen", ""),
    ("Plan og bygning", "2024-03-31", MOTE, "Temaplanen", ""),
    ("Skole, barnehage og kultur", "2025-03-19", MOTE, "Temaplanen", ""),
    ("Drøftingsmøte", "2025-03-21", DROFTING, "Temaplanen", ""),
    ("Næring og omstilling", "2025-03-31", MOTE, "Temaplanen", ""),
    ("AMU", "2025-05-26", MOTE, "Steg 1–5", "1,2,3,4,5"),
    ("Plan og bygning", "2025-08-18", MOTE, "Temaplanen", ""),
    ("AMU", "2025-09-23", MOTE, "Hele planen", "1,2,3,4,5,6,7,8"),
    ("Drøftingsmøte", "2025-11-13", DROFTING, "Temaplanen", ""),
    ("Kommunedirektøren", "2025-12-01", VEDTAK, "Vedtak av temaplanen", ""),
)


def register(*ekstra, uten=()):
    rader = [r for r in (*REGISTER, *ekstra) if r[1] not in uten]
    return [
        Forankring(pk=nr, organ=o, dato=date.fromisoformat(d), slag=s, tema=t, steg=steg)
        for nr, (o, d, s, t, steg) in enumerate(rader, 1)
    ]


def merket(forankringer, dag=I_DAG):
    funn = datofunn(PLAN, forankringer, dag)
    return [(f.organ, f.dato.isoformat()) for f in forankringer if f.pk in funn]


@pytest.mark.parametrize("vedtaksdag", [None, "2024-03-21", "2024-06-20", "2024-11-28"])
def test_only_the_doubtful_meeting_is_flagged(vedtaksdag):
    vedtak = [("Bystyret", vedtaksdag, VEDTAK, "Sak 49/24: prosess for temaplan", "")] if vedtaksdag else []
    assert merket(register(*vedtak)) == [("Plan og bygning", "2024-03-31")]


def test_the_reason_and_the_likely_date_are_given():
    rader = register(("Bystyret", "2024-06-20", VEDTAK, "Sak 49/24", ""))
    funn = datofunn(PLAN, rader, I_DAG)[2]
    assert funn.grunn == "Møtet om innholdet er ført før arbeidet med planen ble besluttet (20. juni 2024)."
    assert funn.forslag == date(2025, 3, 31)
    assert not funn.forklart


def test_a_remark_explains_it():
    rader = register()
    rader[1].merknad = "Orientering da arbeidet ble varslet."
    assert datofunn(PLAN, rader, I_DAG)[2].forklart


def test_the_final_decision_alone_does_not_make_all_meetings_doubtful():
    assert merket(register(uten=("2024-03-19", "2024-03-31"))) == []


def test_a_corrected_date_is_no_longer_flagged():
    rader = register()
    rader[1].dato = date(2025, 3, 31)
    assert datofunn(PLAN, rader, I_DAG) == {}


def test_future_and_far_off_dates_are_flagged():
    rader = register(("AMU", "2026-05-01", MOTE, "Temaplanen", ""), ("AMU", "2015-05-26", MOTE, "Temaplanen", ""))
    assert merket(rader)[1:] == [("AMU", "2026-05-01"), ("AMU", "2015-05-26")]


def test_leap_day_does_not_crash():
    rader = register(("AMU", "2024-02-29", MOTE, "Temaplanen", ""))
    assert datofunn(PLAN, rader, I_DAG)[len(rader)].forslag == date(2025, 2, 28)


def test_one_meeting_alone_is_fine():
    assert merket(register()[:1]) == []
    assert merket(register()[2:3]) == []
