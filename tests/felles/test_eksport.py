"""Files are read back and compared; text never becomes a formula."""

import csv
import io
import json
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from felles import eksport


@dataclass
class K:
    nokkel: str
    tittel: str
    format: str = "heltall"


@dataclass
class T:
    nokkel: str
    tittel: str
    kolonner: list[K]
    rader: list[dict[str, Any]]
    sum: dict[str, Any] = field(default_factory=dict)


KOLONNER = [
    K("enhet", "Enhet", "tekst"),
    K("ansatte", "Ansatte"),
    K("snitt", "Snitt", "desimal2"),
    K("m", "Minst", "enhet_ansatte"),
]
TABELL = T(
    "rader",
    "Per enhet",
    KOLONNER,
    [
        {"enhet": "Æ skole", "ansatte": 1130, "snitt": 45.44, "m": {"enhet": "Ø", "ansatte": 3}},
        {"enhet": "=1+1", "ansatte": -5, "snitt": None, "m": "<5"},
    ],
    {"ansatte": 1125, "snitt": 1.0, "m": None},
)


def les_csv(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig")), delimiter=";"))


def test_csv_leses_tilbake() -> None:
    data = eksport.som_csv([TABELL])
    assert data.startswith(b"\xef\xbb\xbf")
    assert les_csv(data) == [
        ["Enhet", "Ansatte", "Snitt", "Minst", "Minst, ansatte"],
        ["Æ skole", "1130", "45,44", "Ø", "3"],
        ["'=1+1", "-5", "", "<5", "<5"],
        ["Sum", "1125", "1,0", "", ""],
    ]


@pytest.mark.parametrize("tekst", ["=1+1", "+47", "-x", "@a", "\tx", "\rx", "  =1", "\u00a0=1", "=cmd|'/c calc'!A0"])
def test_csv_tekst_blir_aldri_formel(tekst: str) -> None:
    assert eksport.csv_celle(tekst).startswith("'")


@given(st.text())
def test_csv_celle_begynner_aldri_som_formel(tekst: str) -> None:
    assert not eksport.csv_celle(tekst).lstrip().startswith(("=", "+", "-", "@"))


@given(st.integers(-10_000, 10_000) | st.floats(-1e6, 1e6))
def test_csv_tall_forblir_tall(verdi: float) -> None:
    assert float(eksport.csv_celle(verdi).replace(",", ".")) == verdi


def test_xlsx_leses_tilbake() -> None:
    bok = load_workbook(io.BytesIO(eksport.som_xlsx([TABELL], [("Kilde", "=x"), ("Dato", "2025-07-01")])))
    ark = bok["Per enhet"]
    assert [[c.value for c in rad] for rad in ark.iter_rows()] == [
        ["Enhet", "Ansatte", "Snitt", "Minst", "Minst, ansatte"],
        ["Æ skole", 1130, 45.44, "Ø", 3],
        ["=1+1", -5, None, "<5", "<5"],
        ["Sum", 1125, 1, None, None],
    ]
    assert ark["A3"].data_type == "s"
    assert ark["B2"].number_format == "#,##0"
    assert ark.freeze_panes == "B2"
    assert bok["Om tallene"]["B1"].data_type == "s"


def test_xlsx_taaler_tegn_xml_ikke_har() -> None:
    tabell = T("rader", "A/B:[x]?*" * 9, [K("n", "N", "tekst")], [{"n": "a\x00b\x0bc\ud800"}, {"n": "x" * 40_000}])
    bok = load_workbook(io.BytesIO(eksport.som_xlsx([tabell, tabell])))
    assert len(set(bok.sheetnames)) == 2
    assert all(len(navn) <= 31 for navn in bok.sheetnames)
    assert bok.worksheets[0]["A2"].value == "abc"


def test_json_er_lesbar_norsk() -> None:
    data = eksport.som_json({"tittel": "Lønn og årsverk", "rader": []})
    assert "Lønn og årsverk" in data.decode()
    assert json.loads(data) == {"tittel": "Lønn og årsverk", "rader": []}
