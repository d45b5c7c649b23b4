"""What changed between two cleaned texts, word by word in each paragraph; and two texts merged over a common one."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from felles.avsnitt import Blokk, Liste, Sitat, Tabell
from felles.riktekst import TALL, blokker, lesetekst, toppblokker

# A number is one word, also with spaces between the thousands and with decimals.
_ORD = re.compile(r"\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)|\d+,\d+|\s+|\w+|[^\w\s]")
# Longer paragraphs are compared as wholes: word by word is quadratic.
_LANGT = 4000
_FLEST_LINJER = 3000
_KORT = 4
_KORT_LINJE = 60
# So many pairs of paragraphs, or of words in two paragraphs, are all compared; of more only those near each other.
_MANGE_PAR, _NAER, _MANGE_ORD = 900, 12, 1_000_000
_SETNING = re.compile(r"(?<=[.!?:;])\s+")
_RENT = re.compile(r"<(p|h3|h4)>([^<>]*)</\1>")


@dataclass(frozen=True)
class Bit:
    """A piece of text: «lik», «inn» (added) or «ut» (removed)."""

    slag: str
    tekst: str


@dataclass(frozen=True)
class Endring:
    """A paragraph, heading, list item or table row.

    `slag`: lik, ny, fjernet, endret, or form (same words, other form: bold, a link).
    """

    slag: str
    tag: str
    biter: tuple[Bit, ...]


@dataclass(frozen=True)
class Linje:
    """A paragraph as it is compared: what it is, its words, and the HTML it stands for."""

    tag: str
    tekst: str
    html: str


def sammenlikn(foer: str, etter: str, tall: Mapping[str, str] | None = None) -> list[Endring]:
    """The newer text with what was added and removed. `tall`: key of a live figure → what it is called."""
    a, b = linjer(foer, tall or {}), linjer(etter, tall or {})
    ut: list[Endring] = []
    for hva, a0, a1, b0, b1 in SequenceMatcher(None, _nokler(a), _nokler(b), autojunk=False).get_opcodes():
        if hva == "equal":
            ut += [_lik(x, y) for x, y in zip(a[a0:a1], b[b0:b1], strict=True)]
        else:
            ut += _byttet(a[a0:a1], b[b0:b1])
    return ut


def er_endret(endringer: list[Endring]) -> bool:
    return any(e.slag != "lik" for e in endringer)


def sammendrag(endringer: list[Endring], naboer: int = 1) -> list[Endring | int]:
    """Long unchanged stretches become their number of paragraphs."""
    naer = {j for i, e in enumerate(endringer) if e.slag != "lik" for j in range(i - naboer, i + naboer + 1)}
    ut: list[Endring | int] = []
    for i, endring in enumerate(endringer):
        if i in naer:
            ut.append(endring)
        elif ut and isinstance(ut[-1], int):
            ut[-1] += 1
        else:
            ut.append(1)
    return ut


def linjer(html: str, tall: Mapping[str, str]) -> list[Linje]:
    """The text as a list of lines."""
    return [linje for blokk in blokker(html) for linje in _linjer(blokk, tall)][:_FLEST_LINJER]


def _linjer(blokk: Blokk, tall: Mapping[str, str]) -> Iterator[Linje]:
    if isinstance(blokk, Liste):
        for punkt in blokk.punkter:
            for i, del_ in enumerate(punkt):
                for linje in _linjer(del_, tall):
                    yield Linje("li", linje.tekst, linje.html) if i == 0 and linje.tag == "p" else linje
    elif isinstance(blokk, Sitat):
        for del_ in blokk.blokker:
            yield from (Linje("blockquote", x.tekst, x.html) for x in _linjer(del_, tall))
    elif isinstance(blokk, Tabell):
        for rad in blokk.rader:
            celler = [" ".join(x.tekst for del_ in celle for x in _linjer(del_, tall)) for _th, celle in rad]
            if any(celler):
                yield Linje("tr", " | ".join(celle or "–" for celle in celler), repr(rad))
    else:
        yield Linje(blokk.tag, _tekst(blokk.html, tall), blokk.html)


def _tekst(html: str, tall: Mapping[str, str]) -> str:
    uten = TALL.sub(lambda treff: f"[{tall.get(treff[1], 'tall')}]".replace("<", "&lt;"), html)
    return " ".join(lesetekst(uten).split())


def _nokler(linjer_: list[Linje]) -> list[tuple[str, str]]:
    return [(x.tag, x.tekst) for x in linjer_]


def _lik(a: Linje, b: Linje) -> Endring:
    return Endring("lik" if a.html == b.html else "form", b.tag, (Bit("lik", b.tekst),))


def _byttet(a: list[Linje], b: list[Linje]) -> list[Endring]:
    """Paragraphs in the same place: those that are alike are shown as changed, the others as removed and new."""
    ut, rest = [], list(b)
    langt = len(rest) if len(a) * len(b) <= _MANGE_PAR else _NAER
    for gammel in a:
        make = next((i for i, ny in enumerate(rest[:langt]) if _ligner(gammel.tekst, ny.tekst)), None)
        if make is None:
            ut.append(Endring("fjernet", gammel.tag, (Bit("ut", gammel.tekst),)))
            continue
        ut += [_ny(x) for x in rest[:make]]
        ut.append(Endring("endret", rest[make].tag, tuple(ord_for_ord(gammel.tekst, rest[make].tekst))))
        rest = rest[make + 1 :]
    return ut + [_ny(x) for x in rest]


def _ny(linje: Linje) -> Endring:
    return Endring("ny", linje.tag, (Bit("inn", linje.tekst),))


def _ligner(a: str, b: str) -> bool:
    if max(len(a), len(b)) > _LANGT:
        return True
    # Letters tell more of a short line, words are a hundred times faster in a long one.
    par = (a, b) if max(len(a), len(b)) <= _KORT_LINJE else (a.split(), b.split())
    maaler = SequenceMatcher(None, *par, autojunk=False)
    return maaler.real_quick_ratio() > 0.5 and maaler.quick_ratio() > 0.5 and maaler.ratio() > 0.5


def ord_for_ord(foer: str, etter: str) -> Iterator[Bit]:
    """Two paragraphs, word by word."""
    a, b = _ORD.findall(foer), _ORD.findall(etter)
    start = _felles_start(a, b)
    slutt = _felles_start(a[start:][::-1], b[start:][::-1])
    midt_a, midt_b = a[start : len(a) - slutt], b[start : len(b) - slutt]
    if len(midt_a) * len(midt_b) > _MANGE_ORD:
        bytte = [("".join(a[:start]), "".join(midt_a), "".join(midt_b)), ("".join(a[len(a) - slutt :]), "", "")]
    else:
        bytte = _strekk(a, b) if len(a) * len(b) <= _MANGE_ORD else _i_midten(a, b, start, slutt)
    for lik, ut, inn in bytte:
        yield from (Bit(slag, tekst) for slag, tekst in (("lik", lik), ("ut", ut), ("inn", inn)) if tekst)


def _felles_start(a: list[str], b: list[str]) -> int:
    return next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))


def _i_midten(a: list[str], b: list[str], start: int, slutt: int) -> list[tuple[str, str, str]]:
    """As `_strekk`, of two long paragraphs that begin and end alike."""
    inni = _strekk(a[start : len(a) - slutt], b[start : len(b) - slutt])
    return [("".join(a[:start]), "", ""), *inni, ("".join(a[len(a) - slutt :]), "", "")]


def _strekk(a: list[str], b: list[str]) -> list[tuple[str, str, str]]:
    """What is alike, and then what was removed and added after it. A few letters alike between two changes are drawn
    into them: three whole words replaced read better than bits of each.
    """
    ut: list[tuple[str, str, str]] = []
    lik = ""
    for hva, a0, a1, b0, b1 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        borte, nytt = "".join(a[a0:a1]), "".join(b[b0:b1])
        if hva == "equal":
            lik = borte
        elif ut and len(lik.strip()) < _KORT:
            forrige = ut.pop()
            ut.append((forrige[0], forrige[1] + lik + borte, forrige[2] + lik + nytt))
            lik = ""
        else:
            ut.append((lik, borte, nytt))
            lik = ""
    return [*ut, (lik, "", "")]


def flett(grunnlag: str, mitt: str, andres: str) -> tuple[str, int]:
    """Both people's changes to the common text, and how many places both changed: there both stand, the other's first.

    Works on whole paragraphs, lists and tables, and on sentences in a plain paragraph. Nothing that either wrote is
    left out.
    """
    stykker, kollisjoner = _flett_lister(*(toppblokker(tekst) for tekst in (grunnlag, mitt, andres)))
    return "".join(stykker), kollisjoner


def _flett_lister(felles: list[str], a: list[str], b: list[str]) -> tuple[list[str], int]:
    ut: list[str] = []
    kollisjoner = i = ia = ib = 0
    for start, slutt, start_a, start_b in _stabile(felles, a, b):
        stykke, antall = _flett_stykke(felles[i:start], a[ia:start_a], b[ib:start_b])
        ut += stykke + felles[start:slutt]
        kollisjoner += antall
        i, ia, ib = slutt, start_a + slutt - start, start_b + slutt - start
    return ut, kollisjoner


def _flett_stykke(grunn: list[str], mine: list[str], deres: list[str]) -> tuple[list[str], int]:
    """A stretch that at least one has changed. With as many paragraphs in all three, each is merged by itself."""
    if mine in (grunn, deres):
        return deres, 0
    if deres == grunn:
        return mine, 0
    if len(grunn) == len(mine) == len(deres) > 1:
        par = [_flett_stykke([g], [m], [d]) for g, m, d in zip(grunn, mine, deres, strict=True)]
        return [x for stykke, _antall in par for x in stykke], sum(antall for _stykke, antall in par)
    if len(grunn) == len(mine) == len(deres) == 1 and (setninger := _flett_setninger(grunn[0], mine[0], deres[0])):
        return [setninger], 0
    kjent = {*deres, *grunn}
    return deres + [x for x in mine if x not in kjent], 1


def _flett_setninger(grunn: str, min_: str, din: str) -> str:
    """One plain paragraph where each changed sentences of their own; '' when they touched the same, or it has form."""
    treff = [_RENT.fullmatch(x) for x in (grunn, min_, din)]
    if not all(treff) or len({t[1] for t in treff}) > 1:
        return ""
    stykker, kollisjoner = _flett_lister(*(_SETNING.split(t[2]) for t in treff))
    return "" if kollisjoner else f"<{treff[0][1]}>{' '.join(stykker)}</{treff[0][1]}>"


def _stabile(felles: list[str], a: list[str], b: list[str]) -> Iterator[tuple[int, int, int, int]]:
    """Stretches of the common text that both kept: its start and end, and where it starts in each. The last is empty,
    at the end.
    """
    i_a, i_b = _plasser(felles, a), _plasser(felles, b)
    i = 0
    while i < len(felles):
        if i not in i_a or i not in i_b:
            i += 1
            continue
        j = i
        while j < len(felles) and i_a.get(j) == i_a[i] + j - i and i_b.get(j) == i_b[i] + j - i:
            j += 1
        yield i, j, i_a[i], i_b[i]
        i = j
    yield len(felles), len(felles), len(a), len(b)


def _plasser(felles: list[str], ny: list[str]) -> dict[int, int]:
    """Where each kept paragraph of the common text stands in the new one."""
    ut = {}
    for treff in SequenceMatcher(None, felles, ny, autojunk=False).get_matching_blocks():
        ut |= {treff.a + n: treff.b + n for n in range(treff.size)}
    return ut
