"""The panels of parts 1, 2, 3 and 5, by person: what they show, what they keep back, how much they ask the database."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from analyse.models import Uttrekk
from analyse.services.befolkning import lagre_befolkning, sett_sentralitet
from organisasjon.enums import Rolle
from planer.enums import Deltakerrolle
from planer.models import Plan
from planer.visning.delplan_tall import sammenlagt
from tests.planer.fabrikk import gi_planrolle, lag_delplan, lag_mal, lag_temaplan, lag_tiltak

pytestmark = [pytest.mark.django_db, pytest.mark.lik_paa_alle]
STILLINGER = ("Sykepleier", "Helsefagarbeider", "Enhetsleder")


def rader(tre, dag: date = date(2025, 7, 1)) -> list[dict]:
    """Sixty in hjemmetjenesten, twenty in sykehjemmet with three of them over sixty."""
    hjemme = [
        {"enhet": tre.hjemmetjenesten, "person": n, "stilling": STILLINGER[n % 2], "prosent": 50 + 50 * (n % 2)}
        for n in range(1, 60)
    ]
    hjemme.append({"enhet": tre.hjemmetjenesten, "person": 60, "stilling": "Enhetsleder"})
    syke = [
        {"enhet": tre.sykehjemmet, "person": n, "fodt": date(1962 if n < 104 else 1985, 1, 1), "kjonn": "KM"[n % 2]}
        for n in range(101, 121)
    ]
    return hjemme + syke


@pytest.fixture
def uttrekk(lag_uttrekk, kommunetre) -> Uttrekk:
    lag_uttrekk(rader(kommunetre)[:-8], dato=date(2024, 7, 1))
    return lag_uttrekk(rader(kommunetre))


@pytest.fixture
def en(kommunetre, uttrekk) -> Plan:
    return lag_delplan("Hjemmetjenesten", enheter=[kommunetre.hjemmetjenesten], uttrekk=uttrekk)


@pytest.fixture
def flere(kommunetre, uttrekk) -> Plan:
    return lag_delplan("Omsorg", enheter=[kommunetre.hjemmetjenesten, kommunetre.sykehjemmet], uttrekk=uttrekk)


def side(klient, plan: Plan, del_: int) -> str:
    svar = klient.get(reverse("planer:kapittel", args=[plan.pk, del_]))
    assert svar.status_code == 200
    return svar.content.decode().replace("\xa0", " ")


def test_del_1_har_egne_tall_med_endring_og_utvikling(en, som):
    html = side(som("enhetsleder"), en, 1)
    assert "Egne tall" in html and ">60<" in html
    assert "siden 1. juli 2024" in html and "Tallene ved hvert uttrekk" in html


def test_del_1_uten_befolkningstall_sier_hvem_som_legger_dem_inn(en, som):
    assert "HR legger dem inn" in side(som("enhetsleder"), en, 1)
    assert reverse("analyse:befolkning") in side(som("hr"), en, 1)


def test_del_1_viser_befolkning_og_to_modeller_med_kilde(en, som):
    for aar, eldre in ((2024, 5500), (2050, 7500)):
        lagre_befolkning(rad=None, aar=aar, unge=5000, voksne=14000, eldre=eldre, kilde="SSB", hentet=date(2024, 6, 5))
    sett_sentralitet(klasse=4)
    html = side(som("enhetsleder"), en, 1)
    assert "Færre i arbeidsfør alder per eldre: 2,5 i 2024, 1,9 i 2050" in html
    assert "+4,3" in html and "+1,9" in html and "SSB, 5. juni 2024" in html


def test_del_2_har_stillingene_med_krav_og_antall(en, som, kommunetre):
    html = side(som("enhetsleder"), en, 2)
    assert "Enhetsleder" in html and "HTA kapittel 3, punkt 3.4.2" in html and "Sykepleier" in html
    assert "1 ansatt" in html


def test_del_2_viser_ikke_antall_til_den_som_ikke_ser_smaa_tall(en, som, kommunetre):
    Uttrekk.objects.update(publisert="2025-08-01T00:00Z")
    html = side(som("tillitsvalgt"), en, 2)
    assert "Enhetsleder" in html and "1 ansatt" not in html and "29 ansatte" not in html


def test_del_3_for_en_enhet_har_tall_status_og_forklaring(en, som):
    html = side(som("enhetsleder"), en, 3)
    assert ">60<" in html and "slik-er-tallet-regnet" in html and "enhet=310" in html
    assert "ved eller over 43" in html and "Ingen gapanalyse er laget for enhetene ennå" in html


def test_del_3_for_flere_enheter_legger_sammen_og_viser_hver(flere, som):
    html = side(som("kommunalsjef"), flere, 3)
    assert ">80<" in html and "sum av to enheter" in html
    assert "Én av to enheter har 43 ansatte eller flere" in html
    assert ">20<" in html and "Sykehjemmet" in html


def test_den_som_ikke_ser_smaa_tall_faar_vernede_tall_og_ingen_summer(flere, som):
    Uttrekk.objects.update(publisert="2025-08-01T00:00Z")
    html = side(som("tillitsvalgt"), flere, 3)
    assert "Sykehjemmet" in html and "Tall for enhetene samlet vises ikke" in html
    assert ">80<" not in html and "sum av" not in html
    # Three of twenty would be 15.0 percent.
    assert "15,0" not in html and ("&lt;5" in html or "skjult" in html)


def test_leder_med_bare_en_av_enhetene_faar_ingen_summer(flere, som, kommunetre):
    klient = som("enhetsleder", kommunetre.hjemmetjenesten)
    gi_planrolle(flere, klient.bruker, Deltakerrolle.ANSVARLIG)
    Uttrekk.objects.update(publisert="2025-08-01T00:00Z")
    html = side(klient, flere, 3)
    assert ">80<" not in html and "Tall for enhetene samlet vises ikke" in html


def test_upublisert_uttrekk_vises_ikke_til_den_som_bare_ser_publiserte(flere, som):
    html = side(som("tillitsvalgt"), flere, 3)
    assert "Tallene er ikke publisert ennå" in html and "Sykehjemmet</th>" not in html


def test_uten_uttrekk_og_uten_omfang_sier_siden_hva_som_trengs(kommunetre, som):
    plan = lag_delplan("Skole", enheter=[kommunetre.skolen])
    assert "Planen har ikke noe uttrekk ennå" in side(som("hr"), plan, 3)
    plan.omfang.all().delete()
    for del_ in (1, 2, 3):
        assert "Velg hvilke enheter delplanen gjelder for" in side(som("hr"), plan, del_)


def test_enhet_som_ikke_er_i_uttrekket_feller_ikke_siden(kommunetre, uttrekk, som):
    from tests.fabrikk import lag_enhet

    ny = lag_enhet("Ny enhet", "enhet", kommunetre.helse, "999")
    plan = lag_delplan("Ny", enheter=[ny], uttrekk=uttrekk)
    for del_ in range(1, 6):
        side(som("hr"), plan, del_)
    begge = lag_delplan("Begge", enheter=[ny, kommunetre.hjemmetjenesten], uttrekk=uttrekk)
    html = side(som("hr"), begge, 3)
    assert "Ny enhet" in html and ">60<" in html


def test_slettede_personrader_viser_det_som_er_beholdt(en, som):
    side(som("enhetsleder"), en, 3)
    Uttrekk.objects.update(rader_slettet="2025-08-01T00:00Z")
    assert ">60<" in side(som("enhetsleder"), en, 3)
    assert "personradene er slettet" in side(som("enhetsleder"), en, 2)


def test_malen_viser_ingen_tall(kommunetre, som):
    lag_temaplan()
    mal = lag_mal()
    for del_ in range(1, 6):
        assert "Egne tall" not in side(som("hr"), mal, del_)


def test_del_5_oppsummerer_tiltakene(en, som):
    assert "Planen har ingen tiltak ennå" in side(som("enhetsleder"), en, 5)
    lag_tiltak(en, "Gammelt", frist=date(2020, 1, 1))
    lag_tiltak(en, "Nytt", frist=date(2090, 1, 1))
    html = side(som("enhetsleder"), en, 5)
    assert "2 tiltak i planen" in html and "1 over fristen" in html and "2 uten ansvarlig" in html


@pytest.mark.parametrize("del_", [1, 2, 3, 4, 5])
@pytest.mark.parametrize("rolle", [Rolle.HR, Rolle.TILLITSVALGT])
def test_sidene_spor_like_mye_for_en_og_for_flere_enheter(en, flere, som, rolle, del_):
    Uttrekk.objects.update(publisert="2025-08-01T00:00Z")
    klient, antall = som(rolle), []
    for plan in (en, flere):
        side(klient, plan, del_)
        with CaptureQueriesContext(connection) as spm:
            side(klient, plan, del_)
        antall.append(len(spm))
    assert max(antall) <= 22 and antall[1] <= antall[0], antall


@pytest.mark.parametrize(
    ("deler", "ventet"), [([(3, 0), (4, 0)], 7), ([(1, 4), (1, 12)], 12.5), ([(0, 0)], 0), ([(0, 5), (0, 0)], 0)]
)
def test_sammenlagt(deler, ventet):
    assert sammenlagt(deler) == ventet
