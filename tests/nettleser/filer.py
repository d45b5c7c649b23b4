"""Files to upload: the demo municipality's latest extract, moved to a new date and spoilt in chosen ways."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from analyse.demodata import DATOER
from analyse.demodata.filer import arkrader
from analyse.demodata.uttrekk import KOLONNER, lag_uttrekk
from felles.regneark import Ark, skriv_bok

NY_DATO = date(2026, 1, 1)


def nytt_uttrekk(mappe: Path, navn: str, endre: Callable[[list[list]], None] | None = None, hver: int = 1) -> Path:
    """An xlsx of 1 January 2026 with the people of the last demo extract.

    `endre` gets the data rows (lists in the order of KOLONNER) and may change them; `hver=2` keeps every second row.
    """
    gammel, ny = f"{DATOER[-1]:%d.%m.%Y}", f"{NY_DATO:%d.%m.%Y}"
    topp: list[list] = []
    data: list[list] = []
    for rad in map(list, arkrader(lag_uttrekk()[DATOER[-1]])):
        (data if len(rad) == len(KOLONNER) and rad[0] != KOLONNER[0] else topp).append(rad)
    linjer = [[_ny_dato(celle, gammel, ny) for celle in rad] for rad in topp if not (rad and rad[0] == "Sum")]
    data = data[::hver]
    if endre:
        endre(data)
    skriv_bok(sti := mappe / navn, [Ark("Ansattliste", linjer + data, ["tekst"] * len(KOLONNER))])
    return sti


def _ny_dato(celle: object, gammel: str, ny: str) -> object:
    return celle.replace(gammel, ny) if isinstance(celle, str) else celle


def kolonne(navn: str) -> int:
    return KOLONNER.index(navn)
