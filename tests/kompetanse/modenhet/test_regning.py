"""Answers held against each other: pure Python."""

import pytest

from kompetanse.modenhet.regning import Svar, bare_den_ene, forskjeller, mest_ulike, samlet, tell, utvikling

J, D, N, X = Svar.JA, Svar.DELVIS, Svar.NEI, Svar.IKKE_VURDERT
PUNKTER = ("behov", "plan", "utvikling", "avvikling")


def svar(*verdier):
    return dict(zip(PUNKTER, verdier, strict=True))


@pytest.mark.parametrize(
    ("deler", "ventet"),
    [
        ((J, J, J), J),
        ((J, J, X), D),  # one is not known, so all cannot be said to be in place
        ((J, N), D),
        ((D,), D),
        ((N, N, X), N),
        ((X, X), X),
        ((), X),
    ],
)
def test_a_point_made_of_others_follows_from_those_that_are_known(deler, ventet):
    assert samlet(deler) == ventet


def test_counts_and_what_is_left_out_is_not_assessed():
    telling = tell([J, J, N, X])
    assert (telling.ja, telling.delvis, telling.nei, telling.ikke_vurdert) == (2, 0, 1, 1)
    assert (telling.vurdert, telling.antall) == (3, 4)


def test_differences_are_between_known_answers_with_the_greatest_first():
    a, b = svar(J, D, N, X), svar(D, D, J, J)
    assert [(f.punkt, f.avstand) for f in forskjeller(a, b, PUNKTER)] == [("utvikling", 2), ("behov", 1)]
    assert bare_den_ene(a, b, PUNKTER) == ("avvikling",)
    assert bare_den_ene(a, {}, PUNKTER) == ("behov", "plan", "utvikling")


def test_most_different_pair_and_none_when_all_agree():
    like = svar(J, J, N, N)
    par = mest_ulike([like, svar(D, J, N, N), svar(N, N, J, N)], PUNKTER)
    assert (par.a, par.b) == (0, 2) and [f.punkt for f in par.forskjeller] == ["behov", "plan", "utvikling"]
    assert mest_ulike([like, like], PUNKTER) is None
    assert mest_ulike([like], PUNKTER) is None
    assert mest_ulike([like, svar(X, X, X, X)], PUNKTER) is None


def test_development_counts_only_points_known_both_times():
    endret = utvikling(svar(N, J, X, D), svar(D, D, J, D), PUNKTER)
    assert (endret.bedre, endret.daarligere) == (("behov",), ("plan",))
