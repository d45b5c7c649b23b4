"""The load test itself, over HTTP against gunicorn: small, but with everything in it."""

from bench.last import maal_last, skriv_ut
from bench.redigering import Regnskap, doblet, tapt
from tests.malbase import kopier, sqlite_mal


def test_tapt_er_godtatt_uten_aa_staa_i_teksten():
    godtatt = {1: ["merke-a-1", "merke-a-2"], 2: ["merke-b-1"]}
    assert tapt(godtatt, {1: "<p>merke-a-1</p>", 2: "<p>merke-b-1</p>"}) == ["merke-a-2"]


def test_doblet_er_det_som_staar_to_ganger():
    assert doblet(["<p>merke-a-1 merke-a-1 merke-a-12</p>", "<p>merke-b-1</p>"]) == ["merke-a-1"]


def test_regnskapene_legges_sammen():
    sum_ = Regnskap()
    sum_.legg_til(Regnskap({1: ["merke-a-1"]}, 2, [0.1]))
    sum_.legg_til(Regnskap({1: ["merke-b-1"], 3: ["merke-b-2"]}, 1, [0.2]))
    assert (sum_.lagringer, sum_.konflikter, sum_.tider) == (3, 3, [0.1, 0.2])


def test_over_http(tmp_path, prove_mappe):
    """With the lock, by people in a hurry. That the test sees lost edits without it: tests/planer/last, and every
    `make bench`.
    """
    base = kopier(sqlite_mal(prove_mappe), tmp_path / "base.sqlite3")
    m = maal_last(f"sqlite:///{base}", "SQLite", sekunder=2, skrivere=6, pause=(0.2, 0.8))
    assert m.feil == {}, skriv_ut(m)
    assert m.lagringer >= 5
    assert m.holder, skriv_ut(m)
