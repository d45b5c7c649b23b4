"""Norwegian order and search."""

import pytest

from felles.norsk import brett, midt_i_setning, sorteringsnokkel, treffer


def test_norwegian_letters_come_last_and_numbers_by_value():
    navn = ["Åsen", "Ærfugl", "Økonomi", "avdeling 10", "Avdeling 2", "Zoo", "étage", "Eik", "2 x"]
    assert sorted(navn, key=sorteringsnokkel) == [
        "2 x",
        "Avdeling 2",
        "avdeling 10",
        "Eik",
        "étage",
        "Zoo",
        "Ærfugl",
        "Økonomi",
        "Åsen",
    ]


@pytest.mark.parametrize(
    ("sok", "funnet"),
    [("ÅSEN", True), ("skole åsen", True), ("", True), ("  ", True), ("a\u030asen", True), ("ås barneskole", False)],
)
def test_search_ignores_case_order_and_composition(sok, funnet):
    assert treffer(sok, "Åsen skole", "210") is funnet


def test_spaces_are_collapsed():
    assert brett("  Å \u00a0 b ") == "å b"


@pytest.mark.parametrize(
    ("navn", "ventet"),
    [
        ("Barneskole", "barneskole"),
        ("PPT", "PPT"),
        ("IT-drift", "IT-drift"),
        ("Økonomi og lønn", "økonomi og lønn"),
        ("", ""),
    ],
)
def test_a_common_noun_inside_a_sentence_has_a_small_letter(navn, ventet):
    assert midt_i_setning(navn) == ventet
