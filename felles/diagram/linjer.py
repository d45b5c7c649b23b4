"""Lines over time, told apart by dash and label as well as tone, and the small trend line beside a key figure."""

from collections.abc import Sequence
from itertools import pairwise

from felles.diagram import svg
from felles.diagram.typer import Serie

MONSTRE = ("", "7 4", "2 3", "10 3 2 3", "4 2", "1 4", "12 4")
HOYDE = 210


def _akse(trinn: Sequence[float], y_av, x0: float, x1: float) -> list[str]:
    deler = []
    for verdi in trinn:
        y = y_av(verdi)
        navn = f"{verdi:.1f}".removesuffix(".0").replace(".", ",")
        deler.append(svg.strek(x0, y, x1, y))
        deler.append(svg.tekst(x0 - 8, y + 4, navn, anker="end", storrelse=12, farge=svg.DEMPET))
    return deler


def _strek(punkter: Sequence[tuple[float, float] | None], farge: str, monster: str) -> list[str]:
    """Pieces of line between neighbours that both exist, and a dot for each."""
    ekte = [p for p in punkter if p]
    deler = [f'<circle cx="{svg.tall(x)}" cy="{svg.tall(y)}" r="3.5" fill="{farge}"/>' for x, y in ekte]
    for fra, til in pairwise(punkter):
        if fra and til:
            deler.append(svg.strek(*fra, *til, farge, 2.2, monster))
    return deler


def _x_navn(x: Sequence[str], x_av, y: float, rom: float) -> list[str]:
    """Names under the axis; every second, third … is left out when they would meet, never the last."""
    bredest = max((svg.tekstbredde(n, 12) for n in x), default=0) + 12
    hopp = max(1, -(-int(bredest * max(len(x), 1)) // max(int(rom), 1)))
    siste = len(x) - 1
    ankere = {0: "start", siste: "end"} if len(x) > 1 else {0: "middle"}
    return [
        svg.tekst(x_av(i), y, navn, anker=ankere.get(i, "middle"), storrelse=12, farge=svg.DEMPET)
        for i, navn in enumerate(x)
        if (siste - i) % hopp == 0
    ]


def linjer(*, tittel: str, beskrivelse: str, x: Sequence[str], serier: Sequence[Serie], smal: bool = False) -> str:
    """Lines from zero, one per series, each named at its right end together with its last value."""
    total = svg.SMAL if smal else svg.BRED
    trinn = svg.runde_trinn(svg.hoyeste(v for s in serier for v in s.verdier))
    navn = [_endetekst(s) for s in serier]
    hale = min(max((svg.tekstbredde(n, 12, 600) for n in navn), default=0), total * 0.42) + 12
    venstre = max(svg.tekstbredde(f"{t:g}", 12) for t in trinn) + 12
    x0, x1 = venstre, total - hale

    def x_av(i: int) -> float:
        return (x0 + x1) / 2 if len(x) < 2 else x0 + 8 + (x1 - x0 - 16) * i / (len(x) - 1)

    def y_av(verdi: float) -> float:
        return 12 + (HOYDE - 12) * (1 - verdi / trinn[-1])

    deler = _akse(trinn, y_av, x0, x1)
    for j, serie in enumerate(serier):
        punkter = [None if v is None else (x_av(i), y_av(v)) for i, v in enumerate(serie.verdier)]
        deler += _strek(punkter, svg.TONER[j % len(svg.TONER)] if j != 3 else "#3f7fc4", MONSTRE[j % len(MONSTRE)])
    deler += _endenavn(serier, navn, y_av, x1, hale)
    deler += _x_navn(x, x_av, HOYDE + 22, x1 - x0)
    return svg.ramme(deler, bredde=total, hoyde=HOYDE + 32, tittel=tittel, beskrivelse=beskrivelse)


def _endetekst(serie: Serie) -> str:
    siste = next(
        (t for v, t in zip(reversed(serie.verdier), reversed(serie.tekster), strict=False) if v is not None), ""
    )
    return f"{siste} {serie.navn}".strip()


def _endenavn(serier: Sequence[Serie], navn: Sequence[str], y_av, x1: float, hale: float) -> list[str]:
    ender = [next((v for v in reversed(s.verdier) if v is not None), 0) for s in serier]
    plasser = svg.spre([y_av(v) + 4 for v in ender], 16, 14, HOYDE + 2)
    return [
        svg.tekst(x1 + 4, y, svg.forkort(n, hale - 6, 12, 600), storrelse=12, vekt=600)
        for y, n in zip(plasser, navn, strict=True)
    ]


def gnist(verdier: Sequence[float | None], bredde: int = 88, hoyde: int = 26) -> str:
    """A trend line without axes. Hidden from screen readers: the figure and the change stand beside it as text."""
    ekte = [v for v in verdier if v is not None]
    if len(ekte) < 2:
        return ""
    lav, spenn = min(ekte), (max(ekte) - min(ekte)) or 1
    flat = max(ekte) == min(ekte)
    punkter = [
        (3 + (bredde - 8) * i / (len(ekte) - 1), hoyde / 2 if flat else hoyde - 4 - (hoyde - 8) * (v - lav) / spenn)
        for i, v in enumerate(ekte)
    ]
    sti = " ".join(f"{svg.tall(x)},{svg.tall(y)}" for x, y in punkter)
    x, y = punkter[-1]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {bredde} {hoyde}" width="{bredde}" height="{hoyde}" '
        f'aria-hidden="true" focusable="false"><polyline points="{sti}" fill="none" stroke="{svg.HOVED}" '
        f'stroke-width="2" stroke-linejoin="round"/><circle cx="{svg.tall(x)}" cy="{svg.tall(y)}" r="3" '
        f'fill="{svg.HOVED}"/></svg>'
    )
