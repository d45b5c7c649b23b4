"""Population figures: the finding, the two models, entering them, and the demo's."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from analyse.framskriving.befolkning import befolkning, befolkningsbilde, befolkningsfunn, modellbilde
from analyse.framskriving.sentralitet import VEKST, vekst_i
from analyse.models import Befolkningstall, Sentralitet
from analyse.services.befolkning import FELTER_BEFOLKNING, lagre_befolkning, sett_sentralitet
from config.demo.befolkning import legg_inn_befolkning
from felles.laas import Foreldet, avtrykk

HENTET = date(2024, 6, 5)


def aar(tall: int, eldre: int, voksne: int = 14000) -> Befolkningstall:
    return Befolkningstall(aar=tall, unge=5000, voksne=voksne, eldre=eldre, kilde="SSB", hentet=HENTET)


def lagre(tall: int = 2030, eldre: int = 6200, rad: Befolkningstall | None = None, **mer) -> Befolkningstall:
    felt = {"aar": tall, "unge": 4800, "voksne": 13500, "eldre": eldre, "kilde": "SSB", "hentet": HENTET} | mer
    return lagre_befolkning(rad=rad, **felt)


def test_funnet_sier_hvor_mange_i_arbeidsfor_alder_det_er_per_eldre():
    assert befolkningsfunn([aar(2024, 5500), aar(2050, 7500, 11500)]) == (
        "Færre i arbeidsfør alder per eldre: 2,5 i 2024, 1,5 i 2050"
    )
    assert befolkningsfunn([aar(2024, 5500), aar(2050, 5000)]).startswith("Ikke færre")
    assert befolkningsfunn([aar(2024, 5500)]) == "Innbyggerne etter alder"
    assert befolkningsfunn([aar(2024, 0), aar(2050, 0)]) == "Innbyggerne etter alder"


def test_bildet_har_samme_tall_i_tabellen_og_kilden():
    bilde = befolkningsbilde([aar(2024, 5500), aar(2050, 7500)])
    assert bilde.rader[0] == ["2024", "5\u00a0000", "14\u00a0000", "5\u00a0500", "24\u00a0500", "2,5"]
    assert bilde.kilder == ("SSB, 5. juni 2024",) and bilde.svg.startswith("<svg") and bilde.svg != bilde.svg_smal
    assert befolkningsbilde([]) is None


@pytest.mark.parametrize("vekst", VEKST)
def test_modellene_vises_side_om_side_for_hver_klasse(vekst):
    bilde = modellbilde(vekst.klasse)
    assert len(bilde.rader) == 4
    nedgang = min(vekst.faktisk, vekst.ssb, vekst.telemarksforsking, vekst.historisk) < 0
    assert bool(bilde.svg) != nedgang  # decline has no bar from zero: the table stands open instead


def test_klasse_fire_er_som_trykt_og_ukjent_klasse_gir_ingenting():
    v = vekst_i(4)
    assert (v.faktisk, v.ssb, v.telemarksforsking, v.historisk) == (12.8, 4.3, 1.9, 1.6)
    assert vekst_i(7) is None and modellbilde(None) is None


@pytest.mark.django_db
def test_foering_og_endring_med_laas():
    rad = lagre()
    gammelt = avtrykk(rad, FELTER_BEFOLKNING)
    lagre(rad=rad, eldre=6300, forventet=gammelt)
    with pytest.raises(Foreldet):
        lagre(rad=rad, eldre=6400, forventet=gammelt)
    assert Befolkningstall.historie.count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize("mer", [{"aar": 1800}, {"unge": -1}, {"kilde": " "}, {"aar": 10**9}])
def test_ugyldige_tall_avvises(mer):
    with pytest.raises(ValidationError):
        lagre(**mer)


@pytest.mark.django_db
def test_samme_aar_kan_ikke_foeres_to_ganger():
    lagre()
    with pytest.raises(ValidationError):
        lagre()


@pytest.mark.django_db
def test_sentralitet_er_en_rad_og_kan_tas_bort():
    sett_sentralitet(klasse=4)
    sett_sentralitet(klasse=5)
    assert list(Sentralitet.objects.values_list("klasse", flat=True)) == [5]
    with pytest.raises(ValidationError):
        sett_sentralitet(klasse=7)
    sett_sentralitet(klasse=None)
    assert befolkning() == ([], None)


@pytest.mark.django_db
def test_demoens_tall_er_domenets_og_egne_tall_staar():
    lagre(2030, eldre=9999)
    legg_inn_befolkning()
    legg_inn_befolkning()
    rader = list(Befolkningstall.objects.values_list("aar", "unge", "voksne", "eldre"))
    assert rader[0] == (2024, 5000, 14000, 5500) and rader[-1] == (2050, 4200, 11500, 7500)
    assert rader[1][3] == 9999 and len(rader) == 4
    assert Sentralitet.objects.get().klasse == 4


def test_sidene_er_for_hr_og_viser_det_som_er_foert(som):
    klient, liste = som("hr"), reverse("analyse:befolkning")
    assert "Legg inn det første året" in klient.get(liste).content.decode()
    skjema = {
        "aar": "2030",
        "unge": "4 800",
        "voksne": "13 500",
        "eldre": "6 200",
        "kilde": "SSB",
        "hentet": "05.06.2024",
    }
    assert klient.post(reverse("analyse:nytt_befolkningstall"), skjema).status_code == 302
    assert klient.post(liste, {"klasse": "4"}).status_code == 302
    html = klient.get(liste).content.decode().replace("\xa0", " ")
    assert "13 500" in html and "+4,3" in html
    rad = Befolkningstall.objects.get()
    slett = reverse("analyse:slett_befolkningstall", args=[rad.pk])
    klient.get(slett)
    assert Befolkningstall.objects.exists()
    klient.post(slett)
    assert not Befolkningstall.objects.exists()
    for rolle in ("enhetsleder", "leser", "systemansvarlig"):
        assert som(rolle).get(liste).status_code == 403


@pytest.mark.parametrize("verdier", [{"aar": "x"}, {"aar": "9" * 30}, {"unge": "-5"}, {"hentet": "i går"}, {}])
def test_tull_i_skjemaet_gir_melding(som, verdier):
    svar = som("hr").post(reverse("analyse:nytt_befolkningstall"), verdier)
    assert svar.status_code == 422 or not verdier
