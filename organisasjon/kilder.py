"""Facts about units that floors above can offer: they register a function, so that no import points upwards."""

from collections.abc import Callable

Ansattall = Callable[[], dict[int, int]]
_kilder: dict[str, Ansattall] = {}


def meld_ansattall(kilde: Ansattall) -> None:
    """Register the function that gives unit id → number of employees in the latest extract."""
    _kilder["ansattall"] = kilde


def ansattall() -> dict[int, int]:
    """Unit id → number of employees in the latest extract; empty when nothing has been read in."""
    kilde = _kilder.get("ansattall")
    return kilde() if kilde else {}
