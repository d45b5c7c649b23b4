"""Staffing files of any size: the demo municipality's rows repeated with new people, in the same units."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count
from pathlib import Path

from analyse.demodata import DATOER, lag_uttrekk
from analyse.demodata.navn import fodselsnummer
from analyse.demodata.uttrekk import KOLONNER
from felles.regneark import Ark, skriv_bok

NR, FNR, FODT, KJONN = (KOLONNER.index(k) for k in ("Ansattnr", "Fødselsnr", "Fødselsdato", "Kjønn"))


def rader(antall: int, dato: date = DATOER[-1]) -> Iterator[tuple]:
    """`antall` rows. Each round through the demo rows makes new people: new numbers, birth dates a little moved."""
    mal = lag_uttrekk()[dato].rader
    # Spread over the whole list, so that a small file has every unit too.
    utvalg = [mal[i * len(mal) // antall] for i in range(antall)] if antall < len(mal) else mal
    igjen = antall
    for runde in count():
        for rad in utvalg[:igjen]:
            yield _ny_person(rad, runde) if runde else rad
        igjen -= len(utvalg)
        if igjen <= 0:
            return


def _ny_person(rad: tuple, runde: int) -> tuple:
    celler = list(rad)
    celler[NR] = rad[NR] + runde * 100_000
    celler[FODT] = rad[FODT] + timedelta(days=runde % 28 - 14)
    celler[FNR] = fodselsnummer(celler[FODT], celler[NR], rad[KJONN] == "K")
    return tuple(celler)


def skriv_fil(sti: Path, antall: int, dato: date = DATOER[-1]) -> Path:
    """Write a workbook with title lines, header and `antall` rows."""
    uttrekk = lag_uttrekk()[dato]

    def linjer() -> Iterator[tuple]:
        for tittel in uttrekk.tittellinjer:
            yield (tittel,)
        yield ()
        yield KOLONNER
        yield from rader(antall, dato)

    skriv_bok(sti, [Ark("Ansattliste", linjer(), ["tekst"] * len(KOLONNER))])
    return sti
