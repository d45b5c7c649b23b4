"""Files out and in: what is written is read back the same, nothing becomes a formula, statuses come back by id."""

import csv
import io
from datetime import date, datetime
from decimal import Decimal

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from kompetanse.enums import Vei
from organisasjon.enums import Rolle
from planer.enums import Deltakerrolle, Planstatus, Tiltakstatus
from planer.models import Tiltak
from planer.services.tiltak import lagre_tiltak
from planer.tiltaksfil import KOLONNER, les_status, rens_celle, som_tabell
from tests.fabrikk import lag_bruker
from tests.planer.fabrikk import NAA, gi_planrolle, lag_delplan, sett_status


@pytest.fixture
def plan(kommunetre):
    return lag_delplan("Delplan hjemmetjenesten", enheter=[kommunetre.hjemmetjenesten, kommunetre.sykehjemmet])


def lagre(plan, tittel="Fagdag", **felt):
    verdier = {"tittel": tittel, "omraade": plan.temaplan.omraader.first(), "hovedmaal": 1, "vei": Vei.UTVIKLE}
    return lagre_tiltak(tiltak=None, plan=plan, verdier=verdier | felt, av=None, naa=NAA)


def fullt(plan):
    return lagre(
        plan,
        "=1+1 Ærlig «fagdag»",
        hva="-2+3\nlinje to; med semikolon",
        ansvarlig=lag_bruker("aase", "@Åse Ås"),
        start=date(2026, 1, 2),
        frist=date(2026, 3, 4),
        status=Tiltakstatus.UTSATT,
        statusgrunn="+Streik",
        kostnad=Decimal(1250000),
        finansiering="Fond",
        soknadsfrist=date(2026, 2, 1),
        maalenhet="prosent",
        nullpunkt=Decimal("12.5"),
        maaltall=Decimal(40),
    )


def fra_xlsx(innhold):
    ark = openpyxl.load_workbook(io.BytesIO(innhold)).active
    rader = [[c.value for c in rad] for rad in ark.iter_rows()]
    assert not any(c.data_type == "f" for rad in ark.iter_rows() for c in rad)
    return [dict(zip(rader[0], rad, strict=True)) for rad in rader[1:]]


def fra_csv(innhold):
    return list(csv.DictReader(io.StringIO(innhold.decode("utf-8-sig"), newline=""), delimiter=";"))


FORVENTET = {
    "Id": "T-0001",
    "Tiltak": "=1+1 Ærlig «fagdag»",
    "Plan": "Delplan hjemmetjenesten",
    "Enhet": "Hjemmetjenesten, Sykehjemmet",
    "Mål": "1 Forsvarlige tjenester",
    "Innsatsområde": "6.1 Rolleforståelse",
    "Type": "Utvikle",
    "Ansvarlig": "@Åse Ås",
    "Start": "2026-01-02",
    "Frist": "2026-03-04",
    "Status": "Utsatt",
    "Statusgrunn": "+Streik",
    "Kostnad": 1250000,
    "Finansiering": "Fond",
    "Søknadsfrist": "2026-02-01",
    "Beskrivelse": "-2+3\nlinje to; med semikolon",
    "Måleenhet": "prosent",
    "Nullpunkt": 12.5,
    "Måltall": 40,
    "Planstatus": "Utkast",
    "Planperiode": "2025–2028",
    "Planversjon": 1,
}


def test_xlsx_leses_tilbake_likt(som, plan):
    fullt(plan)
    svar = som("hr").get(reverse("planer:tiltak_fil", args=["xlsx"]))
    (rad,) = fra_xlsx(svar.content)
    assert list(rad) == [k.tittel for k in KOLONNER]
    dager = {k: datetime.fromisoformat(str(FORVENTET[k])) for k in ("Start", "Frist", "Søknadsfrist")}
    assert {k: rad[k] for k in FORVENTET} == FORVENTET | dager
    ark = openpyxl.load_workbook(io.BytesIO(svar.content)).active
    assert [ark[f"{k}2"].number_format for k in "IJO"] == ["dd.mm.yyyy"] * 3
    assert svar["Content-Disposition"] == f'attachment; filename="tiltak-{timezone.localdate()}.xlsx"'


def test_csv_leses_tilbake_likt_og_uten_formler(som, plan):
    fullt(plan)
    (rad,) = fra_csv(som("hr").get(reverse("planer:tiltak_fil", args=["csv"])).content)
    assert rad["Tiltak"].startswith("'=") and rad["Ansvarlig"].startswith("'@")
    assert rad["Nullpunkt"] == "12,5" and rad["Kostnad"] == "1250000"
    lest = {k: rens_celle(rad[k]) for k in FORVENTET}
    assert lest == {k: str(v).replace(".", ",") if isinstance(v, float) else str(v) for k, v in FORVENTET.items()}


def test_kolonnene_er_de_andre_systemer_er_satt_opp_etter():
    titler = [k.tittel for k in KOLONNER]
    assert titler[:13] == [
        "Id", "Tiltak", "Plan", "Enhet", "Mål", "Innsatsområde", "Type", "Ansvarlig", "Start", "Frist", "Status",
        "Statusgrunn", "Kostnad",
    ]  # fmt: skip
    assert som_tabell([]).rader == []


def test_filen_folger_sidens_filter_og_rekkefolge(som, plan, kommunetre):
    lagre(plan, "A", status=Tiltakstatus.I_GANG)
    lagre(plan, "B")
    lagre(plan, "C", status=Tiltakstatus.I_GANG)
    lagre(lag_delplan("Skole", enheter=[kommunetre.skolen]), "D", status=Tiltakstatus.I_GANG)
    adresse = reverse("planer:tiltak_fil", args=["csv"])
    svar = som("hr").get(adresse, {"status": "i_gang", "plan": plan.pk, "sortering": "-tittel"})
    assert [r["Tiltak"] for r in fra_csv(svar.content)] == ["C", "A"]
    svar = som("enhetsleder").get(adresse)
    assert [r["Tiltak"] for r in fra_csv(svar.content)] == ["A", "B", "C"]
    assert som("hr").get(reverse("planer:tiltak_fil", args=["pdf"])).status_code == 404


def last_opp(klient, innhold, navn="status.csv"):
    fil = SimpleUploadedFile(navn, innhold if isinstance(innhold, bytes) else innhold.encode("utf-8-sig"))
    return klient.post(reverse("planer:tiltak_les_inn"), {"fil": fil})


def test_status_leses_inn_igjen_med_forhaandsvisning(som, plan, kommunetre):
    a, b, c = (lagre(plan, navn) for navn in "ABC")
    annen = lagre(lag_delplan("Skole", enheter=[kommunetre.skolen]), "Andres")
    klient = som("enhetsleder")
    gi_planrolle(plan, klient.bruker, Deltakerrolle.ANSVARLIG)
    svar = last_opp(
        klient,
        "Fra Stratsys\nId;Tiltak;Status;Statusgrunn\n"
        f"{a.ident};A;I GANG;\n{b.ident};B;utsatt;'+Streik\n{c.ident};C;Planlagt;\n"
        f"T-9999;?;I gang;\n{a.ident};A;Avbrutt;x\n{annen.ident};;I gang;\n;;Tull;\n",
    )
    slag = {g["slag"]: g["antall"] for g in svar.context["grupper"]}
    assert slag == {"endres": 2, "ukjent_id": 3, "dobbel": 1, "uendret": 1}
    assert not Tiltak.objects.exclude(status="planlagt").exists()
    svar = klient.post(reverse("planer:tiltak_les_inn_bekreft"), {"merke": svar.context["merke"]})
    assert svar.url == reverse("planer:alle_tiltak")
    a.refresh_from_db()
    b.refresh_from_db()
    assert (a.status, b.status, b.statusgrunn) == ("i_gang", "utsatt", "+Streik")
    assert "status.csv" in a.oppfolginger.get().tekst
    assert a.historie.first().history_user == klient.bruker


def test_egen_eksport_kan_leses_inn_igjen_uten_endring(som, plan):
    fullt(plan)
    klient = som("hr")
    for format_ in ("xlsx", "csv"):
        fil = klient.get(reverse("planer:tiltak_fil", args=[format_])).content
        svar = last_opp(klient, fil, f"tiltak.{format_}")
        assert {g["slag"]: g["antall"] for g in svar.context["grupper"]} == {"uendret": 1}


def test_andres_rader_og_ukjent_status_endres_ikke(som, plan):
    a, b = lagre(plan), lagre(plan)
    svar = last_opp(som("tillitsvalgt"), f"Id;Status\n{a.ident};I gang\n{b.ident};Påbegynt\n")
    assert {g["slag"] for g in svar.context["grupper"]} == {"ikke_min", "ukjent_status"}
    assert svar.context["merke"] == ""


def test_mangler_grunn(som, plan):
    a = lagre(plan)
    svar = last_opp(som("hr"), f"Id;Status\n{a.ident};Avbrutt\n")
    assert [g["slag"] for g in svar.context["grupper"]] == ["mangler_grunn"]


def test_alt_eller_ingenting_naar_noe_er_endret_etterpaa(som, plan):
    a, b = lagre(plan), lagre(plan)
    klient = som("hr")
    merke = last_opp(klient, f"Id;Status\n{a.ident};I gang\n{b.ident};I gang\n").context["merke"]
    Tiltak.objects.filter(pk=b.pk).update(status="gjennomfort")
    klient.post(reverse("planer:tiltak_les_inn_bekreft"), {"merke": merke})
    a.refresh_from_db()
    assert a.status == "planlagt" and not a.oppfolginger.exists()


def test_merket_gjelder_bare_den_som_lastet_opp(som, plan):
    a = lagre(plan)
    merke = last_opp(som("hr"), f"Id;Status\n{a.ident};I gang\n").context["merke"]
    som("kommunalsjef").post(reverse("planer:tiltak_les_inn_bekreft"), {"merke": merke})
    som("hr").post(reverse("planer:tiltak_les_inn_bekreft"), {"merke": merke + "x"})
    a.refresh_from_db()
    assert a.status == "planlagt"


def test_vedtatt_plan_tar_imot_status(som, plan):
    a = lagre(plan)
    sett_status(plan, Planstatus.VEDTATT)
    klient = som("hr")
    merke = last_opp(klient, f"Id;Status\n{a.ident};Gjennomført\n").context["merke"]
    klient.post(reverse("planer:tiltak_les_inn_bekreft"), {"merke": merke})
    a.refresh_from_db()
    assert a.status == "gjennomfort"


@pytest.mark.parametrize(
    ("navn", "innhold", "melding"),
    [
        ("x.csv", b"", "tom"),
        ("x.csv", "Navn;Farge\nA;B\n", "Id"),
        ("x.pdf", b"%PDF-1.4", "xlsx eller CSV"),
        ("x.xlsx", b"PK\x03\x04tull", ""),
        ("x.csv", "Id;Status\n", "ingen rader"),
        ("x.csv", "Id;Status\n" + "T-1;I gang\n" * 2001, "2000"),
    ],
)
def test_daarlige_filer_sier_hva_som_er_galt(som, plan, navn, innhold, melding):
    svar = last_opp(som(Rolle.HR), innhold, navn)
    assert svar.status_code == 422
    assert melding in str(svar.context["skjema"].errors)


def test_statusord():
    assert [les_status(t) for t in ("I gang", "i_gang", " GJENNOMFØRT ", "", "ferdig")] == [
        "i_gang", "i_gang", "gjennomfort", "", "",
    ]  # fmt: skip


def test_planens_side_lenker_til_planens_egen_fil(som, plan, kommunetre):
    lagre(plan, "Mitt")
    lagre(lag_delplan("Skole", enheter=[kommunetre.skolen]), "Andres")
    klient = som("hr")
    sporring = klient.get(reverse("planer:tiltak", args=[plan.pk]), {"vei": "utvikle"}).context["sporring"]
    svar = klient.get(reverse("planer:tiltak_fil", args=["csv"]) + f"?{sporring}")
    assert [r["Tiltak"] for r in fra_csv(svar.content)] == ["Mitt"]
