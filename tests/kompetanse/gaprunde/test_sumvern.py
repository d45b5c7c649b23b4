"""An attack on the sums: whatever is shown, no hidden gap has only one possible value."""

from itertools import product
from random import Random

import pytest

from felles.prikking import GRENSE, System, avslorte
from kompetanse.gap.sumvern import ALT, Post, Tre, lag_tre, skjulte_summer


def mulige(poster: list[Post], skjult: set) -> list[set[int]]:
    """Every value each hidden gap can have, seen by a reader who knows the needs, the marks and the shown sums."""
    i_fare = [p for p in poster if p.skjult]
    grenser = []
    for p in i_fare:
        fra, til = max(0, p.trenger - 4) if p.faa else 0, p.trenger
        if p.uendret is not None:
            fra, til = max(fra, p.uendret - 4), min(til, max(0, p.uendret + 4))
        grenser.append(range(fra, til + 1))
    sektorer = sorted({p.sektor for p in i_fare})
    funnet: list[set[int]] = [set() for _ in i_fare]
    for forsok in product(*grenser):
        summer = {s: sum(v for v, p in zip(forsok, i_fare, strict=True) if p.sektor == s) for s in sektorer}
        sanne = {s: sum(p.gap for p in i_fare if p.sektor == s) for s in sektorer}
        vist = all(summer[s] == sanne[s] for s in sektorer if ("sektor", s) not in skjult)
        if vist and (ALT in skjult or sum(forsok) == sum(p.gap for p in i_fare)):
            for verdier, v in zip(funnet, forsok, strict=True):
                verdier.add(v)
    return funnet


def test_en_skjult_alene_skjuler_summene_over_seg():
    poster = [Post("Helse", 7, 10, True), Post("Helse", 20, 30, False), Post("Skole", 9, 30, False)]
    assert skjulte_summer(poster) == {("sektor", "Helse"), ALT}


def test_ingenting_skjult_skjuler_ingen_sum():
    assert skjulte_summer([Post("Helse", 2, 10, False), Post("Skole", 0, 3, False)]) == set()


def test_en_rad_som_ikke_maa_kunne_regnes_ut_skjuler_alle_summer_den_er_med_i():
    poster = [Post("Helse", 20, 60, True, bundet=True), Post("Helse", 20, 60, True), Post("Skole", 9, 30, False)]
    assert skjulte_summer(poster) == {("sektor", "Helse"), ALT}


def test_behovet_kan_avsloere_og_da_skjules_summen():
    poster = [Post("Helse", 6, 6, True), Post("Helse", 8, 8, True)]
    assert ("sektor", "Helse") in skjulte_summer(poster)


@pytest.mark.parametrize("froe", range(25))
def test_angrep_finner_aldri_en_skjult_verdi(froe):
    trekk = Random(froe)
    poster = []
    for _ in range(trekk.randint(2, 5)):
        trenger = trekk.randint(1, 9)
        gap = trekk.randint(0, trenger)
        faa = trenger - gap in range(1, 5) and trekk.random() < 0.5
        uendret = min(trenger, gap + trekk.randint(-4, 4)) if gap and not faa and trekk.random() < 0.4 else None
        poster.append(Post(trekk.choice("AB"), gap, trenger, trekk.random() < 0.7, faa, uendret))
    assert all(len(v) > 1 for v in mulige(poster, skjulte_summer(poster)))


def som_system(tre: Tre) -> System:
    """The hidden gaps, what is covered of their needs, and the sums, as the general protection knows them."""
    system = System()
    for sektor, poster in tre.poster.items():
        gap = [("gap", sektor, nr) for nr in range(len(poster))]
        for celle, post in zip(gap, poster, strict=True):
            dekket = ("dekket", *celle[1:])
            system.legg_til(celle, post.gap)
            system.legg_til(dekket, post.trenger - post.gap, vist=post.faa)
            # Together they are the need, which is shown.
            system.relasjoner.append({celle: 1, dekket: 1})
        system.legg_til(("sektor", sektor), tre.summer["sektor", sektor])
        system.summer(("sektor", sektor), gap)
    system.legg_til(ALT, tre.summer[ALT])
    system.summer(ALT, [("sektor", s) for s in sorted(tre.poster)])
    return system


def tilfeldige(trekk: Random, antall: int, sektorer: str, mest: int) -> list[Post]:
    poster = []
    for _ in range(antall):
        trenger = trekk.randint(1, mest)
        gap = trekk.randint(0, trenger)
        poster.append(Post(trekk.choice(sektorer), gap, trenger, True, trenger - gap < GRENSE and trekk.random() < 0.5))
    return poster


@pytest.mark.parametrize("froe", range(40))
def test_det_generelle_angrepet_finner_heller_ingenting(froe):
    """Larger than can be tried one by one: the general attack finds no gap and no hidden sum either."""
    trekk = Random(froe)
    poster = tilfeldige(trekk, trekk.randint(2, 14), "ABCD", trekk.choice((8, 15, 40)))
    skjulte = skjulte_summer(poster)
    tre = lag_tre(poster)
    system = som_system(tre)
    alltid = {c for c in system.vist if c[0] in ("gap", "dekket")}
    # The marks of a row alone are the row's own protection.
    fast = {s: [len(set(p.grenser)) == 1 for p in egne] for s, egne in tre.poster.items()}
    kjente = {("gap", s, nr) for s, egne in fast.items() for nr, ja in enumerate(egne) if ja}
    kjente |= {("sektor", s) for s, egne in fast.items() if all(egne)}
    avslort = {c for (c,) in avslorte(system, alltid | skjulte)}
    assert {c for c in avslort if c[0] != "dekket"} <= kjente
