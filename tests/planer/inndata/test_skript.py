"""Script and style in any field are harmless on every page, whether stored or sent back at once."""

import csv
import io
import socket
from datetime import date

import openpyxl
import pytest
from django.apps import apps
from django.db import models
from django.urls import reverse

from felles import pdf, pdfmotor
from planer.innhold import les_innhold
from planer.models import Plan, Seksjon
from planer.plandokument import samling
from planer.services.seksjoner import lagre_seksjon
from tests import pdfminne
from tests.planer.inndata.levende import KORT, LANG, levende, skjemaer
from tests.vandring import rutenavn, vandre

pytestmark = pytest.mark.lik_paa_alle
# Cleaned text, keys and hashes have rules of their own; the rest is what people have typed.
IKKE_SKREVET = {"html", "sok", "nokkel", "hash", "pdf_hash", "innhold", "ident", "adresse", "filnavn", "melding"}
IKKE_SKREVET |= {"vedlegg_type", "steg", "frosset", "frosset_prikket", "rapport", "tabell", "kolonne", "rad"}
GJOER_NOE_ANNET = ("slett", "forkast", "les_alle", "logg", "publiser", "lag_pdf", "samling")


def test_leseren_ser_det_som_er_levende():
    assert len(levende(LANG)) >= 8
    assert levende('<p>&lt;script&gt;</p><script src="/static/a.js"></script>') == []


def skriv_i_alle_felt(tekst: str) -> set[str]:
    """Put the text in every field that people can type in, past all forms. Returns the fields."""
    funnet = set()
    for modell in apps.get_app_config("planer").get_models():
        if modell.__name__.startswith("Historical"):
            continue
        for felt in modell._meta.concrete_fields:
            skrives = type(felt) in (models.CharField, models.TextField) and not felt.choices
            if skrives and felt.name not in IKKE_SKREVET and modell.objects.exists():
                rader = modell.objects.filter(pk=modell.objects.first().pk) if felt.unique else modell.objects.all()
                rader.update(**{felt.name: tekst[: felt.max_length or 4000]})
                funnet.add(f"{modell.__name__}.{felt.name}")
    return funnet


def test_lagret_i_hvert_felt_er_det_tekst_paa_hver_side(alt):
    felt = skriv_i_alle_felt(KORT)
    assert {"Plan.tittel", "Tiltak.tittel", "Kommentar.tekst", "Forankring.organ", "Droftingssyn.protokoll"} <= felt
    for seksjon in Seksjon.objects.all():
        lagre_seksjon(seksjon=seksjon, html=LANG, forventet=None, av=alt.hr.bruker, naa=seksjon.endret)
    ruter, _felt = vandre(alt.hr, reverse("planer:liste"), per_rute=2, bare="planer:")
    assert len(ruter) >= 20
    sider = [side for flere in ruter.values() for side in flere]
    assert {side.adresse: side.status for side in sider if side.status not in {200, 302}} == {}
    assert {side.adresse: levende(side.html) for side in sider if levende(side.html)} == {}
    assert sum("&lt;xss-merke&gt;" in side.html for side in sider) >= 15


@pytest.mark.parametrize("tekst", [KORT, LANG], ids=["kort", "lang"])
def test_sendt_inn_i_hvert_skjema_kommer_det_ikke_levende_tilbake(alt, tekst):
    ruter, _felt = vandre(alt.hr, reverse("planer:liste"), per_rute=1, bare="planer:")
    sendt = set()
    for side in [side for flere in ruter.values() for side in flere]:
        for skjema in skjemaer(side.html):
            maal = (skjema.adresse or side.adresse).split("?")[0]
            rute = rutenavn(maal) or ""
            if not rute.startswith("planer:") or rute in sendt or any(o in rute for o in GJOER_NOE_ANNET):
                continue
            sendt.add(rute)
            tilbake = alt.hr.post(maal, skjema.fylt(tekst), follow=True)
            assert tilbake.status_code < 500, rute
            if tilbake["Content-Type"].startswith("text/html"):
                assert levende(tilbake.content.decode()) == [], rute
    assert len(sendt) >= 15


def test_i_adressefeltet_paa_hver_side(alt):
    ruter, navn = vandre(alt.hr, reverse("planer:liste"), per_rute=1, bare="planer:")
    spoersmaal = dict.fromkeys([*navn, "sok", "q", "side", "sort"], LANG)
    for rute, sider in ruter.items():
        svar = alt.hr.get(sider[0].adresse, spoersmaal, follow=True)
        assert svar.status_code < 500, rute
        if svar["Content-Type"].startswith("text/html"):
            assert levende(svar.content.decode()) == [], rute


def test_i_innholdet_som_blir_pdf_og_leseside(alt):
    skriv_i_alle_felt(KORT)
    for seksjon in alt.temaplan.seksjoner.all():
        lagre_seksjon(seksjon=seksjon, html=LANG, forventet=None, av=alt.hr.bruker, naa=seksjon.endret)
    innhold = les_innhold(Plan.objects.get(pk=alt.temaplan.pk), uprikket=True)
    for kapittel in innhold["kapitler"]:
        for seksjon in kapittel["seksjoner"]:
            assert levende(seksjon["html"]) == []
    assert innhold["plan"]["tittel"] == KORT


HENT = (
    "\"'><img src={adr}/a><link rel=stylesheet href=file:///etc/passwd>",
    "</title></style><style>@import url(file:///etc/passwd);*{{background:url({adr}/b)}}</style>",
    '<svg><image href="{adr}/c"/></svg><object data=file:///etc/hostname></object><embed src={adr}/d>',
    '<p style="background:url({adr}/e)">x</p><a rel=attachment href=file:///etc/passwd>y</a><base href={adr}/>',
)


@pytest.mark.parametrize("angrep", HENT)
def test_ingen_adresse_i_teksten_hentes_naar_pdf_en_lages(alt, angrep, monkeypatch):
    """Neither the network nor the machine's files: not asked for at all, so the document is made all the same."""
    spurt = []
    pdfminne.glem(monkeypatch)
    hent = pdfmotor.Statisk.fetch
    monkeypatch.setattr(
        pdfmotor.Statisk, "fetch", lambda self, url, *a, **k: (spurt.append(url), hent(self, url, *a, **k))[1]
    )
    with socket.create_server(("127.0.0.1", 0)) as tjener:
        tjener.settimeout(0)
        tekst = angrep.format(adr=f"http://127.0.0.1:{tjener.getsockname()[1]}")
        skriv_i_alle_felt(tekst)
        Seksjon.objects.update(html=f"{tekst}<p>synlig</p>")
        dokument = samling([alt.temaplan, Plan.objects.get(pk=alt.delplan.pk)], prikket=False, dag=date(2025, 9, 1))
        laget = pdf.lag_pdf(dokument.html, tittel=dokument.tittel)
        with pytest.raises(BlockingIOError):
            tjener.accept()
    assert laget.startswith(b"%PDF") and b"root:" not in laget and b"/EmbeddedFile" not in laget
    assert spurt and all(url.startswith((pdf.STATISK, "data:image/")) for url in spurt)


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_i_filene_er_ingenting_en_formel(alt, form):
    type(alt.tiltak).objects.update(tittel="=1+1", deltakere="@SUM(A1)", hva="+cmd|' /C calc'!A0")
    svar = alt.hr.get(reverse("planer:tiltak_fil", args=[form]))
    assert svar.status_code == 200
    data = b"".join(svar) if svar.streaming else svar.content
    if form == "xlsx":
        celler = [c for rad in openpyxl.load_workbook(io.BytesIO(data)).active.iter_rows() for c in rad]
        assert any(c.value == "=1+1" for c in celler)
        assert all(c.data_type != "f" for c in celler)
    else:
        felt = [f for rad in csv.reader(io.StringIO(data.decode("utf-8-sig")), delimiter=";") for f in rad]
        assert any("=1+1" in f for f in felt)
        assert not any(f.startswith(("=", "@", "+")) for f in felt)
