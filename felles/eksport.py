"""Files out of the product: xlsx, CSV and JSON. Text never becomes a live formula, negative numbers stay numbers.

Takes any object with the shape of analyse.rapporter.resultat.Tabell (tittel, kolonner, rader, sum) and Kolonne
(nokkel, tittel, format).
"""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Protocol

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

FARLIG_START = ("=", "+", "-", "@", "\t", "\r")
TALLFORMAT = {"heltall": "#,##0", "desimal1": "#,##0.0", "desimal2": "#,##0.00", "prosent": "0.0"}
# What XML 1.0, and so xlsx, cannot hold.
_ULOVLIG = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ARKTEGN = re.compile(r"[\[\]:*?/\\]")
_HODEFONT = Font(bold=True)
_HODEFYLL = PatternFill("solid", fgColor="E6EDF5")


class KolonneLik(Protocol):
    """A column."""

    nokkel: str
    tittel: str
    format: str


class TabellLik(Protocol):
    """A table."""

    nokkel: str
    tittel: str
    kolonner: Sequence[KolonneLik]
    rader: list[dict[str, Any]]
    sum: dict[str, Any]


def som_json(data: dict[str, Any]) -> bytes:
    """UTF-8, indented, in the given order."""
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def flate_kolonner(kolonner: Sequence[KolonneLik]) -> list[tuple[str, str, str]]:
    """(key, heading, format) of the file's columns; a nested unit becomes two: its name and its number."""
    ut = []
    for k in kolonner:
        if k.format == "enhet_ansatte":
            ut += [(f"{k.nokkel}.enhet", k.tittel, "tekst"), (f"{k.nokkel}.ansatte", f"{k.tittel}, ansatte", "heltall")]
        else:
            ut.append((k.nokkel, k.tittel + (" (%)" if k.format == "prosent" else ""), k.format))
    return ut


def verdi(rad: dict[str, Any], nokkel: str) -> Any:
    """The value of a (possibly nested) key; a hidden nested value is hidden in both its columns."""
    if nokkel in rad:
        return rad[nokkel]
    ytre, _, indre = nokkel.partition(".")
    funnet = rad.get(ytre)
    return funnet.get(indre) if isinstance(funnet, dict) else funnet


def _linjer(tabell: TabellLik) -> Iterator[dict[str, Any]]:
    yield from tabell.rader
    if tabell.sum:
        yield {tabell.kolonner[0].nokkel: "Sum", **tabell.sum}


# CSV


def som_csv(tabeller: Iterable[TabellLik]) -> bytes:
    """The first table: semicolon, UTF-8 with BOM, decimal comma, CRLF, as Norwegian Excel opens it."""
    tabell = next(iter(tabeller))
    kolonner = flate_kolonner(tabell.kolonner)
    ut = io.StringIO()
    skriver = csv.writer(ut, delimiter=";", lineterminator="\r\n")
    skriver.writerow([csv_celle(tittel) for _nokkel, tittel, _format in kolonner])
    for rad in _linjer(tabell):
        skriver.writerow([csv_celle(verdi(rad, nokkel)) for nokkel, _tittel, _format in kolonner])
    return ut.getvalue().encode("utf-8-sig", "replace")


def csv_celle(verdi_: Any) -> str:
    """A value as CSV text. Text that a spreadsheet would run as a formula gets an apostrophe in front."""
    if verdi_ is None:
        return ""
    if isinstance(verdi_, bool):
        return "Ja" if verdi_ else "Nei"
    if isinstance(verdi_, int | float):
        return str(verdi_).replace(".", ",")
    tekst = str(verdi_).replace("\x00", "")
    return "'" + tekst if tekst.startswith(FARLIG_START) or tekst.lstrip().startswith(FARLIG_START) else tekst


# xlsx


def som_xlsx(tabeller: Sequence[TabellLik], metode: Sequence[tuple[str, str]] = ()) -> bytes:
    """One sheet per table with frozen header, and the sheet «Om tallene» with source, date and assumptions."""
    bok = Workbook(write_only=True)
    navn: set[str] = set()
    for tabell in tabeller:
        _tabellark(bok, tabell, arknavn(tabell.tittel, navn))
    if metode:
        _metodeark(bok, metode, arknavn("Om tallene", navn))
    ut = io.BytesIO()
    bok.save(ut)
    return ut.getvalue()


def arknavn(tittel: str, brukte: set[str]) -> str:
    """A sheet name Excel accepts: 31 characters, no []:*?/\\, unique."""
    rent = _ARKTEGN.sub(" ", _ULOVLIG.sub("", tittel)).strip("' ")[:31] or "Ark"
    navn, nummer = rent, 2
    while navn.casefold() in brukte:
        hale = f" {nummer}"
        navn, nummer = rent[: 31 - len(hale)] + hale, nummer + 1
    brukte.add(navn.casefold())
    return navn


def _tabellark(bok: Workbook, tabell: TabellLik, navn: str) -> None:
    kolonner = flate_kolonner(tabell.kolonner)
    ark = bok.create_sheet(navn)
    ark.freeze_panes = "B2"
    for nr, (_nokkel, tittel, _format) in enumerate(kolonner, start=1):
        ark.column_dimensions[get_column_letter(nr)].width = 34 if nr == 1 else max(12, min(len(tittel) + 3, 30))
    ark.append([_hode(ark, tittel, format_) for _nokkel, tittel, format_ in kolonner])
    skrivere = [_Kolonneskriver(ark, format_) for _nokkel, _tittel, format_ in kolonner]
    antall = len(tabell.rader)
    for nr, rad in enumerate(_linjer(tabell)):
        verdier = [verdi(rad, nokkel) for nokkel, _tittel, _format in kolonner]
        ark.append([s.celle(v, nr >= antall) for s, v in zip(skrivere, verdier, strict=True)])
    ark.auto_filter.ref = f"A1:{get_column_letter(len(kolonner))}{antall + 1}"


def _hode(ark: Any, tittel: str, format_: str) -> WriteOnlyCell:
    celle = _tekstcelle(ark, tittel)
    celle.font, celle.fill = _HODEFONT, _HODEFYLL
    celle.alignment = Alignment(wrap_text=True, vertical="top", horizontal=None if format_ == "tekst" else "right")
    return celle


class _Kolonneskriver:
    """Cells of one column. The sheet writes each row at once, so one cell object per kind is used over and over: making
    them anew takes most of the time of a long sheet.
    """

    def __init__(self, ark: Any, format_: str) -> None:
        self.tall, self.tekst = WriteOnlyCell(ark), WriteOnlyCell(ark)
        self.tall.number_format = TALLFORMAT.get(format_, "General")
        self.fete = False

    def celle(self, verdi_: Any, fet: bool = False) -> Any:
        """The value as a cell: numbers with a number format, text always as text."""
        if fet and not self.fete:
            self.tall.font = self.tekst.font = _HODEFONT
            self.fete = True
        if verdi_ is None:
            return None
        if isinstance(verdi_, int | float) and not isinstance(verdi_, bool):
            self.tall.value = verdi_
            return self.tall
        _sett_tekst(self.tekst, "Ja" if verdi_ is True else "Nei" if verdi_ is False else str(verdi_))
        return self.tekst


def _tekstcelle(ark: Any, tekst: str) -> WriteOnlyCell:
    celle = WriteOnlyCell(ark)
    _sett_tekst(celle, tekst)
    return celle


def _sett_tekst(celle: WriteOnlyCell, tekst: str) -> None:
    celle.value = _ULOVLIG.sub("", tekst)[:32_000]
    # openpyxl takes text that begins with «=» for a formula.
    celle.data_type = "s"


def _metodeark(bok: Workbook, metode: Sequence[tuple[str, str]], navn: str) -> None:
    ark = bok.create_sheet(navn)
    ark.column_dimensions["A"].width, ark.column_dimensions["B"].width = 34, 100
    for navn_, tekst in metode:
        venstre, hoyre = _tekstcelle(ark, navn_), _tekstcelle(ark, tekst)
        venstre.font = _HODEFONT
        hoyre.alignment = Alignment(wrap_text=True, vertical="top")
        ark.append([venstre, hoyre])


def metodeark(resultat: Any) -> list[tuple[str, str]]:
    """Title, unit, date, source, period and assumptions of a result, as lines for the sheet «Om tallene»."""
    linjer = [
        ("Rapport", resultat.tittel),
        ("Område", resultat.enhet["navn"]),
        ("Uttrekksdato", resultat.uttrekk["dato"]),
        ("Kilde", str(resultat.uttrekk.get("kilde", ""))),
        ("Periode", f"{resultat.fra.isoformat()} til {resultat.til.isoformat()}"),
    ]
    if resultat.prikket:
        linjer.append(("Små tall", "Tall under 5, og tall som kunne avsløre dem, er erstattet med «<5»."))
    return linjer + [(str(navn), str(verdi_)) for navn, verdi_ in resultat.forutsetninger.items()]
