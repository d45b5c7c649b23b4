"""What changed between two texts, and merging of two."""

import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from felles.tekstdiff import Bit, er_endret, flett, sammendrag, sammenlikn


def _slag(foer: str, etter: str) -> list[tuple[str, str]]:
    return [(e.slag, e.tag) for e in sammenlikn(foer, etter)]


def test_sammenlikn_marks_words_within_a_paragraph() -> None:
    (endring,) = sammenlikn("<p>Vi trenger tre sykepleiere</p>", "<p>Vi trenger fem sykepleiere nå</p>")

    assert endring.slag == "endret"
    assert endring.biter == (
        Bit("lik", "Vi trenger "), Bit("ut", "tre"), Bit("inn", "fem"), Bit("lik", " sykepleiere"), Bit("inn", " nå"),
    )  # fmt: skip


def test_sammenlikn_new_removed_moved_kind_and_form() -> None:
    assert _slag("<p>a</p><p>b</p>", "<p>a</p><ul><li>b</li></ul>") == [("lik", "p"), ("endret", "li")]
    assert _slag("<p>helt annet</p>", "<p>zzz</p>") == [("fjernet", "p"), ("ny", "p")]
    assert _slag("<p>samme ord</p>", "<p><strong>samme</strong> ord</p>") == [("form", "p")]
    assert _slag("", "") == []


def test_sammenlikn_tables_lists_quotes_and_figures_are_read() -> None:
    tabell = "<table><tr><th>A</th></tr><tr><td>{}</td></tr></table><blockquote><p>{}</p></blockquote>"
    foer, etter = tabell.format(1, "s"), tabell.format(2, '<span data-tall="t-1"></span>')

    ut = sammenlikn(foer, etter, {"t-1": "Ansatte <b>"})

    assert [e.tag for e in ut][:1] == ["tr"]
    assert "[Ansatte <b>]" in [b.tekst for e in ut for b in e.biter]
    assert er_endret(ut)


def test_sammendrag_folds_unchanged_stretches() -> None:
    like = "".join(f"<p>avsnitt {i}</p>" for i in range(10))

    ut = sammendrag(sammenlikn(like + "<p>x</p>", like + "<p>noe helt nytt</p>"))

    assert ut[0] == 9
    assert [getattr(e, "slag", e) for e in ut[1:]] == ["lik", "fjernet", "ny"]


def test_flett_keeps_both_when_they_changed_different_paragraphs() -> None:
    grunn = "<p>en</p><p>to</p><p>tre</p>"

    assert flett(grunn, "<p>en mitt</p><p>to</p><p>tre</p>", "<p>en</p><p>to</p><p>tre ditt</p><p>fire</p>") == (
        "<p>en mitt</p><p>to</p><p>tre ditt</p><p>fire</p>",
        0,
    )


def test_flett_neighbouring_paragraphs_are_merged_each_by_itself() -> None:
    assert flett("<p>en</p><p>to</p>", "<p>en min</p><p>to</p>", "<p>en</p><p>to ny</p>") == (
        "<p>en min</p><p>to ny</p>",
        0,
    )


def test_flett_sentences_of_one_paragraph() -> None:
    assert flett("<p>En. To. Tre.</p>", "<p>En ny. To. Tre.</p>", "<p>En. To. Tre. Fire.</p>") == (
        "<p>En ny. To. Tre. Fire.</p>",
        0,
    )
    assert flett("<p>En. To.</p>", "<p>En a. To.</p>", "<p>En b. To.</p>")[1] == 1


def test_sammenlikn_rewritten_words_are_not_chopped() -> None:
    (endring,) = sammenlikn(
        "<p>Det er i dag for få hender her hos oss</p>", "<p>Det er nå alt for få hender hos oss</p>"
    )

    assert "".join(b.tekst for b in endring.biter if b.slag != "inn") == "Det er i dag for få hender her hos oss"
    assert "".join(b.tekst for b in endring.biter if b.slag != "ut") == "Det er nå alt for få hender hos oss"


def test_flett_same_place_keeps_both_and_says_so() -> None:
    assert flett("<p>en</p>", "<p>mitt</p>", "<p>ditt</p>") == ("<p>ditt</p><p>mitt</p>", 1)
    assert flett("<p>en</p>", "<p>likt</p>", "<p>likt</p>") == ("<p>likt</p>", 0)
    assert flett("", "<p>mitt</p>", "<p>ditt</p>") == ("<p>ditt</p><p>mitt</p>", 1)


_avsnitt = st.lists(st.sampled_from([f"<p>{b}</p>" for b in "abcdefg"]), max_size=6).map("".join)


@given(_avsnitt, _avsnitt, _avsnitt)
@settings(max_examples=300, deadline=None)
def test_flett_loses_nothing_that_somebody_wrote(grunn: str, mitt: str, andres: str) -> None:
    flettet, _antall = flett(grunn, mitt, andres)

    for tekst in (mitt, andres):
        nytt = {b for b in "abcdefg" if b in tekst.replace("p", "")} - {b for b in "abcdefg" if f">{b}<" in grunn}
        assert all(f"<p>{b}</p>" in flettet for b in nytt)
    assert flett(grunn, grunn, andres)[0] == andres
    assert flett(grunn, mitt, grunn)[0] == mitt


@pytest.mark.parametrize("ord_i_avsnitt", [3, 60, 600])
def test_two_long_texts_are_compared_and_merged_in_seconds(ord_i_avsnitt):
    def tekst(fro: int) -> str:
        valg = random.Random(fro)
        linjer = [
            " ".join(f"ord{valg.randrange(3000)}" for _i in range(ord_i_avsnitt))
            for _j in range(300_000 // 6 // ord_i_avsnitt)
        ]
        return "".join(f"<p>{linje}.</p>" for linje in linjer)

    a, b, c = tekst(1), tekst(2), tekst(3)
    start = time.perf_counter()
    sammenlikn(a, b)
    flett(a, b, c)
    assert time.perf_counter() - start < 10


def test_one_word_in_a_very_long_paragraph_is_found():
    lang = "ord " * 4000
    endring = sammenlikn(f"<p>{lang}her {lang}</p>", f"<p>{lang}der {lang}</p>")[0]
    assert [(b.slag, b.tekst) for b in endring.biter if b.slag != "lik"] == [("ut", "her"), ("inn", "der")]


def test_a_number_is_changed_as_a_whole():
    endring = sammenlikn("<p>Vi er 1\u00a0130 eller 12,2 prosent.</p>", "<p>Vi er 1\u00a0084 eller 12,7 prosent.</p>")[
        0
    ]
    byttet = [(b.slag, b.tekst) for b in endring.biter if b.slag != "lik"]
    assert byttet == [("ut", "1 130"), ("inn", "1 084"), ("ut", "12,2"), ("inn", "12,7")]
