"""Charts: well-formed, safe, deterministic, and nothing outside the picture."""

import re
import time
from itertools import pairwise
from xml.etree import ElementTree

import pytest

from felles.diagram import Grense, Serie, Soyle, gnist, grupperte_soyler, linjer, pyramide, soyler, stablede_soyler
from felles.diagram.svg import tekstbredde

NAVN = (
    "Bo og habilitering",
    "Tekniske tjenester, kultur og samfunnsutvikling i hele kommunen",
    "<script>alert(1)</script>",
)
SVG = "{http://www.w3.org/2000/svg}"


def _serier(antall: int = 2) -> list[Serie]:
    return [Serie(f"Serie {i} & co", [10.0 * i + 1, None, 3.0], ["11", "<5", "3"]) for i in range(antall)]


def _alle(smal: bool) -> dict[str, str]:
    felles = {"tittel": 'Sju av "åtte" <enheter>', "beskrivelse": "Ansatte & årsverk", "smal": smal}
    rader = [Soyle(NAVN[0], 359, "359"), Soyle(NAVN[1], 40.0, "40", False), Soyle(NAVN[2], None, "<5", False)]
    return {
        "soyler": soyler(rader=rader, grense=Grense(43, "43 = median i kommunal sektor (NORCE 2019)"), **felles),
        "uten_grense": soyler(rader=rader, **felles),
        "tom": soyler(rader=[], **felles),
        "grupperte": grupperte_soyler(kategorier=NAVN, serier=_serier(), **felles),
        "stablede": stablede_soyler(kategorier=NAVN, serier=_serier(7), **felles),
        "linjer": linjer(x=["01.07.2023", "01.07.2024", "01.07.2025"], serier=_serier(7), **felles),
        "ett_punkt": linjer(x=["01.07.2025"], serier=[Serie("Alle", [11.7], ["11,7"])], **felles),
        "pyramide": pyramide(grupper=NAVN, venstre=_serier()[0], hoyre=_serier()[1], **felles),
    }


TEGNINGER = [
    (f"{navn}-{'smal' if smal else 'bred'}", svg) for smal in (False, True) for navn, svg in _alle(smal).items()
]
TEST = pytest.mark.parametrize("svg", [s for _n, s in TEGNINGER], ids=[n for n, _s in TEGNINGER])


@TEST
def test_chart_is_an_image_with_title_and_description(svg):
    rot = ElementTree.fromstring(svg)  # noqa: S314 - our own text
    assert rot.get("role") == "img"
    tittel, beskrivelse = rot.find(f"{SVG}title"), rot.find(f"{SVG}desc")
    assert tittel.text == 'Sju av "åtte" <enheter>'
    assert (rot.get("aria-labelledby"), rot.get("aria-describedby")) == (tittel.get("id"), beskrivelse.get("id"))


@TEST
def test_chart_passes_a_strict_csp(svg):
    assert "<script" not in svg
    assert not re.search(r"\sstyle=|\son\w+=|<style|href=", svg)


@TEST
def test_nothing_lies_outside_the_picture(svg):
    rot = ElementTree.fromstring(svg)  # noqa: S314
    bredde, hoyde = (float(v) for v in rot.get("viewBox").split()[2:])
    for rekt in rot.iter(f"{SVG}rect"):
        x, y, b, h = (float(rekt.get(n)) for n in ("x", "y", "width", "height"))
        assert -0.1 <= x <= x + b <= bredde + 0.1
        assert -0.1 <= y <= y + h <= hoyde + 0.1
    for tekst in rot.iter(f"{SVG}text"):
        lengde = tekstbredde(tekst.text or "", float(tekst.get("font-size")), int(tekst.get("font-weight")))
        start = float(tekst.get("x")) - {"start": 0, "middle": lengde / 2, "end": lengde}[tekst.get("text-anchor")]
        assert start >= -1, tekst.text
        assert start + lengde <= bredde + 1, tekst.text
        assert 8 <= float(tekst.get("y")) <= hoyde


def test_equal_input_gives_equal_bytes_and_the_two_widths_have_their_own_ids():
    assert _alle(False) == _alle(False)
    ider = re.findall(r' id="(\w+)"', "".join(s for _n, s in TEGNINGER))
    assert len(ider) == len(set(ider))


def test_hidden_figure_draws_no_bar():
    synlig = soyler(tittel="t", beskrivelse="b", rader=[Soyle("A", 4, "4"), Soyle("B", 2, "2")])
    skjult = soyler(tittel="t", beskrivelse="b", rader=[Soyle("A", 4, "4"), Soyle("B", None, "<5")])
    assert synlig.count("<rect") == 2
    assert skjult.count("<rect") == 1
    assert "&lt;5" in skjult


def test_bars_start_at_zero_and_keep_proportion():
    svg = soyler(tittel="t", beskrivelse="b", rader=[Soyle("A", 200, "200"), Soyle("B", 50, "50")])
    rot = ElementTree.fromstring(svg)  # noqa: S314
    a, b = (float(r.get("width")) for r in rot.iter(f"{SVG}rect"))
    assert a / b == pytest.approx(4, rel=0.01)


def test_value_moves_past_the_limit_line_instead_of_crossing_it():
    svg = soyler(
        tittel="t", beskrivelse="b", rader=[Soyle("A", 300, "300"), Soyle("B", 42, "42")], grense=Grense(43, "43")
    )
    rot = ElementTree.fromstring(svg)  # noqa: S314
    linje = next(float(e.get("x1")) for e in rot.iter(f"{SVG}line"))
    tall = next(float(e.get("x")) for e in rot.iter(f"{SVG}text") if e.text == "42")
    assert tall > linje


def test_line_labels_do_not_overlap():
    serier = [Serie(f"Nummer {i}", [10.0, 10.0], ["10", "10"]) for i in range(5)]
    rot = ElementTree.fromstring(linjer(tittel="t", beskrivelse="b", x=["2024", "2025"], serier=serier))  # noqa: S314
    plasser = sorted(float(e.get("y")) for e in rot.iter(f"{SVG}text") if e.text.startswith("10 Nummer"))
    assert min(b - a for a, b in pairwise(plasser)) >= 15.9


@pytest.mark.parametrize("verdier", [[], [1.0], [None, 2.0, None]])
def test_sparkline_needs_two_values(verdier):
    assert gnist(verdier) == ""


def test_sparkline_is_hidden_from_screen_readers_and_handles_a_flat_line():
    assert 'aria-hidden="true"' in gnist([3, 3, 3])


def test_a_chart_takes_under_a_millisecond():
    rader = [Soyle(f"Enhet {i}", 100 - i, str(100 - i)) for i in range(25)]
    beste = min(_tid(rader) for _ in range(20))
    assert beste < 0.001


def _tid(rader: list[Soyle]) -> float:
    start = time.perf_counter()
    soyler(tittel="t", beskrivelse="b", rader=rader, grense=Grense(43, "43 = NORCE 2019"))
    return time.perf_counter() - start
