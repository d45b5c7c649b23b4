"""Cells to values. Everything here is called once per unique cell of a column, never once per row."""

import math
import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
from django.utils.translation import gettext as _

_MELLOMROM = re.compile(r"[\s\u00a0\u202f\u2007\u200b\ufeff]+")
_STYRETEGN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_BESKYTTET = re.compile(r'="([^"]*)"')
_DATO = re.compile(r"(\d{1,2})[.\-/](\d{1,2})[.\-/](\d{2}|\d{4})")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_KOMPAKT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_KLOKKE = re.compile(r"[T ]\d{1,2}[:.]\d{2}([:.]\d{2}([.,]\d+)?)?(Z|[+-]\d{2}:?\d{2})?$")
MAANEDER = {
    m: nr
    for nr, m in enumerate(
        ("januar", "februar", "mars", "april", "mai", "juni", "juli", "august", "september", "oktober", "november",
         "desember"),
        1,
    )
}  # fmt: skip
_SKREVET = re.compile(r"(\d{1,2})\.?\s*(" + "|".join(MAANEDER) + r")\s+(\d{4})", re.IGNORECASE)
EXCEL_NULL = date(1899, 12, 30)
APEN_SLUTT = 2099
LENGSTE_TALL = 60
KVINNE = {"k", "kvinne", "kvinner", "f", "female", "w", "woman", "dame", "jente", "2"}
MANN = {"m", "mann", "menn", "male", "man", "herre", "gutt", "1"}
UOPPGITT = {"u", "ukjent", "x", "annet", "ikke oppgitt", "uoppgitt", "-", "0"}


def rens(verdi: Any) -> str:
    """A cell as clean text: stray and hard spaces gone, 3010.0 as 3010, ="007" as 007."""
    if isinstance(verdi, float):
        return str(int(verdi)) if verdi.is_integer() and abs(verdi) < 1e15 else repr(verdi)
    if isinstance(verdi, datetime):
        return verdi.date().isoformat() if verdi.time() == datetime.min.time() else verdi.isoformat(" ")
    tekst = verdi if isinstance(verdi, str) else str(verdi)
    if tekst.isalnum():
        return tekst
    tekst = _MELLOMROM.sub(" ", _STYRETEGN.sub(" ", tekst)).strip()
    beskyttet = _BESKYTTET.fullmatch(tekst)
    return beskyttet[1].strip() if beskyttet else tekst


@dataclass(frozen=True)
class Dato:
    """A parsed date, or what is wrong with it. Both None and '' means an empty cell."""

    dato: date | None = None
    feil: str = ""


def tolk_dato(verdi: Any, dato1904: bool = False) -> Dato:
    """dd.mm.yyyy, ISO, yyyymmdd, a date cell, or an Excel serial (day 1 = 1 Jan 1900, or from 1904)."""
    if isinstance(verdi, datetime):
        return Dato(verdi.date())
    if isinstance(verdi, date):
        return Dato(verdi)
    if isinstance(verdi, int | float):
        return _serie(float(verdi), dato1904)
    tekst = _KLOKKE.sub("", rens(verdi))
    if not tekst:
        return Dato()
    if funn := _DATO.fullmatch(tekst):
        if len(funn[3]) == 2:
            return Dato(feil=_("årstallet må ha fire sifre"))
        return _lag(int(funn[3]), int(funn[2]), int(funn[1]))
    if funn := _ISO.fullmatch(tekst):
        return _lag(int(funn[1]), int(funn[2]), int(funn[3]))
    if funn := _SKREVET.fullmatch(tekst):
        return _lag(int(funn[3]), MAANEDER[funn[2].casefold()], int(funn[1]))
    if (funn := _KOMPAKT.fullmatch(tekst)) and "18" <= tekst[:2] <= "29":
        return _lag(int(funn[1]), int(funn[2]), int(funn[3]))
    if re.fullmatch(r"\d{1,7}([.,]0+)?", tekst):
        return _serie(float(tekst.replace(",", ".")), dato1904)
    return Dato(feil=_("er ikke en dato"))


def _lag(aar: int, maaned: int, dag: int) -> Dato:
    if aar >= APEN_SLUTT:
        aar, maaned, dag = 9999, 12, 31
    try:
        return Dato(date(aar, maaned, dag))
    except ValueError:
        if (maaned, dag) == (2, 29):
            return Dato(feil=_("finnes ikke: %(aar)s var ikke skuddår") % {"aar": aar})
        return Dato(feil=_("finnes ikke i kalenderen"))


def _serie(tall: float, dato1904: bool) -> Dato:
    dager = int(tall) if tall == tall and abs(tall) < 1e9 else -1
    if 18_000_101 <= dager <= 29_991_231:
        return _lag(dager // 10_000, dager // 100 % 100, dager % 100)
    if dato1904:
        dager += 1462
    if dager == 60:
        return Dato(feil=_("finnes ikke: 1900 var ikke skuddår"))
    if not 1 <= dager <= 2_958_465:
        return Dato(feil=_("er ikke en dato"))
    # Excel counts a 29 February 1900 that never was.
    return _lag_fra_dag(EXCEL_NULL + timedelta(days=dager + (dager < 60)))


def _lag_fra_dag(dag: date) -> Dato:
    return Dato(date(9999, 12, 31)) if dag.year >= APEN_SLUTT else Dato(dag)


def tolk_tall(verdi: Any) -> tuple[float | None, bool, str]:
    """(number, had a percent sign, what is wrong). Comma or point as decimal sign; spaces as thousands separator."""
    if isinstance(verdi, int | float):
        return (float(verdi), False, "") if math.isfinite(verdi) else (None, False, _("er ikke et tall"))
    if isinstance(verdi, date):
        return None, False, _("er en dato, ikke et tall")
    tekst = rens(verdi).replace(" ", "").replace("\u2212", "-")
    if not tekst:
        return None, False, ""
    prosent = tekst.endswith("%")
    tekst = tekst.removesuffix("%")
    if re.fullmatch(r"-?\d{1,3}(\.\d{3})+,\d+", tekst):
        tekst = tekst.replace(".", "")
    tekst = tekst.replace(",", ".")
    # No number in a staffing list is longer; the limit also keeps float() from answering infinity.
    if len(tekst) > LENGSTE_TALL or not re.fullmatch(r"[+-]?(\d+(\.\d*)?|\.\d+)", tekst):
        return None, prosent, _("er ikke et tall")
    return float(tekst), prosent, ""


def finn_skala(tall: np.ndarray, vekter: np.ndarray) -> tuple[str, str]:
    """(scale, question): «andel» 0.8, «prosent» 80 or «hundredeler» 8000, judged by the whole column.

    tall: unique non-negative numbers without a percent sign; vekter: rows of each. When no scale has at least four
    fifths of the rows, the scale is '' and the question says what was found.
    """
    andel = vekter[(tall > 0) & (tall <= 1)].sum()
    prosent = vekter[(tall > 1) & (tall <= 200)].sum()
    hundredeler = vekter[(tall >= 1000) & (tall <= 20_000)].sum()
    alle = {"andel": andel, "prosent": prosent, "hundredeler": hundredeler}
    best = max(alle, key=lambda n: alle[n])
    if sum(alle.values()) == 0:
        return "prosent", ""
    if alle[best] < 0.8 * sum(alle.values()):
        return "", _("kolonnen blander skrivemåter: %(a)s rader som 0,8, %(p)s som 80 og %(h)s som 8000") % {
            "a": andel, "p": prosent, "h": hundredeler,
        }  # fmt: skip
    return best, ""


SKALAFAKTOR = {"andel": 10_000.0, "prosent": 100.0, "hundredeler": 1.0}


def tolk_kjonn(verdi: Any) -> str | None:
    """K, M, '' when not stated, None when not understood."""
    tekst = rens(verdi).casefold()
    if tekst in KVINNE:
        return "K"
    if tekst in MANN:
        return "M"
    return "" if not tekst or tekst in UOPPGITT else None


def normaliser_ansattnr(verdi: Any) -> str:
    """The employee number as compared: 10457, 10457.0 and «010457» are the same."""
    tekst = rens(verdi).replace(" ", "")
    if re.fullmatch(r"\d+[.,]0+", tekst):
        tekst = re.split(r"[.,]", tekst)[0]
    return (tekst.lstrip("0") or "0") if tekst.isdigit() else tekst.casefold()
