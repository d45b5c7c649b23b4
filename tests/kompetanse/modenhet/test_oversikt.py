"""The matrix side by side, what differs, development over time, the example, and the files."""

import io
from datetime import date

import page
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from kompetanse.models import Modenhetsvurdering
from kompetanse.modenhet.eksempel import EKSEMPEL, KILDE
from kompetanse.queries.modenhet import les, omraadebilde, sjekkliste
from kompetanse.services.modenhet import last_eksempel
from kompetanse.visning.modenhet import funn, svake, utviklingsbilde
from organisasjon.enums import Handling, Rolle
from organisasjon.queries import tilgang_for
from tests.kompetanse.modenhet.hjelp import DAG, NAA, vurder
from tests.pdf.lesing import Struktur, tekst, xmp

pytestmark = pytest.mark.django_db
FOER = date(2025, 3, 1)


@pytest.fixture
def vurdert(kommunetre):
    """Two sectors on two dates, and one unit."""
    vurder(kommunetre.helse, {"behov": "nei", "plan": "ja", "utvikling": "delvis"}, FOER)
    vurder(kommunetre.helse, {"behov": "ja", "plan": "delvis", "utvikling": "ja", "autonomi": "ja"}, belegg="Tall")
    vurder(kommunetre.oppvekst, {"behov": "nei", "plan": "delvis", "utvikling": "nei"}, FOER)
    vurder(kommunetre.oppvekst, {"behov": "nei", "plan": "delvis", "utvikling": "nei"})
    return vurder(kommunetre.hjemmetjenesten, {"behov": "ja", "avvikling": "nei", "mangel": "delvis"})


def side(klient, **sporring):
    return klient.get(reverse("kompetanse:modenhet"), sporring)


def test_sectors_side_by_side_with_the_finding_and_sectors_units_when_chosen(som, kommunetre, vurdert):
    hr = som("hr")
    svar = side(hr, dag="2026-03-01")
    assert [k.navn for k in svar.context["bilde"].kolonner] == ["Helse og omsorg", "Oppvekst"]
    assert str(svar.context["funn"]) == (
        "Helse og omsorg og Oppvekst skiller seg mest på registrering av kompetansebehov og utvikling"
    )
    assert [e.navn for e in svar.context["bilde"].uvurdert] == ["Økonomi"]
    html = svar.content.decode()
    assert html.count('<span aria-hidden="true">✓</span> Ja') >= 3 and '<span aria-hidden="true">–</span> Ikke' in html
    sektor = side(hr, omraade=kommunetre.helse.pk, dag="2026-03-01").context["bilde"]
    assert [k.navn for k in sektor.kolonner] == ["Helse og omsorg", "Hjemmetjenesten"]
    assert [e.navn for e in sektor.uvurdert] == ["Sykehjemmet"]


def test_page_is_as_of_the_day_and_an_odd_day_is_today(som, vurdert):
    hr = som("hr")
    foer = side(hr, dag="2025-06-01").context["bilde"]
    assert [k.v.dato for k in foer.kolonner] == [FOER, FOER]
    assert side(hr, dag="2020-01-01").context["noen"] is False
    assert "Vi forstod ikke datoen" in side(hr, dag="i går", omraade="tull").content.decode()


def test_people_see_their_own_scope(som, kommunetre, vurdert):
    leder = side(som("enhetsleder"))
    assert [k.navn for k in leder.context["bilde"].kolonner] == ["Hjemmetjenesten"]
    assert "Oppvekst" not in leder.content.decode().split("<main")[1]
    rektor = side(som(Rolle.ENHETSLEDER, kommunetre.skolen))
    assert rektor.context["noen"] is False and "Vurder den første enheten" in rektor.content.decode()
    leser = side(som("leser")).content.decode()
    assert "Ny vurdering" not in leser and "Helse og omsorg" in leser
    assert som("systemansvarlig").get(reverse("kompetanse:modenhet")).status_code == 403


def test_development_names_the_one_that_has_come_furthest(som, kommunetre, vurdert):
    liste, hr = sjekkliste(), som("hr").bruker
    bilde = omraadebilde(tilgang_for(hr, DAG), kommunetre.kommune, DAG, liste)
    utvikling = utviklingsbilde(bilde.over_tid, liste)
    assert utvikling.funn == (
        "Helse og omsorg er blitt bedre på to punkter siden 1. mars 2025, og har gått tilbake på ett punkt"
    )
    assert utvikling.rader[1]["bedre"] == ["Registrering av kompetansebehov", "Utvikling"]
    assert utvikling.rader[1]["daarligere"] == ["Plan for kompetanseoppbygging"]
    assert utviklingsbilde([rekke[:1] for rekke in bilde.over_tid], liste) is None
    (alene,) = les(Modenhetsvurdering.objects.filter(pk=vurdert.pk), liste)
    assert str(funn([alene], liste)) == "Hjemmetjenesten har én av 13 punkter på plass"
    assert [r.punkt.nokkel for r in svake(alene, liste)] == ["avvikling", "mangel"]


def test_what_differs_between_two_units_and_two_dates(som, kommunetre, vurdert):
    hr = som("hr")
    helse, helse_foer = Modenhetsvurdering.objects.filter(enhet=kommunetre.helse)
    oppvekst = Modenhetsvurdering.objects.filter(enhet=kommunetre.oppvekst).first()
    adresse = reverse("kompetanse:hva_skiller")
    svar = hr.get(adresse, {"a": helse.pk, "b": oppvekst.pk})
    assert [s.punkt.nokkel for s in svar.context["ulike"]] == ["behov", "utvikling"]
    assert [s.punkt.nokkel for s in svar.context["bare_ene"]] == ["autonomi"]
    html = svar.content.decode()
    nei = oppvekst.svar.get(punkt__nokkel="behov")
    assert reverse("planer:tiltak_fra", args=["modenhet", nei.pk]) in html and "Fyll ut en gapanalyse" in html
    ja = helse.svar.get(punkt__nokkel="behov")
    assert reverse("planer:tiltak_fra", args=["modenhet", ja.pk]) not in html
    datoer = hr.get(adresse, {"a": helse_foer.pk, "b": helse.pk}).context["ulike"]
    assert [s.punkt.nokkel for s in datoer] == ["behov", "plan", "utvikling"]
    assert "to forskjellige" in hr.get(adresse, {"a": helse.pk, "b": helse.pk}).content.decode()
    assert "ulike" not in hr.get(adresse, {"a": "tull", "b": "99999999999999999999"}).context


def test_tiltak_button_only_for_those_who_write_the_plan_of_the_unit(som, vurdert):
    svar = vurdert.svar.get(punkt__nokkel="avvikling")
    lenke = reverse("planer:tiltak_fra", args=["modenhet", svar.pk])
    adresse = reverse("kompetanse:vurdering", args=[vurdert.pk])
    assert lenke in som("enhetsleder").get(adresse).content.decode()
    assert lenke not in som("tillitsvalgt").get(adresse).content.decode()


def test_a_constant_number_of_queries(som, kommunetre, vurdert):
    klient, tall = som("hr"), []
    for enhet in (kommunetre.sykehjemmet, kommunetre.stab):
        with CaptureQueriesContext(connection) as maalt:
            side(klient, dag="2026-03-01")
        tall.append(len(maalt))
        for dato in (FOER, DAG):
            vurder(enhet, {"behov": "ja", "plan": "nei"}, dato)
    assert tall[0] == tall[1] == 11
    with CaptureQueriesContext(connection) as maalt:
        klient.get(reverse("kompetanse:modenhet_enhet", args=[kommunetre.helse.pk]))
    assert len(maalt) == 9


# The example


def test_example_says_what_the_source_says_and_no_more(som, kommunetre, vurdert):
    hr = som("hr")
    assert "Last inn eksempel" in hr.get(reverse("kompetanse:modenhetseksempel")).content.decode()
    assert hr.post(reverse("kompetanse:last_inn_eksempel")).status_code == 302
    svar = hr.get(reverse("kompetanse:modenhetseksempel"))
    assert svar.context["funn"] == "Helse skiller seg ut med gjennomføring, Samfunn med anskaffelse og mobilisering"
    assert KILDE in svar.content.decode()
    helse, samfunn = svar.context["sektorer"]
    kjent = {navn: {n for n, v in s.besvarelse.items() if v != "ikke_vurdert"} for navn, s in
             (("Helse", helse), ("Samfunn", samfunn))}  # fmt: skip
    assert kjent == {"Helse": {"mangel", "gjennomforing"}, "Samfunn": {"mangel", "anskaffelse", "mobilisering"}}
    assert (helse.besvarelse["mangel"], samfunn.besvarelse["mobilisering"]) == ("delvis", "delvis")


def test_example_is_never_mixed_with_the_municipalitys_own(som, kommunetre, vurdert):
    last_eksempel(av=None, naa=NAA)
    hr, eksempel = som("hr"), Modenhetsvurdering.objects.eksempler().first()
    assert [k.navn for k in side(hr, dag="2026-03-01").context["bilde"].kolonner] == ["Helse og omsorg", "Oppvekst"]
    assert hr.get(reverse("kompetanse:vurdering", args=[eksempel.pk])).status_code == 404
    assert eksempel not in hr.get(reverse("kompetanse:hva_skiller")).context["valg"]
    svar = eksempel.svar.first()
    assert hr.get(reverse("planer:tiltak_fra", args=["modenhet", svar.pk])).status_code == 404
    fil = load_workbook(io.BytesIO(hr.get(reverse("kompetanse:modenhet_xlsx")).content))
    assert all("Samfunn" not in str(celle.value) for ark in fil for rad in ark for celle in rad)


def test_example_is_loaded_once_and_removed_after_confirmation_by_hr_alone(som, vurdert):
    for _nr in range(2):
        last_eksempel(av=None, naa=NAA)
    assert Modenhetsvurdering.objects.eksempler().count() == len(EKSEMPEL)
    leder, hr, fjern = som("enhetsleder"), som("hr"), reverse("kompetanse:fjern_eksempel")
    assert leder.post(fjern).status_code == 403
    assert leder.post(reverse("kompetanse:last_inn_eksempel")).status_code == 403
    assert leder.get(reverse("kompetanse:modenhetseksempel")).status_code == 200
    assert "egne vurderinger blir ikke rørt" in hr.get(fjern).content.decode()
    assert Modenhetsvurdering.objects.eksempler().exists()
    hr.post(fjern)
    assert not Modenhetsvurdering.objects.eksempler().exists() and Modenhetsvurdering.objects.egne().count() == 5
    assert hr.get(fjern).status_code == 302


# Files


def test_workbook_holds_the_matrix_and_every_answer_with_what_it_builds_on(som, vurdert):
    svar = som("hr").get(reverse("kompetanse:modenhet_xlsx"), {"dag": "2026-03-01"})
    assert "modenhet-i-kompetansearbeidet-fjordvik-kommune.xlsx" in svar["Content-Disposition"]
    bok = load_workbook(io.BytesIO(svar.content))
    matrise, alle, om = bok
    rader = list(matrise.iter_rows(values_only=True))
    assert rader[0] == ("Punkt", "Liste", "Helse og omsorg, 01.03.2026", "Oppvekst, 01.03.2026")
    assert rader[1][0::2] == ("Registrering av kompetansebehov", "Ja") and rader[1][3] == "Nei"
    assert len(rader) == 15
    svarene = list(alle.iter_rows(values_only=True))
    assert len(svarene) == 1 + 4 * 13
    assert ("Helse og omsorg", "01.03.2026", "Utvikling", "Ja", "Tall", None) in svarene
    assert ["Område", "Fjordvik kommune"] in [list(r[:2]) for r in om.iter_rows(values_only=True)]


@pytest.mark.lik_paa_alle
def test_pdf_is_archive_and_accessible_and_splits_many_columns(som, kommunetre, vurdert, tmp_path):
    for nr in range(7):
        enhet = kommunetre.skolen._meta.model.objects.create(
            navn=f"Enhet {nr}", kode=f"9{nr}", type="enhet", parent=kommunetre.oppvekst
        )
        vurder(enhet, {"behov": "ja"})
    svar = som("hr").get(reverse("kompetanse:modenhet_pdf"), {"omraade": kommunetre.oppvekst.pk, "dag": "2026-03-01"})
    for profil in ("2a", "ua1"):
        rapport = page.validate_pdf_bytes(svar.content, profile=profil)
        assert rapport.is_compliant, [(f.rule_id, f.message) for f in rapport.failures]
    assert "<pdfuaid:part>1</pdfuaid:part>" in xmp(svar.content)
    tagger = [tag for tag, _nr in Struktur(svar.content).gaa()]
    assert tagger.count("Table") == 3 and "TH" in tagger and tagger.count("Figure") >= 1
    lest = tekst(svar.content, tmp_path)
    assert "Side om side, 2 av 2" in lest and "Enhet 6" in lest and "Ingen punkter er endret" in lest


def test_files_follow_own_scope(som, kommunetre, vurdert):
    leder = som("enhetsleder")
    svar = leder.get(reverse("kompetanse:modenhet_xlsx"), {"omraade": kommunetre.oppvekst.pk})
    assert "hjemmetjenesten" in svar["Content-Disposition"]
    assert som("leser").get(reverse("kompetanse:modenhet_pdf")).status_code == 200
    assert som("systemansvarlig").get(reverse("kompetanse:modenhet_pdf")).status_code == 403
    assert Handling.SE_MODENHET in tilgang_for(leder.bruker, DAG).handlinger
