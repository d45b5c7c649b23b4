"""Each representative records their own view, and nobody else's."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from planer.enums import Forankringsslag, Planstatus, Syn, Varselslag
from planer.flytkrav import er_droftet, grunnlag, svar_paa_krav
from planer.flytparter import representanter_for
from planer.flytregler import OVERGANGER, Krav
from planer.models import Drofting, Varsel
from planer.services.drofting import avslutt_drofting, foer_syn, inviter, lag_forankring, opprett_drofting
from tests import fabrikk
from tests.planer.fabrikk import sett_status
from tests.planer.flyt.hjelp import DAG, NAA, droft


def test_those_called_are_told_and_have_not_answered(verden):
    drofting = droft(verden, foer=False)
    assert {s.bruker: s.syn for s in drofting.syn.all()} == {verden.tillitsvalgt: "", verden.verneombud: ""}
    varsler = Varsel.objects.filter(slag=Varselslag.DROFTING)
    assert {v.bruker for v in varsler} == {verden.tillitsvalgt, verden.verneombud}
    assert all(v.adresse.endswith(f"/drofting/{drofting.pk}/") for v in varsler)


def test_nobody_records_for_another(verden):
    drofting = droft(verden, foer=False)
    for navn, bruker in verden.folk.items():
        if navn not in {"tillitsvalgt", "verneombud"}:
            with pytest.raises(PermissionDenied):
                foer_syn(drofting=drofting, av=bruker, syn=Syn.ENIG, protokoll="", naa=NAA)
    foer_syn(drofting=drofting, av=verden.tillitsvalgt, syn=Syn.UENIG, protokoll="For lite tid.", naa=NAA)
    assert drofting.syn.get(bruker=verden.verneombud).syn == ""
    assert drofting.syn.get(bruker=verden.tillitsvalgt).protokoll == "For lite tid."


def test_those_who_send_it_on_are_told_once_when_all_have_recorded(verden):
    sett_status(verden.plan, Planstatus.DROFTING)
    drofting = droft(verden, foer=False)
    videre = Varsel.objects.filter(nokkel=f"droftet-{drofting.pk}")
    foer_syn(drofting=drofting, av=verden.tillitsvalgt, syn=Syn.ENIG, protokoll="", naa=NAA)
    assert not videre.exists()
    for _ in range(2):
        foer_syn(drofting=drofting, av=verden.verneombud, syn=Syn.ENIG, protokoll="", naa=NAA)
    assert verden.kommunalsjef in {v.bruker for v in videre}
    assert {verden.enhetsleder, verden.verneombud}.isdisjoint(v.bruker for v in videre)
    assert videre.count() == len({v.bruker_id for v in videre})


def test_disagreement_is_explained_and_can_be_changed_until_closed(verden):
    drofting = droft(verden)
    with pytest.raises(ValidationError, match="uenige i"):
        foer_syn(drofting=drofting, av=verden.tillitsvalgt, syn=Syn.UENIG, protokoll=" ", naa=NAA)
    foer_syn(drofting=drofting, av=verden.tillitsvalgt, syn=Syn.UENIG, protokoll="Nei.", naa=NAA)
    avslutt_drofting(drofting=drofting, av=verden.hr, naa=NAA)
    with pytest.raises(ValidationError, match="avsluttet"):
        foer_syn(drofting=drofting, av=verden.tillitsvalgt, syn=Syn.ENIG, protokoll="", naa=NAA)


@pytest.mark.parametrize("syn", ["", "kanskje", "ENIG"])
def test_only_agree_or_disagree(verden, syn):
    with pytest.raises(ValidationError):
        foer_syn(drofting=droft(verden, foer=False), av=verden.tillitsvalgt, syn=syn, protokoll="", naa=NAA)


def test_closing_waits_a_week_for_those_who_have_not_answered(verden):
    drofting = droft(verden, foer=False)
    with pytest.raises(ValidationError, match=r"har ikke ført sitt syn, og har frist til og med 17\.09\.2025"):
        avslutt_drofting(drofting=drofting, av=verden.hr, naa=NAA + timedelta(days=7))
    assert avslutt_drofting(drofting=drofting, av=verden.hr, naa=NAA + timedelta(days=8)).avsluttet


def test_a_meeting_to_come_cannot_be_closed(verden):
    drofting = droft(verden, dato=DAG + timedelta(days=3), foer=False)
    with pytest.raises(ValidationError, match="ikke holdt"):
        avslutt_drofting(drofting=drofting, av=verden.hr, naa=NAA)


def test_when_a_plan_counts_as_drofted(verden):
    drofting = droft(verden, foer=False)
    assert [er_droftet(drofting, DAG + timedelta(days=n)) for n in (-1, 0, 7, 8)] == [False, False, False, True]
    for bruker in (verden.tillitsvalgt, verden.verneombud):
        foer_syn(drofting=drofting, av=bruker, syn=Syn.ENIG, protokoll="", naa=NAA)
    assert er_droftet(Drofting.objects.get(pk=drofting.pk), DAG)


def test_one_who_is_called_late_gets_as_much_time_as_the_others(verden):
    drofting = droft(verden, foer=False)
    for bruker in (verden.tillitsvalgt, verden.verneombud):
        foer_syn(drofting=drofting, av=bruker, syn=Syn.ENIG, protokoll="", naa=NAA)
    ny, sent = fabrikk.lag_bruker("ny", navn="Ny Tillitsvalgt"), NAA + timedelta(days=30)
    inviter(drofting=drofting, inviterte=[ny], av=verden.hr, naa=sent)
    drofting = Drofting.objects.get(pk=drofting.pk)
    assert [er_droftet(drofting, DAG + timedelta(days=n)) for n in (30, 37, 38)] == [False, False, True]
    with pytest.raises(ValidationError, match="Ny Tillitsvalgt har ikke ført sitt syn"):
        avslutt_drofting(drofting=drofting, av=verden.hr, naa=sent + timedelta(days=7))
    assert avslutt_drofting(drofting=drofting, av=verden.hr, naa=sent + timedelta(days=8)).avsluttet


def test_who_decides_is_told_who_disagrees(verden):
    drofting = droft(verden)
    foer_syn(drofting=drofting, av=verden.tillitsvalgt, syn=Syn.UENIG, protokoll="For lite tid.", naa=NAA)
    regler = [o for o in OVERGANGER["delplan"] if Krav.DROFTET in o.krav]
    g = grunnlag(verden.plan, regler, DAG)
    svar = {s.krav: s for s in svar_paa_krav(regler[0], g)}[Krav.DROFTET]
    assert svar.ok
    assert f"Uenig: {verden.tillitsvalgt}." in svar.tekst


def test_somebody_must_be_called_and_the_plan_be_open(verden):
    ord_ = {"plan": verden.plan, "dato": DAG, "tema": "Alt", "av": verden.hr, "naa": NAA}
    with pytest.raises(ValidationError, match="minst én"):
        opprett_drofting(inviterte=[], **ord_)
    sett_status(verden.plan, Planstatus.VEDTATT)
    with pytest.raises(ValidationError, match="vedtatt"):
        opprett_drofting(inviterte=[verden.tillitsvalgt], **ord_)


def test_more_can_be_called_but_nobody_twice(verden):
    drofting = droft(verden, foer=False)
    ny = fabrikk.lag_bruker("htv", "Hovedtillitsvalgt")
    inviter(drofting=drofting, inviterte=[ny, verden.tillitsvalgt], av=verden.hr, naa=NAA)
    assert drofting.syn.count() == 3


def test_representatives_of_the_scope_are_proposed_the_named_first(verden, kommunetre):
    lokal, nabo = fabrikk.lag_bruker("lokal", "Lokal"), fabrikk.lag_bruker("naboen", "Nabotillitsvalgt")
    fabrikk.gi_rolle(lokal, "tillitsvalgt", kommunetre.hjemme_nord)
    fabrikk.gi_rolle(nabo, "tillitsvalgt", kommunetre.skolen)
    funnet = [(b.username, navngitt) for b, navngitt in representanter_for(verden.plan, DAG)]
    assert funnet == [("tillitsvalgt", True), ("verneombud", True), ("lokal", False)]


def test_a_closed_drofting_is_entered_once_in_the_register(verden):
    drofting = droft(verden, verden.tema)
    with pytest.raises(ValidationError, match="Avslutt"):
        lag_forankring(drofting=drofting, av=verden.hr)
    drofting = avslutt_drofting(drofting=drofting, av=verden.hr, naa=NAA)
    rad = lag_forankring(drofting=drofting, av=verden.hr)
    assert (rad.plan, rad.dato, rad.slag) == (verden.tema, DAG, Forankringsslag.DROFTING)
    assert rad.utfall == "2 enige, 0 uenige, 0 uten ført syn."
    with pytest.raises(ValidationError, match="allerede"):
        lag_forankring(drofting=drofting, av=verden.hr)


def test_a_delplan_has_no_register(verden):
    drofting = avslutt_drofting(drofting=droft(verden), av=verden.hr, naa=NAA)
    with pytest.raises(ValidationError, match="Bare temaplanen"):
        lag_forankring(drofting=drofting, av=verden.hr)


def test_a_meeting_in_the_past_gives_no_less_time_to_answer(verden):
    """Otherwise a date long ago would do for a drøfting that nobody was asked to."""
    drofting = droft(verden, dato=DAG - timedelta(days=400), foer=False)
    assert not er_droftet(drofting, DAG)
    with pytest.raises(ValidationError, match=r"har frist til og med 16\.09\.2025"):
        avslutt_drofting(drofting=drofting, av=verden.hr, naa=NAA)
    assert er_droftet(drofting, DAG + timedelta(days=7))
