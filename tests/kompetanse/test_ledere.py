"""Leaders against the requirements: results, exceptions, the chosen day, who sees whom, small numbers, files."""

import io
from datetime import date

import openpyxl
import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from analyse.models import Leder
from felles.laas import Foreldet, avtrykk
from kompetanse.models import Dokument, Krav, Lederpost, Unntak
from kompetanse.queries.ledere import lederresultater
from kompetanse.regler import Utfall
from kompetanse.services import ledere as tjenester
from kompetanse.visning.steg import neste_steg
from organisasjon.enums import Rolle
from tests.kompetanse.fabrikk_ledere import lag_dokument, lag_leder, oppfyll_enhetsleder

DAG = date(2026, 1, 1)
pytestmark = pytest.mark.django_db


def resultat(leder: Lederpost, dag: date = DAG):
    return lederresultater([Lederpost.objects.get(pk=leder.pk)], dag)[0]


def test_leder_i_hver_tilstand(kommunetre):
    enhet, temaplan = kommunetre.skole_sfo, Krav.objects.get(gjelder_for="Enhetsledere", kilde="kommunal")
    uvurdert = lag_leder(enhet, kartlagt=None)
    mangler, unntatt, paa_vei, ferdig = (lag_leder(kommunetre.stab) for _ in range(4))
    for leder in (unntatt, paa_vei, ferdig):
        oppfyll_enhetsleder(leder)
    for leder in (unntatt, paa_vei):
        leder.dokumenter.filter(slag="lederutdanning").delete()
    lag_dokument(paa_vei, "forpliktelse", "Lederutdanning", fra=date(2025, 1, 1), til=date(2027, 1, 1))
    Unntak.objects.create(leder=unntatt, krav=temaplan, grunn="Lang erfaring", referanse="Sak 1", fra=DAG)
    assert resultat(uvurdert).utfall == Utfall.IKKE_VURDERT
    assert resultat(mangler).utfall == Utfall.IKKE_OPPFYLT
    assert resultat(unntatt).utfall == Utfall.UNNTAK
    assert (resultat(paa_vei).utfall, resultat(paa_vei).frist) == (Utfall.PAA_VEI, date(2027, 1, 1))
    assert resultat(ferdig).utfall == Utfall.OPPFYLT
    assert resultat(paa_vei, date(2027, 1, 2)).utfall == Utfall.IKKE_OPPFYLT
    assert resultat(unntatt, date(2025, 12, 31)).utfall == Utfall.IKKE_OPPFYLT
    assert "Gå gjennom" in neste_steg(resultat(uvurdert), DAG)[0]
    assert any("Mangler lederutdanning" in s for s in neste_steg(resultat(mangler), DAG))
    assert neste_steg(resultat(ferdig), DAG) == []


def test_barnevernsleder_er_i_orden_i_dag_og_kommer_til_kort_i_2031(kommunetre, som):
    leder = lag_leder(kommunetre.stab, stilling="Barnevernsleder")
    oppfyll_enhetsleder(leder)
    r = resultat(leder)
    assert r.utfall == Utfall.OPPFYLT and [k.krav.hjemmel for k in r.svikter] == ["Barnevernsloven § 15-6"]
    i_2031 = resultat(leder, date(2031, 1, 1))
    assert i_2031.utfall == Utfall.IKKE_OPPFYLT
    assert [s.split(".")[0] for s in neste_steg(i_2031, DAG)] == [
        "Mangler innen 1",
        "Mangler innen 1",
    ] and "30 studiepoeng" in neste_steg(r, DAG)[-1]
    hr, adresse = som("hr"), reverse("kompetanse:ledere")
    assert "Fra 01.01.2031: Barnevernsloven" in hr.get(adresse).content.decode()
    assert hr.get(adresse, {"dag": "2031-01-01", "utfall": "ikke_oppfylt"}).context["antall"] == 1
    assert hr.get(adresse, {"dag": "2030-12-31", "utfall": "ikke_oppfylt"}).context["antall"] == 0
    lag_dokument(leder, "erfaring", "Barnevernstjenesten", fra=date(2020, 1, 1))
    lag_dokument(leder, "studiepoeng", "Ledelse", poeng=30, relevant=True, fra=date(2029, 6, 1))
    assert resultat(leder, date(2031, 1, 1)).utfall == Utfall.OPPFYLT


def test_hvem_som_har_stillingen_paa_dagen(kommunetre, som):
    lag_leder(kommunetre.skolen, "Gammel", gyldig_til=date(2025, 12, 31))
    lag_leder(kommunetre.skolen, "Ny", gyldig_fra=DAG)
    hr, adresse = som("hr"), reverse("kompetanse:ledere")
    navn = {
        dag: [rad.r.leder.navn for rad in hr.get(adresse, {"dag": dag}).context["rader"]]
        for dag in ("2025-12-31", "2026-01-01")
    }
    assert navn == {"2025-12-31": ["Gammel"], "2026-01-01": ["Ny"]}


def test_like_mange_spoerringer_for_faa_og_mange(kommunetre, som):
    hr, antall = som("hr"), []
    for runde in (1, 3):
        for n in range(runde):
            leder = lag_leder(kommunetre.skolen, f"Leder {runde}-{n}")
            oppfyll_enhetsleder(leder)
        with CaptureQueriesContext(
            connection,
        ) as fanget:
            assert hr.get(reverse("kompetanse:ledere")).status_code == 200
        antall.append(len(fanget))
    assert antall[0] == antall[1] <= 15
    with CaptureQueriesContext(connection) as fanget:
        lederresultater(list(Lederpost.objects.all()), DAG)
    assert len(fanget) == 5


# Who sees whom


@pytest.mark.lik_paa_alle
@pytest.mark.parametrize(
    ("rolle", "ser"),
    [
        (Rolle.HR, {"Hjemme", "Nord", "Skole"}),
        (Rolle.KOMMUNEDIREKTOR, {"Hjemme", "Nord", "Skole"}),
        (Rolle.ASS_KOMMUNEDIREKTOR, {"Hjemme", "Nord", "Skole"}),
        (Rolle.KOMMUNALSJEF, {"Hjemme", "Nord"}),
        (Rolle.ENHETSLEDER, {"Hjemme", "Nord"}),
        (Rolle.AVDELINGSLEDER, None),
        (Rolle.TILLITSVALGT, None),
        (Rolle.VERNEOMBUD, None),
        (Rolle.LESER, None),
        (Rolle.SYSTEMANSVARLIG, None),
    ],
)
def test_hvem_ser_hvilke_ledere(kommunetre, som, rolle, ser):
    enheter = {"Hjemme": kommunetre.hjemmetjenesten, "Nord": kommunetre.hjemme_nord, "Skole": kommunetre.skolen}
    ledere = {navn: lag_leder(enhet, navn) for navn, enhet in enheter.items()}
    klient = som(rolle)
    svar = klient.get(reverse("kompetanse:ledere"))
    assert svar.status_code == (403 if ser is None else 200)
    assert {rad.r.leder.navn for rad in svar.context["rader"]} == ser if ser else True
    uten = 403 if rolle == Rolle.SYSTEMANSVARLIG else 404
    for navn, leder in ledere.items():
        sett = klient.get(reverse("kompetanse:leder", args=[leder.pk])).status_code
        assert sett == (200 if ser and navn in ser else uten)
    oversikt = klient.get(reverse("kompetanse:lederoversikt"))
    assert oversikt.status_code == (403 if rolle == Rolle.SYSTEMANSVARLIG else 200)
    assert not any(f">{navn}<" in oversikt.content.decode() for navn in ledere)
    for rute in ("endre_leder", "slett_leder", "nytt_dokument", "nytt_unntak"):
        svar = klient.get(reverse(f"kompetanse:{rute}", args=[ledere["Nord"].pk]))
        assert svar.status_code == (200 if rolle == Rolle.HR else 403), rute
    for format_ in ("xlsx", "csv"):
        svar = klient.get(reverse(f"kompetanse:ledere_{format_}"))
        assert svar.status_code == (403 if ser is None else 200)


def test_leder_ser_seg_selv_og_bare_seg_selv(kommunetre, som):
    klient = som(Rolle.AVDELINGSLEDER)
    min_ = lag_leder(kommunetre.hjemme_nord, "Meg", bruker=klient.bruker, funksjon="avdelingsleder")
    annen = lag_leder(kommunetre.hjemme_nord, "Annen")
    assert klient.get(reverse("kompetanse:leder", args=[min_.pk])).status_code == 200
    assert klient.get(reverse("kompetanse:leder", args=[annen.pk])).status_code == 404
    assert (
        reverse("kompetanse:leder", args=[min_.pk]) in klient.get(reverse("kompetanse:lederoversikt")).content.decode()
    )


def test_leser_ser_bare_antall_uten_smaa_tall_og_bare_i_dag(kommunetre, som):
    for n in range(7):
        lag_leder(kommunetre.skolen, f"Leder {n}", gyldig_til=date(2030, 1, 1))
    for n in range(2):
        lag_leder(kommunetre.sykehjemmet, f"Ny {n}", kartlagt=None)
    adresse = reverse("kompetanse:lederoversikt")
    for rolle in (Rolle.LESER, Rolle.TILLITSVALGT):
        svar = som(rolle, kommunetre.kommune).get(adresse, {"dag": "2031-01-01"})
        tall = [c for t in svar.context["tabeller"] for rad in t["rader"] for c in (*rad["celler"], rad["sum"])]
        assert not {c for c in tall if c.isdigit() and int(c) < 5} and "<5" in tall
        assert [t["nokkel"] for t in svar.context["tabeller"]] == ["nivaa", "sektor"]
        assert svar.context["antall"] == 9 and "svg" not in svar.context["tabeller"][0]
    tabell = som("hr").get(adresse).context["tabeller"][0]
    assert tabell["rader"][0]["celler"][3:] == ["7", "2"] and tabell["svg"]


# Keeping the rows


def test_hent_ledere_fra_uttrekket_en_gang(kommunetre, som, lag_uttrekk):
    uttrekk, hr = lag_uttrekk([{"enhet": kommunetre.skolen}]), som("hr")
    meg = som(Rolle.AVDELINGSLEDER)
    felles = {"uttrekk": uttrekk, "enhet": kommunetre.hjemmetjenesten}
    Leder.objects.create(
        person=1, navn="Avdelingsleder", avdeling=kommunetre.hjemme_nord, funksjon="avdelingsleder", **felles
    )
    Leder.objects.create(person=2, navn="Ås Åsen", funksjon="enhetsleder", **felles)
    for _ in range(2):
        assert hr.post(reverse("kompetanse:hent_ledere")).status_code == 302
    rader = {leder.navn: leder for leder in Lederpost.objects.all()}
    assert set(rader) == {"Avdelingsleder", "Ås Åsen"} and rader["Avdelingsleder"].bruker == meg.bruker
    assert rader["Avdelingsleder"].enhet == kommunetre.hjemme_nord
    assert rader["Ås Åsen"].historie.get().history_user == hr.bruker
    assert som("leser").post(reverse("kompetanse:hent_ledere")).status_code == 403


def test_hent_ledere_uten_uttrekk_sier_hva_som_mangler(som):
    svar = som("hr").post(reverse("kompetanse:hent_ledere"), follow=True)
    assert "Les inn et uttrekk først" in svar.content.decode()


def test_foere_dokument_og_unntak_i_nettleseren(kommunetre, som):
    leder, hr = lag_leder(kommunetre.skolen, kartlagt=None), som("hr")
    nytt = reverse("kompetanse:nytt_dokument", args=[leder.pk])
    forslag = hr.get(nytt, {"slag": "bekreftelse", "tekst": "kan lede"}).context["skjema"]
    assert (forslag["slag"].value(), forslag["tekst"].value()) == ("bekreftelse", "kan lede")
    assert hr.post(nytt, {"slag": "kurs", "tekst": "HMS", "fra": "2026-01-02"}).status_code == 302
    leder.refresh_from_db()
    assert leder.kartlagt == timezone.localdate()
    krav = Krav.objects.first()
    unntak = {"krav": krav.pk, "grunn": "Fordi", "referanse": "Sak 1", "fra": "2026-01-01"}
    assert hr.post(reverse("kompetanse:nytt_unntak", args=[leder.pk]), unntak).status_code == 302
    igjen = hr.post(reverse("kompetanse:nytt_unntak", args=[leder.pk]), unntak)
    assert igjen.status_code == 422 and "samme tid" in igjen.content.decode()
    dokument = leder.dokumenter.get()
    assert hr.post(reverse("kompetanse:slett_dokument", args=[dokument.pk])).status_code == 302
    assert not leder.dokumenter.exists()


@pytest.mark.parametrize(
    ("data", "felt"),
    [
        ({"slag": "utdanning", "tekst": "Jus"}, "nivaa"),
        ({"slag": "erfaring", "tekst": "Leder"}, "fra"),
        ({"slag": "studiepoeng", "tekst": "X", "poeng": "-5"}, "poeng"),
        ({"slag": "studiepoeng", "tekst": "X", "poeng": "9" * 30}, "poeng"),
        ({"slag": "forpliktelse", "tekst": "X"}, "til"),
        ({"slag": "kurs", "tekst": ""}, "tekst"),
        ({"slag": "kurs", "tekst": "a\x00b"}, "tekst"),
        ({"slag": "kurs", "tekst": "X", "fra": "2026-13-45"}, "fra"),
        ({"slag": "tull", "tekst": "X"}, "slag"),
        ({"slag": "kurs", "tekst": "X", "fra": "2026-01-02", "til": "2026-01-01"}, None),
    ],
)
def test_ugyldig_dokument_sier_hva_som_er_galt(kommunetre, som, data, felt):
    svar = som("hr").post(reverse("kompetanse:nytt_dokument", args=[lag_leder(kommunetre.skolen).pk]), data)
    assert svar.status_code == 422 and not Dokument.objects.exists()
    assert (felt or "__all__") in svar.context["skjema"].errors


def test_samme_person_staar_ikke_to_ganger_i_stillingen_i_samme_tid(kommunetre, som):
    hr, leder = som("hr").bruker, lag_leder(kommunetre.skolen, gyldig_fra=None, gyldig_til=date(2026, 6, 30))
    igjen = {"enhet": leder.enhet, "stilling": leder.stilling, "navn": leder.navn.upper(), "funksjon": leder.funksjon}
    with pytest.raises(ValidationError, match="i samme tid"):
        tjenester.lagre_leder(leder=None, verdier=igjen | {"gyldig_fra": date(2026, 6, 1)}, av=hr)
    ny = tjenester.lagre_leder(leder=None, verdier=igjen | {"gyldig_fra": date(2026, 7, 1)}, av=hr)
    assert tjenester.lagre_leder(leder=ny, verdier={"kartlagt": date(2026, 8, 1)}, av=hr).pk == ny.pk


def test_foreldet_lagring_stoppes(kommunetre, som):
    leder, hr = lag_leder(kommunetre.skolen), som("hr").bruker
    gammelt = avtrykk(leder, tjenester.LEDERFELTER)
    tjenester.lagre_leder(leder=leder, verdier={"stilling": "Rektor"}, av=hr, forventet=gammelt)
    with pytest.raises(Foreldet):
        tjenester.lagre_leder(leder=leder, verdier={"stilling": "Styrer"}, av=hr, forventet=gammelt)
    with pytest.raises(ValidationError, match="Sluttdatoen"):
        datoer = {"gyldig_fra": DAG, "gyldig_til": date(2020, 1, 1)}
        tjenester.lagre_leder(leder=leder, verdier=datoer, av=hr)


def test_slettet_leder_er_borte_ogsaa_i_historien(kommunetre, som):
    leder, hr = lag_leder(kommunetre.skolen), som("hr")
    oppfyll_enhetsleder(leder)
    assert hr.get(reverse("kompetanse:slett_leder", args=[leder.pk])).status_code == 200
    assert hr.post(reverse("kompetanse:slett_leder", args=[leder.pk])).status_code == 302
    for modell in (Lederpost, Dokument):
        assert not modell.objects.exists() and not modell.historie.exists()


def test_filene_leses_tilbake_og_foelger_valgene(kommunetre, som):
    oppfyll_enhetsleder(lag_leder(kommunetre.stab, "Ferdig"))
    lag_leder(kommunetre.skolen, "=1+1")
    hr = som("hr")
    bok = openpyxl.load_workbook(io.BytesIO(hr.get(reverse("kompetanse:ledere_xlsx"), {"dag": "2026-01-01"}).content))
    ark = {a.title: list(a.values) for a in bok.worksheets}
    assert [rad[0] for rad in ark["Ledere og krav"]] == ["Navn", "=1+1", "Ferdig"]
    assert ark["Ledere og krav"][2][5] == "Oppfylt"
    assert {rad[6] for rad in ark["Krav for krav"][1:] if rad[0] == "Ferdig"} >= {"Temaplanen, punkt 4.2"}
    csv = hr.get(reverse("kompetanse:ledere_csv"), {"utfall": "oppfylt"}).content.decode("utf-8-sig")
    assert "Ferdig" in csv and "1+1" not in csv


@pytest.mark.parametrize("dag", ["tull", "9999-12-31", "0001-01-01", "2031-02-30", "\x00", "31.12.99999"])
def test_rar_dato_gir_siden_for_i_dag(kommunetre, som, dag):
    leder, hr = lag_leder(kommunetre.skolen), som("hr")
    for adresse in (reverse("kompetanse:ledere"), reverse("kompetanse:leder", args=[leder.pk])):
        svar = hr.get(adresse, {"dag": dag})
        assert svar.status_code == 200 and svar.context["valg"].er_idag
