"""The PDFs of the role matrix and of a unit's delegations: valid, readable without eyes, fast enough to wait for."""

import re
import time
from datetime import date
from pathlib import Path

import page
import pytest
from django.urls import reverse

from kompetanse.models import Delegering, Matrise
from tests.pdf.lesing import Struktur, objekter, tekst, xmp

pytestmark = [pytest.mark.django_db, pytest.mark.lik_paa_alle]
# What one waits for while the page is made; above this it would have to be a job. A busy machine gets twice the time.
LENGST = 4


@pytest.fixture
def matrise_svar(som):
    """The edition the migrations bring."""
    utgave = Matrise.objects.get(gjelder="kommune").versjoner.get(nummer=1)
    return lambda: som("enhetsleder").get(reverse("kompetanse:matrise_pdf", args=[utgave.pk]))


@pytest.fixture
def delegering_svar(som, kommunetre):
    """Thirty delegations, one run out, one without the right to pass on."""
    enhet = kommunetre.hjemmetjenesten
    felles = {"enhet": enhet, "fra_rolle": "KS", "til_rolle": "EL", "gyldig_fra": date(2025, 1, 1), "dokument": "Sak 1"}
    alle = [Delegering.objects.create(hva=f"Ansette {n}", **felles) for n in range(30)]
    Delegering.objects.filter(pk=alle[0].pk).update(gyldig_til=date(2025, 2, 1))
    Delegering.objects.create(
        **felles | {"hva": "Disponere", "fra_rolle": "EL", "til_rolle": "AL", "bygger_paa": alle[1]}
    )
    return lambda: som("enhetsleder").get(reverse("kompetanse:delegering_pdf", args=[enhet.pk]))


@pytest.mark.parametrize(
    ("hva", "filnavn", "tabeller", "kolonner", "rader", "ord_"),
    [
        ("matrise_svar", "rolle-og-ansvarsmatrise-utgave-1.pdf", 3, 7 + 3 + 5, 15 + 4 + 6, "Økonomistyring"),
        ("delegering_svar", "delegert-myndighet-hjemmetjenesten.pdf", 2, 2 * 6, 31, "Delegert videre uten rett"),
    ],
)
def test_dokumentet_er_gyldig_og_har_hoder_spraak_og_tittel(
    request, tmp_path: Path, hva, filnavn, tabeller, kolonner, rader, ord_
) -> None:
    start = time.process_time()
    svar = request.getfixturevalue(hva)()
    assert time.process_time() - start < LENGST
    assert svar["Content-Type"] == "application/pdf" and f'"{filnavn}"' in svar["Content-Disposition"]
    pdf = svar.content
    for profil in ("2a", "ua1"):
        rapport = page.validate_pdf_bytes(pdf, profile=profil)
        assert rapport.is_compliant, [(f.rule_id, f.message) for f in rapport.failures]
    katalog = next(o for o in objekter(pdf).values() if b"/Type /Catalog" in o)
    assert b"/Lang (nb-NO)" in katalog and b"/DisplayDocTitle true" in katalog
    assert "Fjordvik kommune" in xmp(pdf)
    tagger = [tag for tag, _nr in Struktur(pdf).gaa()]
    # A table that goes on on the next page is one more table there, with the headings again.
    assert tagger.count("H1") == 1 and tagger.count("Table") >= tagger.count("Caption") == tabeller
    assert tagger.count("TH") >= kolonner + rader
    lest = " ".join(tekst(pdf, tmp_path).split())
    assert ord_ in lest and re.search(r"Side 1 av \d", lest)


def test_matrisen_foerst_koder_og_antall_sist(matrise_svar, tmp_path: Path) -> None:
    lest = tekst(matrise_svar().content, tmp_path)
    rekke = [lest.index(t) for t in ("Ansvar og oppgaver", "Arbeidsgiverfunksjoner", "Kodene", "Antall oppgaver")]
    assert rekke == sorted(rekke) and lest.count("HA: økonomi") >= 3
