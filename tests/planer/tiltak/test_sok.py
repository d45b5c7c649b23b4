"""Search: what is found, Norwegian letters, marking, and never what one may not see."""

from datetime import date

import pytest
from django.urls import reverse

from kompetanse.enums import Vei
from organisasjon.enums import Rolle
from planer.models import Forankring
from planer.services.tiltak import lagre_tiltak
from planer.sok import merk, utdrag
from tests.planer.fabrikk import NAA, lag_delplan, skriv


@pytest.fixture
def plan(kommunetre):
    return lag_delplan("Delplan for Ærfugl", enheter=[kommunetre.skolen])


def sok(klient, tekst):
    svar = klient.get(reverse("planer:sok"), {"q": tekst})
    assert svar.status_code == 200
    return {g.navn: [str(t.tittel) for t in g.treff] for g in svar.context["grupper"]}


@pytest.fixture
def innhold(plan):
    omraade = plan.temaplan.omraader.first()
    verdier = {"tittel": "Øving for ØVRIGE", "hva": "Med Åse", "omraade": omraade, "hovedmaal": 1, "vei": Vei.UTVIKLE}
    lagre_tiltak(tiltak=None, plan=plan, verdier=verdier, av=None, naa=NAA)
    skriv(plan, "utfordringer", "Mange på ÅSEN skole går av")
    Forankring.objects.create(plan=plan.temaplan, dato=date(2025, 5, 26), organ="AMU", tema="Bemanning på Øya")
    return plan


def test_finner_i_alt_og_bretter_norske_bokstaver(som, innhold):
    klient = som("hr")
    assert sok(klient, "ærfugl")["Planer"] == ["Delplan for <mark>Ærfugl</mark>"]
    assert sok(klient, "åsen SKOLE") == {
        "Planer": ["Delplan for Ærfugl"],
        "Tekst i planene": ["Det som er særskilt hos oss"],
    }
    assert sok(klient, "øvrige åse")["Tiltak"] == ["Øving for <mark>ØVRIGE</mark>"]
    assert sok(klient, "T-0001")["Tiltak"]
    assert sok(klient, "ØYA")["Forankring"] == ["AMU: Bemanning på <mark>Øya</mark>"]
    assert sok(klient, "26.05.2025")["Forankring"]
    assert sok(klient, "rolleforståelse")["Innsatsområder"] == ["6.1 <mark>Rolleforståelse</mark>"]


def test_alle_ordene_maa_finnes(som, innhold):
    assert sok(som("hr"), "ærfugl finnesikke") == {}


def test_bare_det_personen_ser(som, innhold, kommunetre):
    assert sok(som(Rolle.ENHETSLEDER, kommunetre.hjemmetjenesten), "åsen") == {}
    assert sok(som("leser"), "ærfugl") == {}
    assert "Planer" in sok(som(Rolle.ENHETSLEDER, kommunetre.skolen), "ærfugl")


def test_tomt_og_uten_treff(som, innhold):
    klient = som("hr")
    assert sok(klient, "   ") == {}
    assert "Ingen treff på «xyz»" in klient.get(reverse("planer:sok"), {"q": "xyz"}).content.decode()


@pytest.mark.parametrize("tekst", ["%", "_", "\\", "'; DROP TABLE", "<b>", "(((", "\x00", "ord " * 400, "🐟", "."])
def test_rare_sok_er_trygge(som, innhold, tekst):
    sok(som("hr"), tekst)


def test_prosenttegn_er_ikke_jokertegn(som, innhold):
    assert "Tiltak" not in sok(som("hr"), "øvr%ige")


def test_merking_skriver_alt_annet_trygt():
    assert merk("<b>Fag</b> & fagdag", ["fag"]) == "&lt;b&gt;<mark>Fag</mark>&lt;/b&gt; &amp; <mark>fag</mark>dag"


def test_utdraget_er_rundt_treffet():
    tekst = "ord " * 100 + "Ærfugl" + " slutt" * 100
    bit = utdrag(tekst, ["ærfugl"])
    assert "<mark>Ærfugl</mark>" in bit and bit.startswith("… ") and bit.endswith(" …") and len(bit) < 260
    assert utdrag("ingenting her", ["ærfugl"]) == ""
