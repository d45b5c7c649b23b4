"""The PDFs of plans: everything is in them, valid for archive and screen readers, marked until adopted, equal bytes."""

import re
from datetime import date
from itertools import pairwise

import page
import pytest
from django.core.management import CommandError, call_command

from felles.pdf import lag_pdf
from organisasjon.enums import Enhetstype
from planer.enums import Tiltakstatus
from planer.models import Innsatsomraade, Plan, Seksjon
from planer.pdfdeler import enkel_tabell, staaende
from planer.plandokument import plandokument, samling, sammendrag
from tests import pdfminne
from tests.fabrikk import lag_enhet
from tests.pdf.lesing import Struktur, objekter, tekst
from tests.planer.dokument.hjelp import HEMMELIG, alle_tiltak, full_delplan, vedta_rett_fram
from tests.planer.fabrikk import lag_delplan, lag_tiltak

pytestmark = [pytest.mark.django_db, pytest.mark.lik_paa_alle]
OND = "<script>alert(1)</script>"
MERKE = "Utkast, ikke vedtatt"


@pytest.fixture
def plan(kommunetre):
    return full_delplan(kommunetre)


def lag(plan, prikket=False) -> bytes:
    dokument = plandokument(plan, prikket=prikket)
    return lag_pdf(dokument.html, tittel=dokument.tittel)


def test_forsiden_rommer_alle_fakta_om_en_vedtatt_plan_for_mange(kommunetre, tmp_path):
    enheter = [
        lag_enhet(f"Bakken og Nordre Innlandet barneskole {nr}", Enhetstype.ENHET, kommunetre.oppvekst, f"77{nr}")
        for nr in range(9)
    ]
    plan = lag_delplan(
        "Delplan for kompetanse og rekruttering i barneskolene og skolefritidsordningene", enheter=enheter
    )
    vedta_rett_fram(plan)
    sider = tekst(lag(Plan.objects.get(pk=plan.pk)), tmp_path).split("\f")
    assert "Fullstendig, med alle tall" in sider[0] and sider[1].startswith("Innhold")


@pytest.mark.parametrize(
    "verdier",
    [["1", "2 352", "–"], ["12,2", "−3", "<5"], ["1 105 000", "skjult", "0"]],
    ids=["antall", "andel", "kroner"],
)
def test_tallkolonner_staar_til_hoeyre(verdier):
    tabell = enkel_tabell("t", "Tabell", ["Hva", "Tall", "Når"], [[f"r{v}", v, "01.07.2025"] for v in verdier])
    assert [klasse for _hode, klasse, _bredde in tabell.hoder] == ["", "t", ""]


def krev_gyldig(pdf: bytes) -> int:
    for profil in ("2a", "ua1"):
        rapport = page.validate_pdf_bytes(pdf, profile=profil)
        assert rapport.is_compliant, [(f.rule_id, f.message) for f in rapport.failures]
    return rapport.document.page_count


def test_utkast_er_gyldig_og_merket_paa_hver_side(plan, tmp_path):
    pdf = lag(plan)
    sider = krev_gyldig(pdf)
    per_side = tekst(pdf, tmp_path).split("\f")[:sider]
    assert sider >= 6 and all(MERKE in side for side in per_side)


def test_vedtatt_plan_er_gyldig_uten_merke_og_med_vedtak_og_hash(plan, tmp_path):
    vedtak = vedta_rett_fram(plan)
    pdf = lag(plan)
    krev_gyldig(pdf)
    innhold = tekst(pdf, tmp_path)
    assert MERKE not in innhold and "UTKAST" not in innhold
    for ord_ in ("Vedtatt", "1. september 2025", "25/1042", vedtak.hash):
        assert ord_ in innhold


def test_temaplan_er_gyldig(plan):
    krev_gyldig(lag(plan.temaplan))


def test_hver_overskrift_hvert_tiltak_og_hvert_tall_er_med(plan, tmp_path):
    vedta_rett_fram(plan)
    innhold = " ".join(tekst(lag(plan), tmp_path).split())
    for seksjon in plan.seksjoner.filter(omraade=None):
        assert seksjon.overskrift in innhold
    for omraade in plan.temaplan.omraader.all():
        assert f"{omraade.nummer} {omraade.tittel}" in innhold
    for tiltak in alle_tiltak(plan):
        assert tiltak.ident in innhold and tiltak.tittel in innhold
    for ord_ in ("3777", "640 000 kroner", "fra 53,5 til 65", "Olga Ansvarsdatter", "PROTOKOLL-ORD", "Eldrerådet"):
        assert (ord_ in innhold) == (ord_ != "Eldrerådet"), ord_
    for ord_ in (
        "Vakter",
        "Punkt én",
        "Sårstell",
        "Et sitat",
        "Ledere i hjemmetjenesten",
        "https://lovdata.no/forskrift",
    ):
        assert ord_ in innhold


def test_aapen_utgave_har_verken_navn_protokoller_eller_smaa_tall(plan, tmp_path):
    vedta_rett_fram(plan)
    innhold = " ".join(tekst(lag(plan, prikket=True), tmp_path).split())
    assert not [h for h in HEMMELIG if h in innhold] and "3777" not in innhold
    assert "<5" in innhold and "Åpen: uten små tall og personnavn" in innhold
    assert "Fullstendig, med alle tall" in tekst(lag(plan), tmp_path)


def test_overskrifter_tabeller_og_lenker_er_merket_opp(plan):
    pdf = lag(plan)
    struktur = Struktur(pdf)
    nivaaer = [int(tag[1]) for tag, _nr in struktur.gaa() if re.fullmatch(r"H\d", tag)]
    assert nivaaer[0] == 1 and nivaaer.count(1) == 1
    assert all(ny <= gammel + 1 for gammel, ny in pairwise(nivaaer))
    tabeller = [nr for tag, nr in struktur.gaa() if tag == "Table"]
    assert len(tabeller) >= 5
    assert all("TH" in {tag for tag, _nr in struktur.gaa(nr)} for nr in tabeller)
    adresser = re.findall(rb"/URI \((.*?)\)", b"".join(objekter(pdf).values()))
    assert adresser and all(a.startswith(b"https://lovdata.no/") for a in adresser)


def test_samme_innhold_gir_samme_byte(plan, monkeypatch):
    foer = lag(plan)
    pdfminne.glem(monkeypatch)
    assert lag(Plan.objects.get(pk=plan.pk)) == foer


def test_skript_i_alle_felt_blir_bare_tekst(plan, tmp_path):
    Plan.objects.filter(pk=plan.pk).update(tittel=OND)
    Innsatsomraade.objects.filter(plan=plan.temaplan).update(tittel=OND)
    Seksjon.objects.filter(plan=plan).update(overskrift=OND, html=f"{OND}<p>igjen<img src=file:///etc/hostname></p>")
    plan.tiltak.update(tittel=OND, hva=OND, deltakere=OND, finansiering=OND)
    plan.refresh_from_db()
    html = plandokument(plan, prikket=False).html
    assert "<script" not in html and "file:" not in html and "igjen" in html
    pdf = lag(plan)
    assert b"/JavaScript" not in b"".join(objekter(pdf).values())
    assert "<script>" in "".join(tekst(pdf, tmp_path).split())


def test_lange_ord_og_hundre_tiltak_gir_gyldig_dokument(kommunetre):
    plan = lag_delplan("Å" * 200, enheter=[kommunetre.skolen])
    for nr in range(40):
        lag_tiltak(plan, f"{nr} " + "Tverrfaglighetskompetansehevingstiltak" * 3, hva="Linje\n\nny linje " * 20)
    krev_gyldig(lag(plan))


def test_samlingen_har_planene_i_rekkefoelge_og_sammendrag(plan, tmp_path):
    annen = lag_delplan("Delplan for skolen", enheter=[plan.temaplan.delplaner.first().enheter.first()])
    lag_tiltak(annen, "Kollegaveiledning", ident="T-0200", frist=date(2025, 1, 1), kostnad=1000)
    vedta_rett_fram(plan)
    dokument = samling([annen, plan], prikket=True, dag=date(2025, 9, 1))
    pdf = lag_pdf(dokument.html, tittel=dokument.tittel)
    sider = krev_gyldig(pdf)
    per_side = tekst(pdf, tmp_path).split("\f")[:sider]
    innhold = " ".join(" ".join(per_side).split())
    assert innhold.index("Kollegaveiledning") < innhold.index("Årsturnus")
    assert "641 000" in innhold and "Åpen: uten små tall og personnavn" in innhold
    assert not [h for h in HEMMELIG if h in innhold]
    merket = [MERKE in side for side in per_side]
    assert not merket[0] and any(merket) and not merket[-1]


def test_sammendraget_teller_status_forfalt_og_kostnad(plan):
    lag_tiltak(plan, "Ferdig", ident="T-0300", status=Tiltakstatus.GJENNOMFORT, frist=date(2025, 1, 1), kostnad=5)
    lag_tiltak(plan, "Sent", ident="T-0301", frist=date(2025, 1, 1))
    s = sammendrag([plan], date(2025, 9, 1))
    assert (s.antall, s.ferdige, s.forfalt, s.uten_ansvarlig, s.kostnad) == (4, 1, 1, 2, "640\u00a0005")


def test_kommandoen_skriver_samme_dokument(plan, tmp_path):
    call_command("planpdf", str(plan.pk), "--ut", str(tmp_path / "p.pdf"), verbosity=0)
    assert (tmp_path / "p.pdf").read_bytes() == lag(plan)


@pytest.mark.parametrize("valg", ["0", "999999999999", "abc", "-1"])
def test_kommandoen_uten_plan_ender_med_kode_2(tmp_path, valg):
    with pytest.raises(CommandError) as feil:
        call_command("planpdf", "--ut", str(tmp_path / "p.pdf"), "--", valg)
    assert feil.value.returncode == 2 and not (tmp_path / "p.pdf").exists()


def test_kommandoen_som_ikke_kan_skrive_ender_med_kode_2(plan, tmp_path):
    with pytest.raises(CommandError, match="kunne ikke skrives") as feil:
        call_command("planpdf", str(plan.pk), "--ut", str(tmp_path / "finnes" / "ikke.pdf"))
    assert feil.value.returncode == 2


def test_a_single_wide_row_is_turned_so_that_it_fits():
    bred = {"kolonner": ["Enhet", *"abcdefg"], "rader": [["Hjemmetjenesten", *"1234567"]]}
    linjer = [list(par) for par in zip("abcdefg", "1234567", strict=True)]
    assert staaende(bred) == (["Enhet", "Hjemmetjenesten"], linjer)
    flere = {"kolonner": bred["kolonner"], "rader": bred["rader"] * 2}
    assert staaende(flere) == (flere["kolonner"], flere["rader"])
