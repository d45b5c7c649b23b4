"""Rounding as people and spreadsheets do it: half up, on the exact fraction."""

from decimal import ROUND_HALF_UP, Decimal

EN = Decimal("0.1")
TO = Decimal("0.01")


def avrund(verdi: float, trinn: Decimal = EN) -> float:
    """Half up to the step; the float is read by its shortest decimal form, so 2.675 is 2.675."""
    return float(Decimal(repr(float(verdi))).quantize(trinn, ROUND_HALF_UP))


def broek(teller: float, nevner: float, trinn: Decimal) -> float | None:
    """teller / nevner, half up; None when there is nothing to divide by."""
    if not nevner:
        return None
    if type(teller) is int and type(nevner) is int and teller >= 0 and nevner > 0:
        # Counts: the same in whole numbers, at a tenth of the time.
        gange = 10 ** -trinn.as_tuple().exponent
        return (2 * teller * gange + nevner) // (2 * nevner) / gange
    return float((Decimal(repr(float(teller))) / Decimal(repr(float(nevner)))).quantize(trinn, ROUND_HALF_UP))


def prosent(del_: float, hele: float) -> float | None:
    """Share in percent, one decimal."""
    return broek(100 * del_, hele, EN)


def snitt(summen: float, antall: float) -> float | None:
    """Mean, two decimals."""
    return broek(summen, antall, TO)
