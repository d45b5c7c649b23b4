"""One of everything the plans hold, so that every page has something to show."""

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace

import pytest
from django.test import Client
from django.utils import timezone

from kompetanse.enums import Vei
from organisasjon.enums import Rolle
from planer.enums import Deltakerrolle, Rytme
from planer.models import (
    Drofting,
    Droftingssyn,
    Effekt,
    Forankring,
    Horing,
    Horingssvar,
    Kommentar,
    Maal,
    Oppfolgingspunkt,
    Planlenke,
    Rollelinje,
    Tiltaksoppfolging,
)
from planer.services.seksjoner import lagre_seksjon, opprett_egen
from tests.planer.fabrikk import gi_planrolle, lag_delplan, lag_mal, lag_temaplan, lag_tiltak


@pytest.fixture
def alt(som: Callable[..., Client], kommunetre) -> SimpleNamespace:
    """HR's client and a representative's, a temaplan, a delplan with everything in it, and a template."""
    hr, tv = som(Rolle.HR), som(Rolle.TILLITSVALGT, kommunetre.helse)
    temaplan = lag_temaplan()
    delplan = lag_delplan(enheter=[kommunetre.hjemmetjenesten])
    for bruker, rolle in ((hr.bruker, Deltakerrolle.KOMPETANSELEDER), (tv.bruker, Deltakerrolle.TILLITSVALGT)):
        gi_planrolle(delplan, bruker, rolle)
    _deler(temaplan)
    _samarbeid(delplan, hr.bruker, tv.bruker)
    tiltak = lag_tiltak(delplan, ansvarlig=hr.bruker, vei=Vei.BEHOLDE)
    Tiltaksoppfolging.objects.create(
        tiltak=tiltak, dato=date(2025, 9, 1), tekst="Går bra", status="planlagt", av=hr.bruker, tid=timezone.now()
    )
    for plan in (temaplan, delplan):
        opprett_egen(plan=plan, kapittel=1, overskrift="Egen seksjon", av=hr.bruker, naa=timezone.now())
        for seksjon in plan.seksjoner.all():
            lagre_seksjon(seksjon=seksjon, html="<p>Tekst</p>", forventet=None, av=hr.bruker, naa=timezone.now())
    return SimpleNamespace(hr=hr, tv=tv, temaplan=temaplan, delplan=delplan, mal=lag_mal(), tiltak=tiltak)


def _deler(plan) -> None:
    Rollelinje.objects.create(plan=plan, gruppe="Eier", hvem="Kommunedirektør", oppgave="Vedtar", rekkefolge=1)
    Forankring.objects.create(plan=plan, dato=date(2025, 5, 26), organ="AMU", tema="Steg 1–5", utfall="Tatt til følge")
    hoved = plan.maal.get(hovedmaal=1)
    Maal.objects.create(plan=plan, hovedmaal=1, overordnet=hoved, tittel="Rett tid", beskrivelse="Alltid")
    Planlenke.objects.create(plan=plan, kapittel=4, tittel="Lov", adresse="https://lovdata.no/", merknad="§ 1")
    Oppfolgingspunkt.objects.create(plan=plan, hva="Tiltak", ansvarlig="Leder", rytme=Rytme.AAR, arena="Møte")
    Effekt.objects.create(plan=plan, tittel="Turnover", indikator="Prosent", kilde="Rapport", nullpunkt="12", maal="9")


def _samarbeid(plan, hr, tv) -> None:
    naa = timezone.now()
    drofting = Drofting.objects.create(plan=plan, dato=naa.date(), tema="Utkastet", opprettet=naa, opprettet_av=hr)
    Droftingssyn.objects.create(drofting=drofting, bruker=tv, syn="uenig", protokoll="Fordi", tid=naa)
    horing = Horing.objects.create(
        plan=plan, frist=date(2099, 1, 1), invitasjon="Si hva dere mener", opprettet=naa, opprettet_av=hr
    )
    Horingssvar.objects.create(horing=horing, avsender="Foreldre", tekst="Bra", vurdering="Takk", tid=naa, av=hr)
    seksjon = plan.seksjoner.first()
    foerste = Kommentar.objects.create(plan=plan, seksjon=seksjon, tekst="Uklart", av=tv, tid=naa)
    Kommentar.objects.create(plan=plan, seksjon=seksjon, svar_paa=foerste, tekst="Enig", av=hr, tid=naa)
