"""Horizontal bars: single, grouped and stacked. Zero-based, with names and values printed on the spot."""

from collections.abc import Sequence
from dataclasses import dataclass

from felles.diagram import svg
from felles.diagram.typer import Grense, Serie, Soyle

NAVNEROM = 250
RAD, STAV = 32, 23


@dataclass(frozen=True)
class _Flate:
    """Where bars are drawn: from x0, `bredde` wide for the value `topp`; names to the left, or above on narrow."""

    x0: float
    bredde: float
    topp: float
    smal: bool

    def x(self, verdi: float) -> float:
        return self.x0 + self.bredde * max(verdi, 0) / self.topp


def _flate(navn: Sequence[str], tekster: Sequence[str], topp: float, smal: bool) -> _Flate:
    hale = max((svg.tekstbredde(t, 13, 600) for t in tekster), default=0) + 10
    if smal:
        return _Flate(0, svg.SMAL - hale, topp, True)
    venstre = min(max((svg.tekstbredde(n) for n in navn), default=0), NAVNEROM) + 12
    return _Flate(venstre, svg.BRED - venstre - hale, topp, False)


def _navn(flate: _Flate, navn: str, y: float, hoyde: float) -> str:
    """A row's name: beside the bars on wide (wrapped when long), above them on narrow."""
    if flate.smal:
        return svg.tekst(0, y - 5, svg.forkort(navn, svg.SMAL))
    linjer = svg.brekk(navn, NAVNEROM)
    topp = y + hoyde / 2 + 4.5 - 7.5 * (len(linjer) - 1)
    return "".join(svg.tekst(flate.x0 - 12, topp + 15 * i, s, anker="end") for i, s in enumerate(linjer))


def _grenselinje(flate: _Flate, grense: Grense, topp: float, staver: Sequence[float], bunn: float) -> list[str]:
    """The limit as a dashed line; its text stands on the side where there is room, on several lines if needed.

    On narrow the line is drawn over the bars only, so that it never crosses the names between them.
    """
    total = svg.SMAL if flate.smal else svg.BRED
    x = flate.x(grense.verdi)
    til_hoyre = total - x >= x
    linjer = svg.brekk(grense.tekst, (total - x if til_hoyre else x) - 8, 12)
    deler = [
        svg.tekst(
            x + (7 if til_hoyre else -7),
            topp - 8 - 15 * i,
            s,
            anker="start" if til_hoyre else "end",
            storrelse=12,
            farge=svg.GRENSE,
        )
        for i, s in enumerate(reversed(linjer))
    ]
    biter = [(topp - 6, bunn)]
    if flate.smal:
        biter = [(topp - 6, topp + 2), *((y - 2, y + STAV + 2) for y in staver)]
    for fra, til in biter:
        deler.append(svg.strek(x, fra, x, til, svg.HVIT, 3))
        deler.append(svg.strek(x, fra, x, til, svg.GRENSE, 1.5, "4 3"))
    return deler


def _hode(grense: Grense | None, total: float) -> float:
    """Room above the first bar for the limit's text."""
    if grense is None:
        return 0
    return 16 + 15 * len(svg.brekk(grense.tekst, total / 2 - 8, 12))


def _radhoyde(flate: _Flate, navn: str, antall: int, stav: float) -> float:
    """Height of a row with `antall` bars, name included."""
    innhold = antall * stav + 9
    if flate.smal:
        return innhold + 22
    return max(innhold, 15 * len(svg.brekk(navn, NAVNEROM)) + 6)


def soyler(
    *, tittel: str, beskrivelse: str, rader: Sequence[Soyle], grense: Grense | None = None, smal: bool = False
) -> str:
    """Bars in the given order, with an optional limit line. Returns an `<svg>` string."""
    total = svg.SMAL if smal else svg.BRED
    topp = svg.hoyeste([*(r.verdi for r in rader), grense.verdi if grense else None])
    flate = _flate([r.navn for r in rader], [r.tekst for r in rader], topp, smal)
    y = start = _hode(grense, total)
    deler: list[str] = []
    staver = []
    for rad in rader:
        hoyde = _radhoyde(flate, rad.navn, 1, STAV)
        staver.append(y + (22 if smal else (hoyde - STAV) / 2))
        deler += _stav(flate, rad, staver[-1], grense)
        y += hoyde
    if grense:
        deler += _grenselinje(flate, grense, start, staver, y)
    return svg.ramme(deler, bredde=total, hoyde=y + 4, tittel=tittel, beskrivelse=beskrivelse)


def _stav(flate: _Flate, rad: Soyle, y: float, grense: Grense | None) -> list[str]:
    slutt = flate.x(rad.verdi or 0)
    farge = svg.HOVED if rad.fremhevet else svg.RESTEN
    tekst_x = slutt + 8
    if grense and slutt < flate.x(grense.verdi) < tekst_x + svg.tekstbredde(rad.tekst, 13, 600) + 3:
        tekst_x = flate.x(grense.verdi) + 6
    deler = [_navn(flate, rad.navn, y, STAV), svg.tekst(tekst_x, y + STAV / 2 + 4.5, rad.tekst, vekt=600)]
    if rad.verdi is not None:
        deler.append(svg.rektangel(flate.x0, y, max(slutt - flate.x0, 1), STAV, farge))
    return deler


def grupperte_soyler(
    *, tittel: str, beskrivelse: str, kategorier: Sequence[str], serier: Sequence[Serie], smal: bool = False
) -> str:
    """For each category one bar per series. Each bar says its value and, beside it, the series' name."""
    haler = [f"{t} {s.navn}" for s in serier for t in s.tekster]
    flate = _flate(kategorier, haler, svg.hoyeste(v for s in serier for v in s.verdier), smal)
    y, deler = 0.0, []
    for i, navn in enumerate(kategorier):
        start = y + (22 if smal else 4)
        deler.append(_navn(flate, navn, start, 19 * len(serier)))
        for j, serie in enumerate(serier):
            deler += _gruppestav(flate, serie, i, start + 19 * j, svg.TONER[j % len(svg.TONER)])
        y += _radhoyde(flate, navn, len(serier), 19) + 5
    total = svg.SMAL if smal else svg.BRED
    return svg.ramme(deler, bredde=total, hoyde=y, tittel=tittel, beskrivelse=beskrivelse)


def _gruppestav(flate: _Flate, serie: Serie, i: int, y: float, farge: str) -> list[str]:
    verdi, tekst = serie.verdier[i], serie.tekster[i]
    slutt = flate.x(verdi or 0)
    deler = [
        svg.tekst(slutt + 8, y + 12.5, tekst, vekt=600, storrelse=12),
        svg.tekst(slutt + 12 + svg.tekstbredde(tekst, 12, 600), y + 12.5, serie.navn, storrelse=12, farge=svg.DEMPET),
    ]
    if verdi is not None:
        deler.append(svg.rektangel(flate.x0, y, max(slutt - flate.x0, 1), 16, farge))
    return deler


def stablede_soyler(
    *, tittel: str, beskrivelse: str, kategorier: Sequence[str], serier: Sequence[Serie], smal: bool = False
) -> str:
    """One bar per category, its parts in the order of the series; values stand in the parts that have room."""
    total = svg.SMAL if smal else svg.BRED
    summer = [sum(s.verdier[i] or 0 for s in serier) for i in range(len(kategorier))]
    flate = _flate(kategorier, [""], svg.hoyeste(summer), smal)
    y, deler = _nokkelrad(serier, flate)
    for i, navn in enumerate(kategorier):
        hoyde = _radhoyde(flate, navn, 1, STAV)
        stav_y = y + (22 if smal else (hoyde - STAV) / 2)
        deler += [_navn(flate, navn, stav_y, STAV), *_deler_av_stav(flate, serier, i, stav_y)]
        y += hoyde
    return svg.ramme(deler, bredde=total, hoyde=y + 2, tittel=tittel, beskrivelse=beskrivelse)


def _tone(serie: Serie, nr: int) -> str:
    return serie.farge or svg.TONER[nr % len(svg.TONER)]


def _nokkelrad(serier: Sequence[Serie], flate: _Flate) -> tuple[float, list[str]]:
    """The series' names above the first bar, in the order of the parts, wrapped where the room ends."""
    total = svg.SMAL if flate.smal else svg.BRED
    x, y, deler = flate.x0, 0.0, []
    for j, serie in enumerate(serier):
        bredde = 18 + svg.tekstbredde(serie.navn, 12) + 14
        if x + bredde > total and x > flate.x0:
            x, y = flate.x0, y + 20
        deler.append(svg.rektangel(x, y + 2, 12, 12, _tone(serie, j)))
        deler.append(svg.tekst(x + 18, y + 12.5, serie.navn, storrelse=12))
        x += bredde
    return y + 26, deler


def _deler_av_stav(flate: _Flate, serier: Sequence[Serie], i: int, y: float) -> list[str]:
    deler, sum_hittil, uten_plass = [], 0.0, False
    for j, serie in enumerate(serier):
        verdi = serie.verdier[i]
        if not verdi:
            continue
        x, slutt = flate.x(sum_hittil), flate.x(sum_hittil + verdi)
        farge = _tone(serie, j)
        deler.append(svg.rektangel(x, y, slutt - x - 1, STAV, farge, 0))
        if svg.tekstbredde(serie.tekster[i], 12, 600) + 6 <= slutt - x:
            lys = svg.HVIT if farge in svg.MOERKE else svg.TEKST
            midt = (x + slutt - 1) / 2
            tekst = svg.tekst(midt, y + 16, serie.tekster[i], anker="middle", storrelse=12, vekt=600, farge=lys)
            deler.append(tekst)
        else:
            uten_plass = True
        sum_hittil += verdi
    return deler + (_bak_staven(flate, serier, i, flate.x(sum_hittil), y) if uten_plass else [])


def _bak_staven(flate: _Flate, serier: Sequence[Serie], i: int, slutt: float, y: float) -> list[str]:
    """The parts' values in their order after a bar that is too short to hold them, where there is room."""
    tekst = " + ".join(s.tekster[i] for s in serier if s.verdier[i])
    total = svg.SMAL if flate.smal else svg.BRED
    if slutt + 8 + svg.tekstbredde(tekst, 12, 600) > total:
        return []
    return [svg.tekst(slutt + 8, y + 16, tekst, storrelse=12, vekt=600)]
