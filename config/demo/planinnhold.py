"""What the demo plans say, read from fixtures/demo/planer: facts in TOML, running text in HTML.

In the HTML a line `<!-- mandat -->` begins the section with that key, and `[[ansatte]]` stands for the live figure with
that key in the plan's TOML file.
"""

import re
import tomllib
from typing import Any

from django.conf import settings

MAPPE = settings.BASE_DIR / "fixtures" / "demo" / "planer"
MERKE = re.compile(r"^<!-- ([a-z0-9-]+) -->$", re.MULTILINE)
TALL = re.compile(r"\[\[([a-z0-9-]+)\]\]")


def les_plan(navn: str) -> dict[str, Any]:
    """The facts of one plan."""
    return tomllib.loads((MAPPE / f"{navn}.toml").read_text(encoding="utf-8"))


def les_tekster(navn: str) -> dict[str, str]:
    """Section key → HTML, with the figures still as `[[key]]`."""
    deler = MERKE.split((MAPPE / "tekst" / f"{navn}.html").read_text(encoding="utf-8"))
    return {nokkel: html.strip() for nokkel, html in zip(deler[1::2], deler[2::2], strict=True)}


def sett_inn_tall(html: str, nokler: dict[str, str]) -> str:
    """The HTML with each `[[key]]` replaced by a reference to the figure that has been made for it."""
    return TALL.sub(lambda treff: f'<span data-tall="{nokler[treff[1]]}"></span>', html)
