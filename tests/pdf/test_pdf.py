"""felles.pdf: one file that is PDF/A-2a and PDF/UA-1, equal bytes for equal input, and no way out."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import page
import pytest
from django.conf import settings

from felles.pdf import PdfFeil, lag_pdf, statisk_fil
from tests import pdfminne
from tests.pdf.lesing import Struktur, objekter, tekst, xmp

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 40" width="100" height="40" '
    'font-family="Inter, sans-serif"><title id="t">Tre av fire</title><desc id="d">Søyler per enhet.</desc>'
    '<rect width="80" height="20" fill="#0062ba"/><text x="4" y="35" font-size="9">Kárášjohka</text></svg>'
)
DOKUMENT = """<!doctype html><html lang="nb-NO"><head><meta charset="utf-8"><title>Prøve</title>
<meta name="dcterms.created" content="2025-07-01"><link rel="stylesheet" href="pdf/pdf.css"></head><body>
<h1>Prøve æøå</h1><h2>Del</h2>{svg}<table><caption>Tall</caption>
<thead><tr><th scope="col">Enhet</th><th scope="col">Ansatte</th></tr></thead>
<tbody><tr><th scope="row">Åsen skole</th><td class="t">1&nbsp;130</td></tr></tbody></table>{mer}</body></html>"""


def dokument(mer: str = "") -> str:
    return DOKUMENT.format(svg=SVG, mer=mer)


@pytest.fixture(scope="module", autouse=True)
def _glem() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        pdfminne.glem(patch)
        yield


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return lag_pdf(dokument(), tittel="En prøve & en tittel")


@pytest.mark.parametrize("profil", ["2a", "ua1"])
def test_pdf_er_gyldig_arkiv_og_tilgjengelig(pdf: bytes, profil: str) -> None:
    rapport = page.validate_pdf_bytes(pdf, profile=profil)
    assert rapport.is_compliant, [(f.rule_id, f.message) for f in rapport.failures]


def test_pdf_sier_selv_hvilke_standarder_den_foelger(pdf: bytes) -> None:
    metadata = xmp(pdf)
    assert 'pdfaid:part="2"' in metadata and 'pdfaid:conformance="A"' in metadata
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata
    assert "En prøve &amp; en tittel" in metadata


def test_pdf_har_spraak_og_viser_tittel(pdf: bytes) -> None:
    katalog = next(o for o in objekter(pdf).values() if b"/Type /Catalog" in o)
    assert b"/Lang (nb-NO)" in katalog
    assert b"/DisplayDocTitle true" in katalog
    assert b"/Marked true" in katalog


def test_diagram_har_tittel_og_beskrivelse_som_alternativ_tekst(pdf: bytes) -> None:
    struktur = Struktur(pdf)
    figurer = [struktur.objekter[nr] for tag, nr in struktur.gaa() if tag == "Figure"]
    assert len(figurer) == 1
    assert "Tre av fire. Søyler per enhet.".encode("utf-16-be").hex().encode() in figurer[0]


def test_tabell_har_overskrifter_og_bildetekst(pdf: bytes) -> None:
    tagger = [tag for tag, _nr in Struktur(pdf).gaa()]
    assert tagger.count("TH") == 3
    assert tagger.count("TD") == 1
    assert "Caption" in tagger


def test_bare_inter_er_bygd_inn(pdf: bytes) -> None:
    navn = {o for o in objekter(pdf).values() if b"/BaseFont" in o}
    assert navn and all(b"+Inter" in o for o in navn)


def test_tekst_kan_hentes_ut(pdf: bytes, tmp_path: Path) -> None:
    innhold = tekst(pdf, tmp_path)
    assert "Prøve æøå" in innhold and "Åsen skole" in innhold and "1 130" in innhold and "Kárášjohka" in innhold


def test_samme_html_gir_samme_byte(pdf: bytes) -> None:
    assert lag_pdf(dokument(), tittel="En prøve & en tittel") == pdf


def test_samme_byte_i_andre_prosesser_med_annen_spredning(pdf: bytes, tmp_path: Path) -> None:
    (tmp_path / "d.html").write_text(dokument())
    kode = (
        "import django, hashlib, pathlib, sys; django.setup(); from felles.pdf import lag_pdf; "
        "h = pathlib.Path(sys.argv[1]).read_text(); "
        "print(hashlib.sha256(lag_pdf(h, tittel='En prøve & en tittel')).hexdigest())"
    )
    miljo = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings", "TZ": "Asia/Tokyo"}
    sum_ = {
        subprocess.run(
            [sys.executable, "-c", kode, str(tmp_path / "d.html")],
            env={**miljo, "PYTHONHASHSEED": fro},
            cwd=settings.BASE_DIR,
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for fro in ("1", "4242")
    }
    assert sum_ == {hashlib.sha256(pdf).hexdigest()}


def test_ulik_html_gir_ulik_kjenning() -> None:
    en, to = (lag_pdf(dokument(f"<p>{n}</p>"), tittel="x") for n in (1, 2))
    assert en != to


@pytest.mark.parametrize(
    "adresse",
    [
        "http://127.0.0.1:9/logo.png",
        "https://example.org/logo.png",
        "file:///etc/hostname",
        "ftp://example.org/x",
        "/etc/hostname",
        "../../config/settings.py",
        "pdf/../../config/settings.py",
        "pdf/%2e%2e/%2e%2e/manage.py",
        "css/app.css",
        "data:text/html;base64,PGI+",
        "jar:file:///x",
    ],
)
def test_dokumentet_naar_ingenting_utenfor(adresse: str) -> None:
    with pytest.raises(PdfFeil, match="ikke er vårt"):
        lag_pdf(dokument(f'<p><img src="{adresse}" alt="x"></p>'), tittel="x")


@pytest.mark.parametrize(
    "mer",
    [
        '<link rel="stylesheet" href="https://example.org/x.css">',
        "<style>@import url('file:///etc/x.css');</style>",
        "<style>@font-face{font-family:F;src:url('http://127.0.0.1:9/f.woff2')} p{font-family:F}</style><p>x</p>",
        "<style>p{background:url('http://127.0.0.1:9/b.png')}</style><p>x</p>",
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><title>t</title>'
        '<image href="file:///etc/hostname" width="9" height="9"/></svg>',
    ],
)
def test_heller_ikke_gjennom_stil_skrift_og_svg(mer: str) -> None:
    with pytest.raises(PdfFeil, match="ikke er vårt"):
        lag_pdf(dokument(mer), tittel="x")


def test_skript_kjoeres_aldri(tmp_path: Path) -> None:
    ut = lag_pdf(dokument("<script>document.title='a'</script><p>etter</p>"), tittel="x")
    assert b"/JavaScript" not in b"".join(objekter(ut).values())
    assert "etter" in tekst(ut, tmp_path) and "document.title" not in tekst(ut, tmp_path)


def test_gitt_bilde_er_lov() -> None:
    prikk = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
    assert lag_pdf(dokument(f'<p><img src="data:image/png;base64,{prikk}" alt="Våpen"></p>'), tittel="x")


def test_statisk_fil_slipper_bare_trykkfiler_gjennom() -> None:
    assert statisk_fil("pdf/pdf.css").name == "pdf.css"
    for navn in ("css/app.css", "pdf/../css/app.css", "pdf/x.py", "/etc/passwd"):
        with pytest.raises(PermissionError):
            statisk_fil(navn)
    with pytest.raises(FileNotFoundError):
        statisk_fil("pdf/finnes-ikke.css")


def test_statisk_fil_finnes_ogsaa_naar_bare_innsamlede_filer_er_lagt_ut(settings, tmp_path: Path) -> None:
    (tmp_path / "pdf").mkdir()
    (tmp_path / "pdf" / "innsamlet.css").write_text("p{}")
    settings.STATIC_ROOT = tmp_path
    assert statisk_fil("pdf/innsamlet.css").read_text() == "p{}"
