"""What somebody could read or lose by odd ways, each found once by an attack."""

from datetime import date

import pytest
from django.urls import reverse

from analyse.omfang import ansettelser_i
from analyse.regneoppsett import hent_oppsett
from kompetanse.enums import Gapradslag, Gapstatus, Rundestatus
from kompetanse.forms.gapsvar import skjema_for
from kompetanse.models import Gapanalyse, Gapoppgave, Gaprad, Gaprunde, Gapsentsvar, Gapsporsmaal
from kompetanse.queries.gapvern import les_radvern
from kompetanse.services.gapsvar import begynn
from kompetanse.services.gapsvar_sene import NY_OPPGAVE, NYE_RADER
from organisasjon.enums import Rolle
from organisasjon.models import Enhet, Rolletildeling
from tests.fabrikk import gi_rolle
from tests.kompetanse.gapsvar.fabrikk import NAA, data_fra, lag_analyse, lag_rad, lag_runde, med_uttrekk

pytestmark = pytest.mark.django_db


def url(navn, objekt):
    return reverse(f"kompetanse:{navn}", args=[objekt.pk])


@pytest.fixture
def analyse(kommunetre):
    return lag_analyse(lag_runde(), kommunetre.hjemmetjenesten, status=Gapstatus.I_ARBEID)


@pytest.mark.lik_paa_alle
def test_en_enhet_som_ikke_er_i_uttrekket_faar_ingen_av_de_andres(kommunetre):
    uttrekk = med_uttrekk(kommunetre)
    ny = Enhet.objects.create(navn="Ny", type="enhet", parent=kommunetre.oppvekst, gyldig_fra=date(2026, 8, 1))
    assert len(ansettelser_i(uttrekk, [kommunetre.hjemmetjenesten.pk], hent_oppsett().tellinger)) > 10
    assert len(ansettelser_i(uttrekk, [ny.pk], hent_oppsett().tellinger)) == 0
    begynt = begynn(analyse=lag_analyse(lag_runde(uttrekk=uttrekk), ny), av=None, naa=NAA)
    assert not begynt.rader.filter(har__gt=0).exists() and not begynt.arbeid["grupper"] and not begynt.arbeid["ledere"]


def test_en_invitasjon_gjelder_ikke_lenger_enn_rollen(som, analyse):
    rad, invitert = lag_rad(analyse, har=3), som("avdelingsleder")
    analyse.inviterte.add(invitert.bruker)
    assert invitert.get(url("gaprad", rad)).status_code == 200
    gi_rolle(invitert.bruker, Rolle.TILLITSVALGT, analyse.enheter.get())
    Rolletildeling.objects.filter(bruker=invitert.bruker, rolle=Rolle.AVDELINGSLEDER).delete()
    assert {invitert.get(url(n, rad)).status_code for n in ("gaprad", "gaprad_hvorfor")} == {404}
    assert invitert.get(url("gapsvar_start", analyse)).status_code == 404
    mine = invitert.get(reverse("kompetanse:gapanalyser")).context
    assert not mine["venter"] and not mine["resten"] and not mine["andre"]
    Gapanalyse.objects.update(status=Gapstatus.GODKJENT)
    side = invitert.get(url("gapanalyse", analyse)).content.decode()
    assert "&lt;5" in side and invitert.get(url("gaprad_hvorfor", rad)).status_code == 403


@pytest.mark.lik_paa_alle
def test_kompetansesystemets_tall_fra_i_fjor_er_like_skjult(analyse):
    rad = lag_rad(analyse, "Demens", slag=Gapradslag.KOMPETANSE, har=17)
    rad.forslag = {"i_fjor": {"aar": 2025, "verdier": {"har": "17"}}}
    assert les_radvern([analyse.pk]).skjuler_rad(rad)
    rad.har = 18
    assert not les_radvern([analyse.pk]).skjuler_rad(rad), "the leader's own"


@pytest.mark.lik_paa_alle
def test_nye_rader_og_oppgaver_etter_stenging_er_tatt_vare_paa(som, analyse):
    lag_rad(analyse)
    Gaprunde.objects.update(status=Rundestatus.STENGT)
    leder = som("enhetsleder")
    leder.post(url("gapsvar_nye_rader", analyse), {"navn": "Min helt nye rad", "kompetanse": "Demens\x00"})
    oppgave = {"ny-oppgave": "Rydde lageret", "ny-utfoeres_av": "Alle"}
    svar = leder.post(url("gapsvar_ny_oppgave", analyse), oppgave, follow=True).content.decode()
    assert {s.gjelder: s.verdier for s in Gapsentsvar.objects.all()} == {
        NYE_RADER: {"navn": "Min helt nye rad\nDemens"},
        NY_OPPGAVE: {"oppgave": "Rydde lageret", "utfoeres_av": "Alle"},
    }
    assert "Min helt nye rad" in svar and "Ny oppgave som ikke ble lagt til" in svar
    assert Gaprad.objects.count() == 1 and not Gapoppgave.objects.exists()


@pytest.mark.lik_paa_alle
def test_det_som_skrives_i_noe_andre_tok_ut_er_tatt_vare_paa(som, analyse):
    lag_rad(analyse)
    leder, sporsmaal = som("enhetsleder"), Gapsporsmaal.objects.create(runde=analyse.runde, nummer=1, tekst="Hva?")
    oppgave = Gapoppgave.objects.create(analyse=analyse, nummer=1, oppgave="Rydde", utfoeres_av="Alle")
    skrevet = data_fra(skjema_for(analyse, f"oppgave:{oppgave.pk}"), forutsetning="En time hver dag")
    svart = data_fra(skjema_for(analyse, f"svar:{sporsmaal.pk}"), tekst="Bestillinger")
    svart_id = sporsmaal.pk
    Gapoppgave.objects.update(tatt_ut=NAA)
    sporsmaal.delete()
    for side, data in (("gapsvar_oppgaver", skrevet), ("gapsvar_sporsmaal", svart), ("gapsvar_oppgaver", skrevet)):
        assert "er tatt vare på" in leder.post(url(side, analyse), data, follow=True).content.decode()
    assert {s.gjelder: s.verdier for s in Gapsentsvar.objects.all()} == {
        f"oppgave:{oppgave.pk}": {"forutsetning": "En time hver dag"},
        f"svar:{svart_id}": {"tekst": "Bestillinger"},
    }
    side = leder.get(url("gapsvar_start", analyse)).content.decode()
    assert "En time hver dag" in side and "Noe som er tatt ut" in side


@pytest.mark.parametrize("navn", ["gapsvar_nye_rader", "gapsvar_ny_oppgave"])
def test_nullbyte_er_ingen_feil(som, analyse, navn):
    data = {"kompetanse": "a\x00b", "forslag": "a\x00b|x\x00|y", "navn": "c\x00d"}
    assert som("enhetsleder").post(url(navn, analyse), data).status_code == 302
