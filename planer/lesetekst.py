"""A section's rich text for reading and print: headings under the document's own, header cells, links out only.

The text has been through the allow-list when it was saved. It is built up again here, tag by tag, from a list of its
own, so that nothing else can follow into a PDF or a page without login, whatever the row in the database holds.
"""

import re
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

_ENKLE = frozenset(
    {"p", "ul", "ol", "li", "strong", "b", "em", "i", "u", "s", "sub", "sup", "blockquote", "br", "hr", "a", "span"}
    | {"table", "thead", "tbody", "tfoot", "tr", "th", "td", "caption"}
)
_OVERSKRIFT = re.compile(r"h[1-6]")
_UTEN_INNHOLD = frozenset({"script", "style", "template", "noscript", "iframe", "object", "svg", "math", "title"})
_TOMME = frozenset({"br", "hr"})
_SPENN = re.compile(r"[1-9][0-9]?")
_UTE = ("https://", "http://", "mailto:")
DYPEST = 6
_RULLE = '<div class="rulle" role="group" tabindex="0" aria-label="%s"><table class="ds-table">'


@dataclass
class _Tagg:
    """A start or an end tag that is kept."""

    navn: str
    slutt: bool = False
    attributter: dict[str, str] = field(default_factory=dict)


class _Leser(HTMLParser):
    """Keeps the tags of the list and all text, as a flat list of parts."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.deler: list[_Tagg | str] = []
        self.aapne: list[str] = []
        self.stille = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UTEN_INNHOLD:
            self.stille += 1
        elif not self.stille and (tag in _ENKLE or _OVERSKRIFT.fullmatch(tag)):
            self.deler.append(_Tagg(tag, attributter={navn: verdi or "" for navn, verdi in attrs}))
            if tag not in _TOMME:
                self.aapne.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in _UTEN_INNHOLD:
            self.stille = max(0, self.stille - 1)
        elif not self.stille and tag in self.aapne:
            self._lukk_til(tag)

    def handle_data(self, data: str) -> None:
        if not self.stille:
            self.deler.append(data)

    def _lukk_til(self, tag: str) -> None:
        """Close the innermost such tag, and what was left open inside it."""
        while self.aapne:
            navn = self.aapne.pop()
            self.deler.append(_Tagg(navn, slutt=True))
            if navn == tag:
                return

    def ferdig(self) -> list[_Tagg | str]:
        self.close()
        while self.aapne:
            self.deler.append(_Tagg(self.aapne.pop(), slutt=True))
        return self.deler


def lesetekst(html: str, nivaa: int = 4, *, rulle: bool = False) -> SafeString:
    """The text with its topmost heading at `nivaa`, none skipped, as HTML that is safe to put in a page. `rulle`: each
    table in a region that scrolls by itself on a narrow screen.
    """
    leser = _Leser()
    leser.feed(html)
    deler = _uten_tomme(leser.ferdig())
    _sett_overskrifter(deler, nivaa)
    _sett_hodeceller(deler)
    tekst = "".join(map(_skriv, deler))
    if rulle:
        tekst = tekst.replace("<table>", _RULLE % _("Tabell")).replace("</table>", "</table></div>")
    return mark_safe(tekst)  # noqa: S308 - every tag and attribute is written by _skriv


def _uten_tomme(deler: list[_Tagg | str]) -> list[_Tagg | str]:
    """Without headings, paragraphs and links that say nothing."""
    ut: list[_Tagg | str] = []
    for del_ in deler:
        if isinstance(del_, _Tagg) and del_.slutt and (_OVERSKRIFT.fullmatch(del_.navn) or del_.navn in {"p", "a"}):
            start = _siste_start(ut, del_.navn)
            if start is not None and all(isinstance(d, str) and not d.strip() for d in ut[start + 1 :]):
                del ut[start:]
                continue
        ut.append(del_)
    return ut


def _siste_start(deler: list[_Tagg | str], navn: str) -> int | None:
    for i in range(len(deler) - 1, -1, -1):
        del_ = deler[i]
        if isinstance(del_, _Tagg) and not del_.slutt and del_.navn not in _TOMME:
            return i if del_.navn == navn else None
    return None


def _sett_overskrifter(deler: list[_Tagg | str], nivaa: int) -> None:
    """Levels in the order they are used: the highest becomes `nivaa`, and each is at most one below the one before."""
    starter = [d for d in deler if isinstance(d, _Tagg) and _OVERSKRIFT.fullmatch(d.navn)]
    rang = {navn: i for i, navn in enumerate(sorted({d.navn for d in starter}))}
    forrige, naa = nivaa - 1, nivaa
    for del_ in starter:
        if not del_.slutt:
            naa = min(nivaa + rang[del_.navn], forrige + 1, DYPEST)
            forrige = naa
        del_.navn = f"h{naa}"


def _sett_hodeceller(deler: list[_Tagg | str]) -> None:
    """Every table gets header cells: its own, or else its first row. Each says what it is the header of."""
    aapne: list[int] = []
    for i, del_ in enumerate(deler):
        if not isinstance(del_, _Tagg) or del_.navn != "table":
            continue
        if not del_.slutt:
            aapne.append(i)
        elif aapne:
            _hodeceller_i([d for d in deler[aapne.pop() : i] if isinstance(d, _Tagg)])


def _hodeceller_i(tagger: list[_Tagg]) -> None:
    rader = _rader(tagger)
    if rader and not any(t.navn == "th" for t in tagger):
        for celle in rader[0]:
            celle.navn = "th"
    for nr, rad in enumerate(rader):
        hele = all(c.navn == "th" for c in rad)
        for celle in rad:
            if celle.navn == "th" and not celle.slutt:
                celle.attributter["scope"] = "col" if nr == 0 or hele else "row"


def _rader(tagger: list[_Tagg]) -> list[list[_Tagg]]:
    """The cells (start and end tags) of each row."""
    rader: list[list[_Tagg]] = []
    for t in tagger:
        if t.navn == "tr" and not t.slutt:
            rader.append([])
        elif t.navn in {"th", "td"} and rader:
            rader[-1].append(t)
    return rader


def _skriv(del_: _Tagg | str) -> str:
    if isinstance(del_, str):
        return escape(del_, quote=False)
    if del_.slutt:
        return f"</{del_.navn}>"
    return f"<{del_.navn}{_attributter(del_)}>"


def _attributter(tagg: _Tagg) -> str:
    a = tagg.attributter
    ut: dict[str, str] = {}
    if tagg.navn == "a" and a.get("href", "").strip().lower().startswith(_UTE):
        ut["href"] = a["href"].strip()
    elif tagg.navn == "span" and "plantall" in a.get("class", "").split():
        ut["class"] = "tallverdi"
    elif tagg.navn in {"th", "td"}:
        ut = {navn: a[navn] for navn in ("colspan", "rowspan") if _SPENN.fullmatch(a.get(navn, ""))}
        if a.get("scope") in {"col", "row"} and tagg.navn == "th":
            ut["scope"] = a["scope"]
    return "".join(f' {navn}="{escape(verdi)}"' for navn, verdi in ut.items())
