"""Norwegian numbers and dates as text, and back: U+00A0 in thousands, decimal comma, the minus sign −."""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache

from django.utils import timezone

HARDT_MELLOMROM, MINUS = "\u00a0", "\u2212"
MANEDER = (
    "januar", "februar", "mars", "april", "mai", "juni", "juli", "august", "september", "oktober", "november",
    "desember",
)  # fmt: skip
TALLORD = ("null", "én", "to", "tre", "fire", "fem", "seks", "sju", "åtte", "ni", "ti", "elleve", "tolv")


@lru_cache(maxsize=4096, typed=True)
def desimal(verdi: float | Decimal | int | None, desimaler: int = 0) -> str:
    """12345.678 with two decimals → «12 345,68». Half is rounded away from zero. None → «–»."""
    if verdi is None or verdi != verdi:
        return "–"
    trinn = Decimal(1).scaleb(-desimaler)
    # repr() gives the shortest decimal of a float: 45.125 rounds as a reader would round it.
    rundet = Decimal(repr(verdi) if isinstance(verdi, float) else str(verdi)).quantize(trinn, ROUND_HALF_UP)
    tegn = MINUS if rundet < 0 else ""
    return tegn + f"{abs(rundet):,}".replace(",", HARDT_MELLOMROM).replace(".", ",")


def tusen(verdi: float | int | None) -> str:
    """A whole number: 4749 → «4 749»."""
    return desimal(verdi, 0)


def prosent(verdi: float | Decimal | None, desimaler: int = 1) -> str:
    """13.46 → «13,5 %»; the value is already in percent."""
    if verdi is None or verdi != verdi:
        return "–"
    return f"{desimal(verdi, desimaler)}{HARDT_MELLOMROM}%"


def endring(verdi: float | int, desimaler: int = 0) -> str:
    """A difference with its sign: «+14», «−3», «0»."""
    tekst = desimal(verdi, desimaler)
    return f"+{tekst}" if verdi > 0 and tekst.strip("0,") else tekst


def tallord(antall: int) -> str:
    """Whole numbers up to twelve in words, above that in digits."""
    return TALLORD[antall] if 0 <= antall <= 12 else tusen(antall)


def dato_lang(dag: date | str) -> str:
    """«1. juli 2025», for running text. Takes an ISO string too."""
    dag = _dag(dag)
    return f"{dag.day}. {MANEDER[dag.month - 1]} {dag.year}"


def dato_kort(dag: date | str) -> str:
    """«01.07.2025», for tables."""
    return f"{_dag(dag):%d.%m.%Y}"


def _dag(dag: date | str) -> date:
    """The day. A moment is the day it is here: half past midnight in Norway is still yesterday in UTC."""
    if isinstance(dag, str):
        return date.fromisoformat(dag[:10])
    if isinstance(dag, datetime):
        return timezone.localdate(dag) if timezone.is_aware(dag) else dag.date()
    return dag


def les_tall(tekst: str) -> Decimal:
    """What a person typed or pasted → Decimal. Takes spaces of any kind, decimal comma, − and a trailing %.

    Raises ValueError when it is no number.
    """
    rent = "".join(t for t in tekst if not t.isspace() and t not in "\u202f\u00a0\u2009")
    rent = rent.replace(MINUS, "-").removesuffix("%")
    if "," in rent:
        rent = rent.replace(".", "").replace(",", ".")
    try:
        verdi = Decimal(rent)
    except InvalidOperation as feil:
        raise ValueError(f"Ikke et tall: {tekst!r}") from feil
    if not verdi.is_finite():
        raise ValueError(f"Ikke et tall: {tekst!r}")
    return verdi
