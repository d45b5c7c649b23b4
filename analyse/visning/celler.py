"""One value as a cell on a page."""

from dataclasses import dataclass
from typing import Any

from analyse.rapporter.resultat import Kolonne
from felles import tall

# The mark a status text begins with → the tint of its tag. The words carry the meaning.
FARGER = {"▲": "warning", "✓": "success", "✕": "danger", "○": "info", "–": ""}
DESIMALER = {"desimal1": 1, "prosent": 1, "desimal2": 2}


@dataclass(frozen=True)
class Celle:
    """Text; for a status its icon and tint; a link for a figure or a unit; a second line below."""

    tekst: str
    er_tall: bool = False
    ikon: str = ""
    farge: str = ""
    status: bool = False
    lenke: str = ""
    under: str = ""


def tekst(verdi: Any, format_: str) -> str:
    """A value as it is read. Text (a protected «<5») passes through unchanged."""
    if verdi is None or verdi == "":
        return "–"
    if isinstance(verdi, dict):
        return f"{tekst(verdi.get('ansatte'), 'heltall')} · {verdi.get('enhet') or '–'}"
    if isinstance(verdi, bool) or not isinstance(verdi, int | float):
        return str(verdi)
    return tall.desimal(verdi, DESIMALER.get(format_, 0))


def celle(verdi: Any, kolonne: Kolonne, lenke: str = "", under: str = "") -> Celle:
    """The value of a column as a cell."""
    vist = tekst(verdi, kolonne.format)
    if kolonne.format == "status" and vist[0] in FARGER and vist != "–":
        return Celle(vist[1:].strip() or vist, ikon=vist[0], farge=FARGER[vist[0]], status=True)
    return Celle(vist, kolonne.er_tall, lenke=lenke if vist != "–" else "", under=under)
