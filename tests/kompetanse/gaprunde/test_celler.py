"""All rows at once says the same as the rules row by row."""

from random import Random

import pytest

from kompetanse.gap.celler import lag_celler
from kompetanse.gap.regning import HORISONTER, ledd
from kompetanse.gap.vern import FAA, GRENSE, SKJULT, er_liten, vern_rad

AAR = HORISONTER[1:]


def rad(trekk):
    """A row as it is read, and as the rules read it."""
    har = trekk.choice([0, 1, 2, 4, 5, 7, 12, 30])
    trenger = [trekk.choice([None, 0, 3, 6, 9, 20, 40]) for _ in HORISONTER]
    inn, ut = ([trekk.choice([0, 0, 0, 1, 3, 5, 8, 14]) for _ in AAR] for _ in range(2))
    horisonter = ledd(
        har=har,
        trenger=dict(zip(HORISONTER, trenger, strict=True)),
        utdanning=dict(zip(AAR, inn, strict=True)),
        avgang=dict(zip(AAR, ut, strict=True)),
    )
    return har, [*trenger, *inn, *ut], trekk.random() < 0.2, horisonter


@pytest.mark.parametrize("froe", range(10))
def test_hver_rad_vises_som_reglene_sier(froe):
    rader = [rad(Random(f"{froe}.{nr}")) for nr in range(60)]
    celler = lag_celler(range(60), [r[0] for r in rader], [t for r in rader for t in r[1]], [r[2] for r in rader])
    horisonter = celler.skjulte_horisonter()
    for nr, (har, _tall, skjult, ledd_) in enumerate(rader):
        vist = vern_rad(ledd_, skjult)
        assert horisonter[nr] == {v.om_aar for v in vist if v.gap == SKJULT}
        assert celler.gap[nr].tolist() == [int(h.gap or 0) for h in ledd_]
        assert celler.besvart[nr].tolist() == [h.gap is not None for h in ledd_]
        assert (celler.faa[nr], celler.bundet[nr]) == (vist[0].har == FAA and er_liten(har), skjult)
        for h, (v, ledd__) in enumerate(zip(vist, ledd_, strict=True)):
            poster = list(celler.poster([nr], ["Helse"] * 60, h))
            assert bool(poster) == (v.gap == SKJULT)
            for post in poster:
                faa_endres = er_liten(abs(ledd__.har - ledd__.ventet)) and not skjult
                assert (post.gap, post.trenger) == (ledd__.gap, ledd__.trenger)
                assert post.uendret == (ledd__.trenger - har if faa_endres else None)
                assert post.faa == (er_liten(har) and not v.om_aar)
                assert post.bundet == skjult


def test_flere_rader_i_en_celle_legges_sammen_og_sier_ikke_noe_om_hver():
    en, to = [10, 10, 10, 10, 0, 0, 0, 0, 0, 0], [None, 9, 9, 9, 0, 0, 0, 1, 1, 1]
    celler = lag_celler([0, 0, 1], [2, 8, 8], [*en, *to, *to], [False, False, False])
    assert celler.gap[0].tolist() == [8, 10, 10, 10] and celler.besvart[1].tolist() == [False, True, True, True]
    assert [p.uendret for p in celler.poster([0, 1], "AB", 1)] == [None, 9 - 8]
    assert [(p.sektor, p.faa) for p in celler.poster([0, 1], "AB", 0)] == [("A", False)]


def test_ingen_rader():
    tomt = lag_celler([], [], [], [])
    assert tomt.skjulte_horisonter() == [] and GRENSE == 5
