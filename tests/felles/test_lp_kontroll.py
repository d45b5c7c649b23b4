"""What only all relations together give away: systems that one relation at a time does not solve."""

import numpy as np
import pytest

from felles.lp_kontroll import Lineaerprogram
from felles.prikking import System, _Angrep, _deler, _Kart, avslorte, beskytt
from tests.felles.test_prikking import mulige_verdier

UENDELIG = float("inf")
# Function → leaders, and of them those in full time, in 80–99 % and in less.
FUNKSJONER = {
    "Enhetsleder": (31, 29, 1, 1),
    "Rektor": (2, 2, 0, 0),
    "Fagleder": (2, 2, 0, 0),
    "Styrer": (1, 1, 0, 0),
    "Avdelingsleder": (1, 1, 0, 0),
    "Annen leder": (1, 1, 0, 0),
}
DELER = ("100", "80–99", "under 80")
VISTE = {("SUM", "totalt"), ("SUM", "100"), ("Enhetsleder", "totalt"), ("Enhetsleder", "100")}


def ledere() -> System:
    """38 leaders, 36 of them in full time; 31 and 29 are unit leaders, so all the seven others are in full time."""
    system = System()
    alle = FUNKSJONER | {"SUM": tuple(map(sum, zip(*FUNKSJONER.values(), strict=True)))}
    for navn, tall in alle.items():
        for del_, verdi in zip(("totalt", *DELER), tall, strict=True):
            system.legg_til((navn, del_), verdi)
        system.summer((navn, "totalt"), [(navn, del_) for del_ in DELER])
    for del_ in ("totalt", *DELER):
        system.summer(("SUM", del_), [(navn, del_) for navn in FUNKSJONER])
    return system


def funn(system: System, skjult: set) -> tuple[set, set]:
    """What is given away (by elimination and one relation at a time, by linear programs)."""
    kart, en_om_gangen, alle = _Kart(system), set(), set()
    for del_ in _deler(kart, skjult):
        angrep = _Angrep(kart, del_, skjult)
        en_om_gangen |= set(angrep.avslorte())
        alle |= set(angrep.avslorte_av_lp(set()))
    return en_om_gangen, alle


def differanse() -> System:
    """a + b + c = 2 and a + b + d = 6, all under 5: d is 4 more than c, so they are 4 and 0. No single relation has
    only those two.
    """
    system = System()
    for navn, verdi in (("a", 0), ("b", 2), ("c", 0), ("d", 4), ("e", 9), ("f", 12)):
        system.legg_til(navn, verdi)
    system.legg_til("s1", 11)
    system.legg_til("s2", 18)
    system.summer("s1", ["a", "b", "c", "e"])
    system.summer("s2", ["b", "d", "a", "f"])
    return system


def test_differansen_av_to_summer_finnes_bare_av_lineaerprogrammet() -> None:
    system, skjult = differanse(), {"a", "b", "c", "d"}
    en_om_gangen, alle = funn(system, skjult)
    assert en_om_gangen == set()
    assert alle == {("c",), ("d",)}
    assert set(avslorte(system, skjult)) == alle
    sanne = mulige_verdier(system, skjult, 12)
    assert {(c,) for c in skjult if len(sanne[c]) == 1} == alle


def test_beskytt_skjuler_mer_naar_lineaerprogrammet_finner_noe() -> None:
    system = differanse()
    skjult = beskytt(system)
    assert skjult > {"a", "b", "c", "d"}
    assert avslorte(system, skjult) == []
    assert all(len(v) > 1 for v in mulige_verdier(system, skjult, 20).values())


def test_ledere_i_full_stilling() -> None:
    system = ledere()
    avslort = {form[0] for form in avslorte(system, system.vist - VISTE)}
    assert avslort >= {(navn, del_) for navn in FUNKSJONER if navn != "Enhetsleder" for del_ in DELER[1:]}
    skjult = beskytt(system)
    assert avslorte(system, skjult) == []
    assert skjult != system.vist


def test_samme_svar_hver_gang() -> None:
    assert beskytt(differanse()) == beskytt(differanse())
    assert beskytt(ledere()) == beskytt(ledere())


def test_program_uten_relasjoner_roeper_ingenting_med_rom() -> None:
    program = Lineaerprogram([], {"fri": (-2, UENDELIG), "laast": (0, 0.5)})
    assert program.avslorte([("fri",), ("laast",)]) == {("laast",): set()}


def test_beviset_er_relasjonene_som_stenger() -> None:
    """x + y = known, and both are at their floor; the relation between z and w has nothing to do with it."""
    avstand = {"x": (0, 4), "y": (0, UENDELIG), "z": (-3, UENDELIG), "w": (-3, UENDELIG)}
    program = Lineaerprogram([{"z": 1, "w": -1}, {"x": 1, "y": 1}], avstand)
    assert program.avslorte([("x",), ("z",), ("w",)]) == {("x",): {1}}


def test_summen_av_en_form_kan_vaere_fast_selv_om_delene_ikke_er_det() -> None:
    program = Lineaerprogram([{"x": 1, "y": 1}], {"x": (-2, 2), "y": (-2, 2)})
    assert set(program.avslorte([("x",), ("y",), ("x", "y")])) == {("x", "y")}


@pytest.mark.parametrize("froe", range(4))
def test_mot_alle_tabeller_som_stemmer(froe: int) -> None:
    """Random systems: nothing that brute force pins is left by `beskytt`."""
    trekk = np.random.default_rng(froe)
    verdier = trekk.choice([0, 0, 1, 2, 4], size=5).tolist()
    system = System()
    for i, verdi in enumerate(verdier):
        system.legg_til(f"c{i}", verdi)
    for nr in range(3):
        deler = trekk.choice(5, size=3, replace=False).tolist()
        system.legg_til(f"stor{nr}", 12)
        system.legg_til(f"sum{nr}", sum(verdier[i] for i in deler) + 12)
        system.summer(f"sum{nr}", [f"stor{nr}", *(f"c{i}" for i in deler)])
    skjult = beskytt(system)
    assert avslorte(system, skjult) == []
    if len(skjult) <= 8:
        assert all(len(v) > 1 for v in mulige_verdier(system, skjult, 30).values())
