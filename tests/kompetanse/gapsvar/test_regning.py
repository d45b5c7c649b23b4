"""The pure parts: proposals from frames, last year's need, steps and minutes, collisions, small numbers."""

from datetime import date
from decimal import Decimal

import pandas as pd
import pytest

from kompetanse.gap.fletting import Endret, endringer, kollisjoner
from kompetanse.gap.forslag import andel_av, behov_fra_foer, forslag, hele, velg_rader
from kompetanse.gap.regning import ledd
from kompetanse.gap.steg import SEKUNDER, Radinfo, finn, lag_steg, minutter_igjen
from kompetanse.gap.vern import FAA, SKJULT, aapne, vern_rad, vern_sum, vis_tall

DAG = date(2025, 7, 1)
STILLINGER = pd.DataFrame(
    [
        (1, "Sykepleier", "", "", "Sykepleiere"),
        (2, "Sekretær", "", "", ""),
        (3, "Enhetsleder", "", "enhetsleder", "Ledere"),
    ],
    columns=["id", "navn", "kode", "funksjon", "gruppe"],
)


def ansettelser(*rader: tuple) -> pd.DataFrame:
    """(person, born, position, percent) → the frame."""
    ramme = pd.DataFrame(rader, columns=["person", "fodt", "stilling", "prosent"])
    ramme["fodt"] = pd.to_datetime(ramme["fodt"]).astype("datetime64[s]")
    tom = pd.Series(pd.NaT, index=ramme.index).astype("datetime64[s]")
    return ramme.assign(telling="telles", start=tom, slutt=tom)


def test_forslag_teller_personer_aarsverk_og_avgang_og_holder_ledere_for_seg():
    ramme = ansettelser(
        (1, "1963-08-01", 1, 100.0),
        (1, "1963-08-01", 1, 20.0),
        (2, "1963-08-01", 1, 50.0),
        (3, "1995-01-01", 1, 80.0),
        (4, "1995-01-01", 2, 100.0),
        (3, "1995-01-01", 2, 10.0),
        (5, "1980-01-01", 3, 100.0),
    )
    f = forslag(ramme, STILLINGER, DAG, {"55–64": 0.5, "25–34": 0.0})
    sykepleiere, sekretaerer = f.grupper
    assert (sykepleiere.gruppe, sykepleiere.har, sykepleiere.aarsverk) == ("Sykepleiere", 3, Decimal("2.50"))
    # Two of 61 leave with a chance of a half each year until they are 65.
    assert sykepleiere.ventet == {1: 1.0, 3: 1.8, 5: 1.8, 10: 1.8} and sykepleiere.avgang == {1: 1, 3: 2, 5: 2, 10: 2}
    assert [(d.gruppe, d.antall) for d in sykepleiere.aldre if d.antall] == [("25–34", 1), ("55–64", 2)]
    assert sykepleiere.fyller[62] == {1: 2, 3: 2, 5: 2, 10: 2} and sykepleiere.fyller[67] == {1: 0, 3: 0, 5: 0, 10: 2}
    # A position without a group is its own; a person in two groups is in both, and once in all.
    assert (sekretaerer.gruppe, sekretaerer.har, f.alle.har) == ("Sekretær", 2, 5)
    assert [g.gruppe for g in f.ledere] == ["Ledere"]
    lagret = sykepleiere.som_json()
    assert lagret["avgang"] == {"1": 1, "3": 2, "5": 2, "10": 2}
    assert sum(ventet["3"] for _g, _n, ventet in lagret["aldre"]) == pytest.approx(lagret["ventet"]["3"])


def test_tomt_uttrekk_gir_ingen_forslag():
    f = forslag(ansettelser(), STILLINGER, DAG, {})
    assert (f.grupper, f.ledere, f.alle) == ((), (), None)


def test_de_stoerste_gruppene_faar_rad_og_de_smaa_tilbys():
    ramme = ansettelser(*[(nr, "1980-01-01", 1, 100.0) for nr in range(3)], (9, "1980-01-01", 2, 100.0))
    grupper = forslag(ramme, STILLINGER, DAG, {}).grupper
    egne, smaa = velg_rader(grupper)
    assert ([f.gruppe for f in egne], [f.gruppe for f in smaa]) == (["Sykepleiere"], ["Sekretær"])
    assert [f.gruppe for f in velg_rader([grupper[1]])[0]] == ["Sekretær"]


@pytest.mark.parametrize(("verdi", "ventet"), [(0.4, 0), (0.5, 1), (1.5, 2), (2.49, 2), (12.6, 13)])
def test_avrundes_til_hele_personer_en_halv_oppover(verdi, ventet):
    assert hele(verdi) == ventet


def test_avgang_i_samme_takt_som_alle():
    alle = {"har": 100, "ventet": {"1": 8.0, "3": 22.0, "5": 31.0, "10": 60.0}}
    assert andel_av(alle, 12) == {1: 1, 3: 3, 5: 4, 10: 7}
    assert andel_av({}, 12) == andel_av(alle, 0) == {1: 0, 3: 0, 5: 0, 10: 0}


def test_behovet_fra_i_fjor_settes_paa_riktig_aar():
    svar = {0: 41, 1: 43, 3: 46, 5: 50}
    assert behov_fra_foer(svar, 2025, 2026) == {0: 43, 1: 45, 3: 48, 5: 50}
    assert behov_fra_foer(svar, 2026, 2026) == svar
    assert behov_fra_foer({0: 5}, 2020, 2026) == {0: 5, 1: 5, 3: 5, 5: 5}
    assert behov_fra_foer({}, 2025, 2026) == {}


def test_stegene_og_minuttene():
    rader = [Radinfo(7, "Sykepleiere", True), Radinfo(8, "Lærere", False), Radinfo(9, "Kontor", False, True)]
    steg = lag_steg(rader, 2, ["rader", "swot"])
    assert [s.nokkel for s in steg] == ["rader", "rad:7", "rad:8", "rad:9", "oppgaver", "swot", "sporsmaal", "send"]
    assert [s.nokkel for s in lag_steg([], 0, ())] == ["rader", "oppgaver", "swot", "send"]
    igjen = (
        SEKUNDER["rad"] + SEKUNDER["fra_i_fjor"] + SEKUNDER["oppgaver"] + 2 * SEKUNDER["sporsmaal"] + SEKUNDER["send"]
    )
    assert minutter_igjen(steg) == -(-igjen // 60)
    assert minutter_igjen([s for s in steg if s.ferdig]) == 1
    assert (finn(steg, "rad:9"), finn(steg, "rad:99")) == (3, 0)


def test_to_som_svarer_kolliderer_bare_der_de_er_uenige():
    grunnlag = {"trenger_0": "43", "notat": "", "kritisk": "3"}
    endret = endringer(grunnlag, {"trenger_0": "44", "notat": "", "kritisk": "4", "har": "9"})
    assert endret == {"trenger_0": Endret("43", "44"), "kritisk": Endret("3", "4"), "har": Endret("", "9")}
    naa = {"trenger_0": "45", "kritisk": "4", "har": ""}
    assert kollisjoner(endret, naa) == ["trenger_0"]


def rad(har, trenger=None, utdanning=None, avgang=None):
    return ledd(har=har, trenger=trenger or {}, utdanning=utdanning or {}, avgang=avgang or {})


def test_rad_uten_smaa_tall_vises_hel():
    h = rad(41, {0: 43, 1: 44, 3: 47, 5: 50}, {1: 0, 3: 5, 5: 6}, {1: 5, 3: 8, 5: 13})
    assert vern_rad(h) == aapne(h)
    assert [v.gap for v in aapne(h)] == [2, 8, 9, 16]


def test_ett_lite_ledd_skjuler_alle_leddene_i_raden():
    h = rad(41, {0: 43, 1: 44, 3: 47, 5: 50}, {5: 2}, {1: 3, 3: 8, 5: 13})
    vist = vern_rad(h)
    assert {v.har for v in vist} == {v.utdanning for v in vist} == {v.avgang for v in vist} == {SKJULT}
    assert [v.gap for v in vist] == [SKJULT, SKJULT, SKJULT, 20] and [v.trenger for v in vist] == [43, 44, 47, 50]


@pytest.mark.parametrize(
    ("har", "trenger", "avgang", "har_vist", "gap"),
    [
        (3, 10, 0, FAA, SKJULT),
        (3, 20, 3, FAA, SKJULT),
        # Five more, so that six are left: fewer than five now, and not near six, would be one.
        (1, 20, -5, FAA, SKJULT),
        (41, 50, 3, SKJULT, SKJULT),
        (12, 13, 10, SKJULT, SKJULT),
        (9, 8, 1, SKJULT, SKJULT),
        (0, 3, 0, 0, 3),
    ],
)
def test_gapet_vises_ikke_naar_det_roeper_et_lite_tall(har, trenger, avgang, har_vist, gap):
    sist = vern_rad(rad(har, {5: trenger}, {}, {5: avgang}))[-1]
    assert (sist.har, sist.gap) == (har_vist, gap)
    skjult = vern_rad(rad(20, {5: 60}), skjult=True)[-1]
    assert (skjult.har, skjult.gap, skjult.trenger) == (SKJULT, SKJULT, 60)


def test_ingen_skjult_del_kan_regnes_ut_av_det_som_vises():
    """Whatever the numbers: a hidden count of one to four is never the only one that fits what is shown."""
    for har in (0, 3, 5, 12):
        for avgang in (0, 2, 6):
            for trenger in (0, 4, 11, 30):
                h = rad(har, {5: trenger}, {5: 1}, {5: avgang})
                vist = vern_rad(h)[-1]
                ledd_vist = (vist.har, vist.utdanning, vist.avgang, vist.ventet)
                assert not any(isinstance(v, int) for v in ledd_vist if har), (har, avgang, trenger)
                if isinstance(vist.gap, int):
                    assert vist.gap >= 5 and not 0 < h[-1].ventet < 5 and not 0 < abs(har - h[-1].ventet) < 5


def test_summer_og_enkelttall():
    assert [vis_tall(n) for n in (None, 0, 4, 5)] == [None, 0, FAA, 5]
    assert [vern_sum(d) for d in ([1, 2], [1, SKJULT], [FAA], [None], [])] == [3, SKJULT, SKJULT, None, None]
