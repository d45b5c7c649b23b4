"""Cells to values, one by one."""

from datetime import date, datetime
from time import perf_counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyse.innlesing.felteller import ligner_leder
from analyse.innlesing.overskrift import kommune_fra, uttrekksdato_fra
from analyse.innlesing.personvern import fjern_fnr, ligner_fnr, personhash
from analyse.innlesing.verdier import finn_skala, normaliser_ansattnr, rens, tolk_dato, tolk_kjonn, tolk_tall


@pytest.mark.parametrize(
    ("celle", "ventet"),
    [(3010.0, "3010"), ("  a\u00a0b ", "a b"), ('="007"', "007"), (33.3, "33.3"), ("a\u200b", "a"), ("a\tb\n", "a b")],
)
def test_rens(celle, ventet):
    assert rens(celle) == ventet


@given(st.dates(min_value=date(1900, 3, 1), max_value=date(2098, 12, 31)))
def test_alle_skrivemaater_gir_samme_dato(dag):
    serie = (dag - date(1899, 12, 30)).days
    tekster = [f"{dag:%d.%m.%Y}", dag.isoformat(), str(serie), f"{dag.day}.{dag.month}.{dag.year}", f"{dag:%Y%m%d}"]
    former = [*tekster, serie, float(serie), datetime(dag.year, dag.month, dag.day)]
    assert {tolk_dato(f).dato for f in former} == {dag}


@pytest.mark.parametrize(
    ("tall", "ventet"),
    [
        (1, date(1900, 1, 1)),
        (59, date(1900, 2, 28)),
        (60, None),
        (61, date(1900, 3, 1)),
        (0, None),
        (-5, None),
        (3e9, None),
    ],
)
def test_excel_serier_rundt_dagen_som_ikke_fantes(tall, ventet):
    assert tolk_dato(tall).dato == ventet
    assert bool(tolk_dato(tall).feil) == (ventet is None)


@pytest.mark.parametrize("tekst", ["i går", "32.01.2020", "29.02.1900", "2020-13-01", "1.1", "01.01.80", "nan", "1e5"])
def test_ikke_dato(tekst):
    assert tolk_dato(tekst).dato is None and tolk_dato(tekst).feil


@given(st.text(max_size=40))
def test_tolkerne_taaler_alt(tekst):
    tolk_dato(tekst), tolk_tall(tekst), tolk_kjonn(tekst), normaliser_ansattnr(tekst), fjern_fnr(tekst)


@pytest.mark.parametrize("tekst", ["1" * 30_000 + "x", "1." * 15_000, "1.111" * 6_000, "0" * 30_000, "12 " * 10_000])
def test_lange_celler_tar_ikke_tid(tekst):
    start = perf_counter()
    tolk_dato(tekst), normaliser_ansattnr(tekst), fjern_fnr(tekst)
    assert tolk_tall(tekst)[0] is None and perf_counter() - start < 1


@pytest.mark.parametrize(
    "tekst", ["A" * 30_000, "Abc " * 8_000, "A-" * 15_000, "1." * 15_000, "per 01.01.2025 " * 2_000]
)
def test_lange_tittellinjer_tar_ikke_tid(tekst):
    start = perf_counter()
    kommune_fra([tekst]), uttrekksdato_fra([tekst], "liste.xlsx")
    assert perf_counter() - start < 1


@given(st.floats())
def test_tolkerne_taaler_alle_tall(tall):
    tolk_dato(tall), tolk_tall(tall), normaliser_ansattnr(tall), ligner_fnr(tall)


@pytest.mark.parametrize(
    ("celle", "ventet"),
    [
        ("80,5", 80.5),
        ("80.5", 80.5),
        ("1.234,5", 1234.5),
        ("80 %", 80.0),
        ("\u221220", -20.0),
        (0.8, 0.8),
        ("1 000", 1000.0),
    ],
)
def test_tall(celle, ventet):
    assert tolk_tall(celle)[0] == ventet and not tolk_tall(celle)[2]


@pytest.mark.parametrize("celle", ["mye", "8o", "1,2,3", float("nan"), float("inf"), date(2020, 1, 1)])
def test_ikke_tall(celle):
    assert tolk_tall(celle)[2]


@pytest.mark.parametrize(
    ("tall", "ventet"),
    [
        ([80, 100, 900], "prosent"),
        ([0.5, 1], "andel"),
        ([5000, 10000, 500], "hundredeler"),
        ([0], "prosent"),
        ([80, 0.8], ""),
    ],
)
def test_skala(tall, ventet):
    assert finn_skala(np.array(tall, dtype=float), np.ones(len(tall), dtype=int))[0] == ventet


@pytest.mark.parametrize(
    "tekst",
    ["15888012345", "158880 12345", "Vikar for 15888012345", "55088012345", "15488012345", "15738012345", "01010112345",
     "f.nr. 158880-12345", "158880  12345", "158880–12345", "158880/12345", "158880, 12345", "158880_12345",
     "158880 123 45", "15 88 80 12345", "15.88.80 12345", "15/88/80-12345", "158880\u202f12345", "158880\n12345",
     15888012345.0, 1010112345.0],
)  # fmt: skip
def test_fodselsnummer_kjennes(tekst):
    assert ligner_fnr(tekst)
    assert not isinstance(tekst, str) or not ligner_fnr(fjern_fnr(tekst))


@pytest.mark.parametrize(
    "tekst",
    ["99887766554", "123456789012", "10457", "15.08.1980", "01.07.2025 - 30.06.2026", "liste_20250701_12345.xlsx",
     "01.02.2015 12345", "12 34 56 78", 10457.0, "00000000000", ""],
)  # fmt: skip
def test_ikke_fodselsnummer(tekst):
    assert not ligner_fnr(tekst)


def test_personhash_er_noklet(settings):
    settings.PERSONNOKKEL = "en"
    en = personhash(["10457", "10458", "10457"])
    settings.PERSONNOKKEL = "to"
    to = personhash(["10457"])
    assert en[0] == en[2] != en[1] and en[0] != to[0] and en.dtype == np.int64


@pytest.mark.parametrize(
    "tittel", ["Enhetsleder", "Rektor", "Barnehagestyrer", "IT-sjef", "Kommunaldirektør", "Teamleiar", "Nestleder"]
)
def test_ligner_leder(tittel):
    assert ligner_leder(tittel)


@pytest.mark.parametrize("tittel", ["Sykepleier", "Veileder", "Fagveileder", "Lærer", "Rådgiver", "Tilretteleder"])
def test_ligner_ikke_leder(tittel):
    assert not ligner_leder(tittel)
