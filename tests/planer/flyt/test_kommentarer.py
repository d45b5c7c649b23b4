"""Comments: saying, answering, resolving, and the limits."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from planer.enums import Kommentarstatus, Planstatus, Varselslag
from planer.models import Kommentar, Varsel
from planer.services.kommentarer import (
    avslutt_kommentar,
    gjenaapne_kommentar,
    rediger_kommentar,
    skriv_kommentar,
    slett_kommentar,
    svar_paa_kommentar,
)
from planer.visning.flyt import kommentarer_for
from tests.planer.fabrikk import sett_status
from tests.planer.flyt.hjelp import NAA


def skriv(verden, tekst="Hei", av=None, seksjon=None):
    return skriv_kommentar(plan=verden.plan, seksjon=seksjon, tekst=tekst, av=av or verden.verneombud, naa=NAA)


def test_those_responsible_are_told_without_the_words(verden):
    skriv(verden, "Dette er hemmelig")
    varsler = Varsel.objects.filter(slag=Varselslag.KOMMENTAR)
    assert {v.bruker for v in varsler} == {verden.enhetsleder}
    assert "hemmelig" not in varsler[0].tekst
    assert varsler[0].tekst == "Verneombud har kommentert «Delplan Hjemmetjenesten»."


def test_an_answer_is_told_to_those_in_the_thread_but_not_its_writer(verden):
    foerste = skriv(verden)
    svar = svar_paa_kommentar(kommentar=foerste, tekst="Enig", av=verden.enhetsleder, naa=NAA)
    igjen = svar_paa_kommentar(kommentar=svar, tekst="Takk", av=verden.tillitsvalgt, naa=NAA)
    assert igjen.svar_paa == foerste
    varsler = Varsel.objects.filter(slag=Varselslag.SVAR)
    assert {(v.bruker, v.nokkel) for v in varsler} == {
        (verden.verneombud, f"kommentar-{svar.pk}"),
        (verden.verneombud, f"kommentar-{igjen.pk}"),
        (verden.enhetsleder, f"kommentar-{igjen.pk}"),
    }


def test_resolve_keep_and_reopen(verden):
    k = skriv(verden)
    assert avslutt_kommentar(kommentar=k, status="lost", av=verden.hr, naa=NAA).avsluttet_av == verden.hr
    assert gjenaapne_kommentar(kommentar=k).avsluttet is None
    assert avslutt_kommentar(kommentar=k, status="beholdt", av=verden.hr, naa=NAA).status == Kommentarstatus.BEHOLDT
    with pytest.raises(ValidationError):
        avslutt_kommentar(kommentar=k, status="aapen", av=verden.hr, naa=NAA)


def test_an_own_comment_can_be_changed_for_fifteen_minutes(verden):
    k = skriv(verden)
    minutter = timedelta(minutes=1)
    assert rediger_kommentar(kommentar=k, tekst="Bedre", av=verden.verneombud, naa=NAA + 15 * minutter).tekst == "Bedre"
    with pytest.raises(ValidationError, match="15 minutter"):
        rediger_kommentar(kommentar=k, tekst="Sent", av=verden.verneombud, naa=NAA + 16 * minutter)
    with pytest.raises(PermissionDenied):
        rediger_kommentar(kommentar=k, tekst="Andres", av=verden.hr, naa=NAA)
    slett_kommentar(kommentar=k, av=verden.verneombud, naa=NAA)
    assert not Kommentar.objects.exists()


def test_a_comment_with_answers_is_not_deleted(verden):
    k = skriv(verden)
    svar_paa_kommentar(kommentar=k, tekst="Svar", av=verden.hr, naa=NAA)
    with pytest.raises(ValidationError, match="Noen har svart"):
        slett_kommentar(kommentar=k, av=verden.verneombud, naa=NAA)


@pytest.mark.parametrize("tekst", ["", "   ", "x" * 5001])
def test_empty_and_endless_are_refused(verden, tekst):
    with pytest.raises(ValidationError):
        skriv(verden, tekst)


def test_another_plans_section_is_refused(verden):
    with pytest.raises(ValidationError, match="annen plan"):
        skriv(verden, seksjon=verden.tema.seksjoner.first())


def test_an_adopted_plan_takes_no_comments(verden):
    k = skriv(verden)
    sett_status(verden.plan, Planstatus.VEDTATT)
    for gjor in (
        lambda: skriv(verden),
        lambda: svar_paa_kommentar(kommentar=k, tekst="x", av=verden.hr, naa=NAA),
        lambda: rediger_kommentar(kommentar=k, tekst="x", av=verden.verneombud, naa=NAA),
        lambda: slett_kommentar(kommentar=k, av=verden.verneombud, naa=NAA),
        lambda: avslutt_kommentar(kommentar=k, status="lost", av=verden.hr, naa=NAA),
        lambda: gjenaapne_kommentar(kommentar=k),
    ):
        with pytest.raises(ValidationError):
            gjor()


@pytest.mark.parametrize("antall", [1, 4])
def test_threads_take_one_query_however_many(verden, antall, django_assert_num_queries):
    seksjon = verden.plan.seksjoner.filter(kapittel=1).first()
    for nr in range(antall):
        k = skriv(verden, f"Nr. {nr}", seksjon=seksjon)
        svar_paa_kommentar(kommentar=k, tekst="Svar", av=verden.hr, naa=NAA)
    skriv(verden, "Hele planen")
    with django_assert_num_queries(1):
        traader = kommentarer_for(verden.plan)
        tekster = [(t.kommentar.av.navn, [str(s.av) for s in t.svar]) for t in traader[seksjon.pk]]
    assert set(traader) == {seksjon.pk, None}
    assert len(tekster) == antall
