"""What people do with plans, their goals, tiltak and forankring shows in the common log, with who did it."""

from datetime import date

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from planer.enums import Planstatus
from planer.models import Forankring, Maal
from planer.services.deler import lagre_del, slett_del
from planer.services.planer import endre_plan
from planer.services.revisjon import start_revisjon
from planer.services.tiltak import folg_opp, lagre_tiltak
from tests.planer.fabrikk import NAA, bekreft, lag_delplan, lag_tiltak, sett_status

SPORRINGER_LOGG = 9


def linjer(klient, **sporring):
    return klient.get(reverse("organisasjon:logg"), sporring).context["linjer"]


def test_plan_maal_tiltak_og_forankring_staar_i_loggen(som, kommunetre):
    hr = som("hr")
    plan = lag_delplan("Skoleplanen", enheter=[kommunetre.skolen])
    felles = {"av": hr.bruker, "naa": NAA}
    endre_plan(plan=plan, verdier={"tittel": "Ny tittel", "til_aar": 2027}, forventet=None, **felles)
    (endret, laget, _temaplan) = linjer(hr, slag="plan")
    assert (endret.hvem, endret.hva) == (str(hr.bruker), "Ny tittel")
    assert endret.endringer == (("Tittel", "Skoleplanen", "Ny tittel"), ("Til og med år", "2028", "2027"))
    assert (laget.hendelse, laget.hva, laget.endringer) == ("Opprettet", "Skoleplanen", ())

    rad = Forankring(dato=date(2025, 5, 26), organ="AMU", tema="Alt")
    rad = lagre_del(plan=plan, objekt=rad, verdier={}, felter=(), **felles)
    rad = lagre_del(plan=plan, objekt=rad, verdier={"dato": date(2025, 5, 27)}, felter=(), **felles)
    slett_del(objekt=rad, **felles)
    fjernet, flyttet, fort = linjer(hr, slag="forankring")
    assert [x.hendelse for x in (fjernet, flyttet, fort)] == ["Fjernet", "Endret", "Opprettet"]
    assert (flyttet.hva, flyttet.endringer) == ("AMU 27.05.2025", (("Dato", "26.05.2025", "27.05.2025"),))
    assert {x.hvem for x in (fjernet, flyttet, fort)} == {str(hr.bruker)}

    lagre_del(plan=plan, objekt=Maal(plan=plan, hovedmaal=1, tittel="Delmål"), verdier={}, felter=(), **felles)
    assert linjer(hr, slag="maal")[0].hva == "Delmål"
    verdier = {"tittel": "Fagdag", "omraade": plan.temaplan.omraader.first(), "hovedmaal": 1, "vei": "utvikle"}
    tiltak = lagre_tiltak(tiltak=None, plan=plan, verdier=verdier, **felles)
    folg_opp(tiltak=tiltak, dato=NAA.date(), tekst="Streik", status="utsatt", **felles)
    assert linjer(hr, slag="tiltak", sok="fagdag")[0].endringer == (
        ("Status", "Planlagt", "Utsatt"),
        ("Hvorfor utsatt eller avbrutt", "–", "Streik"),
    )


def test_revisjon_og_sletting_staar_med_den_som_gjorde_det(som, kommunetre):
    hr = som("hr")
    plan = lag_delplan(enheter=[kommunetre.skolen])
    lag_tiltak(plan)
    ny = start_revisjon(plan=sett_status(plan, Planstatus.VEDTATT), av=hr.bruker, naa=NAA)
    rader = {(x.hendelse, x.endringer) for x in linjer(hr, slag="plan") if x.hvem == str(hr.bruker)}
    assert rader == {("Opprettet", ()), ("Endret", (("Status", "Utkast", "Vedtatt, under revisjon"),))}
    assert str(hr.bruker) in {x.hvem for x in linjer(hr, slag="tiltak")}
    bekreft(hr, reverse("planer:forkast", args=[ny.pk]))
    assert ("Fjernet", str(hr.bruker)) in {(x.hendelse, x.hvem) for x in linjer(hr, slag="plan")}


def test_loggen_har_fast_antall_sporringer(som, kommunetre):
    hr = som("hr")

    def antall():
        with CaptureQueriesContext(connection) as fanget:
            assert hr.get(reverse("organisasjon:logg")).status_code == 200
        return len(fanget)

    antall()
    plan = lag_delplan(enheter=[kommunetre.skolen])
    lag_tiltak(plan)
    ett = antall()
    for nr in range(3):
        lag_tiltak(plan, f"Tiltak {nr}")
        Forankring.objects.create(plan=plan, dato=date(2025, 5, 26), organ="AMU", tema="Alt")
    assert (ett, antall()) == (SPORRINGER_LOGG, SPORRINGER_LOGG)
