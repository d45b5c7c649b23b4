"""Drawing primitives and the measuring of text. Everything that reaches the SVG is escaped here."""

import zlib
from collections.abc import Iterable, Sequence
from html import escape

BRED, SMAL = 760, 340
TEKST, DEMPET, HVIT = "#1e2b3c", "#4d5b6c", "#ffffff"
HOVED, RESTEN, GRENSE, RUTENETT = "#0062ba", "#6897ce", "#8f1c13", "#d5dae0"
# Tints of one hue, dark to light, for stacked parts and series.
TONER = ("#0062ba", "#6897ce", "#013a6e", "#a9c6e8", "#3f7fc4", "#cfdff2", "#7b8794")
MOERKE = frozenset({"#0062ba", "#013a6e", "#3f7fc4", GRENSE})

_SMALE = frozenset("iljtfrI.,:;'|!()[]·«» -\u00a0\u2009")
_BREDE = frozenset("mwMWÆæ@%—…")


def _tegnbredde(tegn: str) -> float:
    if tegn in _SMALE:
        return 0.36
    if tegn in _BREDE:
        return 0.95
    if tegn.isupper():
        return 0.72
    return 0.645 if tegn.isdigit() else 0.6


def tekstbredde(tekst: str, storrelse: float = 13, vekt: int = 400) -> float:
    """Approximate width in px of the text set in Inter; a little too wide rather than too narrow."""
    return sum(map(_tegnbredde, tekst)) * storrelse * (1.05 if vekt >= 600 else 1.0)


def forkort(tekst: str, bredde: float, storrelse: float = 13, vekt: int = 400) -> str:
    """The text, cut with … when it is wider than the room."""
    if tekstbredde(tekst, storrelse, vekt) <= bredde:
        return tekst
    while tekst and tekstbredde(tekst + "…", storrelse, vekt) > bredde:
        tekst = tekst[:-1]
    return tekst.rstrip() + "…"


def brekk(tekst: str, bredde: float, storrelse: float = 13, vekt: int = 400) -> list[str]:
    """The text on as many lines as its words need in the given room. A single long word gets a line of its own."""
    linjer: list[str] = []
    for ord_ in tekst.split(" "):
        if linjer and tekstbredde(f"{linjer[-1]} {ord_}", storrelse, vekt) <= bredde:
            linjer[-1] += f" {ord_}"
        else:
            linjer.append(ord_)
    return linjer


def tall(verdi: float) -> str:
    """A coordinate with at most one decimal."""
    return f"{verdi:.1f}".removesuffix(".0")


def tekst(
    x: float,
    y: float,
    innhold: str,
    *,
    anker: str = "start",
    storrelse: float = 13,
    vekt: int = 400,
    farge: str = TEKST,
) -> str:
    """A line of text with its baseline at y."""
    return (
        f'<text x="{tall(x)}" y="{tall(y)}" text-anchor="{anker}" font-size="{storrelse}" font-weight="{vekt}" '
        f'fill="{farge}">{escape(innhold)}</text>'
    )


def rektangel(x: float, y: float, bredde: float, hoyde: float, farge: str, hjorne: float = 2) -> str:
    """A filled rectangle; never narrower than nothing."""
    return (
        f'<rect x="{tall(x)}" y="{tall(y)}" width="{tall(max(bredde, 0))}" height="{tall(hoyde)}" '
        f'rx="{hjorne}" fill="{farge}"/>'
    )


def strek(
    x1: float, y1: float, x2: float, y2: float, farge: str = RUTENETT, tykkelse: float = 1, monster: str = ""
) -> str:
    """A straight line, dashed when a pattern is given."""
    stiplet = f' stroke-dasharray="{monster}"' if monster else ""
    return (
        f'<line x1="{tall(x1)}" y1="{tall(y1)}" x2="{tall(x2)}" y2="{tall(y2)}" '
        f'stroke="{farge}" stroke-width="{tykkelse}"{stiplet}/>'
    )


def ramme(deler: Iterable[str], *, bredde: int, hoyde: float, tittel: str, beskrivelse: str) -> str:
    """The finished image. Its ids come from its content, so that equal input gives equal bytes."""
    innhold = "".join(deler)
    nokkel = f"{zlib.crc32(f'{tittel}{beskrivelse}{bredde}{innhold}'.encode()):08x}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {bredde} {tall(hoyde)}" width="{bredde}" '
        f'height="{tall(hoyde)}" role="img" aria-labelledby="t{nokkel}" aria-describedby="d{nokkel}" '
        f'font-family="Inter, sans-serif"><title id="t{nokkel}">{escape(tittel)}</title>'
        f'<desc id="d{nokkel}">{escape(beskrivelse)}</desc>{innhold}</svg>'
    )


def hoyeste(verdier: Iterable[float | None]) -> float:
    """The largest value, at least a hair above zero so that it can be divided by."""
    return max((v for v in verdier if v is not None), default=0) or 1e-9


def runde_trinn(topp: float, antall: int = 4) -> list[float]:
    """Round numbers from zero to just above the top, for an axis."""
    if topp <= 1e-6:
        return [0.0, 1.0]
    raa = topp / antall
    ti = 10.0 ** (len(f"{int(raa)}") - 1 if raa >= 1 else -1)
    trinn = next((f * ti for f in (1, 2, 2.5, 5, 10) if f * ti >= raa), 10 * ti)
    return [i * trinn for i in range(int(-(-topp // trinn)) + 1)]


def spre(oensket: Sequence[float], avstand: float, minst: float, mest: float) -> list[float]:
    """Positions as near the wanted ones as can be with the given distance between them, within the limits."""
    rekke = sorted(range(len(oensket)), key=lambda i: oensket[i])
    ut = list(oensket)
    for forrige, denne in zip([None, *rekke], rekke, strict=False):
        ut[denne] = max(ut[denne], minst if forrige is None else ut[forrige] + avstand)
    tak = mest
    for denne in reversed(rekke):
        ut[denne] = min(ut[denne], tak)
        tak = ut[denne] - avstand
    return ut
