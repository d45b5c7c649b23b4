"""Rendered parts of pages, kept in memory.

A report page is 100–200 kB of table; rendering it costs ten times an empty page. The figures of an extract never
change, so the finished HTML is kept under everything it depends on. Another extract, norm, unit or order is another
key, and nothing ever has to be cleared. It is kept compressed, a tenth of its size; unpacking takes 0.3 ms, a tenth of
an empty page, so the pages last shown are kept unpacked too.
"""

import hashlib
import zlib
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from django.core.cache import cache
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

DOEGN = 24 * 3600


def bevart(nokkel: tuple, mal: str, lag: Callable[[], dict[str, Any]]) -> SafeString:
    """The template rendered with what `lag` returns, or the same as last time when the key is known.

    The key must name all that the HTML depends on; its parts must have a `repr` that says what they are.
    """
    html = hent(nokkel)
    return legg(nokkel, render_to_string(mal, lag())) if html is None else html


def hent(nokkel: tuple) -> SafeString | None:
    """What was put under the key, or None."""
    pakket = cache.get(_navn(nokkel))
    return None if pakket is None else pakk_ut(pakket)


def legg(nokkel: tuple, html: str) -> SafeString:
    """Keep rendered HTML under a key, as in `bevart`."""
    cache.set(_navn(nokkel), pakk(html), DOEGN)
    return mark_safe(html)  # noqa: S308 - rendered by a template, which has escaped it


def _navn(nokkel: tuple) -> str:
    return "html:" + hashlib.sha256(repr(nokkel).encode()).hexdigest()


def pakk(html: str) -> bytes:
    """Rendered HTML, compressed."""
    return zlib.compress(html.encode(), 1)


@lru_cache(maxsize=64)
def pakk_ut(pakket: bytes) -> SafeString:
    """What `pakk` made of rendered HTML, as it was."""
    return mark_safe(zlib.decompress(pakket).decode())  # noqa: S308 - rendered by a template, which has escaped it
