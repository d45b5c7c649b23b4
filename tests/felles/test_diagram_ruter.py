"""Small multiples of tiles: well-formed, inside the picture, what has changed is marked."""

from xml.etree import ElementTree

import pytest

from felles.diagram.ruter import Panel, ruter
from felles.diagram.svg import GRENSE, HOVED, tekstbredde

SVG = "{http://www.w3.org/2000/svg}"
RADER = ("Registrering av kompetansebehov i hele kommunen", "<b>Plan</b>", "Utvikling")
DATOER = (("01.03.", "2025"), ("01.03.", "2026"))
TEGN = ("Ja", "Delvis", "Nei", "Ikke vurdert")


def panel(navn="Helse og omsorg", ruter_=((0, 0), (2, 1), (1, 2))):
    return Panel(navn, DATOER, ruter_)


def tegn(*paneler, smal=False):
    return ruter(paneler, RADER, tegn=TEGN, tittel="Én er bedre", beskrivelse="Et felt per enhet.", smal=smal)


@pytest.mark.parametrize("smal", [False, True])
@pytest.mark.parametrize("antall", [1, 3, 9])
def test_everything_is_inside_the_picture_with_every_panel_named(antall, smal):
    svg = tegn(*(panel(f"Sektor {nr} med et ganske langt navn") for nr in range(antall)), smal=smal)
    rot = ElementTree.fromstring(svg)  # noqa: S314 - our own drawing
    bredde, hoyde = (float(v) for v in rot.get("viewBox").split()[2:])
    assert "style=" not in svg and rot.get("role") == "img" and svg.count("Sektor") == antall
    for rekt in rot.iter(f"{SVG}rect"):
        x, y, b, h = (float(rekt.get(n)) for n in ("x", "y", "width", "height"))
        assert 0 <= x <= x + b <= bredde and 0 <= y <= y + h <= hoyde
    for tekst in rot.iter(f"{SVG}text"):
        lengde = tekstbredde(tekst.text or "", float(tekst.get("font-size")), int(tekst.get("font-weight")))
        start = float(tekst.get("x")) - {"start": 0, "middle": lengde / 2, "end": lengde}[tekst.get("text-anchor")]
        assert start >= -4 and start + lengde <= bredde + 1, tekst.text
        assert 0 <= float(tekst.get("y")) <= hoyde


def test_arrows_show_what_has_changed_and_red_only_what_is_worse():
    pil = "M-22 10H-4"
    assert tegn(panel()).count(pil) == 2
    bedre, verre = tegn(panel(ruter_=((0, 0), (2, 1), (1, 1)))), tegn(panel(ruter_=((0, 0), (1, 2), (1, 1))))
    assert GRENSE not in bedre and verre.count(GRENSE) == 1
    assert tegn(panel(ruter_=((3, 0), (1, 3), (1, 1)))).count(pil) == 0  # not known is no change
    assert HOVED in bedre


def test_equal_input_gives_equal_bytes_and_the_widths_their_own_ids():
    assert tegn(panel()) == tegn(panel())
    assert 'id="t' in tegn(panel()) and tegn(panel()) != tegn(panel(), smal=True)
