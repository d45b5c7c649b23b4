"""The demo extracts as files: shaped like an HR system's, readable by others, the same bytes every time."""

from datetime import datetime

import openpyxl
import pytest

from analyse.demodata import DATOER, lag_uttrekk
from analyse.demodata.filer import skriv_alle, skriv_uttrekk
from analyse.demodata.uttrekk import KOLONNER


@pytest.fixture(scope="module")
def filer(tmp_path_factory):
    return skriv_alle(tmp_path_factory.mktemp("demo"))


def test_fil_har_tittellinjer_overskrift_rader_og_sumlinje(filer):
    ark = openpyxl.load_workbook(filer[DATOER[-1]], read_only=True).active
    linjer = list(ark.iter_rows(values_only=True))
    assert linjer[0][0] == "Kristiansund kommune – ansattliste"
    assert linjer[1][0] == "Uttrekksdato: 01.07.2025"
    assert linjer[4] == KOLONNER
    assert linjer[-1][:2] == ("Sum", f"Antall rader: {len(lag_uttrekk()[DATOER[-1]].rader)}")


def test_noen_celler_er_uryddige(filer):
    ark = openpyxl.load_workbook(filer[DATOER[-1]], read_only=True).active
    rader = list(ark.iter_rows(min_row=6, values_only=True))[:-2]
    kolonne = {navn: [r[i] for r in rader if len(r) > i] for i, navn in enumerate(KOLONNER)}
    assert {type(v) for v in kolonne["Fødselsdato"]} == {datetime, str}
    assert {type(v) for v in kolonne["Ansattnr"]} == {int, str}
    assert {"f", "F"} <= set(kolonne["Ansattkategori"])


def test_samme_byte_hver_gang(filer, tmp_path):
    dato = DATOER[0]
    assert skriv_uttrekk(lag_uttrekk()[dato], tmp_path).read_bytes() == filer[dato].read_bytes()
