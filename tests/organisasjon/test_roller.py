"""Roles: who may give what to whom, and that somebody is always left who can."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from felles.laas import Foreldet, avtrykk
from organisasjon import services
from organisasjon.enums import Rolle
from organisasjon.models import Bruker, Rolletildeling
from tests import fabrikk

DAG = date(2026, 1, 1)


@pytest.fixture
def hr(kommunetre) -> Bruker:
    bruker = fabrikk.lag_bruker("hr1", "Hanne Rø")
    fabrikk.gi_rolle(bruker, "hr", kommunetre.kommune)
    return bruker


@pytest.fixture
def systemansvarlig(kommunetre) -> Bruker:
    bruker = fabrikk.lag_bruker("sys1", "Siv Ås")
    fabrikk.gi_rolle(bruker, "systemansvarlig", kommunetre.kommune)
    return bruker


def gi(bruker, rolle, enhet, av) -> Rolletildeling:
    return services.gi_rolle(bruker=bruker, rolle=rolle, enhet=enhet, gyldig_fra=DAG, utfoert_av=av, dag=DAG)


@pytest.mark.parametrize("rolle", [r for r in Rolle if r != Rolle.SYSTEMANSVARLIG])
def test_hr_gives_every_role_but_systemansvarlig(hr, kommunetre, rolle):
    tildeling = gi(fabrikk.lag_bruker("kari"), rolle, kommunetre.kommune, hr)
    assert tildeling.historie.get().history_user == hr


def test_only_systemansvarlig_gives_systemansvarlig(hr, systemansvarlig, kommunetre):
    kari = fabrikk.lag_bruker("kari")
    with pytest.raises(PermissionDenied):
        gi(kari, "systemansvarlig", kommunetre.kommune, hr)
    assert gi(kari, "systemansvarlig", kommunetre.kommune, systemansvarlig).pk


@pytest.mark.parametrize("rolle", ["systemansvarlig", "hr", "kommunedirektor"])
def test_nobody_gives_themselves_a_role(hr, systemansvarlig, kommunetre, rolle):
    for person in (hr, systemansvarlig):
        with pytest.raises(ValidationError, match="egne roller"):
            gi(person, rolle, kommunetre.kommune, person)


@pytest.mark.parametrize("rolle", ["enhetsleder", "kommunedirektor", "leser", "tillitsvalgt"])
def test_other_roles_give_nothing(kommunetre, rolle):
    person = fabrikk.lag_bruker("per")
    fabrikk.gi_rolle(person, rolle, kommunetre.kommune)
    with pytest.raises(PermissionDenied):
        gi(fabrikk.lag_bruker("kari"), "leser", kommunetre.skolen, person)


def test_expired_hr_gives_nothing(kommunetre):
    person = fabrikk.lag_bruker("per")
    tildeling = fabrikk.gi_rolle(person, "hr", kommunetre.kommune)
    Rolletildeling.objects.filter(pk=tildeling.pk).update(gyldig_til=DAG - timedelta(days=1))
    with pytest.raises(PermissionDenied):
        gi(fabrikk.lag_bruker("kari"), "leser", kommunetre.skolen, person)


@pytest.mark.parametrize("rolle", ["hr", "kommunedirektor", "ass_kommunedirektor"])
def test_roles_for_the_whole_municipality_cannot_be_given_for_a_part(hr, kommunetre, rolle):
    with pytest.raises(ValidationError, match="hele kommunen"):
        gi(fabrikk.lag_bruker("kari"), rolle, kommunetre.skolen, hr)


def test_same_role_twice_and_end_before_start_are_refused(hr, kommunetre):
    kari = fabrikk.lag_bruker("kari")
    tildeling = gi(kari, "leser", kommunetre.skolen, hr)
    with pytest.raises(ValidationError, match="allerede denne rollen"):
        gi(kari, "leser", kommunetre.skolen, hr)
    with pytest.raises(ValidationError, match="før gyldig fra"):
        services.endre_rolle(
            tildeling=tildeling, gyldig_fra=DAG, gyldig_til=DAG - timedelta(days=1), utfoert_av=hr, dag=DAG
        )


@pytest.mark.parametrize("rolle", ["hr", "systemansvarlig"])
def test_the_last_one_cannot_be_removed_ended_or_closed(systemansvarlig, hr, kommunetre, rolle):
    tildeling = Rolletildeling.objects.get(rolle=rolle)
    with pytest.raises(ValidationError, match="siste"):
        services.fjern_rolle(tildeling=tildeling, utfoert_av=None, dag=DAG)
    with pytest.raises(ValidationError, match="siste"):
        services.endre_rolle(tildeling=tildeling, gyldig_fra=DAG, gyldig_til=DAG, utfoert_av=None, dag=DAG)
    annen = fabrikk.lag_bruker("annen")
    fabrikk.gi_rolle(annen, rolle, kommunetre.kommune)
    services.fjern_rolle(tildeling=tildeling, utfoert_av=None, dag=DAG)
    assert Rolletildeling.objects.filter(rolle=rolle).get().bruker == annen


def test_closed_account_does_not_count_as_somebody_left(systemansvarlig, hr, kommunetre):
    annen = fabrikk.lag_bruker("annen")
    fabrikk.gi_rolle(annen, "hr", kommunetre.kommune)
    services.sett_konto_aktiv(bruker=annen, aktiv=False, utfoert_av=systemansvarlig, dag=DAG)
    with pytest.raises(ValidationError, match="siste"):
        services.sett_konto_aktiv(bruker=hr, aktiv=False, utfoert_av=systemansvarlig, dag=DAG)
    with pytest.raises(ValidationError, match="din egen"):
        services.sett_konto_aktiv(bruker=hr, aktiv=False, utfoert_av=hr, dag=DAG)


def test_hr_cannot_touch_systemansvarlig(hr, systemansvarlig, kommunetre):
    fabrikk.gi_rolle(fabrikk.lag_bruker("sys2"), "systemansvarlig", kommunetre.kommune)
    tildeling = systemansvarlig.roller.get()
    with pytest.raises(PermissionDenied):
        services.fjern_rolle(tildeling=tildeling, utfoert_av=hr, dag=DAG)
    with pytest.raises(PermissionDenied):
        services.sett_konto_aktiv(bruker=systemansvarlig, aktiv=False, utfoert_av=hr, dag=DAG)


def test_stale_dates_are_stopped(hr, kommunetre):
    tildeling = gi(fabrikk.lag_bruker("kari"), "leser", kommunetre.skolen, hr)
    gammelt = avtrykk(tildeling, services.FELTER_ROLLE)
    data = {"gyldig_fra": DAG, "utfoert_av": hr, "dag": DAG, "forventet": gammelt}
    services.endre_rolle(tildeling=tildeling, gyldig_til=date(2027, 1, 1), **data)
    with pytest.raises(Foreldet):
        services.endre_rolle(tildeling=tildeling, gyldig_til=date(2028, 1, 1), **data)


def test_history_keeps_who_gave_changed_and_took(hr, kommunetre):
    tildeling = gi(fabrikk.lag_bruker("kari"), "leser", kommunetre.skolen, hr)
    services.endre_rolle(tildeling=tildeling, gyldig_fra=DAG, gyldig_til=DAG, utfoert_av=hr, dag=DAG)
    services.fjern_rolle(tildeling=Rolletildeling.objects.get(pk=tildeling.pk), utfoert_av=hr, dag=DAG)
    rader = Rolletildeling.historie.filter(rolle="leser").order_by("history_id")
    assert [(r.history_type, r.history_user) for r in rader] == [("+", hr), ("~", hr), ("-", hr)]


def test_new_person_gets_account_role_and_a_link_that_sets_the_password(som, kommunetre):
    hr = som("hr")
    felter = {"person": "Ny.Leder@fjordvik.example", "rolle": "enhetsleder", "enhet": "210", "gyldig_fra": "2026-01-01"}
    mangler_navn = hr.post(reverse("organisasjon:ny_rolle"), felter)
    assert mangler_navn.status_code == 422 and "Skriv navnet" in mangler_navn.content.decode()
    assert hr.post(reverse("organisasjon:ny_rolle"), felter | {"navn": "Ny Leder"}).status_code == 302
    bruker = Bruker.objects.get(email="ny.leder@fjordvik.example")
    assert not bruker.has_usable_password()
    assert bruker.roller.get().enhet == kommunetre.skolen
    (brev,) = mail.outbox
    assert brev.to == ["ny.leder@fjordvik.example"]
    lenke = next(ord_ for ord_ in brev.body.split() if "/konto/password/reset/key/" in ord_)
    ny = Client()
    skjema = ny.get(lenke, follow=True)
    passord = "Et-langt-passord-2026"
    ny.post(skjema.request["PATH_INFO"], {"password1": passord, "password2": passord})
    bruker.refresh_from_db()
    assert bruker.check_password(passord)


def test_refused_role_leaves_no_account_behind(som, kommunetre):
    felter = {"person": "x@y.example", "navn": "X", "rolle": "hr", "enhet": "210", "gyldig_fra": "2026-01-01"}
    assert som("hr").post(reverse("organisasjon:ny_rolle"), felter).status_code == 422
    assert not Bruker.objects.filter(email="x@y.example").exists()
    assert mail.outbox == []


def test_hr_is_not_offered_systemansvarlig_and_cannot_post_it(som, kommunetre):
    hr = som("hr")
    assert 'value="systemansvarlig"' not in hr.get(reverse("organisasjon:ny_rolle")).content.decode()
    fabrikk.lag_bruker("kari")
    felter = {"person": "kari", "rolle": "systemansvarlig", "enhet": "KOMMUNE", "gyldig_fra": "2026-01-01"}
    assert hr.post(reverse("organisasjon:ny_rolle"), felter).status_code == 422
    assert 'value="systemansvarlig"' in som("systemansvarlig").get(reverse("organisasjon:ny_rolle")).content.decode()


def test_list_is_searched_filtered_and_ordered_by_person_or_unit(som, kommunetre):
    hr = som("hr")
    for navn, enhet in (("Åse", kommunetre.skolen), ("Ærlig", kommunetre.barnehagen), ("Anna", kommunetre.stab)):
        fabrikk.gi_rolle(fabrikk.lag_bruker(navn.lower().replace("å", "a"), navn), "leser", enhet)
    adresse = reverse("organisasjon:roller")

    def navn(**sporring) -> list[str]:
        return [str(r.bruker) for r in hr.get(adresse, sporring).context["side"] if r.rolle == "leser"]

    assert navn() == ["Anna", "Ærlig", "Åse"]
    assert navn(sortering="-person") == ["Åse", "Ærlig", "Anna"]
    assert navn(vis="enhet") == ["Ærlig", "Anna", "Åse"]
    assert navn(sok="åse") == ["Åse"]
    assert navn(sok="ÆRFUGL") == ["Ærlig"]
    assert navn(rolle="hr") == []


def test_role_is_changed_and_taken_in_the_browser(som, kommunetre):
    hr = som("hr")
    tildeling = fabrikk.gi_rolle(fabrikk.lag_bruker("kari"), "leser", kommunetre.skolen)
    endre = reverse("organisasjon:endre_rolle", args=[tildeling.pk])
    laas = hr.get(endre).context["skjema"]["laas"].value()
    assert hr.post(endre, {"gyldig_fra": "2020-01-01", "gyldig_til": "2031-01-01", "laas": laas}).status_code == 302
    tildeling.refresh_from_db()
    assert tildeling.gyldig_til == date(2031, 1, 1)
    assert tildeling.historie.first().history_user == hr.bruker
    fjern = reverse("organisasjon:fjern_rolle", args=[tildeling.pk])
    assert "ingen andre roller" in hr.get(fjern).content.decode()
    assert hr.post(fjern).status_code == 302
    assert not Rolletildeling.objects.filter(pk=tildeling.pk).exists()


def test_account_is_closed_opened_and_sent_a_link(som, kommunetre):
    hr, kari = som("hr"), fabrikk.lag_bruker("kari")
    fabrikk.gi_rolle(kari, "leser", kommunetre.skolen)
    adresse = reverse("organisasjon:konto_aktiv", args=[kari.pk])
    assert "Stenge kontoen" in hr.get(adresse).content.decode()
    hr.post(adresse, {"aktiv": "0"})
    kari.refresh_from_db()
    assert not kari.is_active
    hr.post(reverse("organisasjon:send_lenke", args=[kari.pk]))
    assert mail.outbox == []
    hr.post(adresse, {"aktiv": "1"})
    hr.post(reverse("organisasjon:send_lenke", args=[kari.pk]))
    assert len(mail.outbox) == 1


def test_hr_role_for_a_part_sees_and_gives_only_there(som, kommunetre):
    klient = som("hr", kommunetre.helse)
    hr = klient.bruker
    utenfor = fabrikk.gi_rolle(fabrikk.lag_bruker("kari"), "leser", kommunetre.skolen)
    assert [r.pk for r in klient.get(reverse("organisasjon:roller")).context["side"]] == [hr.roller.get().pk]
    assert klient.get(reverse("organisasjon:endre_rolle", args=[utenfor.pk])).status_code == 404
    assert klient.get(reverse("organisasjon:person", args=[utenfor.bruker_id])).status_code == 404
    with pytest.raises(PermissionDenied):
        gi(fabrikk.lag_bruker("per"), "leser", kommunetre.skolen, hr)
    assert timezone.localdate() >= DAG
