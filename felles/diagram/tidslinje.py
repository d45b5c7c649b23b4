"""Events over time, one row per body: a mark on its date, one shape per kind; a doubtful date is hollow."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from felles.diagram import svg
from felles.tall import MANEDER

RAD, TOPP = 30, 8
# Width of a month's name under the axis, with air.
PLASS_TIL_NAVN = 100


@dataclass(frozen=True)
class Hendelse:
    """A mark: its row, its date, its kind in words, and whether the date looks wrong."""

    rad: str
    dato: date
    slag: str
    tvil: bool = False


def tidslinje(hendelser: Sequence[Hendelse], *, tittel: str, beskrivelse: str, smal: bool = False) -> str:
    """Rows in the order of their first event; the axis runs over whole months. Kinds get their shape in the order they
    come in `hendelser`: circle, diamond, square, star.
    """
    rader = list(dict.fromkeys(h.rad for h in sorted(hendelser, key=lambda h: (h.dato, h.rad))))
    slag = list(dict.fromkeys(h.slag for h in hendelser))
    total = svg.SMAL if smal else svg.BRED
    navnrom = 0 if smal else min(max(svg.tekstbredde(r) for r in rader) + 16, 300)
    radhoyde = RAD + 16 if smal else RAD
    x0, x1, bunn = navnrom + 10, total - 14, TOPP + radhoyde * len(rader)
    fra, til = _maaned(min(h.dato for h in hendelser), 0), _maaned(max(h.dato for h in hendelser), 1)

    def x_av(dag: date) -> float:
        return x0 + (x1 - x0) * (dag - fra).days / max((til - fra).days, 1)

    deler = _akse(fra, til, x_av, bunn, max(2, int((x1 - x0) // PLASS_TIL_NAVN)))
    for nr, rad in enumerate(rader):
        y = TOPP + radhoyde * nr + (radhoyde - 12 if smal else radhoyde / 2)
        deler.append(svg.strek(x0, y, x1, y))
        navn = svg.forkort(rad, total - 12 if smal else navnrom - 12)
        deler.append(svg.tekst(0, y - 12 if smal else y + 4, navn))
        deler += [_merke(x_av(h.dato), y, slag.index(h.slag), h.tvil) for h in hendelser if h.rad == rad]
    return svg.ramme(deler, bredde=total, hoyde=bunn + 26, tittel=tittel, beskrivelse=beskrivelse)


def _maaned(dag: date, tillegg: int) -> date:
    nr = dag.year * 12 + dag.month - 1 + tillegg
    return date(nr // 12, nr % 12 + 1, 1)


def _akse(fra: date, til: date, x_av, bunn: float, hoyst: int) -> list[str]:
    """A line and a name for every month, or every third, sixth or twelfth when they are many."""
    antall = (til.year - fra.year) * 12 + til.month - fra.month
    hopp = next((h for h in (1, 2, 3, 6, 12) if antall / h <= hoyst), 24)
    deler = []
    for nr in range(0, antall + 1, hopp):
        dag = _maaned(fra, nr)
        x, sist = x_av(dag), nr + hopp > antall
        deler.append(svg.strek(x, TOPP, x, bunn))
        navn = f"{MANEDER[dag.month - 1][:3]}. {dag.year}" if dag.month != 5 else f"mai {dag.year}"
        anker = "start" if nr == 0 else "end" if sist and x > x_av(til) - 30 else "middle"
        deler.append(svg.tekst(x, bunn + 18, navn, anker=anker, storrelse=12, farge=svg.DEMPET))
    return deler


def _merke(x: float, y: float, slag: int, tvil: bool) -> str:
    if slag == 0 and not tvil:
        return f'<circle cx="{svg.tall(x)}" cy="{svg.tall(y)}" r="7" fill="{svg.HOVED}" stroke="{svg.HVIT}"/>'
    fyll, strek = (svg.HVIT, svg.GRENSE) if tvil else (svg.HOVED, svg.HVIT)
    punkter = [
        f"{svg.tall(x + dx)},{svg.tall(y + dy)}" for dx, dy in (_FORMER[slag % len(_FORMER)] if not tvil else _TREKANT)
    ]
    return f'<polygon points="{" ".join(punkter)}" fill="{fyll}" stroke="{strek}" stroke-width="{2.5 if tvil else 1}"/>'


_TREKANT = ((0, -9), (9, 7), (-9, 7))
_FORMER = (
    (),  # a circle
    ((0, -9), (9, 0), (0, 9), (-9, 0)),
    ((-6, -6), (6, -6), (6, 6), (-6, 6)),
    ((0, -9), (3, -3), (9, -3), (4, 2), (6, 9), (0, 5), (-6, 9), (-4, 2), (-9, -3), (-3, -3)),
)
