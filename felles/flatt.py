"""Absurdly nested HTML made shallow, before a parser whose time grows with the square of the depth reads it.

Only texts with thousands of block tags come here (`maa_flates`). What goes out is well-formed: every tag that is let
through is closed, so the depth is exactly what was counted here, whatever was hidden in attributes or comments.
"""

import re
from collections.abc import Collection, Iterator
from html import escape, unescape

GRENSE = 2_000
_DYBDE = 60
_TAGG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)([^<>]*)>")
_NOSTET = re.compile(
    r"<(?:ul|ol|table|div|blockquote|section|article|header|footer|main|aside|nav|figure|figcaption|dl|pre|address|"
    r"center|form|fieldset|legend|details|summary|caption|a|h[1-6]|button|object|menu|dir|listing|hgroup|search)\b",
    re.IGNORECASE,
)
_ATTRIBUTT = re.compile(r"(?<![a-z-])([a-z-]++)\s*+=\s*+(?:\"([^\"]*)\"|'([^']*)'|([^\s\"']++))", re.IGNORECASE)
_TOMME = {"br", "hr"}
# Tags that end by themselves when the next one begins.
_SLUTTER_SELV = {"p", "li", "td", "th", "tr", "thead", "tbody", "tfoot", "dt", "dd"}


def maa_flates(html: str) -> bool:
    """Can the text be nested deep enough to be slow to read?"""
    return sum(1 for _treff in _NOSTET.finditer(html)) > GRENSE


def flat(html: str, behold: Collection[str], forkast: Collection[str]) -> str:
    """The text with tags of `behold` only, at most sixty deep, and without the content of those of `forkast`."""
    return "".join(_biter(_uten_kommentarer(html), behold, forkast))


def _uten_kommentarer(html: str) -> str:
    deler, sist = [], 0
    while (fra := html.find("<!--", sist)) >= 0:
        deler.append(html[sist:fra])
        til = html.find("-->", fra + 4)
        if til < 0:
            return "".join(deler)
        sist = til + 3
    return "".join([*deler, html[sist:]])


def _biter(html: str, behold: Collection[str], forkast: Collection[str]) -> Iterator[str]:
    sti: list[str] = []
    sist, stille = 0, ""
    for treff in _TAGG.finditer(html):
        slutt, tag = bool(treff[1]), treff[2].lower()
        if stille:
            if slutt and tag == stille:
                stille, sist = "", treff.end()
            continue
        yield html[sist : treff.start()].replace("<", "&lt;")
        sist = treff.end()
        if tag in forkast:
            stille = "" if slutt else tag
        elif tag in behold:
            yield _slutt(tag, sti) if slutt else _start(tag, treff[3], sti)
    yield "" if stille else html[sist:].replace("<", "&lt;")
    yield "".join(f"</{tag}>" for tag in reversed(sti))


def _start(tag: str, attributter: str, sti: list[str]) -> str:
    if tag not in _TOMME and tag not in _SLUTTER_SELV:
        if len(sti) >= _DYBDE:
            return " "
        sti.append(tag)
    par = ((m[1].lower(), unescape(m[2] or m[3] or m[4] or "")) for m in _ATTRIBUTT.finditer(attributter))
    skrevet = "".join(f' {navn}="{escape(verdi)}"' for navn, verdi in par)
    return f"<{tag}{skrevet}>"


def _slutt(tag: str, sti: list[str]) -> str:
    """The end of the tag and of all that is open within it; nothing when it is not open."""
    if tag in _SLUTTER_SELV:
        return f"</{tag}>"
    ut = []
    if tag in sti:
        while (indre := sti.pop()) != tag:
            ut.append(f"</{indre}>")
        ut.append(f"</{tag}>")
    return "".join(ut)
