"""Blocks of rich text, built from HTML that `nh3` has made harmless. Used by `riktekst` and `tekstdiff`."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import zip_longest

from felles.biter import Bit, Merker, del_opp, rydd, skriv, uten_start

BLOKKTAGGER = {
    "h1", "h2", "h3", "h4", "h5", "h6", "p", "div", "ul", "ol", "li", "table", "thead", "tbody", "tfoot", "tr", "th",
    "td", "caption", "blockquote", "section", "article", "header", "footer", "main", "aside", "nav", "figure",
    "figcaption", "dl", "dt", "dd", "pre", "address", "center", "form", "fieldset", "legend", "details", "summary",
}  # fmt: skip
_DYBDE, _LISTEDYBDE, _KOLONNER, _RADER = 60, 4, 30, 500
_ADRESSE = re.compile(r"(?:https?://|mailto:|/(?![/\\])|#)[^\s\x00-\x20<>\"\\]*\Z", re.IGNORECASE)
_NOKKEL = re.compile(r"[a-z0-9-]{1,16}\Z")
_MSO_NIVAA = re.compile(r"mso-list:[^;]{0,80}?level(\d)", re.IGNORECASE)
_MERKE = re.compile(r"\s*(?:(?P<tall>\(?(?:\d{1,3}|[a-zA-Z]|[ivx]{1,5})[.)])|[·•▪§o\u2022\uf0b7\uf0a7–—-])[\s\xa0]+")
_OVERSKRIFT = {"h1": "h3", "h2": "h3", "h3": "h3", "h4": "h4", "h5": "h4", "h6": "h4"}


@dataclass(frozen=True)
class Avsnitt:
    """A paragraph or heading; `html` is its runs, written."""

    tag: str
    html: str


@dataclass
class Liste:
    """A list; every item is a list of blocks (paragraphs and lists)."""

    tag: str
    punkter: list[list["Blokk"]] = field(default_factory=list)


@dataclass(frozen=True)
class Sitat:
    """A quotation of paragraphs and lists."""

    blokker: list["Blokk"]


@dataclass(frozen=True)
class Tabell:
    """Rows of cells (is it a heading, blocks), all equally long. The first row is the heading."""

    rader: list[list[tuple[bool, list["Blokk"]]]]


Blokk = Avsnitt | Liste | Sitat | Tabell


@dataclass
class _Node:
    tag: str
    attr: dict[str, str]
    barn: list["_Node | str"] = field(default_factory=list)


class _Leser(HTMLParser):
    """A tree of what `nh3` let through. What is nested absurdly deep is drawn up."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.rot = _Node("", {})
        self.sti, self.over = [self.rot], 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = _Node(tag, {k: v or "" for k, v in attrs})
        if tag in {"br", "hr"}:
            self.sti[-1].barn.append(node)
        elif len(self.sti) > _DYBDE:
            self.over += 1
        else:
            self.sti[-1].barn.append(node)
            self.sti.append(node)

    def handle_endtag(self, tag: str) -> None:
        if tag in {"br", "hr"}:
            return
        if self.over:
            self.over -= 1
        elif len(self.sti) > 1:
            self.sti.pop()

    def handle_data(self, data: str) -> None:
        self.sti[-1].barn.append(data)


def bygg(trygg: str) -> list[Blokk]:
    """The blocks of a harmless text. Headings never begin below the top level."""
    leser = _Leser()
    leser.feed(trygg)
    leser.close()
    samler = _Samler()
    samler.les(leser.rot, Merker())
    blokker, sett = samler.ferdig(), False
    for i, blokk in enumerate(blokker):
        if isinstance(blokk, Avsnitt) and blokk.tag in {"h3", "h4"}:
            if not sett and blokk.tag == "h4":
                blokker[i] = Avsnitt("h3", blokk.html)
            sett = True
    return blokker


class _Samler:
    """Gathers blocks from a tree. `smaa`: inside an item, cell or quotation, where only paragraphs and lists stand."""

    def __init__(self, smaa: bool = False, listedybde: int = 0) -> None:
        self.smaa, self.listedybde = smaa, listedybde
        self.blokker: list[Blokk] = []
        self.biter: list[Bit] = []

    def ferdig(self) -> list[Blokk]:
        self.lukk()
        return self.blokker

    def lukk(self, tag: str = "p") -> None:
        """End the running paragraph. Two line breaks in a row part paragraphs."""
        biter, self.biter = self.biter, []
        for del_ in del_opp(biter) if tag == "p" else [biter]:
            html = skriv(rydd(del_, linjer=tag == "p"))
            if html:
                self.blokker.append(Avsnitt(tag, html))

    def les(self, node: _Node, merker: Merker) -> None:
        for barn in node.barn:
            if isinstance(barn, str):
                self.biter.append(Bit(barn, merker))
            else:
                self.les_node(barn, merker)

    def les_node(self, node: _Node, merker: Merker) -> None:
        tag = node.tag
        if tag == "br":
            self.biter.append(Bit("\n", merker, "br"))
        elif tag == "span":
            self._span(node, merker)
        elif tag in {"strong", "b", "em", "i", "a"}:
            self.les(node, _merk(node, merker))
        elif tag in {"ul", "ol"}:
            self._liste(node, merker)
        elif tag == "p" and "mso-list" in node.attr.get("style", "").lower():
            self._wordpunkt(node, merker)
        elif self.smaa or not self._egen(node, merker):
            self.lukk()
            self.les(node, merker)
            self.lukk()

    def _egen(self, node: _Node, merker: Merker) -> bool:
        """Blocks that stand only at the outermost level. False when the node is none of them."""
        if node.tag in _OVERSKRIFT:
            self.lukk()
            self.biter = _flat(node, merker)
            self.lukk(_OVERSKRIFT[node.tag])
        elif node.tag == "blockquote":
            self.lukk()
            innhold = _innhold(node, merker, 0)
            self.blokker += [Sitat(innhold)] if innhold else []
        elif node.tag == "table":
            self.lukk()
            self.blokker += _tabell(node, merker)
        else:
            return False
        return True

    def _span(self, node: _Node, merker: Merker) -> None:
        nokkel = node.attr.get("data-tall", "")
        if _NOKKEL.match(nokkel):
            self.biter.append(Bit("", merker, nokkel))
        elif "data-tall" not in node.attr and "mso-list:ignore" not in node.attr.get("style", "").lower().replace(
            " ", ""
        ):
            self.les(node, merker)

    def _liste(self, node: _Node, merker: Merker) -> None:
        self.lukk()
        if self.listedybde >= _LISTEDYBDE:
            self.les(node, merker)
            self.lukk()
            return
        punkter = [_innhold(b, merker, self.listedybde + 1) for b in _elementer(node)]
        if any(punkter):
            self.blokker.append(Liste(node.tag, [p for p in punkter if p]))

    def _wordpunkt(self, node: _Node, merker: Merker) -> None:
        """A paragraph that Word shows as a list item: its style tells the level, its text begins with the mark."""
        self.lukk()
        treff = _MSO_NIVAA.search(node.attr["style"])
        nivaa = min(int(treff[1]) if treff else 1, _LISTEDYBDE)
        raa = _raatekst(node)
        merke = _MERKE.match(raa)
        biter = uten_start(_flat(node, merker), merke.end() if merke and not _har_ignorert(node) else 0)
        html = skriv(rydd(biter, linjer=True))
        if html:
            _legg_i_liste(self.blokker, nivaa, "ol" if merke and merke["tall"] else "ul", Avsnitt("p", html))


def _innhold(node: "_Node | str", merker: Merker, listedybde: int) -> list[Blokk]:
    samler = _Samler(smaa=True, listedybde=listedybde)
    if isinstance(node, str):
        samler.biter.append(Bit(node, merker))
    elif node.tag in {"ul", "ol"}:
        samler.les_node(node, merker)
    else:
        samler.les(node, merker)
    return samler.ferdig()


def _elementer(node: _Node) -> list["_Node | str"]:
    """Items of a list; stray text between them is an item too."""
    return [b for b in node.barn if not isinstance(b, str) or b.strip()]


def _flat(node: _Node, merker: Merker) -> list[Bit]:
    """All runs under the node, with blocks parted by a space."""
    samler = _Samler()
    ut: list[Bit] = []
    for barn in node.barn:
        if isinstance(barn, str):
            ut.append(Bit(barn, merker))
        elif barn.tag in BLOKKTAGGER:
            ut += [Bit(" ", merker), *_flat(barn, merker), Bit(" ", merker)]
        elif barn.tag in {"strong", "b", "em", "i", "a"}:
            ut += _flat(barn, _merk(barn, merker))
        elif barn.tag == "span" and "data-tall" not in barn.attr and not _ignorert(barn):
            ut += _flat(barn, merker)
        else:
            samler.les_node(barn, merker)
            ut += samler.biter
            samler.biter = []
    return ut


def _merk(node: _Node, merker: Merker) -> Merker:
    if node.tag == "a":
        adresse = node.attr.get("href", "").strip()
        return Merker(adresse if _ADRESSE.match(adresse) else merker.adresse, merker.fet, merker.kursiv)
    fet = merker.fet or node.tag in {"strong", "b"}
    return Merker(merker.adresse, fet, merker.kursiv or node.tag in {"em", "i"})


def _tabell(node: _Node, merker: Merker) -> list[Blokk]:
    """The table with merged cells spelled out and every row equally long; a caption goes in front as a paragraph."""
    foran, rader = _Samler(smaa=True), []
    baeres: dict[int, int] = {}
    for rad in _rader(node, foran, merker):
        rader.append(_rad(rad, baeres, merker))
    if not any(celle for rad in rader for _th, celle in rad):
        return foran.ferdig()
    tomt = (False, [])
    like = [list(r) for r in zip(*zip_longest(*rader, fillvalue=tomt), strict=True)]
    return [*foran.ferdig(), Tabell(like)]


def _rader(node: _Node, foran: _Samler, merker: Merker) -> list[_Node]:
    ut: list[_Node] = []
    for barn in node.barn:
        if isinstance(barn, str):
            continue
        if barn.tag == "tr":
            ut.append(barn)
        elif barn.tag == "caption":
            foran.les_node(barn, merker)
        else:
            ut += _rader(barn, foran, merker)
    return ut[:_RADER]


def _rad(node: _Node, baeres: dict[int, int], merker: Merker) -> list[tuple[bool, list[Blokk]]]:
    """Cells of a row. `baeres`: columns taken by a cell that reaches down from above → rows left."""
    ut: list[tuple[bool, list[Blokk]]] = []

    def hopp() -> None:
        while baeres.get(len(ut), 0) and len(ut) < _KOLONNER:
            baeres[len(ut)] -= 1
            ut.append((False, []))

    for celle in node.barn:
        if isinstance(celle, str) or celle.tag not in {"td", "th"}:
            continue
        hopp()
        bredde, hoyde = (_heltall(celle.attr.get(n, "")) for n in ("colspan", "rowspan"))
        innhold = _innhold(celle, merker, 0)
        for nummer in range(bredde):
            if len(ut) < _KOLONNER:
                baeres[len(ut)] = hoyde - 1
                ut.append((celle.tag == "th", innhold if nummer == 0 else []))
    hopp()
    return ut


def _heltall(verdi: str) -> int:
    return min(max(int(verdi), 1), _KOLONNER) if verdi.isascii() and verdi.isdigit() and len(verdi) < 5 else 1


def _ignorert(node: _Node) -> bool:
    """Word's own mark in front of a list item."""
    return "mso-list:ignore" in node.attr.get("style", "").lower().replace(" ", "")


def _har_ignorert(node: _Node) -> bool:
    return any(not isinstance(b, str) and (_ignorert(b) or _har_ignorert(b)) for b in node.barn)


def _raatekst(node: _Node) -> str:
    return "".join(b if isinstance(b, str) else _raatekst(b) for b in node.barn)


def _legg_i_liste(blokker: list[Blokk], nivaa: int, tag: str, avsnitt: Avsnitt) -> None:
    """Put the item in the list that the text ends with, at its level."""
    for _steg in range(nivaa - 1):
        if not blokker or not isinstance(blokker[-1], Liste):
            break
        blokker = blokker[-1].punkter[-1]
    if not blokker or not isinstance(blokker[-1], Liste) or blokker[-1].tag != tag:
        blokker.append(Liste(tag))
    blokker[-1].punkter.append([avsnitt])
