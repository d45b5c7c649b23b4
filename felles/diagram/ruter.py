"""Small multiples of tiles: one panel per thing, a row per question, a column per date, a sign in every tile.

Four signs, told apart by shape as well as tone: a tick, a half-filled ring, a cross, and a dash for what is not known.
An arrow leads to a tile that differs from the one before, red when it has become worse.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from felles.diagram import svg

RUTE, RADHOYDE, KOLONNE = 20, 25, 46
NAVNEROM, NAVNEROM_SMAL, MELLOMROM = 236, 150, 26
HODE, NOKKEL = 56, 30
STOERSTE_NAVN, UKJENT = 200, 3


@dataclass(frozen=True)
class Panel:
    """A panel: its name, its columns (two short lines each), and per row the sign of each column: an index in the
    order yes, partly, no, not known.
    """

    navn: str
    kolonner: Sequence[tuple[str, str]]
    ruter: Sequence[Sequence[int]]


def ruter(
    paneler: Sequence[Panel],
    rader: Sequence[str],
    *,
    tegn: Sequence[str],
    tittel: str,
    beskrivelse: str,
    smal: bool = False,
) -> str:
    """The panels beside each other as far as there is room, the rows' names to the left of each line of panels. `tegn`
    are the words of the four signs, printed once on top.
    """
    total, navnerom = (svg.SMAL, NAVNEROM_SMAL) if smal else (svg.BRED, NAVNEROM)
    deler = _nokkel(tegn, total)
    y = NOKKEL * (2 if smal else 1)
    for linje in _linjer(paneler, total - navnerom):
        deler += _radnavn(rader, navnerom, y)
        x = float(navnerom)
        for panel in linje:
            deler += _panel(panel, x, y, total)
            x += _bredde(panel) + MELLOMROM
        y += HODE + RADHOYDE * len(rader) + 18
    return svg.ramme(deler, bredde=total, hoyde=y, tittel=tittel, beskrivelse=beskrivelse)


def _bredde(panel: Panel) -> float:
    """Room for the columns, and for the panel's name as far as it is reasonable."""
    return max(KOLONNE * len(panel.kolonner), min(svg.tekstbredde(panel.navn, 12.5, 600), STOERSTE_NAVN))


def _linjer(paneler: Sequence[Panel], rom: float) -> list[list[Panel]]:
    """Panels that stand beside each other."""
    linjer: list[list[Panel]] = []
    plass = -1.0
    for panel in paneler:
        if not linjer or plass < _bredde(panel):
            linjer.append([])
            plass = rom
        linjer[-1].append(panel)
        plass -= _bredde(panel) + MELLOMROM
    return linjer


def _nokkel(tegn: Sequence[str], total: int) -> list[str]:
    deler, x, y = [], 0.0, 0.0
    for nr, ord_ in enumerate(tegn):
        bredde = 26 + svg.tekstbredde(ord_, 12) + 18
        if x + bredde > total and x:
            x, y = 0.0, y + NOKKEL - 4
        deler.append(_rute(nr, x, y + 1))
        deler.append(svg.tekst(x + 26, y + 15, ord_, storrelse=12))
        x += bredde
    return deler


def _radnavn(rader: Sequence[str], rom: float, y: float) -> list[str]:
    deler = []
    for nr, navn in enumerate(rader):
        linjer = svg.brekk(navn, rom - 12, 11.5)[:2]
        topp = y + HODE + RADHOYDE * nr + RADHOYDE / 2 + 4 - 6 * (len(linjer) - 1)
        deler += [
            svg.tekst(0, topp + 12 * i, svg.forkort(linje, rom - 6, 11.5), storrelse=11.5)
            for i, linje in enumerate(linjer)
        ]
    return deler


def _panel(panel: Panel, x: float, y: float, total: int) -> list[str]:
    rom = min(_bredde(panel), total - x)
    deler = [svg.tekst(x, y + 16, svg.forkort(panel.navn, rom, 12.5, 600), storrelse=12.5, vekt=600)]
    for nr, (foerst, sist) in enumerate(panel.kolonner):
        midt = x + KOLONNE * nr + RUTE / 2
        for linje, tekst in enumerate((foerst, sist)):
            plass = {"x": midt, "anker": "middle"} if nr else {"x": x, "anker": "start"}
            stil = {"storrelse": 11, "farge": svg.DEMPET}
            deler.append(svg.tekst(plass["x"], y + 33 + 13 * linje, tekst, anker=plass["anker"], **stil))
        for rad, svarene in enumerate(panel.ruter):
            her = (x + KOLONNE * nr, y + HODE + RADHOYDE * rad + (RADHOYDE - RUTE) / 2)
            deler.append(_rute(svarene[nr], *her))
            if nr and svarene[nr] != svarene[nr - 1] and UKJENT not in svarene[nr - 1 : nr + 1]:
                deler.append(_pil(*her, svg.HOVED if svarene[nr] < svarene[nr - 1] else svg.GRENSE))
    return deler


def _pil(x: float, y: float, farge: str) -> str:
    """An arrow from the tile before: what has changed is seen without comparing."""
    fra = KOLONNE - RUTE - 4
    return _bane(f"M-{fra} 10H-4M-9 5.5L-4 10L-9 14.5", x, y, farge)


def _rute(tegn: int, x: float, y: float) -> str:
    """One tile with its sign."""
    fyll, kant = ((svg.HOVED, svg.HOVED), (svg.TONER[3], svg.TONER[3]), (svg.HVIT, svg.DEMPET), ("none", "none"))[tegn]
    boks = (
        f'<rect x="{svg.tall(x + 0.5)}" y="{svg.tall(y + 0.5)}" width="{RUTE - 1}" height="{RUTE - 1}" rx="3" '
        f'fill="{fyll}" stroke="{kant}"/>'
    )
    return boks + _TEGN[tegn](x, y)


def _bane(punkter: str, x: float, y: float, farge: str) -> str:
    return (
        f'<path transform="translate({svg.tall(x)} {svg.tall(y)})" d="{punkter}" fill="none" stroke="{farge}" '
        'stroke-width="2" stroke-linecap="round" stroke-linejoin="round"/>'
    )


def _halv(x: float, y: float) -> str:
    return (
        f'<circle cx="{svg.tall(x + 10)}" cy="{svg.tall(y + 10)}" r="5.5" fill="none" stroke="{svg.TONER[2]}" '
        f'stroke-width="1.5"/><path transform="translate({svg.tall(x)} {svg.tall(y)})" d="M10 4.5a5.5 5.5 0 0 0 0 11z" '
        f'fill="{svg.TONER[2]}"/>'
    )


_TEGN = (
    lambda x, y: _bane("M5.5 10.5l3.2 3.2 6-7", x, y, svg.HVIT),
    _halv,
    lambda x, y: _bane("M6.5 6.5l7 7M13.5 6.5l-7 7", x, y, svg.DEMPET),
    lambda x, y: _bane("M7 10h6", x, y, svg.DEMPET),
)
