"""The pieces of the plan overview. Each is drawn once for what it says, so that one change draws one row, not the page.

What a piece is drawn from is its argument; nothing is looked up while drawing, so a kept piece is never out of date.
"""

from datetime import date
from functools import lru_cache
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from felles import tall
from felles.diagram import Serie, stablede_soyler
from planer.enums import Hovedmaal, Tiltakstatus
from planer.minside import planmerke
from planer.oversikt import FRISTNAVN, Forfalt, Kolonne, Oversikt, Planrad, rutemerke
from planer.oversiktstall import FRISTER
from planer.tiltaksliste import Tiltaksfilter
from planer.visning.tiltak import merke_for

Valg = tuple[tuple[int, str], ...]


@lru_cache(maxsize=2_000)
def radhtml(rad: Planrad, kolonner: tuple[Kolonne, ...], utvalg: bool) -> SafeString:
    """One row of the grid."""
    ruter = [(k, rutemerke(*celle, utvalg)) for k, celle in zip(kolonner, rad.celler, strict=True)]
    return _tegn("_rad.html", rad=rad, status=planmerke(rad.status), ruter=ruter)


@lru_cache(maxsize=200)
def filterskjema(filter: Tiltaksfilter, sektorer: Valg, folk: Valg) -> SafeString:
    """The form that narrows the page."""
    valg = {"sektorer": sektorer, "maal": Hovedmaal.nummererte(), "folk": folk}
    return _tegn("_filter.html", filter=filter, valg=valg)


@lru_cache(maxsize=500)
def forfalthtml(tiltak: Forfalt, dag: date) -> SafeString:
    """One line of those that are late."""
    return _tegn("_forfalt.html", t=tiltak, frist=merke_for(tiltak.frist, dag))


def fristkort(oversikt: Oversikt) -> SafeString:
    """The card with the tiltak by deadline and status, as a chart and as a table."""
    antall = tuple(tuple(oversikt.tabell[frist][s] for s in Tiltakstatus.values) for frist in FRISTER)
    return _fristkort(tiltaksfunn(oversikt), antall)


@lru_cache(maxsize=200)
def _fristkort(funn: str, antall: tuple[tuple[int, ...], ...]) -> SafeString:
    """`antall`: for each deadline the number by status."""
    navn = [str(FRISTNAVN[f]) for f in FRISTER]
    serier = [
        Serie(str(status.label), list(verdier), [tall.tusen(v) if v else "" for v in verdier])
        for status, verdier in zip(Tiltakstatus, zip(*antall, strict=True), strict=True)
        if any(verdier)
    ]
    beskrivelse = _("Antall tiltak etter frist, delt på status. De samme tallene står i tabellen under.")
    felles: dict[str, Any] = {"tittel": funn, "beskrivelse": beskrivelse, "kategorier": navn, "serier": serier}
    return _tegn(
        "_frister.html",
        funn=funn,
        vid=mark_safe(stablede_soyler(**felles)),  # noqa: S308 - drawn by felles.diagram, which escapes
        trang=mark_safe(stablede_soyler(**felles, smal=True)),  # noqa: S308 - the same
        statuser=Tiltakstatus.choices,
        tabell=[(n, rad, sum(rad)) for n, rad in zip(navn, antall, strict=True)],
    )


def _tegn(mal: str, **kontekst: Any) -> SafeString:
    return render_to_string(f"planer/oversikt/{mal}", kontekst)


def funn(oversikt: Oversikt) -> str:
    """The finding of the grid."""
    if not oversikt.ruter:
        return _("Kjernegrep i delplanene")
    tekst = _("%(klare)s av %(alle)s kjernegrep i delplanene er begrunnet og har tiltak")
    return tekst % {"klare": tall.tusen(oversikt.klare), "alle": tall.tusen(oversikt.ruter)}


def tiltaksfunn(oversikt: Oversikt) -> str:
    """The finding of the chart."""
    forfalt = sum(oversikt.tabell["forfalt"].values())
    if not forfalt:
        return _("Ingen tiltak er over fristen")
    return _("%(n)s av %(alle)s tiltak er over fristen") % {
        "n": tall.tusen(forfalt),
        "alle": tall.tusen(oversikt.antall),
    }
