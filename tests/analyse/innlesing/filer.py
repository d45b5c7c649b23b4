"""Small staffing files made at test time: one honest list, and everything that can be wrong with it."""

import csv
import io
from pathlib import Path
from typing import Any

from openpyxl import Workbook

KOLONNER = [
    "Ansattnr", "Etternavn", "Fornavn", "Fødselsnr", "Fødselsdato", "Kjønn", "Ansvar", "Ansvar navn", "Sektor", "Enhet",
    "Avdeling", "Stillingskode", "Stilling", "St.størrelse %", "Ansattkategori", "Startdato", "Sluttdato", "Utdanning",
]  # fmt: skip
TITLER = [["Fjordvik kommune – Ansattliste"], ["Uttrekksdato: 01.07.2025", "", "Utskrift: 03.07.2025"], []]
# Month + 80: the convention for synthetic identity numbers.
FNR = "15888012345"


def rad(nr: int = 1001, **endret: Any) -> dict[str, Any]:
    """One employment, honest unless told otherwise; keys are headers."""
    grunn = dict.fromkeys(KOLONNER, "")
    grunn |= {
        "Ansattnr": nr, "Etternavn": "Prøve", "Fornavn": "Person", "Fødselsnr": FNR, "Fødselsdato": "15.08.1980",
        "Kjønn": "K", "Ansvar": "310", "Ansvar navn": "Hjemmetjenesten", "Sektor": "Helse og omsorg",
        "Enhet": "Hjemmetjenesten", "Avdeling": "Hjemmetjenesten nord", "Stillingskode": "7174",
        "Stilling": "Sykepleier", "St.størrelse %": "80,00", "Ansattkategori": "F", "Startdato": "01.02.2015",
        "Utdanning": "Bachelor",
    }  # fmt: skip
    return grunn | endret


def rader(antall: int = 12, **endret: Any) -> list[dict[str, Any]]:
    return [rad(1000 + nr, **endret) for nr in range(1, antall + 1)]


def skriv_xlsx(
    sti: Path, data: list[dict[str, Any]], *, kolonner: list[str] | None = None, titler: list = TITLER
) -> Path:
    bok = Workbook()
    ark = bok.active
    ark.title = "Ansattliste"
    for linje in [*titler, kolonner or KOLONNER]:
        ark.append(linje)
    for r in data:
        ark.append([r.get(k, "") for k in kolonner or KOLONNER])
    bok.save(sti)
    return sti


def skriv_csv(
    sti: Path,
    data: list[dict[str, Any]],
    *,
    kolonner: list[str] | None = None,
    skille: str = ";",
    koding: str = "cp1252",
) -> Path:
    ut = io.StringIO()
    skriver = csv.writer(ut, delimiter=skille)
    skriver.writerow(kolonner or KOLONNER)
    for r in data:
        skriver.writerow([r.get(k, "") for k in kolonner or KOLONNER])
    sti.write_bytes(ut.getvalue().encode(koding))
    return sti
