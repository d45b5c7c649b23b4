"""The document for bystyret and the PDF of one report: right figures, right structure, equal bytes."""

import re
from base64 import b64decode
from collections.abc import Callable
from datetime import date
from itertools import pairwise
from pathlib import Path

import page
import pytest
from django.core.management import CommandError, call_command

from analyse import bystyrerapport, pdfdeler
from analyse.bystyrerapport import bystyrerapport_html, lag_bystyrerapport, rapport_pdf
from analyse.management.commands.bystyrerapport import finn_uttrekk
from analyse.models import PublisertTall, Uttrekk
from analyse.rapporter import RAPPORTER
from analyse.services.rapporter import hent_resultat
from felles import tall
from organisasjon.models import Kommuneprofil
from tests import fabrikk, pdfminne
from tests.pdf.lesing import Struktur, objekter, tekst, xmp

pytestmark = [pytest.mark.django_db, pytest.mark.lik_paa_alle]
OND = "<script>alert(1)</script>"
PRIKK = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


@pytest.fixture
def uttrekk(kommunetre: fabrikk.Kommunetre, lag_uttrekk: Callable[..., Uttrekk]) -> Uttrekk:
    """68 people in four units: 45 in one (over the median 43), 9, 8 and 6; some leaders, some who left."""
    k = kommunetre
    steder = [k.hjemmetjenesten] * 45 + [k.skolen] * 9 + [k.sykehjemmet] * 8 + [k.barnehagen] * 6
    rader = [
        {
            "enhet": enhet,
            "person": nr,
            "fodt": date(1957 + nr % 40, 1 + nr % 12, 3),
            "kjonn": "KKM"[nr % 3],
            "prosent": 100 if nr % 4 else 60,
            "stilling": "Enhetsleder" if nr in (1, 46, 55, 63) else "Sykepleier" if nr % 2 else "Fagarbeider",
            "utdanning": "Bachelor" if nr % 2 else "Fagbrev",
        }
        for nr, enhet in enumerate(steder, 1)
    ]
    rader += [
        {"enhet": k.hjemmetjenesten, "person": 900 + nr, "kategori": "sluttet", "slutt": date(2025, 1, nr)}
        for nr in range(1, 7)
    ]
    return lag_uttrekk(rader)


@pytest.fixture
def pdf(uttrekk: Uttrekk) -> bytes:
    return lag_bystyrerapport(uttrekk=uttrekk)


@pytest.mark.parametrize("profil", ["2a", "ua1"])
def test_rapporten_er_gyldig_arkiv_og_tilgjengelig(pdf: bytes, profil: str) -> None:
    rapport = page.validate_pdf_bytes(pdf, profile=profil)
    assert rapport.is_compliant, [(f.rule_id, f.message) for f in rapport.failures]
    assert 15 <= rapport.document.page_count <= 40


def test_rapporten_har_spraak_tittel_dato_og_avsender(pdf: bytes) -> None:
    katalog = next(o for o in objekter(pdf).values() if b"/Type /Catalog" in o)
    assert b"/Lang (nb-NO)" in katalog and b"/DisplayDocTitle true" in katalog
    metadata = xmp(pdf)
    assert "Bemannings- og lederrapport" in metadata
    assert "Fjordvik kommune" in metadata
    assert "2025-07-01" in metadata


def test_rapporten_sier_alt_som_skal_med(pdf: bytes, tmp_path: Path) -> None:
    innhold = tekst(pdf, tmp_path)
    for rapport in RAPPORTER.values():
        assert str(rapport.tittel) in innhold
    ventet = ["Fjordvik kommune", "1. juli 2025", "Arbeidsutkast, ikke publisert", "Hovedbildet", "Innhold", "68"]
    ventet += ["Slik leser du tallene", "Slik er tallene regnet", "Forutsetninger", "Kilder", "NORCE 2019"]
    ventet += ["Ord og begreper", "prove-2025-07-01.xlsx", "Side 2 av"]
    assert [t for t in ventet if t not in innhold] == []


def test_hver_celle_i_rapportene_staar_i_dokumentet(pdf: bytes, uttrekk: Uttrekk, tmp_path: Path) -> None:
    innhold = "".join(tekst(pdf, tmp_path).split()).replace("-", "")
    for slug, rapport in RAPPORTER.items():
        kapittel = pdfdeler.kapittel(rapport, hent_resultat(uttrekk=uttrekk, slug=slug), 1)
        for tabell in kapittel.tabeller:
            for _sum, rad in tabell.rader:
                tekster = {"".join(celle.tekst.split()).replace("-", "") for celle in rad}
                assert [t for t in tekster if t not in innhold] == [], (slug, tabell.tittel)


def test_ubeskyttet_enkeltrapport_viser_alle_sektortall(uttrekk: Uttrekk, tmp_path: Path) -> None:
    resultat = hent_resultat(uttrekk=uttrekk, slug="lederspenn")
    innhold = tekst(rapport_pdf(resultat), tmp_path, oppsett=True)
    for rad in resultat.rader:
        tallene = rf"{rad['enheter']}\s+{tall.tusen(rad['ansatte'])}\s+{tall.desimal(rad['snitt'], 2)}"
        assert re.search(rf"{rad['sektor'].split()[0]}.*\s{tallene}", innhold), rad


def test_overskriftene_hopper_aldri_over_et_nivaa(pdf: bytes) -> None:
    nivaaer = [int(tag[1]) for tag, _nr in Struktur(pdf).gaa() if re.fullmatch(r"H\d", tag)]
    assert nivaaer[0] == 1 and nivaaer.count(1) == 1
    assert nivaaer.count(2) >= len(RAPPORTER) + 5
    assert all(ny <= gammel + 1 for gammel, ny in pairwise(nivaaer))


def test_hver_tabell_har_overskriftsceller(pdf: bytes) -> None:
    struktur = Struktur(pdf)
    tabeller = [nr for tag, nr in struktur.gaa() if tag == "Table"]
    assert len(tabeller) >= 12
    for nr in tabeller:
        assert "TH" in {tag for tag, _nr in struktur.gaa(nr)}


def test_hver_figur_har_alternativ_tekst(pdf: bytes) -> None:
    struktur = Struktur(pdf)
    figurer = [struktur.objekter[nr] for tag, nr in struktur.gaa() if tag == "Figure"]
    assert len(figurer) >= len(RAPPORTER)
    assert all(re.search(rb"/Alt (\(.{3,}\)|<[0-9a-f]{12,}>)", f, re.S) for f in figurer)


def test_innholdet_lenker_til_kapitlene(pdf: bytes) -> None:
    lenker = [o for o in objekter(pdf).values() if b"/Subtype /Link" in o]
    assert len(lenker) >= len(RAPPORTER)
    assert not any(b"/URI" in o for o in lenker)


def test_samme_uttrekk_gir_samme_byte(pdf: bytes, uttrekk: Uttrekk, monkeypatch: pytest.MonkeyPatch) -> None:
    pdfminne.glem(monkeypatch)
    assert lag_bystyrerapport(uttrekk=uttrekk) == pdf


def test_aapen_utgave_skjuler_smaa_tall(uttrekk: Uttrekk) -> None:
    html = bystyrerapport_html(uttrekk, prikket=True)
    assert "&lt;5" in html and "Tall under fem er skjult" in html and "Åpen, tall under fem er skjult" in html


def test_fullstendig_utgave_viser_smaa_tall_og_sier_det(uttrekk: Uttrekk) -> None:
    html = bystyrerapport_html(uttrekk)
    assert "Fullstendig, med tall under fem" in html and "Tall under fem er skjult (" not in html


def test_skript_i_et_enhetsnavn_blir_bare_tekst(
    kommunetre: fabrikk.Kommunetre, lag_uttrekk: Callable[..., Uttrekk], tmp_path: Path
) -> None:
    kommunetre.skolen.navn = f"{OND}<img src=file:///etc/hostname>"
    kommunetre.skolen.save()
    uttrekk = lag_uttrekk([{"enhet": kommunetre.skolen, "stilling": OND} for _nr in range(12)])
    html = bystyrerapport_html(uttrekk)
    assert "<script" not in html and "<img src=file" not in html
    pdf = lag_bystyrerapport(uttrekk=uttrekk)
    assert b"/JavaScript" not in b"".join(objekter(pdf).values())
    assert "<script>" in "".join(tekst(pdf, tmp_path).split())


def test_publisert_tall_staar_ved_siden_av_det_beregnede(uttrekk: Uttrekk) -> None:
    PublisertTall.objects.create(
        uttrekk=uttrekk, rapport="lederspenn", rad="Oppvekst", maal="snitt", verdi=48, kilde="Temaplan, punkt 5.5"
    )
    aapent = {"lederspenn": hent_resultat(uttrekk=uttrekk, slug="lederspenn")}
    [(_sum, rad)] = bystyrerapport._publiserte(uttrekk, aapent).rader
    trykt = ["Lederspenn", "Oppvekst", "Snitt per enhet", "48,00", "7,50", "−40,50", "Temaplan, punkt 5.5"]
    assert [celle.tekst for celle in rad] == trykt
    html = bystyrerapport_html(uttrekk)
    assert "Publiserte tall mot beregnede" in html and "Temaplan, punkt 5.5" in html


def test_endring_fra_forrige_uttrekk(
    uttrekk: Uttrekk, kommunetre: fabrikk.Kommunetre, lag_uttrekk: Callable[..., Uttrekk]
) -> None:
    forrige = lag_uttrekk([{"enhet": kommunetre.skolen} for _nr in range(60)], dato=date(2025, 1, 1))
    assert "Endringene er målt mot uttrekket fra 1. januar 2025" in bystyrerapport_html(uttrekk)
    naa, foer = ({"lederspenn": hent_resultat(uttrekk=u, slug="lederspenn")} for u in (uttrekk, forrige))
    endringer = {t["navn"]: t["endring"] for t in bystyrerapport._hovedtall(naa, foer)}
    assert endringer["Ansatte"] == "+8 fra 60"
    assert endringer["Snitt per enhet"] == "−43,0 fra 60,0"


def test_kommunens_eget_vaapen_staar_paa_forsiden(uttrekk: Uttrekk, kommunetre: fabrikk.Kommunetre) -> None:
    Kommuneprofil.objects.update_or_create(
        enhet=kommunetre.kommune, defaults={"logo": b64decode(PRIKK), "logo_type": "image/png"}
    )
    html = bystyrerapport_html(uttrekk)
    assert f"data:image/png;base64,{PRIKK}" in html and "Kommunevåpenet til Fjordvik kommune" in html
    assert lag_bystyrerapport(uttrekk=uttrekk).count(b"/Subtype /Image") >= 1


@pytest.mark.parametrize("slug", list(RAPPORTER))
def test_hver_rapport_som_egen_pdf_er_gyldig(uttrekk: Uttrekk, slug: str, tmp_path: Path) -> None:
    pdf = rapport_pdf(hent_resultat(uttrekk=uttrekk, slug=slug))
    for profil in ("2a", "ua1"):
        assert page.validate_pdf_bytes(pdf, profile=profil).is_compliant
    innhold = tekst(pdf, tmp_path)
    assert str(RAPPORTER[slug].tittel) in innhold and "uttrekk 1. juli 2025" in " ".join(innhold.split())


def test_kommandoen_skriver_samme_dokument(uttrekk: Uttrekk, pdf: bytes, tmp_path: Path) -> None:
    call_command("bystyrerapport", "--ut", str(tmp_path / "b.pdf"), verbosity=0)
    assert (tmp_path / "b.pdf").read_bytes() == pdf


def test_kommandoen_finner_uttrekket_som_menes(uttrekk: Uttrekk) -> None:
    assert [finn_uttrekk(valg) for valg in ("siste", "2025-07-01", str(uttrekk.pk))] == [uttrekk] * 3


@pytest.mark.parametrize("valg", ["siste", "2020-01-01", "99", "i går"])
def test_kommandoen_uten_uttrekk_ender_med_kode_2(tmp_path: Path, valg: str) -> None:
    with pytest.raises(CommandError) as feil:
        call_command("bystyrerapport", "--ut", str(tmp_path / "b.pdf"), "--uttrekk", valg)
    assert feil.value.returncode == 2
    assert not (tmp_path / "b.pdf").exists()


def test_kommandoen_som_ikke_kan_skrive_ender_med_kode_2(uttrekk: Uttrekk, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="kunne ikke skrives") as feil:
        call_command("bystyrerapport", "--ut", str(tmp_path / "finnes" / "ikke.pdf"))
    assert feil.value.returncode == 2
