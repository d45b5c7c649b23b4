"""A merge takes the roles along when asked to, keeps what was, and can be taken back."""

from datetime import date

import pytest
from django.urls import reverse

from organisasjon import services
from organisasjon.models import Rolletildeling
from tests import fabrikk

DATO = date(2026, 3, 1)
DAGEN_FOER = date(2026, 2, 28)


def slaa_sammen(t, **valg):
    valg = {"dato": DATO, "med_roller": True, "utfoert_av": None, "dag": date(2026, 2, 1)} | valg
    return services.slaa_sammen_enheter(fra=t.sykehjemmet, til=t.hjemmetjenesten, **valg)


def roller(bruker) -> set[tuple]:
    return set(bruker.roller.values_list("rolle", "enhet__navn", "gyldig_fra", "gyldig_til"))


def angre(enhet):
    services.tilbakestill_enhet(enhet=enhet, historie_id=enhet.historie.earliest("history_id").history_id)


@pytest.fixture
def kari(kommunetre):
    bruker = fabrikk.lag_bruker("kari", "Kari Ås")
    fabrikk.gi_rolle(bruker, "enhetsleder", kommunetre.sykehjemmet)
    return bruker


FOER = {("enhetsleder", "Sykehjemmet", date(2020, 1, 1), None)}
ETTER = {
    ("enhetsleder", "Sykehjemmet", date(2020, 1, 1), DAGEN_FOER),
    ("enhetsleder", "Hjemmetjenesten", DATO, None),
}


def test_role_ends_at_the_old_unit_and_goes_on_at_the_new(kommunetre, kari):
    slaa_sammen(kommunetre)
    assert roller(kari) == ETTER


def test_roles_stay_when_not_asked_for(kommunetre, kari):
    slaa_sammen(kommunetre, med_roller=False)
    assert roller(kari) == FOER


def test_taking_back_the_merge_takes_back_the_roles_with_history(kommunetre, kari):
    enhet = slaa_sammen(kommunetre)
    angre(enhet)
    assert roller(kari) == FOER
    assert kari.roller.get().historie.count() == 3
    assert Rolletildeling.historie.filter(enhet=kommunetre.hjemmetjenesten).count() == 2


def test_role_changed_since_is_left_alone_when_taken_back(kommunetre, kari):
    enhet = slaa_sammen(kommunetre)
    ny = kari.roller.get(enhet=kommunetre.hjemmetjenesten)
    services.endre_rolle(
        tildeling=ny, gyldig_fra=DATO, gyldig_til=date(2027, 1, 1), utfoert_av=None, dag=date(2026, 2, 1)
    )
    angre(enhet)
    assert ("enhetsleder", "Hjemmetjenesten", DATO, date(2027, 1, 1)) in roller(kari)
    assert roller(kari) > FOER


def test_role_that_begins_after_the_merge_is_moved_whole_and_back(kommunetre):
    per = fabrikk.lag_bruker("per")
    tildeling = fabrikk.gi_rolle(per, "leser", kommunetre.sykehjemmet)
    Rolletildeling.objects.filter(pk=tildeling.pk).update(gyldig_fra=date(2026, 6, 1))
    tildeling.refresh_from_db()
    tildeling.save()
    enhet = slaa_sammen(kommunetre)
    assert roller(per) == {("leser", "Hjemmetjenesten", date(2026, 6, 1), None)}
    angre(enhet)
    assert roller(per) == {("leser", "Sykehjemmet", date(2026, 6, 1), None)}


def test_expired_role_stays_and_same_role_at_the_new_unit_is_not_doubled(kommunetre, kari):
    fabrikk.gi_rolle(kari, "enhetsleder", kommunetre.hjemmetjenesten)
    gammel = fabrikk.lag_bruker("gammel")
    tildeling = fabrikk.gi_rolle(gammel, "leser", kommunetre.sykehjemmet)
    Rolletildeling.objects.filter(pk=tildeling.pk).update(gyldig_til=date(2021, 1, 1))
    enhet = slaa_sammen(kommunetre)
    assert kari.roller.filter(enhet=kommunetre.hjemmetjenesten).count() == 1
    assert [r[1] for r in roller(gammel)] == ["Sykehjemmet"]
    angre(enhet)
    assert roller(kari) == FOER | {("enhetsleder", "Hjemmetjenesten", date(2020, 1, 1), None)}


def test_nobody_moves_their_own_role_or_where_they_may_not_give(som, kommunetre, kari):
    hr = som("hr", kommunetre.sykehjemmet).bruker
    slaa_sammen(kommunetre, utfoert_av=hr)
    assert roller(kari) == FOER
    assert hr.roller.get().enhet == kommunetre.sykehjemmet


def test_page_proposes_it_says_who_and_does_it(som, kommunetre, kari):
    hr = som("hr")
    adresse = reverse("organisasjon:slaa_sammen_enhet", args=[kommunetre.sykehjemmet.pk])
    assert hr.get(adresse).context["skjema"]["med_roller"].value() is True
    valg = {"til": "310", "dato": "2026-03-01"}
    uten = hr.post(adresse, valg).content.decode()
    assert "flyttes ikke" in uten and 'name="med_roller"' not in uten
    med = hr.post(adresse, valg | {"med_roller": "on"}).content.decode()
    assert "Disse rollene gjelder Hjemmetjenesten i stedet" in med and "Kari Ås (enhetsleder)" in med
    assert roller(kari) == FOER
    assert hr.post(adresse, valg | {"med_roller": "on", "bekreft": "1"}).status_code == 302
    assert roller(kari) == ETTER
    ny = kari.roller.get(enhet=kommunetre.hjemmetjenesten)
    assert ny.historie.get().history_user == hr.bruker
