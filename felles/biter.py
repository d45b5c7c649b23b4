"""Runs of rich text: pieces of text with their marks (link, bold, italic). Used by `felles.avsnitt`.

Runs are joined, spaces collapsed and tags written in one fixed order, so that a text has one way of being written.
"""

import re
from dataclasses import dataclass
from html import escape

_LUFT = re.compile(r"[ \t\n\r\f\v]+")


@dataclass(frozen=True)
class Merker:
    """What a run is marked with."""

    adresse: str = ""
    fet: bool = False
    kursiv: bool = False

    @property
    def tagger(self) -> tuple[str, ...]:
        """Opening tags, in the one order they are written."""
        lenke = f'a href="{escape(self.adresse)}" rel="noopener noreferrer"' if self.adresse else ""
        return tuple(t for t in (lenke, "strong" if self.fet else "", "em" if self.kursiv else "") if t)


@dataclass(frozen=True)
class Bit:
    """A run of text, a line break («\\n» alone) or a live figure (`tall`)."""

    tekst: str
    merker: Merker = Merker()
    tall: str = ""


def del_opp(biter: list[Bit]) -> list[list[Bit]]:
    """Part where two line breaks follow each other with nothing but space between."""
    deler: list[list[Bit]] = [[]]
    brudd = 0
    for bit in biter:
        if bit.tall == "br":
            brudd += 1
        elif bit.tall or bit.tekst.strip():
            if brudd > 1:
                deler.append([])
            brudd = 0
        deler[-1].append(bit)
    return deler


def rydd(biter: list[Bit], linjer: bool) -> list[Bit]:
    """Runs with spaces collapsed, equal neighbours joined, and nothing blank at either end."""
    ut: list[Bit] = []
    for bit in biter:
        if bit.tall == "br":
            if not linjer:
                bit = Bit(" ", bit.merker)
            else:
                _klipp(ut)
                if ut:
                    ut.append(Bit("\n", Merker(), "br"))
                continue
        if bit.tall:
            ut.append(bit)
            continue
        _legg_til(ut, Bit(_LUFT.sub(" ", bit.tekst), bit.merker))
    _klipp(ut)
    return ut


def _legg_til(ut: list[Bit], bit: Bit) -> None:
    tekst = bit.tekst
    if not ut or ut[-1].tall == "br":
        tekst = tekst.lstrip()
    elif not ut[-1].tall and ut[-1].tekst.endswith(" "):
        tekst = tekst.removeprefix(" ")
    if not tekst:
        return
    if ut and not ut[-1].tall and ut[-1].merker == bit.merker:
        tekst = ut.pop().tekst + tekst
    ut.append(Bit(tekst, bit.merker))


def _klipp(ut: list[Bit]) -> None:
    """Take away blanks and line breaks at the end."""
    while ut:
        siste = ut[-1]
        if siste.tall and siste.tall != "br":
            return
        kort = "" if siste.tall else siste.tekst.rstrip()
        ut.pop()
        if kort:
            ut.append(Bit(kort, siste.merker))
            return


def skriv(biter: list[Bit]) -> str:
    """Runs as HTML, tags opened and closed as seldom as possible."""
    ut: list[str] = []
    aapne: tuple[str, ...] = ()
    for bit in biter:
        tagger = bit.merker.tagger
        felles = 0
        while felles < min(len(aapne), len(tagger)) and aapne[felles] == tagger[felles]:
            felles += 1
        ut += [f"</{t.split()[0]}>" for t in reversed(aapne[felles:])] + [f"<{t}>" for t in tagger[felles:]]
        aapne = tagger
        ut.append(_skriv_bit(bit))
    return "".join(ut) + "".join(f"</{t.split()[0]}>" for t in reversed(aapne))


def _skriv_bit(bit: Bit) -> str:
    if bit.tall == "br":
        return "<br>"
    return f'<span data-tall="{bit.tall}"></span>' if bit.tall else escape(bit.tekst, quote=False)


def uten_start(biter: list[Bit], antall: int) -> list[Bit]:
    """Runs without their first characters."""
    ut = []
    for bit in biter:
        kutt = min(antall, len(bit.tekst)) if not bit.tall else 0
        antall -= kutt
        ut.append(Bit(bit.tekst[kutt:], bit.merker, bit.tall))
    return ut
