"""Results of many units at once: the same figures as one by one, in a fixed number of queries, kept for the next."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from analyse.models import Rapportresultat, Uttrekk
from analyse.queries import UkjentEnhet
from analyse.rapporter import RAPPORTER
from analyse.services.rapporter import hent_resultater
from analyse.services.samleoppslag import hent_mange
from organisasjon.models import Enhet


@pytest.fixture
def uttrekkene(kommunetre, lag_uttrekk) -> list[Uttrekk]:
    """Persons in one and in two units, in departments, who leave, and one whose category never counts."""
    t = kommunetre
    rader = [
        {"enhet": t.hjemmetjenesten, "avdeling": t.hjemme_nord, "person": 1, "fodt": date(1960, 1, 1)},
        {"enhet": t.hjemmetjenesten, "person": 2, "kjonn": "M", "slutt": date(2024, 12, 1)},
        {"enhet": t.sykehjemmet, "person": 2, "kjonn": "M", "start": date(2024, 12, 2), "prosent": 60.0},
        {"enhet": t.skolen, "person": 1, "fodt": date(1960, 1, 1), "prosent": 20.0},
        {"enhet": t.skolen, "person": 3, "utdanning": "Master", "fodt": date(1990, 5, 5)},
        {"enhet": t.skolen, "person": 4, "kategori": "politiker"},
        {"enhet": t.barnehagen, "person": 4},
        *({"enhet": t.barnehagen, "person": n} for n in range(10, 18)),
    ]
    return [lag_uttrekk(rader, dato=date(aar, 7, 1)) for aar in (2024, 2025)]


def en_og_en(uttrekkene, prikket):
    ut = {}
    for uttrekk in uttrekkene:
        for enhet in Enhet.objects.all():
            try:
                funnet = hent_resultater(uttrekk=uttrekk, sluger=RAPPORTER, enhet=enhet, prikket=prikket)
            except UkjentEnhet:
                continue
            ut |= {(uttrekk.pk, enhet.pk, slug): r for slug, r in funnet.items()}
    return ut


def samlet(uttrekkene, enheter, prikket=False):
    onsker = {(u.pk, e.pk, slug) for u in uttrekkene for e in enheter for slug in RAPPORTER}
    return hent_mange(uttrekk=uttrekkene, onsker=onsker, prikket=prikket, enheter={e.pk: e for e in enheter})


@pytest.mark.parametrize("prikket", [False, True])
def test_samlet_gir_det_samme_som_en_og_en(uttrekkene, kommunetre, prikket):
    Enhet.objects.create(navn="Ny enhet", kode="9999", type="enhet", parent=kommunetre.helse)
    uttrekkene = uttrekkene[prikket:]
    alle = samlet(uttrekkene, list(Enhet.objects.all()), prikket)
    Rapportresultat.objects.exclude(slug="vern").delete()
    ventet = en_og_en(uttrekkene, prikket)
    assert alle == ventet
    assert not any(Enhet.objects.get(pk=pk).navn == "Ny enhet" for _u, pk, _s in alle)


def test_like_mange_spoerringer_for_en_enhet_som_for_mange_og_to_naar_alt_er_beholdt(uttrekkene, kommunetre):
    def antall(enheter):
        with CaptureQueriesContext(connection) as fanget:
            samlet(uttrekkene, enheter)
        return len(fanget)

    t = kommunetre
    for enhet in (t.kommune, t.skolen):
        samlet(uttrekkene, [enhet])
    en = antall([t.barnehagen])
    assert antall([t.hjemmetjenesten, t.sykehjemmet, t.hjemme_nord]) == en
    assert antall([t.hjemmetjenesten, t.sykehjemmet, t.barnehagen]) == 2
