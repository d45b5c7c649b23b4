"""Rich text: what people type and paste becomes a small, safe, well-formed subset of HTML.

h3 h4 p ul ol li table thead tbody tr th td blockquote, and within them strong em a br and `span[data-tall]` (a live
figure). `nh3` throws out everything dangerous first; then the text is built anew from blocks and runs
(`felles.avsnitt`), so the same text is always written the same way, and cleaning twice changes nothing.
"""

import re
from html import escape, unescape

import nh3

from felles.avsnitt import BLOKKTAGGER, Blokk, Liste, Sitat, Tabell, bygg
from felles.flatt import flat, maa_flates
from felles.norsk import brett

MAKS_TEGN = 1_000_000
# Start and end tags in one text. Thirty table rows a page for a hundred pages are 30 000.
MAKS_TAGGER = 50_000
TALL = re.compile(r'<span data-tall="([a-z0-9-]{1,16})"></span>')
_STYRETEGN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_TAGG = re.compile(r"<[^>]*>")
_MELLOM = re.compile(r"</(?:p|h3|h4|li|th|td|blockquote)>|<br>|<(?:ul|ol)>")
_FORKAST = {
    "script", "style", "title", "template", "iframe", "object", "embed", "noembed", "noframes", "svg", "math", "xmp",
    "textarea", "select", "audio", "video", "canvas", "head",
}  # fmt: skip
_BEHOLD = BLOKKTAGGER | {"br", "hr", "strong", "b", "em", "i", "a", "span"}
_ATTRIBUTTER = {
    "a": {"href"},
    "span": {"data-tall", "style"},
    "p": {"style", "class"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
}


def rens(html: str) -> str:
    """The text as it may be stored and shown: allow-listed, well-formed, the same when cleaned again."""
    return "".join(_skriv(blokk) for blokk in blokker(html))


def blokker(html: str) -> list[Blokk]:
    """The text as a list of blocks."""
    lesbar = _STYRETEGN.sub("", html).encode("utf-8", "ignore").decode()
    if maa_flates(lesbar):
        lesbar = flat(lesbar, _BEHOLD, _FORKAST)
    trygg = nh3.clean(
        lesbar,
        tags=_BEHOLD,
        clean_content_tags=_FORKAST,
        attributes=_ATTRIBUTTER,
        strip_comments=True,
        link_rel=None,
        url_schemes={"http", "https", "mailto"},
    )
    return bygg(trygg)


def toppblokker(html: str) -> list[str]:
    """The text as a list of its outermost blocks, each as cleaned HTML."""
    return [_skriv(blokk) for blokk in blokker(html)]


def ren_tekst(html: str) -> str:
    """The words of a cleaned text, folded for search."""
    return brett(lesetekst(html))


def lesetekst(html: str) -> str:
    """The words of a cleaned text, one block on each line."""
    linjer = unescape(_TAGG.sub("", _MELLOM.sub("\n", html))).split("\n")
    return "\n".join(linje.strip() for linje in linjer if linje.strip())


def fra_ren_tekst(tekst: str) -> str:
    """What was typed in a plain text field → rich text. An empty line parts paragraphs, `- ` begins a list item, and
    `[tall:nokkel]` is a live figure. Cleaned.
    """
    deler = re.split(r"\n\s*\n", tekst.replace("\r\n", "\n").replace("\r", "\n"))
    return rens("".join(_avsnitt(del_) for del_ in deler))


def til_ren_tekst(html: str) -> str:
    """A cleaned text as it is edited in a plain text field. Lists, figures and paragraphs survive the way back; other
    form does not.
    """
    tekst = TALL.sub(r"[tall:\1]", html).replace("<br>", "\n")
    tekst = re.sub(r"<li>(?:<p>)?", "- ", re.sub(r"</li>", "\n", tekst))
    tekst = re.sub(r"</(?:p|h3|h4|ul|ol|table|blockquote|tr)>", "\n\n", re.sub(r"</t[hd]><t[hd]>", " ", tekst))
    return re.sub(r"\n{3,}", "\n\n", unescape(_TAGG.sub("", tekst))).strip()


def tallnokler(html: str) -> set[str]:
    """Keys of the live figures in a cleaned text."""
    return set(TALL.findall(html))


def _avsnitt(tekst: str) -> str:
    linjer = [linje.strip() for linje in tekst.split("\n") if linje.strip()]
    trygg = [re.sub(r"\[tall:([a-z0-9-]{1,16})\]", r'<span data-tall="\1"></span>', escape(li)) for li in linjer]
    if linjer and all(linje.startswith("- ") for linje in linjer):
        return "<ul>" + "".join(f"<li>{linje[2:]}</li>" for linje in trygg) + "</ul>"
    return f"<p>{'<br>'.join(trygg)}</p>"


def _skriv(blokk: Blokk) -> str:
    if isinstance(blokk, Liste):
        return f"<{blokk.tag}>{''.join(f'<li>{_skriv_smaa(p)}</li>' for p in blokk.punkter)}</{blokk.tag}>"
    if isinstance(blokk, Sitat):
        return f"<blockquote>{''.join(_skriv(b) for b in blokk.blokker)}</blockquote>"
    if isinstance(blokk, Tabell):
        return _skriv_tabell(blokk)
    return f"<{blokk.tag}>{blokk.html}</{blokk.tag}>"


def _skriv_smaa(blokker: list[Blokk]) -> str:
    """Inside a list item or a cell a lone paragraph in front needs no tag."""
    avsnitt = [b for b in blokker if not isinstance(b, Liste)]
    if len(avsnitt) == 1 and avsnitt[0] is blokker[0]:
        return avsnitt[0].html + "".join(_skriv(b) for b in blokker[1:])
    return "".join(_skriv(b) for b in blokker)


def _skriv_tabell(tabell: Tabell) -> str:
    # An empty heading says nothing to a screen reader: then it is an ordinary cell.
    hode = "".join(f"<th>{_skriv_smaa(celle)}</th>" if celle else "<td></td>" for _th, celle in tabell.rader[0])
    kropp = "".join(f"<tr>{''.join(_skriv_celle(i, c) for i, c in enumerate(rad))}</tr>" for rad in tabell.rader[1:])
    return f"<table><thead><tr>{hode}</tr></thead>{f'<tbody>{kropp}</tbody>' if kropp else ''}</table>"


def _skriv_celle(nummer: int, celle: tuple[bool, list[Blokk]]) -> str:
    """A heading cell in the body only makes sense first in its row."""
    tag = "th" if celle[0] and celle[1] and nummer == 0 else "td"
    return f"<{tag}>{_skriv_smaa(celle[1])}</{tag}>"
