"""Documents that have been laid out once in a run of the tests are not laid out again.

The same HTML gives the same bytes, in any process and on any database; tests/pdf/test_pdf.py proves it, without this.
"""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from felles import pdfmotor

_skriv = pdfmotor.skriv


def husk(patch: pytest.MonkeyPatch, mappe: Path) -> None:
    """Keep documents in the folder, which all test processes of the run share."""
    mappe.mkdir(parents=True, exist_ok=True)

    def skriv(html: str, tittel: str, sprak: str, fremdrift: Callable[[int], None]) -> bytes:
        fil = mappe / hashlib.sha256(repr((html, tittel, sprak)).encode()).hexdigest()
        if fil.exists():
            fremdrift(75)
            return fil.read_bytes()
        dokument = _skriv(html, tittel, sprak, fremdrift)
        halv = fil.with_suffix(f".{os.getpid()}")
        halv.write_bytes(dokument)
        halv.replace(fil)
        return dokument

    patch.setattr(pdfmotor, "skriv", skriv)


def glem(patch: pytest.MonkeyPatch) -> None:
    """Lay out every document, as the product does."""
    patch.setattr(pdfmotor, "skriv", _skriv)
