"""The extracts as files in the shape HR systems hand them out: title lines, untidy cells, a sum line at the end."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from analyse.demodata.uttrekk import KOLONNER, Demouttrekk, lag_uttrekk
from felles.regneark import Ark, skriv_bok

KATEGORI = KOLONNER.index("Ansattkategori")
FODT = KOLONNER.index("Fødselsdato")
PROSENT = KOLONNER.index("St.størrelse %")
ENHET = KOLONNER.index("Enhet")


def arkrader(uttrekk: Demouttrekk) -> Iterator[tuple]:
    """Every line of the sheet: titles, a blank line, the header, the rows, a blank line and the sum."""
    for linje in uttrekk.tittellinjer:
        yield (linje,)
    yield ()
    yield uttrekk.kolonner
    for nummer, rad in enumerate(uttrekk.rader):
        yield _utydelig(nummer, rad)
    yield ()
    yield ("Sum", f"Antall rader: {len(uttrekk.rader)}")


def _utydelig(nummer: int, rad: tuple) -> tuple:
    """Now and then a cell as people and systems leave it: text for a date or a number, a space, a small letter."""
    celler = list(rad)
    if nummer % 37 == 5:
        celler[FODT] = f"{rad[FODT]:%d.%m.%Y}"
    if nummer % 53 == 7:
        celler[PROSENT] = f"{rad[PROSENT]:.2f}".replace(".", ",")
    if nummer % 71 == 11:
        celler[ENHET] = f" {rad[ENHET]} "
    if nummer % 61 == 13:
        celler[KATEGORI] = rad[KATEGORI].lower()
    if nummer % 47 == 17:
        celler[0] = str(rad[0])
    return tuple(celler)


def skriv_uttrekk(uttrekk: Demouttrekk, mappe: Path) -> Path:
    """Write one extract as xlsx in the folder and return its path."""
    sti = mappe / uttrekk.filnavn
    skriv_bok(sti, [Ark("Ansattliste", arkrader(uttrekk), ["tekst"] * len(uttrekk.kolonner))])
    return sti


def skriv_alle(mappe: Path) -> dict[date, Path]:
    """Write all extracts in the folder (which must exist), by date, oldest first."""
    return {dato: skriv_uttrekk(uttrekk, mappe) for dato, uttrekk in lag_uttrekk().items()}
