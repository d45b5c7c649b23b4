"""The stamp changes with everything a page of figures can show, and with nothing else."""

import datetime as dt

import pytest
from django.utils import timezone

from analyse.models import Ansattkategori, Norm, PublisertTall, Stilling, Uttrekk
from analyse.visning.stempel import stempel
from organisasjon.services import endre_enhet
from tests import fabrikk


@pytest.fixture
def uttrekk(kommunetre, lag_uttrekk):
    return lag_uttrekk([{"enhet": kommunetre.skolen, "person": 1}], dato=dt.date(2025, 7, 1))


def test_likt_naar_ingenting_er_endret(uttrekk):
    assert stempel() == stempel()


def test_en_sporring(uttrekk, django_assert_num_queries):
    with django_assert_num_queries(1):
        stempel()


@pytest.mark.parametrize("felt", ["publisert", "rader_slettet"])
def test_nytt_naar_uttrekket_aapnes_eller_toemmes(uttrekk, felt):
    foer = stempel()
    Uttrekk.objects.filter(pk=uttrekk.pk).update(**{felt: timezone.now()})
    assert stempel() != foer


def test_nytt_naar_et_uttrekk_kommer_eller_gaar(uttrekk, kommunetre, lag_uttrekk):
    foer = stempel()
    nytt = lag_uttrekk([{"enhet": kommunetre.skolen, "person": 1}], dato=dt.date(2026, 7, 1))
    med = stempel()
    nytt.delete()
    assert len({foer, med, stempel()}) >= 2
    assert stempel() == foer


def test_nytt_naar_et_publisert_tall_foeres_rettes_og_slettes(uttrekk):
    stempler = [stempel()]
    tall = PublisertTall.objects.create(
        uttrekk=uttrekk, rapport="lederspenn", rad="Oppvekst", maal="snitt", verdi=48, kilde="Planen"
    )
    stempler.append(stempel())
    PublisertTall.objects.update(verdi=47)
    stempler.append(stempel())
    tall.delete()
    stempler.append(stempel())
    assert len(set(stempler)) == 4


def test_nytt_naar_en_enhet_skifter_navn(uttrekk, kommunetre):
    foer, enhet = stempel(), kommunetre.skolen
    endre_enhet(enhet=enhet, kode=enhet.kode, navn="Nytt navn", type=enhet.type, gyldig_fra=enhet.gyldig_fra)
    assert stempel() != foer


def test_nytt_naar_det_som_regnes_med_endres(uttrekk):
    stempler = [stempel()]
    Norm.objects.filter(pk=Norm.objects.first().pk).update(verdi=77)
    stempler.append(stempel())
    Stilling.objects.update(gruppe="En annen gruppe")
    stempler.append(stempel())
    Ansattkategori.objects.update(telling="utenfor")
    assert len({*stempler, stempel()}) == 4


def test_en_ny_bruker_endrer_ingenting(uttrekk):
    foer = stempel()
    fabrikk.lag_bruker("kari")
    assert stempel() == foer
