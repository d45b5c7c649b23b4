"""A plan as one object: complete, the same each time, in constant queries, and without names for readers outside."""

import json

import pytest

from planer.innhold import bygg_innhold, innholdshash, les_innhold
from planer.innhold.tabeller import stegtekst
from planer.models import Plan, Seksjon, Vedtak
from tests.planer.dokument.hjelp import HEMMELIG, full_delplan, vedta_rett_fram
from tests.planer.fabrikk import lag_delplan, lag_temaplan, lag_tiltak, skriv

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(kommunetre):
    return full_delplan(kommunetre)


def test_alt_i_planen_er_med(plan):
    innhold = bygg_innhold(plan, uprikket=True)
    tekst = json.dumps(innhold, ensure_ascii=False)
    for seksjon in plan.seksjoner.exclude(nokkel__in=["utfordringer", "vurdering"]):
        assert f"Tekst i {seksjon.nokkel}." in tekst
    for ord_ in ("Årsturnus", "T-0102", "Skjønnsmidler", "53.5", "Olga Ansvarsdatter", "Hele planen", "AMU", "1–3, 5"):
        assert ord_ in tekst
    assert innhold["plan"]["enheter"] == ["Hjemmetjenesten"] and innhold["plan"]["vedtatt"] == ""
    assert [g["tiltak"] for g in innhold["grep"]] == [["T-0101"], ["T-0102"]]
    assert [(h["svar"], h["vurdert"]) for h in innhold["horinger"]] == [(1, 0)]


def test_innsatsomraadene_har_sine_tre_tekster():
    tema = lag_temaplan()
    skriv(tema, "omraade-digital-hva", "Alle skal kunne")
    innhold = bygg_innhold(tema, uprikket=True)
    assert [(o["nokkel"], o["nummer"]) for o in innhold["omraader"]] == [
        ("rolleforstaaelse", "6.1"),
        ("digital", "6.2"),
    ]
    assert innhold["omraader"][1]["hva"] == "<p>Alle skal kunne</p>"
    nokler = {s["nokkel"] for k in innhold["kapitler"] for s in k["seksjoner"]}
    assert "strategi" in nokler and not any(n.startswith("omraade-") for n in nokler)


def test_utgaven_uten_smaa_tall_har_ingen_navn_eller_protokoller(plan):
    vedta_rett_fram(plan)
    fullt, aapent = (json.dumps(bygg_innhold(plan, uprikket=u), ensure_ascii=False) for u in (True, False))
    assert all(h in fullt for h in HEMMELIG if h not in ("KOMMENTAR-ORD", "SVAR-ORD"))
    assert not [h for h in HEMMELIG if h in aapent]
    assert "3777" in fullt and "3777" not in aapent and "&lt;5" in aapent
    assert "Enhetsleder, Hjemmetjenesten" in aapent and "1 uenig" in aapent


def test_samme_plan_gir_samme_hash_og_endret_plan_en_annen(plan):
    foer = innholdshash(bygg_innhold(plan, uprikket=True))
    assert innholdshash(bygg_innhold(Plan.objects.get(pk=plan.pk), uprikket=True)) == foer
    assert innholdshash(json.loads(json.dumps(bygg_innhold(plan, uprikket=True)))) == foer
    skriv(plan, "oppfolging", "Noe annet")
    assert innholdshash(bygg_innhold(Plan.objects.get(pk=plan.pk), uprikket=True)) != foer


def test_vedtatt_innhold_regnes_aldri_ut_igjen(plan):
    vedtak = vedta_rett_fram(plan)
    Seksjon.objects.filter(plan=plan).update(html="<p>Endret etterpå</p>")
    assert les_innhold(plan, uprikket=True) == Vedtak.objects.get(pk=vedtak.pk).innhold
    assert "Endret etterpå" not in json.dumps(les_innhold(plan, uprikket=False), ensure_ascii=False)


def test_antall_spoerringer_vokser_ikke_med_innholdet(kommunetre, django_assert_num_queries):
    liten = lag_delplan(enheter=[kommunetre.skolen])
    lag_tiltak(liten)
    antall = _spoerringer(liten)
    stor = full_delplan(kommunetre, uttrekk=None)
    for nr in range(20):
        lag_tiltak(stor, f"Tiltak {nr}", ansvarlig=stor.deltakere.first().bruker)
    assert _spoerringer(stor) <= antall + 8  # figures, drøfting and hearing are read only when there are any
    assert _spoerringer(stor) <= 30


def _spoerringer(plan) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as maalt:
        bygg_innhold(Plan.objects.get(pk=plan.pk), uprikket=True)
    return len(maalt)


@pytest.mark.parametrize(
    ("inn", "ut"),
    [("1,2,3,5", "1–3, 5"), ("8", "8"), ("", ""), ("2, 1", "1–2"), ("x,3", "3"), ("1,2,3,4,5,6,7,8", "1–8")],
)
def test_steg_som_tekst(inn, ut):
    assert stegtekst(inn) == ut
