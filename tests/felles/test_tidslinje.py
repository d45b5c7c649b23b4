"""Events on a line of time."""

from datetime import date
from itertools import pairwise
from xml.etree import ElementTree

from felles.diagram.tidslinje import Hendelse, tidslinje

HENDELSER = [
    Hendelse("AMU <1>", date(2025, 5, 26), "Møte"),
    Hendelse("AMU <1>", date(2025, 9, 23), "Møte"),
    Hendelse("Bystyret", date(2024, 6, 20), "Vedtak"),
    Hendelse("Plan og bygning", date(2024, 3, 31), "Møte", tvil=True),
]


def tegn(smal=False, hendelser=HENDELSER):
    return tidslinje(hendelser, tittel="Fire møter", beskrivelse="Én rad per organ.", smal=smal)


def test_is_well_formed_titled_and_the_same_every_time():
    for smal in (False, True):
        rot = ElementTree.fromstring(tegn(smal))  # noqa: S314 - our own drawing
        assert rot.get("role") == "img"
        assert "Fire møter" in tegn(smal)
        assert tegn(smal) == tegn(smal)


def test_every_event_has_a_mark_and_the_doubtful_is_hollow():
    svg = tegn()
    assert svg.count("<polygon") + svg.count("<circle") == 4
    assert svg.count('fill="#ffffff"') == 1


def test_months_never_meet():
    rot = ElementTree.fromstring(tegn())  # noqa: S314 - our own drawing
    navn = [t for t in rot.iter("{http://www.w3.org/2000/svg}text") if t.get("font-size") == "12"]
    steder = sorted(float(t.get("x")) for t in navn)
    assert all(b - a > 80 for a, b in pairwise(steder))


def test_marks_are_within_the_picture():
    rot = ElementTree.fromstring(tegn(smal=True))  # noqa: S314 - our own drawing
    for merke in rot.iter("{http://www.w3.org/2000/svg}polygon"):
        x = [float(p.split(",")[0]) for p in merke.get("points").split()]
        assert min(x) >= 0
        assert max(x) <= 340


def test_one_day_is_enough():
    assert tegn(hendelser=HENDELSER[:1]).count("<circle") == 1
