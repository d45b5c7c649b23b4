"""The PDF of a round's results: valid, named edition, made in the background, and only for those who may have it."""

import page
import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from felles.jobbstatus import Jobbstatus
from kompetanse.models import Gapanalyse, Gapdokument
from kompetanse.services import gapdokument as tjeneste
from organisasjon.enums import Rolle
from tests.kompetanse.gaprunde.fabrikk import lag_analyse, lag_rad, lag_runde
from tests.pdf.lesing import Struktur, tekst

pytestmark = [pytest.mark.django_db, pytest.mark.lik_paa_alle]


@pytest.fixture
def runde(kommunetre):
    runde = lag_runde("stengt", navn="Gapanalyse «2026»")
    for nr, enhet in enumerate((kommunetre.hjemmetjenesten, kommunetre.sykehjemmet, kommunetre.skolen)):
        analyse = lag_analyse(runde, enhet)
        for navn in ("Sykepleiere", "Helsefagarbeidere", "A<b>", "D", "E", "F", "G"):
            lag_rad(analyse, navn, har=20 + nr, trenger=30, kritisk=3, veier="utvikle")
        lag_rad(analyse, "Sårstell", slag="kompetanse", gruppe="", har=2, trenger=3, kritisk=4)
    return runde


def bestill(klient, runde, **data):
    return klient.post(reverse("kompetanse:gapdokumenter", args=[runde.pk]), data)


def lag(klient, runde, **data) -> Gapdokument:
    """Order it, and do what the worker does."""
    svar = bestill(klient, runde, **data)
    jobb = Gapdokument.objects.latest("opprettet")
    assert svar["Location"] == reverse("kompetanse:gapdokument", args=[jobb.pk])
    tjeneste.utfor(dokument_id=jobb.pk)
    jobb.refresh_from_db()
    assert jobb.status == Jobbstatus.FERDIG, jobb.melding
    return jobb


def test_begge_utgavene_er_gyldige_og_sier_hva_de_er(runde, som, tmp_path):
    hr = som("hr")
    full, aapen = lag(hr, runde, utgave="full", om="5"), lag(hr, runde, utgave="aapen", om="5")
    innhold = {}
    for navn, jobb in (("full", full), ("aapen", aapen)):
        for profil in ("2a", "ua1"):
            rapport = page.validate_pdf_bytes(bytes(jobb.pdf), profile=profil)
            assert rapport.is_compliant, [(f.rule_id, f.message) for f in rapport.failures]
        innhold[navn] = " ".join(tekst(bytes(jobb.pdf), tmp_path).split())
        struktur = Struktur(bytes(jobb.pdf))
        tabeller = [nr for tag, nr in struktur.gaa() if tag == "Table"]
        assert len(tabeller) >= 5 and all("TH" in {t for t, _nr in struktur.gaa(nr)} for nr in tabeller)
    assert "Fullstendig, med alle tall" in innhold["full"] and "skjult" not in innhold["full"]
    for ord_ in ("Hele kommunen", "3 av 3, godkjente", "Kritisk og på få hender", "A<b>", "Sum, Helse og omsorg", "to"):
        assert ord_ in innhold["full"]
    assert "Åpen: tall som kan røpe færre enn fem, er skjult" in innhold["aapen"] and "<5" in innhold["aapen"]
    assert aapen.filnavn == "gapanalyse-2026-resultat-aapen.pdf"
    assert lag(hr, runde, utgave="full", om="1").nokkel != full.nokkel
    assert bestill(hr, runde, utgave="full", om="5")["Location"].endswith(f"{full.pk}/")


def test_aapen_utgave_lages_foerst_naar_runden_er_stengt_og_tom_runde_gir_ingenting(runde, som):
    hr = som("hr")
    runde.status = "aapen"
    runde.save()
    svar = hr.post(reverse("kompetanse:gapdokumenter", args=[runde.pk]), {"utgave": "aapen"}, follow=True)
    assert "når runden er stengt" in svar.content.decode() and not Gapdokument.objects.exists()
    runde.status = "stengt"
    runde.save()
    bestill(hr, runde, utgave="aapen")
    runde.status = "aapen"
    runde.save()
    jobb = Gapdokument.objects.get()
    tjeneste.utfor(dokument_id=jobb.pk)
    jobb.refresh_from_db()
    assert (jobb.status, jobb.pdf) == (Jobbstatus.FEILET, None) and "når runden er stengt" in jobb.melding
    Gapanalyse.objects.update(status="levert")
    with pytest.raises(ValidationError, match="Ingen analyser"):
        tjeneste.bestill(runde=runde, bruker=hr.bruker, enheter=[], om=5, prikket=False)


def test_hvem_som_faar_fila(runde, som, kommunetre):
    hr, sjef, verneombud = som("hr"), som("kommunalsjef"), som("verneombud")
    full, aapen = lag(hr, runde, utgave="full"), lag(hr, runde, utgave="aapen")
    vern = lag(verneombud, runde, utgave="full")
    assert vern.prikket and vern.pk == aapen.pk
    egen = lag(sjef, runde)
    assert egen.enheter == [kommunetre.helse.pk]

    def faar(klient, jobb):
        return [
            klient.get(reverse(f"kompetanse:{r}", args=[jobb.pk])).status_code
            for r in ("gapdokument", "gapdokument_fil")
        ]

    assert faar(hr, full) == faar(hr, egen) == faar(verneombud, aapen) == faar(sjef, egen) == [200, 200]
    assert faar(verneombud, full) == faar(sjef, full) == faar(sjef, aapen) == [404, 404]
    assert faar(som(Rolle.KOMMUNALSJEF, kommunetre.oppvekst), egen) == [404, 404]
    assert faar(som("leser"), aapen) == [403, 403]
    vist = sjef.get(reverse("kompetanse:gapdokumenter", args=[runde.pk])).context["dokumenter"]
    assert [d.pk for d, _naar in vist] == [egen.pk]


def test_jobben_kan_proeves_igjen(runde, som):
    hr = som("hr")
    bestill(hr, runde)
    jobb = Gapdokument.objects.get()
    assert hr.get(reverse("kompetanse:gapdokument_fil", args=[jobb.pk])).status_code == 404
    Gapdokument.objects.update(status=Jobbstatus.FEILET, melding="Noe gikk galt")
    assert "Noe gikk galt" in hr.get(reverse("kompetanse:gapdokument", args=[jobb.pk])).content.decode()
    hr.post(reverse("kompetanse:gapdokument_igjen", args=[jobb.pk]))
    jobb.refresh_from_db()
    assert jobb.status == Jobbstatus.I_KO
