"""HTML to PDF: what the rest of the product sees of it. The work is done in `felles.pdfmotor`.

One file is both PDF/A-2a (ISO 19005-2, archive) and PDF/UA-1 (ISO 14289-1, accessible). The same HTML always gives
the same bytes: no clock, no random identifier; dates come from the document's own `<meta name=dcterms.created>`.
"""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders

# Address prefix of our own static files inside a document. «.invalid» can never be a real host (RFC 2606).
STATISK = "https://statisk.invalid/"
TILLATTE_MAPPER = ("pdf/", "inter/files/")
MEDIETYPER = {".css": "text/css", ".woff2": "font/woff2", ".svg": "image/svg+xml", ".png": "image/png"}


class PdfFeil(Exception):  # noqa: N818 - a Norwegian domain word, not an English error name
    """The PDF could not be made. The message is meant for the person who asked for it."""


def statisk_fil(navn: str) -> Path:
    """The path of one of our own static files for print. Raises PermissionError outside the allowed folders and
    FileNotFoundError when it has not been installed.
    """
    trygg = navn.startswith(TILLATTE_MAPPER) and ".." not in navn and Path(navn).suffix in MEDIETYPER
    if not trygg:
        raise PermissionError(navn[:80])
    funnet = finders.find(navn)
    fil = Path(funnet) if funnet else Path(settings.STATIC_ROOT) / navn
    if not fil.is_file():
        raise FileNotFoundError(navn)
    return fil


def lag_pdf(
    html: str, *, tittel: str, sprak: str = "nb-NO", fremdrift: Callable[[int], None] = lambda prosent: None
) -> bytes:
    """The document as PDF/A-2a and PDF/UA-1 bytes, equal for equal input.

    `html` is a whole document; it names its style sheet and fonts relative to the static root (`pdf/pdf.css`).
    `fremdrift` is told how far the work has come, in percent.
    Raises PdfFeil when it points to anything but our own files and given image bytes, or cannot be laid out.
    """
    from felles import pdfmotor  # takes half a second to load, and most processes never make a PDF

    with _uten_soppelrunder():
        return pdfmotor.skriv(html, tittel, sprak, fremdrift)


@contextmanager
def _uten_soppelrunder() -> Iterator[None]:
    """Layout makes millions of small objects that all live until the end; looking through them for garbage again and
    again takes almost a third of the time (40 pages: 5.5 s with, 3.9 s without).
    """
    var_paa = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if var_paa:
            gc.enable()
