"""What floors above want done: they register it when they start, so that no import points upwards."""

from collections.abc import Callable

_etterarbeid: dict[str, Callable[[], None]] = {}


def meld_etterarbeid(navn: str, gjor: Callable[[], None]) -> None:
    """Register what is to be ordered when figures of extracts change: short, for the person waits."""
    _etterarbeid[navn] = gjor


def bestill_etterarbeid() -> None:
    """An extract came, went or was published, or what its rows are counted with changed. Call inside the transaction
    that did it.
    """
    for gjor in _etterarbeid.values():
        gjor()
