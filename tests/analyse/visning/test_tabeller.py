"""Sorting and cells, on typed-in rows."""

import pytest

from analyse.rapporter.resultat import Kolonne, Tabell
from analyse.visning.celler import celle, tekst
from analyse.visning.tabeller import Lenker, Visning, med_enhet, sidetabell, sortert

LENKER = Lenker(
    forklar=lambda t, r, k: f"/f?{t}.{r}.{k}",
    enhet=lambda r: f"/e?{r['enhet_id']}" if r.get("enhet_id") else "",
    sorter=lambda s: f"/s?{s}",
    alle=lambda t: f"/a?{t}",
)
KOLONNER = (Kolonne("enhet", "Enhet", "tekst"), Kolonne("ansatte", "Ansatte"), Kolonne("andel", "Andel", "prosent"))


def rader(*verdier) -> list:
    return list(enumerate({"v": v} for v in verdier))


@pytest.mark.parametrize(
    ("verdier", "synkende", "ventet"),
    [
        ([2, 10, 1], False, [1, 2, 10]),
        ([2, 10, 1], True, [10, 2, 1]),
        ([2, "<5", None, 9], False, [2, 9, "<5", None]),
        ([2, "<5", None, 9], True, [9, 2, "<5", None]),
        (["Å", "a", "Ø", "Æ"], False, ["a", "Æ", "Ø", "Å"]),
        ([{"enhet": "B", "ansatte": 9}, {"enhet": "A", "ansatte": 3}], False, [3, 9]),
        ([], False, []),
        ([1, "x"], False, [1, "x"]),
    ],
)
def test_sorting(verdier, synkende, ventet):
    ut = [r["v"] for _i, r in sortert(rader(*verdier), "v", synkende)]
    assert [v["ansatte"] if isinstance(v, dict) else v for v in ut] == ventet


def test_hidden_rows_keep_their_order_both_ways_so_that_it_tells_nothing():
    skjulte = [(0, {"v": "<5"}), (1, {"v": 3}), (2, {"v": "<5"})]
    for synkende in (False, True):
        assert [i for i, _r in sortert(skjulte, "v", synkende)] == [1, 0, 2]


def test_explanation_links_follow_the_row_and_not_its_place():
    tabell = Tabell("t", "T", KOLONNER, [{"enhet": "A", "ansatte": 1, "andel": 2.0}, {"enhet": "B", "ansatte": 9}])
    vist = sidetabell(tabell, Visning("t", "ansatte", True), LENKER, {})
    assert [r[0].tekst for r in vist.rader] == ["B", "A"]
    assert vist.rader[0][1].lenke == "/f?t.1.ansatte"
    assert vist.rader[0][2].tekst == "–"
    assert vist.rader[0][2].lenke == ""


def test_next_order_starts_with_the_largest_number_and_turns():
    tabell = Tabell("t", "T", KOLONNER, [{"enhet": "A", "ansatte": 1}])
    ny = sidetabell(tabell, Visning(), LENKER, {}).hoder
    assert [h.sortering for h in ny[:2]] == ["/s?t:enhet", "/s?t:-ansatte"]
    snudd = sidetabell(tabell, Visning("t", "ansatte", True), LENKER, {}).hoder[1]
    assert (snudd.retning, snudd.sortering) == ("descending", "/s?t:ansatte")


def test_filter_leaves_tables_without_units_alone():
    uten = Tabell("t", "T", KOLONNER, [{"enhet": "A", "ansatte": 1}], {"ansatte": 1})
    assert len(sidetabell(uten, Visning(finn="skole"), LENKER, {}).rader) == 1
    med = Tabell("t", "T", KOLONNER, [{"enhet": "A", "ansatte": 1, "enhet_id": 4}], {"ansatte": 1})
    vist = sidetabell(med, Visning(finn="skole"), LENKER, {})
    assert (vist.rader, vist.sum, vist.filtrert) == ([], [], True)


@pytest.mark.parametrize(
    ("verdi", "format_", "ventet"),
    [
        (1234, "heltall", "1\u00a0234"),
        (45.4375, "desimal2", "45,44"),
        (12.25, "prosent", "12,3"),
        ("<5", "heltall", "<5"),
        (None, "heltall", "–"),
        ({"enhet": "Skolen", "ansatte": 16}, "enhet_ansatte", "16 · Skolen"),
        ({"enhet": "Skolen", "ansatte": "<5"}, "enhet_ansatte", "<5 · Skolen"),
    ],
)
def test_cell_text(verdi, format_, ventet):
    assert tekst(verdi, format_) == ventet


def test_status_is_icon_word_and_tint():
    c = celle("▲ Over 25", Kolonne("s", "Status", "status"))
    assert (c.ikon, c.tekst, c.farge, c.status) == ("▲", "Over 25", "warning", True)
    assert celle("–", Kolonne("s", "Status", "status")).status is False


def test_percent_stands_in_the_heading():
    assert med_enhet(KOLONNER[2]) == "Andel (%)"
    assert med_enhet(KOLONNER[1]) == "Ansatte"


def test_a_long_table_is_folded_until_it_is_sorted_or_asked_for():
    rader = [{"enhet": f"E{i}", "ansatte": i} for i in range(16)]
    lang = Tabell("t", "T", KOLONNER, rader)
    assert not sidetabell(Tabell("t", "T", KOLONNER, rader[:15]), Visning(), LENKER, {}).lang
    assert (sidetabell(lang, Visning(), LENKER, {}).lang, sidetabell(lang, Visning(), LENKER, {}).valgt) == (
        True,
        False,
    )
    for visning in (Visning("t", "ansatte"), Visning(alle="t")):
        assert sidetabell(lang, visning, LENKER, {}).valgt
    assert not sidetabell(lang, Visning("en_annen", "ansatte"), LENKER, {}).valgt
