"""Deleting is of what the person saw: a change meanwhile stops it once, and says so. Others' work on what is gone."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from planer.models import Forankring, Maal, Plan, Seksjon, Tiltak
from planer.services.deler import lagre_del
from planer.services.omraader import FELTER_OMRAADE, lagre_omraade
from planer.services.planer import slett_plan
from planer.services.revisjon import start_revisjon
from planer.services.seksjoner import lagre_seksjon, opprett_egen
from planer.services.tiltak import folg_opp, lagre_tiltak, slett_tiltak
from tests.planer import fabrikk
from tests.planer.fabrikk import NAA

SENERE = NAA + timedelta(minutes=1)


def _tiltak(plan):
    return fabrikk.lag_tiltak(plan), ("planer:tiltak_slett",)


def _endre_tiltak(tiltak):
    folg_opp(tiltak=tiltak, dato=NAA.date(), tekst="I gang nå", status="i_gang", av=None, naa=SENERE)


def _forankring(plan):
    rad = Forankring.objects.create(plan=plan, dato=NAA.date(), organ="AMU", tema="Alt")
    return rad, ("planer:slett_del", plan.pk, 2, "forankring")


def _endre_forankring(rad):
    lagre_del(plan=rad.plan, objekt=rad, verdier={"organ": "Ledermøtet"}, felter=(), av=None, naa=SENERE)


def _seksjon(plan):
    return opprett_egen(plan=plan, kapittel=1, overskrift="Egen", av=None, naa=NAA), ("planer:slett_seksjon",)


def _endre_seksjon(seksjon):
    lagre_seksjon(seksjon=seksjon, html="<p>Nytt</p>", forventet=None, av=None, naa=SENERE)


def _omraade(plan):
    rad = plan.omraader.get(nokkel="digital")
    return rad, ("planer:slett_omraade", plan.pk)


def _endre_omraade(rad):
    felter = {felt: getattr(rad, felt) for felt in FELTER_OMRAADE} | {"tittel": "Nytt navn"}
    lagre_omraade(omraade=rad, plan=rad.plan, **felter, av=None, naa=SENERE)


def _plan(plan):
    return plan, ("planer:slett_plan",)


def _endre_plan(plan):
    lagre_seksjon(seksjon=plan.seksjoner.first(), html="<p>Nytt</p>", forventet=None, av=None, naa=SENERE)


@pytest.mark.parametrize(
    ("lag", "endre"),
    [
        (_tiltak, _endre_tiltak),
        (_forankring, _endre_forankring),
        (_seksjon, _endre_seksjon),
        (_omraade, _endre_omraade),
        (_plan, _endre_plan),
    ],
)
def test_sletting_stanser_nar_noen_har_endret_imens(som, kommunetre, lag, endre):
    tema = fabrikk.lag_temaplan()
    plan = tema if lag in (_omraade, _forankring) else fabrikk.lag_delplan(enheter=[kommunetre.skolen], temaplan=tema)
    objekt, (rute, *args) = lag(plan)
    adresse, hr = reverse(rute, args=[*args, objekt.pk]), som("hr")
    sett = hr.get(adresse).context["side"].skjult
    endre(objekt)
    svar = hr.post(adresse, sett)
    assert svar.status_code == 422
    assert "Noen andre har endret dette etter at du åpnet siden" in svar.content.decode()
    assert type(objekt).objects.filter(pk=objekt.pk).exists()
    assert hr.post(adresse, {}).status_code == 422
    assert hr.post(adresse, svar.context["side"].skjult).status_code == 302
    assert not type(objekt).objects.filter(pk=objekt.pk).exists()


def test_revisjon_forkastes_bare_slik_den_ble_sett(som, kommunetre):
    plan = fabrikk.sett_status(fabrikk.lag_delplan(enheter=[kommunetre.skolen]), "vedtatt")
    hr = som("hr")
    ny = start_revisjon(plan=plan, av=hr.bruker, naa=NAA)
    adresse = reverse("planer:forkast", args=[ny.pk])
    sett = hr.get(adresse).context["side"].skjult
    _endre_plan(ny)
    assert hr.post(adresse, sett).status_code == 422
    assert fabrikk.bekreft(hr, adresse).status_code == 302
    assert list(Plan.objects.delplaner()) == [plan]


@pytest.mark.parametrize("borte", ["plan", "seksjon", "tiltak", "del"])
def test_den_som_skriver_i_noe_som_er_slettet_faar_vite_det(kommunetre, borte):
    """What the person holds is an old row; the database has none."""
    plan = fabrikk.lag_delplan(enheter=[kommunetre.skolen])
    tiltak, seksjon = fabrikk.lag_tiltak(plan), plan.seksjoner.first()
    rad = Forankring.objects.create(plan=plan, dato=NAA.date(), organ="AMU", tema="Alt")
    {
        "plan": lambda: slett_plan(plan=plan),
        "seksjon": lambda: Seksjon.objects.filter(pk=seksjon.pk).delete(),
        "tiltak": lambda: Tiltak.objects.filter(pk=tiltak.pk).delete(),
        "del": lambda: Forankring.objects.filter(pk=rad.pk).delete(),
    }[borte]()
    felles = {"av": None, "naa": SENERE}
    skriv = {
        "plan": lambda: lagre_tiltak(tiltak=None, plan=plan, verdier={"tittel": "Ny"}, **felles),
        "seksjon": lambda: lagre_seksjon(seksjon=seksjon, html="<p>x</p>", forventet=1, **felles),
        "tiltak": lambda: lagre_tiltak(tiltak=tiltak, plan=plan, verdier={"tittel": "Ny"}, forventet="x", **felles),
        "del": lambda: lagre_del(
            plan=plan, objekt=rad, verdier={"organ": "Ny"}, felter=("organ",), forventet="x", **felles
        ),
    }
    with pytest.raises(ValidationError, match="Noen andre har slettet"):
        skriv[borte]()
    if borte == "tiltak":
        with pytest.raises(ValidationError, match="Noen andre har slettet"):
            slett_tiltak(tiltak=tiltak, av=None, naa=SENERE)


def test_delmaal_slettes_med_historie(som, kommunetre):
    hr, plan = som("hr"), fabrikk.lag_delplan(enheter=[kommunetre.skolen])
    antall = Maal.objects.count()
    assert fabrikk.bekreft(hr, reverse("planer:slett_plan", args=[plan.pk])).status_code == 302
    assert Plan.historie.filter(history_type="-").get().history_user == hr.bruker
    assert Maal.objects.count() <= antall
