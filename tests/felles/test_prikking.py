"""Attacks on the small-number protection: brute force over every table that fits what is shown."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from felles.prikking import GRENSE, System, avslorte, beskytt


def tabell(tall: list[list[int]], navn: str = "t") -> System:
    """A two-way table with margins: cells (navn, row, column), «sum» as the margin."""
    system = System()
    rader, kolonner = range(len(tall)), range(len(tall[0]))
    for r, k in product(rader, kolonner):
        system.legg_til((navn, r, k), tall[r][k])
    for r in rader:
        system.legg_til((navn, r, "sum"), sum(tall[r]))
        system.summer((navn, r, "sum"), [(navn, r, k) for k in kolonner])
    for k in kolonner:
        system.legg_til((navn, "sum", k), sum(tall[r][k] for r in rader))
        system.summer((navn, "sum", k), [(navn, r, k) for r in rader])
    system.legg_til((navn, "sum", "sum"), sum(map(sum, tall)))
    system.summer((navn, "sum", "sum"), [(navn, r, "sum") for r in rader])
    system.summer((navn, "sum", "sum"), [(navn, "sum", k) for k in kolonner])
    return system


def mulige_verdier(system: System, skjult: set, tak: int) -> dict:
    """Every value each hidden cell takes in some table of counts 0…tak that agrees with all that is shown, and with the
    marks: «<5» is 0…4 (or from `gulv`), «skjult» is 5 or more.
    """
    ukjente = sorted(skjult | (system.verdier.keys() - system.vist), key=repr)
    ligninger = []
    for relasjon in system.relasjoner:
        rad = {c: k for c, k in relasjon.items() if c in ukjente}
        ligninger.append((rad, sum(k * system.verdier[c] for c, k in rad.items())))
    funnet: dict = {c: set() for c in ukjente}
    nedre = {c: system.gulv.get(c, 0) if c in skjult else 0 for c in ukjente}
    nedre |= {c: GRENSE for c in skjult if system.verdier[c] >= GRENSE}
    oevre = {c: GRENSE - 1 if c in skjult and system.verdier[c] < GRENSE else tak for c in ukjente}

    def stemmer(valgt: dict) -> bool:
        for rad, summen in ligninger:
            kjent = sum(k * valgt[c] for c, k in rad.items() if c in valgt)
            rest = [(c, k) for c, k in rad.items() if c not in valgt]
            if not rest and kjent != summen:
                return False
            lavest = kjent + sum(k * (nedre if k > 0 else oevre)[c] for c, k in rest)
            hoyest = kjent + sum(k * (oevre if k > 0 else nedre)[c] for c, k in rest)
            if not lavest <= summen <= hoyest:
                return False
        return True

    def let(nr: int, valgt: dict) -> None:
        if nr == len(ukjente):
            for c, v in valgt.items():
                funnet[c].add(v)
            return
        for verdi in range(nedre[ukjente[nr]], oevre[ukjente[nr]] + 1):
            valgt[ukjente[nr]] = verdi
            if stemmer(valgt):
                let(nr + 1, valgt)
            del valgt[ukjente[nr]]

    let(0, {})
    return funnet


def test_smaa_tall_skjules() -> None:
    system = tabell([[3, 20, 30], [12, 15, 40], [9, 8, 22]])
    skjult = beskytt(system)
    assert ("t", 0, 0) in skjult
    assert len(skjult) >= 4


def test_ingen_smaa_tall_ingenting_skjules() -> None:
    assert beskytt(tabell([[6, 7], [8, 9]])) == set()


def test_null_er_ogsaa_et_lite_tall() -> None:
    assert ("t", 0, 0) in beskytt(tabell([[0, 20], [30, 40]]))


def test_to_nuller_med_kjent_sum_null_avslores_ikke() -> None:
    system = System()
    for navn, verdi in (("a", 0), ("b", 0), ("c", 9), ("sum", 9)):
        system.legg_til(navn, verdi)
    system.summer("sum", ["a", "b", "c"])
    assert beskytt(system) >= {"a", "b", "c"}


def test_uten_sekundaer_skjuling_ville_tallet_komme_fram() -> None:
    system = tabell([[3, 20], [12, 15]])
    assert (("t", 0, 0),) in avslorte(system, {("t", 0, 0)})


def test_kombinasjon_av_flere_tabeller_avslores() -> None:
    """Two reports with a common margin: each is protected alone, together they are not."""
    system = System()
    for navn, verdi in (("ansatte", 30), ("menn", 3), ("kvinner", 27), ("heltid", 26), ("deltid", 4), ("mk", 29)):
        system.legg_til(navn, verdi)
    system.summer("ansatte", ["menn", "kvinner"])
    system.summer("ansatte", ["heltid", "deltid"])
    system.relasjoner.append({"mk": 1, "kvinner": -1, "deltid": 1})
    assert avslorte(system, {"menn", "kvinner", "heltid", "deltid"}) == []
    assert avslorte(system, {"menn", "kvinner", "deltid"})


def test_differansen_av_kumulative_tall_er_et_tall() -> None:
    """55+ is 12 and 60+ is 9: both may stand, but the three in between must not come out."""
    system = System()
    for navn, verdi in (("ansatte", 40), ("55+", 12), ("60+", 9)):
        system.legg_til(navn, verdi)
    for navn, verdi in (("under 55", 28), ("55–59", 3), ("60 og over", 9)):
        system.legg_til(navn, verdi, vist=False)
    system.summer("ansatte", ["under 55", "55–59", "60 og over"])
    system.summer("55+", ["55–59", "60 og over"])
    system.summer("60+", ["60 og over"])
    system.former.append(("55–59",))
    assert beskytt(system) & {"55+", "60+"}


def test_merket_roeper_ikke_tallet_ved_grensen() -> None:
    """0 + 5 = 5: told that one is under 5 and the other is not, only one answer is left. More must fall."""
    system = System()
    for navn, verdi in (("a", 0), ("b", 5), ("c", 8), ("sum", 13)):
        system.legg_til(navn, verdi)
    system.summer("sum", ["a", "b", "c"])
    assert avslorte(system, {"a", "b"})
    skjult = beskytt(system)
    assert skjult >= {"a", "b", "c"}
    assert not avslorte(system, skjult)


def test_tvungne_celler_holdes_skjult() -> None:
    system = tabell([[20, 30], [40, 50]])
    skjult = beskytt(system, [("t", 0, 0)])
    assert ("t", 0, 0) in skjult
    assert not avslorte(system, skjult)
    assert len(skjult) > 1


@settings(max_examples=80, deadline=None)
@given(st.lists(st.lists(st.integers(0, 9), min_size=3, max_size=3), min_size=2, max_size=3))
def test_ingen_skjult_celle_kan_regnes_ut(tall: list[list[int]]) -> None:
    """Whatever the table, brute force finds at least two values for every hidden cell."""
    system = tabell(tall)
    skjult = beskytt(system)
    assert all(system.verdier[c] >= GRENSE for c in system.vist - skjult)
    if len(skjult) > 9:
        assert not avslorte(system, skjult)
        return
    tak = max(system.verdier[c] for c in skjult) + 6 if skjult else 0
    for celle, verdier in mulige_verdier(system, skjult, min(tak, 40)).items():
        assert len(verdier) > 1, (celle, verdier)


@pytest.mark.parametrize("antall", [40])
def test_stor_tabell_gaar_fort(antall: int) -> None:
    tall = [[(r * 7 + k * 13) % 23 for k in range(8)] for r in range(antall)]
    system = tabell(tall)
    skjult = beskytt(system)
    assert not avslorte(system, skjult)
    assert len(skjult) < len(system.vist)
