"""Files out of the product: xlsx, CSV and JSON. Text never becomes a live formula, negative numbers stay numbers.

Takes any object with the shape of analyse.rapporter.resultat.Tabell (tittel, kolonner, rader, sum) and Kolonne
(nokkel, tittel, format).
"""

import csv
import io
import itertools
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, Protocol

from felles.regneark import Ark, skriv_bok

FARLIG_START = ("=", "+", "-", "@", "\t", "\r")
EGNE_STILER = {"heltall", "desimal1", "desimal2", "prosent", "dato"}
# What a sheet name cannot hold: Excel's own signs, and what XML lacks.
_ARKTEGN = re.compile(r"[\[\]:*?/\\\x00-\x1f\ud800-\udfff\ufffe\uffff]")


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


def som_xlsx(tabeller: Sequence[TabellLik], metode: Sequence[tuple[str, Any]] = ()) -> bytes:
    """One sheet per table with frozen header, and the sheet «Om tallene» with source, date and assumptions."""
    navn: set[str] = set()
    ark = [_tabellark(tabell, arknavn(tabell.tittel, navn)) for tabell in tabeller]
    if metode:
        ark.append(Ark(arknavn("Om tallene", navn), metode, ("tekst-fet", "brutt"), (34, 100)))
    ut = io.BytesIO()
    skriv_bok(ut, ark)
    return ut.getvalue()


def arknavn(tittel: str, brukte: set[str]) -> str:
    """A sheet name Excel accepts: 31 characters, no []:*?/\\, unique."""
    rent = _ARKTEGN.sub(" ", tittel).strip("' ")[:31] or "Ark"
    navn, nummer = rent, 2
    while navn.casefold() in brukte:
        hale = f" {nummer}"
        navn, nummer = rent[: 31 - len(hale)] + hale, nummer + 1
    brukte.add(navn.casefold())
    return navn


def _tabellark(tabell: TabellLik, navn: str) -> Ark:
    kolonner = flate_kolonner(tabell.kolonner)
    nokler = [nokkel for nokkel, _tittel, _format in kolonner]
    titler = [tittel for _nokkel, tittel, _format in kolonner]
    linjer = ([xlsx_verdi(verdi(rad, nokkel)) for nokkel in nokler] for rad in _linjer(tabell))
    return Ark(
        navn,
        itertools.chain([titler], linjer),
        stiler=[format_ if format_ in EGNE_STILER else "tekst" for _nokkel, _tittel, format_ in kolonner],
        bredder=[34, *(max(12, min(len(tittel) + 3, 30)) for tittel in titler[1:])],
        hoder=1,
        antall=len(tabell.rader) + bool(tabell.sum),
        fete=int(bool(tabell.sum)),
        filter=True,
    )


def xlsx_verdi(verdi_: Any) -> Any:
    """Numbers and dates stay what they are, everything else is text; the writer never makes a formula of text."""
    if verdi_ is None or isinstance(verdi_, str | date):
        return verdi_
    if isinstance(verdi_, bool):
        return "Ja" if verdi_ else "Nei"
    return verdi_ if isinstance(verdi_, int | float) else str(verdi_)


def metodeark(resultat: Any) -> list[tuple[str, Any]]:
    """Title, unit, date, source, period and assumptions of a result, as lines for the sheet «Om tallene»."""
    linjer = [
        ("Rapport", resultat.tittel),
        ("Område", resultat.enhet["navn"]),
        ("Uttrekksdato", date.fromisoformat(resultat.uttrekk["dato"])),
        ("Kilde", str(resultat.uttrekk.get("kilde", ""))),
        ("Periode", f"{resultat.fra:%d.%m.%Y} til {resultat.til:%d.%m.%Y}"),
    ]
    if resultat.prikket:
        linjer.append(("Små tall", "«<5»: tallet er under 5. «skjult»: tallet kunne røpet et som er under 5."))
    return linjer + [(str(navn), str(verdi_)) for navn, verdi_ in resultat.forutsetninger.items()]
