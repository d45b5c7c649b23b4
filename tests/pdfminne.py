"""Documents that have been laid out once in a run of the tests are not laid out again.

The same HTML gives the same bytes, in any process and on any database; tests/pdf/test_pdf.py proves it, without this.
"""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from felles import pdf

_skriv = pdf._skriv


def husk(patch: pytest.MonkeyPatch, mappe: Path) -> None:
    """Keep documents in the folder, which all test processes of the run share."""
    mappe.mkdir(parents=True, exist_ok=True)

    def skriv(html: str, henter: pdf.Statisk, tittel: str, sprak: str, fremdrift: Callable[[int], None]) -> bytes:
        fil = mappe / hashlib.sha256(repr((html, tittel, sprak)).encode()).hexdigest()
        if fil.exists():
            fremdrift(75)
            return fil.read_bytes()
        dokument = _skriv(html, henter, tittel, sprak, fremdrift)
        if not henter.avvist:
            halv = fil.with_suffix(f".{os.getpid()}")
            halv.write_bytes(dokument)
            halv.replace(fil)
        return dokument

    patch.setattr(pdf, "_skriv", skriv)


def glem(patch: pytest.MonkeyPatch) -> None:
    """Lay out every document, as the product does."""
    patch.setattr(pdf, "_skriv", _skriv)
