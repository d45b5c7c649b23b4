"""An adopted plan does not change, whatever is posted where: every writing route of the plans is tried."""

import pytest
from django.urls import reverse

from planer.innhold import bygg_innhold
from planer.models import Plan, Seksjonsversjon, Vedtak
from planer.services.flyt import vedta
from planer.services.vedtak import kontroller
from tests.planer.flyt.hjelp import NAA, klar_til_vedtak
from tests.ruter import alle_ruter

# These act on an adopted plan on purpose, and never on what it says.
MED_HENSIKT = {"planer:revider"}
LIVET_GAAR_VIDERE = {
    "status",
    "status_navn",
    "statusgrunn",
    "ansvarlig",
    "frist",
    "oppfolginger",
    "oppfolging",
    "endret",
}
DATA = {
    "html": "<p>ENDRET</p>", "tekst": "ENDRET", "overskrift": "ENDRET", "tittel": "ENDRET", "navn": "ENDRET",
    "hva": "ENDRET", "tema": "ENDRET", "organ": "ENDRET", "gruppe": "ENDRET", "hvem": "ENDRET", "oppgave": "ENDRET",
    "indikator": "ENDRET", "adresse": "https://endret.example/", "ansvarlig": "ENDRET", "rytme": "aar", "merknad": "E",
    "dato": "2025-09-10", "slag": "mote", "hovedmaal": "1", "vei": "utvikle", "grep": "stotte", "valgt": "ja",
    "fra_aar": "2020", "til_aar": "2040", "nivaa": "avdeling", "forventet": "1", "lopenummer": "1", "laas": "x",
    "bekreft": "1", "lagre": "1", "status": "lost", "fra": "vedtatt", "nokkel": "mandat", "opp": "1", "ned": "1",
    "retning": "ned", "syn": "uenig", "protokoll": "ENDRET", "avsender": "ENDRET", "frist": "2030-01-01",
}  # fmt: skip


def fast(plan: Plan) -> dict:
    """What the plan says, without what is meant to live on: the progress of its tiltak."""
    innhold = bygg_innhold(plan, uprikket=True)
    deler = {n: innhold.get(n) for n in ("kapitler", "omraader", "grep", "tall", "droftinger", "horinger")}
    tiltak = [{n: v for n, v in t.items() if n not in LIVET_GAAR_VIDERE} for t in innhold["tiltak"]]
    tekster = [(s["nokkel"], s["overskrift"], s["html"]) for k in deler.pop("kapitler") for s in k["seksjoner"]]
    plan_ = {n: innhold["plan"][n] for n in ("tittel", "periode", "enheter", "versjon", "uttrekk_dato")}
    return {"plan": plan_, "tekster": tekster, "tiltak": tiltak, **deler}


def adresser(verden, plan: Plan) -> list[str]:
    """Every route of the plans that takes ids, with every id of the plan's own parts that fits."""
    seksjon, tiltak = plan.seksjoner.first(), plan.tiltak.first()
    ider = {plan.pk, seksjon.pk, tiltak.pk, plan.droftinger.first().pk, plan.grepvalg.first().pk}
    valg = {
        "pk": sorted(ider), "nummer": [1, 5], "omraade": [plan.temaplan.omraader.last().pk], "slug": ["oppfolging"],
        "omraade_pk": [1], "del_pk": [1], "tall_id": [1], "nokkel": [seksjon.nokkel], "versjon": [1], "til": ["utkast"],
        "format": ["xlsx"],
    }  # fmt: skip
    ut = []
    for rute in alle_ruter():
        if not rute.navn.startswith("planer:") or rute.navn in MED_HENSIKT or not set(rute.parametre) <= valg.keys():
            continue
        for pk in valg["pk"] if "pk" in rute.parametre else [None]:
            ord_ = {p: pk if p == "pk" else valg[p][0] for p in rute.parametre}
            ut.append(reverse(rute.navn, kwargs=ord_))
    return ut


@pytest.mark.lik_paa_alle
def test_no_route_changes_an_adopted_plan(verden, client):
    plan = klar_til_vedtak(verden)
    vedta(plan=plan, av=verden.kommunedirektor, sak="", naa=NAA)
    plan = Plan.objects.get(pk=plan.pk)
    foer = fast(plan)
    client.force_login(verden.hr)
    prov = adresser(verden, plan)
    assert len(prov) > 120
    for adresse in prov:
        svar = client.post(adresse, DATA | {"seksjon": plan.seksjoner.first().pk, "omraade": 1})
        assert svar.status_code < 500, adresse
    plan = Plan.objects.get(pk=plan.pk)
    assert plan.status == "vedtatt"
    assert fast(plan) == foer
    assert not Seksjonsversjon.objects.filter(seksjon__plan=plan).exists()
    assert kontroller(Vedtak.objects.select_related("plan").get(plan=plan)).holder


@pytest.mark.lik_paa_alle
def test_the_walk_would_see_a_change(verden, client):
    """The same walk on an open plan does change it; else the test above would prove nothing."""
    plan = klar_til_vedtak(verden)
    foer = fast(plan)
    client.force_login(verden.hr)
    seksjon = plan.seksjoner.first()
    adresse = reverse("planer:lagre_seksjon", args=[seksjon.pk])
    client.post(adresse, DATA | {"lopenummer": seksjon.lopenummer, "forventet": seksjon.lopenummer})
    assert fast(Plan.objects.get(pk=plan.pk)) != foer
