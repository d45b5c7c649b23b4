"""Assessing a unit: the checklist, what is refused, two at once, the log, and the form that loses nothing."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from felles.laas import Foreldet, avtrykk
from kompetanse.models import Modenhetspunkt, Modenhetsvurdering
from kompetanse.queries.modenhet import les, sjekkliste
from kompetanse.services.modenhet import LAAS_VURDERING, merk_tiltak
from organisasjon.enums import Rolle
from organisasjon.logg import hendelser, logglinjer
from tests.kompetanse.modenhet.hjelp import DAG, vurder

pytestmark = pytest.mark.django_db


def data(**endret):
    """The form as the browser sends it."""
    felter = {f"svar_{n}": "ikke_vurdert" for n in sjekkliste().nokler}
    felter |= {f"belegg_{n}": "" for n in sjekkliste().nokler}
    return felter | {"dato": "2026-03-01", "grunnlag": ""} | endret


def test_checklist_has_both_lists_with_own_help_on_every_point():
    liste = sjekkliste()
    assert len([p for p in liste.punkter if p.modell == "nordhaug"]) == 5
    lai = [p for p in liste.punkter if p.modell == "lai" and not p.del_av_id]
    assert [p.nokkel for p in lai] == ["anskaffelse", "utvikling", "mobilisering", "avvikling"]
    assert len([p for p in liste.punkter if p.del_av_id]) == 5 and len(liste.blader) == 13
    assert all(p.betyr and p.ja and p.delvis and p.neste_steg and p.tiltakstittel for p in liste.punkter)


def test_every_date_keeps_its_own_answers_and_mobilisation_follows_from_its_drivers(kommunetre):
    foer = vurder(kommunetre.skolen, {"behov": "nei", "autonomi": "nei"}, date(2025, 3, 1))
    naa = vurder(kommunetre.skolen, {"behov": "ja", "autonomi": "ja"})
    ny, gammel = les(Modenhetsvurdering.objects.order_by("-dato"), sjekkliste())
    assert (gammel.v, ny.v) == (foer, naa)
    assert (gammel.besvarelse["behov"], ny.besvarelse["behov"]) == ("nei", "ja")
    assert (gammel.besvarelse["mobilisering"], ny.besvarelse["mobilisering"]) == ("nei", "delvis")
    assert (ny.telling.ja, ny.telling.ikke_vurdert) == (2, 11)


@pytest.mark.parametrize(
    ("svar", "dato", "tekst"),
    [
        ({"behov": "ja"}, date(2026, 3, 2), "ikke kommet"),
        ({"behov": "ja"}, date(1900, 1, 1), "årstallet"),
        ({}, DAG, "minst ett punkt"),
    ],
)
def test_impossible_dates_and_empty_assessments_are_refused(kommunetre, svar, dato, tekst):
    with pytest.raises(ValidationError, match=tekst):
        vurder(kommunetre.skolen, svar, dato)
    assert not Modenhetsvurdering.objects.exists()


def test_one_assessment_per_unit_and_day(kommunetre):
    vurder(kommunetre.skolen, {"behov": "ja"})
    vurder(kommunetre.barnehagen, {"behov": "ja"})
    with pytest.raises(ValidationError, match="allerede vurdert denne dagen"):
        vurder(kommunetre.skolen, {"behov": "nei"})


def test_stale_save_is_stopped_and_the_log_says_who_changed_what(som, kommunetre):
    hr = som("hr").bruker
    v = vurder(kommunetre.skolen, {"behov": "nei"}, av=hr)
    gammelt = avtrykk(v, LAAS_VURDERING)
    vurder(kommunetre.skolen, {"behov": "ja"}, vurdering=v, av=hr, forventet=gammelt)
    with pytest.raises(Foreldet):
        vurder(kommunetre.skolen, {"behov": "delvis"}, vurdering=v, av=hr, forventet=gammelt)
    endret, laget = logglinjer(list(hendelser("modenhet")))
    assert (endret.hva, endret.hvem, endret.hendelse) == ("Åsen skole, 01.03.2026", str(hr), "Endret")
    assert endret.endringer == (("Registrering av kompetansebehov", "Nei", "Ja"),)
    assert (laget.hendelse, laget.endringer) == ("Vurdert", ())


def test_tiltak_are_remembered_once_and_the_oldest_is_forgotten(kommunetre):
    svar = vurder(kommunetre.skolen, {"behov": "nei"}).svar.first()
    for nr in (1, 1, *range(2, 30)):
        merk_tiltak(kilde=svar, ident=f"T-{nr:04d}")
    svar.refresh_from_db()
    assert svar.tiltaksliste[-1] == "T-0029" and len(svar.tiltak) <= 120
    assert len(set(svar.tiltaksliste)) == len(svar.tiltaksliste)


def test_leader_answers_in_the_form_and_begins_next_time_where_it_left(som, kommunetre):
    leder, enhet = som("enhetsleder"), kommunetre.hjemmetjenesten
    ny = reverse("kompetanse:ny_vurdering", args=[enhet.pk])
    svar = leder.post(ny, data(svar_behov="delvis", belegg_behov="Oppgavelisten", dato="01.03.2025"))
    assert svar.status_code == 302
    skjema = leder.get(ny).context["skjema"]
    assert skjema["svar_behov"].value() == "delvis" and skjema["belegg_behov"].value() == "Oppgavelisten"
    blokk = skjema.grupper[0][1][0]
    assert blokk.punkt.nokkel == "behov" and blokk.forrige.tekst == "Delvis"


@pytest.mark.parametrize(
    ("feil", "tekst"),
    [
        ({"dato": "31.02.2026"}, "Skriv datoen slik"),
        ({"dato": ""}, "Feltet"),
        ({"svar_behov": "kanskje"}, "Velg et gyldig valg"),
        ({"belegg_plan": "x" * 2001}, "2000"),
        ({"belegg_plan": "a\x00b"}, "Null"),
    ],
)
def test_bad_form_says_so_and_keeps_all_that_was_typed(som, kommunetre, feil, tekst):
    leder, enhet = som("enhetsleder"), kommunetre.hjemmetjenesten
    adresse = reverse("kompetanse:ny_vurdering", args=[enhet.pk])
    svar = leder.post(adresse, data(svar_utvikling="ja", belegg_utvikling="Plan for hele enheten") | feil)
    html = svar.content.decode()
    assert svar.status_code == 422 and "Plan for hele enheten" in html and "Rett dette" in html
    assert svar.context["skjema"]["svar_utvikling"].value() == "ja"
    assert tekst.casefold() in html.casefold()
    assert not Modenhetsvurdering.objects.exists()


def test_two_at_once_see_each_other_and_the_second_decides_knowingly(som, kommunetre):
    v = vurder(kommunetre.hjemmetjenesten, {"behov": "nei"})
    leder, hr, adresse = som("enhetsleder"), som("hr"), reverse("kompetanse:endre_vurdering", args=[v.pk])
    laas = leder.get(adresse).context["skjema"]["laas"].value()
    assert hr.post(adresse, data(svar_behov="delvis", belegg_behov="Fra HR", laas=laas)).status_code == 302
    svar = leder.post(adresse, data(svar_behov="ja", belegg_behov="Fra lederen", laas=laas))
    html = svar.content.decode()
    assert svar.status_code == 422 and "Delvis: Fra HR" in html and "Ja: Fra lederen" in html
    nytt = svar.context["skjema"]["laas"].value()
    assert leder.post(adresse, data(svar_behov="ja", belegg_behov="Fra lederen", laas=nytt)).status_code == 302
    assert leder.post(adresse, data(svar_behov="nei", laas="")).status_code == 422
    assert v.svar.get(punkt__nokkel="behov").belegg == "Fra lederen"


VURDERER = {Rolle.HR, Rolle.KOMMUNALSJEF, Rolle.ENHETSLEDER}


@pytest.mark.lik_paa_alle
@pytest.mark.parametrize("rolle", list(Rolle))
def test_who_reads_and_who_assesses(som, kommunetre, rolle):
    v = vurder(kommunetre.hjemmetjenesten, {"behov": "ja"})
    klient, enhet = som(rolle), [kommunetre.hjemmetjenesten.pk]
    leser = {Rolle.SYSTEMANSVARLIG: 403, Rolle.AVDELINGSLEDER: 404}.get(rolle, 200)
    skriver = 200 if rolle in VURDERER else 403
    assert klient.get(reverse("kompetanse:modenhet_enhet", args=enhet)).status_code == leser
    assert klient.get(reverse("kompetanse:vurdering", args=[v.pk])).status_code == leser
    for rute, arg in (("ny_vurdering", enhet), ("endre_vurdering", [v.pk]), ("slett_vurdering", [v.pk])):
        assert klient.get(reverse(f"kompetanse:{rute}", args=arg)).status_code == skriver, rute
    if rolle not in VURDERER:
        klient.post(reverse("kompetanse:slett_vurdering", args=[v.pk]))
        assert Modenhetsvurdering.objects.filter(pk=v.pk).exists()


@pytest.mark.parametrize("rolle", [Rolle.KOMMUNALSJEF, Rolle.ENHETSLEDER, Rolle.TILLITSVALGT])
def test_units_outside_own_scope_do_not_exist(som, kommunetre, rolle):
    v = vurder(kommunetre.skolen, {"behov": "ja"}, belegg="Hemmelig grunn")
    omraade = {Rolle.TILLITSVALGT: kommunetre.helse}.get(rolle)
    klient = som(rolle, omraade)
    assert klient.get(reverse("kompetanse:vurdering", args=[v.pk])).status_code == 404
    assert klient.get(reverse("kompetanse:modenhet_enhet", args=[kommunetre.skolen.pk])).status_code == 404
    assert "Hemmelig" not in klient.get(reverse("kompetanse:hva_skiller"), {"a": v.pk, "b": v.pk}).content.decode()
    if rolle != Rolle.TILLITSVALGT:
        assert klient.post(reverse("kompetanse:endre_vurdering", args=[v.pk]), data()).status_code == 404


def test_deleting_is_confirmed_and_leaves_other_dates(som, kommunetre):
    gammel = vurder(kommunetre.hjemmetjenesten, {"behov": "nei"}, date(2025, 1, 1))
    ny = vurder(kommunetre.hjemmetjenesten, {"behov": "ja"})
    leder, adresse = som("enhetsleder"), reverse("kompetanse:slett_vurdering", args=[ny.pk])
    assert "andre datoer blir stående" in leder.get(adresse).content.decode()
    assert leder.post(adresse).status_code == 302
    assert list(Modenhetsvurdering.objects.all()) == [gammel]
    assert Modenhetspunkt.objects.count() == 14


def test_choice_of_unit_shows_those_that_wait_longest_first_and_finds_departments(som, kommunetre):
    velg, ny = (
        reverse("kompetanse:velg_enhet"),
        reverse("kompetanse:ny_vurdering", args=[kommunetre.hjemmetjenesten.pk]),
    )
    vurder(kommunetre.hjemmetjenesten, {"behov": "ja"})
    vurder(kommunetre.helse, {"behov": "ja"}, date(2025, 1, 1))
    navn = [e.navn for e in som("kommunalsjef").get(velg).context["snarveier"]]
    assert navn == ["Sykehjemmet", "Helse og omsorg", "Hjemmetjenesten"]
    hr = som("hr")
    for skrevet in ("Hjemmetjenesten (310)", "hjemmetjenesten", "310", str(kommunetre.hjemmetjenesten.pk)):
        assert hr.get(velg, {"enhet": skrevet}).headers["Location"] == ny, skrevet
    assert hr.get(velg, {"enhet": "SFO"}).status_code == 302
    assert "Fant ingen" in hr.get(velg, {"enhet": "Tull"}).content.decode()
    kommunetre.hjemme_nord.delete(), kommunetre.hjemme_sor.delete()
    assert som("enhetsleder").get(velg).headers["Location"] == ny
