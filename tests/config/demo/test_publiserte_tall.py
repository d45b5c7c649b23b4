"""The last demo extract through the real import and the real reports, against the plan's published totals."""

import pytest

from analyse.demodata.fakta import LEDERE, TURNOVER
from analyse.enums import Kjonn
from analyse.models import PublisertTall, Uttrekk
from analyse.services.rapporter import hent_resultat

pytestmark = pytest.mark.django_db


@pytest.fixture
def rapport(demo):
    """`rapport("turnover")`: the kept result for the municipality."""
    return lambda slug: hent_resultat(uttrekk=Uttrekk.objects.latest("dato"), slug=slug)


def test_lederspenn_per_sektor(rapport):
    rader = {r["sektor"]: r for r in rapport("lederspenn").rader}
    tall = {
        navn: (r["enheter"], r["ansatte"], r["snitt"], r["minst"], r["stoerst"], r["over_norm"])
        for navn, r in rader.items()
        if navn != "Sentraladministrasjonen"
    }
    assert tall == {
        "Helse og omsorg": (
            *(8, 1130, 141.25),
            {"enhet": "Forvaltning helse og omsorg", "ansatte": 18},
            {"enhet": "Bo og habilitering", "ansatte": 359},
            7,
        ),
        "Oppvekst": (
            *(16, 727, 45.44),
            {"enhet": "Innlandet skole", "ansatte": 16},
            {"enhet": "Barnehager", "ansatte": 153},
            4,
        ),
        "Tekniske tjenester og kultur": (
            *(6, 379, 63.17),
            {"enhet": "Servicetorget", "ansatte": 11},
            {"enhet": "Eiendomsdrift", "ansatte": 113},
            4,
        ),
    }


def test_ledere_etter_funksjon_og_kjonn(rapport):
    resultat = rapport("ledere")
    assert [(r["stilling"], r["menn"], r["kvinner"], r["totalt"]) for r in resultat.rader] == [
        (t.stilling, t.menn, t.kvinner, t.menn + t.kvinner) for t in LEDERE
    ]
    summer = [(s["menn"], s["kvinner"], s["totalt"]) for s in resultat.sum.values()]
    assert summer == [(15, 23, 38), (73, 109, 182)]


def test_ledere_etter_stillingsstoerrelse_og_alder(rapport):
    rader = rapport("stillingsstoerrelse-alder").rader
    assert [(r["stilling"], (r["1-49"], r["50-99"], r["100"]), (r["66+"], r["60-65"], r["54-59"])) for r in rader] == [
        (t.stilling, t.stoerrelser, t.aldre) for t in LEDERE
    ]


def test_turnover_etter_alder(rapport):
    rader = {r["gruppe"]: (r["sluttet"], r["begynt"], r["prosent"]) for r in rapport("turnover").rader}
    assert {g: t for g, t in rader.items() if g != "Alle"} == {
        gruppe: (t.sluttet, t.begynt, t.prosent) for gruppe, t in TURNOVER.items()
    }


def test_turnover_teller_ikke_interne_flyttinger_som_sluttet(rapport):
    per_enhet = rapport("turnover").tillegg["per_enhet"]
    assert sum(r["intern_inn"] for r in per_enhet) == sum(r["intern_ut"] for r in per_enhet) > 20


def test_alle_uttrekk_har_alle_kjonn_oppgitt(rapport):
    assert all(r["ikke_oppgitt"] == 0 for r in rapport("ledere").rader)
    assert Kjonn.UKJENT == ""


def test_planens_trykte_snitt_er_foert_ved_siden_av(demo):
    assert {(p.rad, p.maal, p.verdi) for p in PublisertTall.objects.all()} == {
        ("Oppvekst", "snitt", 48),
        ("Tekniske tjenester og kultur", "snitt", 47),
    }
