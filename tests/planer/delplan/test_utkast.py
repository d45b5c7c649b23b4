"""A first text from what is known: live figures, marked as a suggestion, never over what people have written."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from analyse.models import Uttrekk
from felles.riktekst import rens
from planer.kontroll import mangler
from planer.services.utkast import UTKAST, Fakta, fyll_utkast
from tests.planer.delplan.test_paneler import rader
from tests.planer.fabrikk import NAA, lag_delplan, lag_tiltak, skriv

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(kommunetre, lag_uttrekk):
    uttrekk = lag_uttrekk(rader(kommunetre))
    return lag_delplan("Omsorg", enheter=[kommunetre.hjemmetjenesten, kommunetre.sykehjemmet], uttrekk=uttrekk)


def fyll(klient, plan, nokkel):
    return klient.post(reverse("planer:fyll_utkast", args=[plan.pk, nokkel]))


@pytest.mark.parametrize("nokkel", sorted(UTKAST))
def test_hver_tekst_fylles_inn_merket_og_ren(plan, som, nokkel):
    lag_tiltak(plan, frist=date(2090, 1, 1))
    svar = fyll(som("hr"), plan, nokkel)
    seksjon = plan.seksjoner.get(nokkel=nokkel)
    assert svar.status_code == 302 and svar.url.endswith(f"#seksjon-{nokkel}")
    assert "Forslag fra det som er kjent" in seksjon.html and rens(seksjon.html) == seksjon.html
    assert seksjon.versjoner.get().grunn == "Utkast fra tallene"


def test_tallene_er_levende_og_peker_paa_enhetene(plan, som):
    fyll(som("hr"), plan, "utfordringer")
    html = plan.seksjoner.get(nokkel="utfordringer").html
    assert all(f'data-tall="{t.nokkel}"' in html for t in plan.tall.filter(kolonne="ansatte"))
    assert {t.enhet.navn for t in plan.tall.all()} == {"Hjemmetjenesten", "Sykehjemmet"}
    vist = som("hr").get(reverse("planer:kapittel", args=[plan.pk, 1])).content.decode()
    assert ">60</span> ansatte" in vist and "tallet finnes ikke" not in vist


def test_turnover_i_utkastet_er_alle_aldre(plan, som):
    fyll(som("hr"), plan, "vurdering")
    vist = som("hr").get(reverse("planer:kapittel", args=[plan.pk, 3])).content.decode()
    assert plan.tall.filter(rapport="turnover").count() == 2 and "tallet finnes ikke" not in vist


def test_utkast_som_ingen_har_lest_stopper_planen(plan, som):
    klient = som("hr")
    fyll(klient, plan, "laering")
    (mangel,) = [m for m in mangler(plan) if "fortsatt et forslag" in m.tekst]
    assert mangel.stopper and mangel.anker == "seksjon-laering"
    skriv(plan, "laering", "Gjennomgått tekst")
    assert not [m for m in mangler(plan) if "fortsatt et forslag" in m.tekst]


def test_kravene_staar_i_utkastet(plan, som):
    fyll(som("hr"), plan, "kompetansestyring")
    html = plan.seksjoner.get(nokkel="kompetansestyring").html
    assert "HTA kapittel 3, punkt 3.4.2" in html and "Enhetsleder" in html


def test_utkast_skriver_aldri_over_det_noen_har_skrevet(plan, som):
    skriv(plan, "utfordringer", "Vår egen tekst")
    klient = som("hr")
    fyll(klient, plan, "utfordringer")
    assert plan.seksjoner.get(nokkel="utfordringer").html == "<p>Vår egen tekst</p>"
    with pytest.raises(ValidationError, match="alt skrevet"):
        fyll_utkast(seksjon=plan.seksjoner.get(nokkel="utfordringer"), fakta=Fakta(), av=klient.bruker, naa=NAA)


def test_knappen_vises_bare_for_tomme_tekster_og_dem_som_skriver(plan, som, kommunetre):
    side = reverse("planer:kapittel", args=[plan.pk, 1])
    knapp = reverse("planer:fyll_utkast", args=[plan.pk, "utfordringer"])
    assert knapp in som("hr").get(side).content.decode()
    assert knapp not in som("tillitsvalgt").get(side).content.decode()
    skriv(plan, "utfordringer")
    assert knapp not in som("hr").get(side).content.decode()


def test_ukjent_tekst_og_vedtatt_plan_avvises(plan, som):
    klient = som("hr")
    assert fyll(klient, plan, "finnes-ikke").status_code == 404
    assert fyll(klient, plan, "strategi").status_code == 404
    plan.status = "vedtatt"
    plan.save()
    assert fyll(klient, plan, "laering").status_code == 403
    assert klient.get(reverse("planer:fyll_utkast", args=[plan.pk, "laering"])).status_code == 405


def test_uten_uttrekk_blir_utkastet_spoersmaal_uten_tall(plan, som):
    plan.uttrekk = None
    plan.save()
    fyll(som("hr"), plan, "vurdering")
    assert "data-tall" not in plan.seksjoner.get(nokkel="vurdering").html
    assert not plan.tall.exists()


def test_den_som_ikke_ser_smaa_tall_faar_ikke_skjulte_tall_i_teksten(plan, som, kommunetre):
    from planer.enums import Deltakerrolle
    from tests.planer.fabrikk import gi_planrolle

    Uttrekk.objects.update(publisert="2025-08-01T00:00Z")
    klient = som("enhetsleder", kommunetre.hjemmetjenesten)
    gi_planrolle(plan, klient.bruker, Deltakerrolle.ANSVARLIG)
    fyll(klient, plan, "vurdering")
    vist = klient.get(reverse("planer:kapittel", args=[plan.pk, 3])).content.decode()
    assert "15,0" not in vist
