"""The plan overview: the state of each cell, own sector first, the numbers by deadline, and what it costs."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from organisasjon.enums import Rolle
from planer.enums import Deltakerrolle, Grep, Tiltakstatus
from planer.oversikt import rutemerke
from planer.services.planer import endre_plan
from tests.fabrikk import lag_bruker
from tests.planer.fabrikk import gi_planrolle, lag_delplan, lag_temaplan, lag_tiltak, skriv

OMRAADER = (
    ("rolle", "Rolleforståelse", Grep.KJERNE),
    ("ledelse", "Ledelse", Grep.KJERNE),
    ("digital", "Digitalt", Grep.STOTTE),
)


@pytest.fixture
def planer(kommunetre):
    tema = lag_temaplan(omraader=OMRAADER)
    return {
        "hjemme": lag_delplan("Hjemme", enheter=[kommunetre.hjemmetjenesten], temaplan=tema),
        "skole": lag_delplan("Åsskole", enheter=[kommunetre.skolen], temaplan=tema),
        "begge": lag_delplan("Felles", enheter=[kommunetre.sykehjemmet, kommunetre.barnehagen], temaplan=tema),
    }


def vis(klient, **valg):
    svar = klient.get(reverse("planer:planoversikt"), valg)
    assert svar.status_code == 200
    return svar


def kontekst(klient, **valg):
    """The overview as the template got it; the page itself is kept rendered."""
    from django.test import RequestFactory

    from organisasjon.queries import tilgang_for
    from planer.stempel import planstempel
    from planer.views.planoversikt import _kontekst

    request = RequestFactory().get("/", valg)
    request.user = klient.bruker
    request.tilgang = tilgang_for(klient.bruker, timezone.localdate())
    return _kontekst(request, planstempel())


def ruter(data):
    utvalg = bool(data["filter"].ansvarlig or data["filter"].maal)
    return {
        rad.tittel: [rutemerke(*celle, utvalg).tekst for celle in rad.celler]
        for _navn, rader in data["oversikt"].grupper
        for rad in rader
    }


def test_hver_rute_sier_hvor_langt_planen_er_kommet(som, planer):
    rolle, ledelse, digital = planer["hjemme"].temaplan.omraader.order_by("rekkefolge")
    skriv(planer["hjemme"], "grep-rolle")
    lag_tiltak(planer["hjemme"], omraade=rolle)
    lag_tiltak(planer["hjemme"], omraade=rolle)
    lag_tiltak(planer["hjemme"], omraade=ledelse)
    lag_tiltak(planer["hjemme"], omraade=digital)
    lag_tiltak(planer["skole"], omraade=rolle, status=Tiltakstatus.AVBRUTT, statusgrunn="Nei")
    skriv(planer["skole"], "grep-ledelse")
    data = kontekst(som("hr"))
    assert [(k.nummer, k.tittel) for k in data["oversikt"].kolonner] == [("6.1", "Rolleforståelse"), ("6.2", "Ledelse")]
    assert ruter(data) == {
        "Hjemme": ["2 tiltak", "1 tiltak, ikke begrunnet"],
        "Åsskole": ["ikke begynt", "ingen tiltak"],
        "Felles": ["ikke begynt", "ikke begynt"],
    }
    assert data["funn"].startswith("1 av 6 ")
    assert ">6.1<" in vis(som("hr")).content.decode()


def test_merket_er_aldri_bare_farge():
    for merke in (rutemerke(2, True), rutemerke(2, False), rutemerke(0, True), rutemerke(0, False)):
        assert merke.ikon and merke.tekst
    assert len({rutemerke(1, b).ikon + rutemerke(0, b).ikon for b in (True, False)}) == 2


def test_egen_sektor_kommer_foerst(som, planer, kommunetre):
    navn = [g for g, _rader in kontekst(som("hr"))["oversikt"].grupper]
    assert navn == ["Helse og omsorg", "Oppvekst", "På tvers av sektorene"]
    navn = [g for g, _rader in kontekst(som(Rolle.KOMMUNALSJEF, kommunetre.oppvekst))["oversikt"].grupper]
    assert navn == ["Oppvekst", "På tvers av sektorene"]


def test_filter_paa_sektor_ansvarlig_og_maal(som, planer, kommunetre):
    hvem, leder = lag_bruker("eva"), lag_bruker("leder")
    lag_tiltak(planer["hjemme"], ansvarlig=hvem, hovedmaal=1)
    lag_tiltak(planer["hjemme"], hovedmaal=2)
    lag_tiltak(planer["skole"], hovedmaal=3)
    gi_planrolle(planer["begge"], leder, Deltakerrolle.ANSVARLIG)
    klient = som("hr")
    assert set(ruter(kontekst(klient, sektor=kommunetre.oppvekst.pk))) == {"Åsskole", "Felles"}
    assert ruter(kontekst(klient, ansvarlig=hvem.pk)) == {"Hjemme": ["1 tiltak, ikke begrunnet", "ingen i utvalget"]}
    assert set(ruter(kontekst(klient, ansvarlig=leder.pk))) == {"Felles"}
    assert set(ruter(kontekst(klient, maal=3))) == {"Åsskole"}
    assert kontekst(klient, maal=3)["oversikt"].antall == 1
    assert "Ingen delplaner passer" in vis(klient, sektor=999999).content.decode()


def test_tiltak_etter_frist_og_status(som, planer):
    dag = timezone.localdate()
    lag_tiltak(planer["hjemme"], "Sen", frist=dag - timedelta(days=1))
    lag_tiltak(planer["hjemme"], frist=dag, status="i_gang")
    lag_tiltak(planer["hjemme"], frist=dag + timedelta(days=31))
    lag_tiltak(planer["hjemme"], frist=None)
    lag_tiltak(planer["hjemme"], frist=dag - timedelta(days=9), status="gjennomfort")
    data = kontekst(som("hr"))
    tabell = data["oversikt"].tabell
    assert {frist: sum(rad.values()) for frist, rad in tabell.items()} == {
        "forfalt": 1, "snart": 1, "senere": 1, "uten": 1, "avsluttet": 1,
    }  # fmt: skip
    assert tabell["snart"]["i_gang"] == 1
    assert "1 av 5 tiltak er over fristen" in data["fristkort"]
    assert ["Sen" in rad and "1 dag over fristen" in rad for rad in data["forfaltrader"]] == [True]


def test_siden_er_ny_naar_noe_er_endret(som, planer):
    klient = som("hr")
    foer = vis(klient).content
    tiltak = lag_tiltak(planer["hjemme"])
    med = vis(klient).content
    skriv(planer["hjemme"], "grep-rolle")
    skrevet = vis(klient).content
    tiltak.tittel, tiltak.status = "X", "gjennomfort"
    tiltak.save()
    ferdig = vis(klient).content
    endre_plan(plan=planer["hjemme"], verdier={"tittel": "Nytt navn"}, forventet=None, av=None, naa=timezone.now())
    assert len({foer, med, skrevet, ferdig, vis(klient).content}) == 5
    tiltak.delete()
    assert "Nytt navn" in vis(klient).content.decode()


def test_ulike_personer_faar_hver_sin_side(som, planer, kommunetre):
    assert "Åsskole" in vis(som("hr")).content.decode()
    side = vis(som("enhetsleder")).content.decode()
    assert "Hjemme" in side and "Åsskole" not in side
    assert "Hjemme</a>" not in vis(som("leser")).content.decode()


def test_antall_sporringer_er_det_samme_og_bare_det_endrede_telles_paa_nytt(som, planer, kommunetre):
    klient = som("hr")

    def antall(foerste_gang=False):
        if foerste_gang:
            cache.clear()
        with CaptureQueriesContext(connection) as fanget:
            vis(klient)
        return len(fanget)

    lag_tiltak(planer["hjemme"])
    assert antall(foerste_gang=True) == 11
    for nr in range(6):
        plan = lag_delplan(f"P{nr}", enheter=[kommunetre.hjemme_nord], temaplan=planer["hjemme"].temaplan)
        gi_planrolle(plan, lag_bruker(f"l{nr}"), Deltakerrolle.ANSVARLIG)
        lag_tiltak(plan, ansvarlig=klient.bruker)
    assert antall(foerste_gang=True) == 11
    assert antall() == 6  # kept as it was drawn
    lag_tiltak(planer["skole"])
    assert antall() == 7  # the tiltak are counted again; units, plans, people and texts are not
    skriv(planer["hjemme"], "grep-rolle")
    assert antall() == 8
