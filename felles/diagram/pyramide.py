"""Age pyramid: two series back to back, group names in the middle."""

from collections.abc import Sequence

from felles.diagram import svg
from felles.diagram.typer import Serie

RAD, STAV = 30, 22


def pyramide(
    *, tittel: str, beskrivelse: str, grupper: Sequence[str], venstre: Serie, hoyre: Serie, smal: bool = False
) -> str:
    """Groups from top to bottom in the given order, one bar to each side from the middle."""
    total = svg.SMAL if smal else svg.BRED
    rom = total * 0.34
    midt = min(max((svg.tekstbredde(g) for g in grupper), default=0), rom) / 2 + 10
    hale = max((svg.tekstbredde(t, 13, 600) for s in (venstre, hoyre) for t in s.tekster), default=0) + 10
    skala = (total / 2 - midt - hale) / svg.hoyeste([*venstre.verdier, *hoyre.verdier])
    deler = [
        svg.tekst(total / 2 - midt, 14, venstre.navn, anker="end", vekt=600),
        svg.tekst(total / 2 + midt, 14, hoyre.navn, vekt=600),
    ]
    for i, gruppe in enumerate(grupper):
        y = 26 + RAD * i
        deler.append(svg.tekst(total / 2, y + 15.5, svg.forkort(gruppe, rom), anker="middle"))
        deler += _side(venstre, i, total / 2 - midt, y, -skala, svg.RESTEN)
        deler += _side(hoyre, i, total / 2 + midt, y, skala, svg.HOVED)
    return svg.ramme(deler, bredde=total, hoyde=30 + RAD * len(grupper), tittel=tittel, beskrivelse=beskrivelse)


def _side(serie: Serie, i: int, x: float, y: float, skala: float, farge: str) -> list[str]:
    """One bar, growing leftwards when the scale is negative, with its value at the far end."""
    lengde = (serie.verdier[i] or 0) * abs(skala)
    mot_venstre = skala < 0
    start = x - lengde if mot_venstre else x
    tekst_x = start - 6 if mot_venstre else x + lengde + 6
    tekst = svg.tekst(tekst_x, y + 15.5, serie.tekster[i], anker="end" if mot_venstre else "start", vekt=600)
    return [tekst] if serie.verdier[i] is None else [svg.rektangel(start, y, max(lengde, 1), STAV, farge), tekst]
