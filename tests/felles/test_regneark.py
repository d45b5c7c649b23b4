"""Our own xlsx writer, read back by two independent readers."""

import io
from datetime import date

import pytest
import python_calamine
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from felles.regneark import STILER, Ark, kolonnebokstav, skriv_bok


def skriv(*ark: Ark) -> bytes:
    ut = io.BytesIO()
    skriv_bok(ut, ark)
    return ut.getvalue()


def les(data: bytes, nummer: int = 0) -> list[list]:
    return python_calamine.load_workbook(io.BytesIO(data)).get_sheet_by_index(nummer).to_python()


def test_tall_tekst_dato_og_tom_leses_tilbake():
    rader = [("a & <b>", 1, 2.5, date(2025, 7, 1), None), (), ("å", "a & <b>", "", 0, -3)]
    data = skriv(Ark("En & to", rader, ["tekst"] * 5))
    assert les(data) == [["a & <b>", 1, 2.5, date(2025, 7, 1), ""], [""] * 5, ["å", "a & <b>", "", 0, -3]]
    ark = load_workbook(io.BytesIO(data)).active
    assert ark.title == "En & to"
    assert (ark["D1"].is_date, ark["D1"].number_format) == (True, "dd.mm.yyyy")
    brutt = load_workbook(io.BytesIO(skriv(Ark("A", [(date(2025, 7, 1),)], ["brutt"])))).active
    assert (brutt["A1"].is_date, brutt["A1"].number_format) == (True, "dd.mm.yyyy")


@pytest.mark.parametrize("tekst", ["=1+1", "+47", "-x", "@a", "=cmd|'/c calc'!A0"])
def test_tekst_er_aldri_formel(tekst):
    celle = load_workbook(io.BytesIO(skriv(Ark("A", [[tekst]], ["tekst"])))).active["A1"]
    assert (celle.value, celle.data_type) == (tekst, "s")


@given(
    st.lists(
        st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff")),
        max_size=5,
    )
)
def test_all_lesbar_tekst_kommer_uendret_tilbake(tekster):
    ark = load_workbook(io.BytesIO(skriv(Ark("A", [[t, 1] for t in tekster], ["tekst"] * 2)))).active
    assert [rad[0] or "" for rad in ark.iter_rows(values_only=True) if rad != (None,)] == tekster


def test_ulovlige_tegn_og_uendelige_tall_blir_borte():
    assert les(skriv(Ark("A", [["a\x00b\ud800", float("nan"), float("inf"), 1]], ["tekst"] * 4))) == [["ab", "", "", 1]]


def test_lang_tekst_kortes_til_det_excel_taaler():
    assert len(les(skriv(Ark("A", [["x" * 50_000]], ["tekst"])))[0][0]) == 32_000


def test_stiler_hode_sum_frys_filter_og_bredder():
    rader = [["Enhet", "Snitt"], ["A", 1.5], ["Sum", 1234.5]]
    ark = Ark("A", rader, ["tekst", "desimal2"], (34, 12), hoder=1, antall=2, fete=1, filter=True)
    lest = load_workbook(io.BytesIO(skriv(ark))).active
    assert lest["A1"].font.b
    assert lest["A1"].fill.fgColor.rgb == "FFE6EDF5"
    assert (lest["A1"].alignment.horizontal, lest["B1"].alignment.horizontal) == (None, "right")
    assert (lest["B2"].number_format, lest["B2"].font.b) == ("#,##0.00", False)
    assert (lest["B3"].number_format, lest["B3"].font.b) == ("#,##0.00", True)
    assert lest.freeze_panes == "B2"
    assert lest.auto_filter.ref == "A1:B2"
    assert [lest.column_dimensions[k].width for k in "AB"] == [34, 12]


@pytest.mark.parametrize("stil", STILER)
def test_hver_stil_finnes(stil):
    if stil not in {"hode", "hode-tall"}:
        assert load_workbook(io.BytesIO(skriv(Ark("A", [[1]], [stil])))).active["A1"].value is not None


def test_flere_ark_i_rekkefoelge():
    data = skriv(Ark("En", [["x"]], ["tekst"]), Ark("To", [["y"], ["x"]], ["tekst"]))
    assert python_calamine.load_workbook(io.BytesIO(data)).sheet_names == ["En", "To"]
    assert les(data, 1) == [["y"], ["x"]]


def test_mange_rader_i_bolker_og_samme_byte_hver_gang():
    ark = Ark("A", [[n, f"navn {n % 7}"] for n in range(2_500)], ["heltall", "tekst"])
    assert len(les(skriv(ark))) == 2_500
    assert skriv(ark) == skriv(ark)


@pytest.mark.parametrize(("nummer", "bokstav"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_kolonnebokstav(nummer, bokstav):
    assert kolonnebokstav(nummer) == bokstav
