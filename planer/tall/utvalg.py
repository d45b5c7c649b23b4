"""The figures that can be put into a plan's text: every number of every report of a unit, found by words."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from analyse.rapporter import RAPPORTER
from analyse.rapporter.resultat import Kolonne, Resultat, Tabell
from analyse.visning.celler import tekst
from felles.norsk import treffer
from organisasjon.models import Enhet
from planer.models import Plan
from planer.tall.verdier import SUM, resultater_for

FLEST = 40


@dataclass(frozen=True)
class Tallvalg:
    """One number that can be chosen. `navn` says what it is, `sted` where it stands."""

    rapport: str
    enhet: int
    tabell: str
    rad: str
    kolonne: str
    navn: str
    sted: str
    verdi: str


def finn_tall(plan: Plan, enhet: Enhet, *, uprikket: bool, sok: str = "", rapport: str = "") -> tuple[list, int]:
    """The first numbers that fit the words, and how many fit. Sums come first."""
    funnet = [
        valg
        for slug, resultat in resultater_for(plan, enhet, uprikket).items()
        if not rapport or slug == rapport
        for valg in _i_rapport(slug, resultat, enhet)
        if treffer(sok, valg.navn, valg.sted)
    ]
    funnet.sort(key=lambda v: v.rad != SUM)
    return funnet[:FLEST], len(funnet)


def hent_valg(plan: Plan, enhet: Enhet, *, uprikket: bool, noekler: dict[str, str]) -> Tallvalg | None:
    """The number with exactly this report, table, row and column, or None."""
    slug = noekler["rapport"]
    funnet = resultater_for(plan, enhet, uprikket, [slug] if slug in RAPPORTER else [])
    alle = _i_rapport(slug, funnet[slug], enhet) if slug in funnet else iter(())
    return next((v for v in alle if (v.tabell, v.rad, v.kolonne) == _sted(noekler)), None)


def _sted(noekler: dict[str, str]) -> tuple[str, str, str]:
    return noekler["tabell"], noekler["rad"], noekler["kolonne"]


def _i_rapport(slug: str, resultat: Resultat, enhet: Enhet) -> Iterator[Tallvalg]:
    for tabell in RAPPORTER[slug].tabeller(resultat):
        if tabell.sum:
            yield from _i_rad(slug, tabell, SUM, tabell.sum, enhet)
        for rad in tabell.rader:
            navn = str(rad.get(tabell.kolonner[0].nokkel) or "")
            if navn and len(navn) <= 150 and navn != SUM:
                yield from _i_rad(slug, tabell, navn, rad, enhet)


def _i_rad(slug: str, tabell: Tabell, navn: str, rad: dict, enhet: Enhet) -> Iterator[Tallvalg]:
    for kolonne in tabell.kolonner[1:]:
        verdi = rad.get(kolonne.nokkel)
        if kolonne.er_tall and verdi is not None and verdi != "":
            yield Tallvalg(
                slug,
                enhet.pk,
                tabell.nokkel,
                navn,
                kolonne.nokkel,
                _navn(kolonne, navn, enhet),
                f"{RAPPORTER[slug].tittel}, {tabell.tittel}",
                tekst(verdi, kolonne.format),
            )


def _navn(kolonne: Kolonne, rad: str, enhet: Enhet) -> str:
    """«Ansatte, Hjemmetjenesten» for a sum, «Ansatte, 60–64 år, Hjemmetjenesten» for a row."""
    if rad in {SUM, enhet.navn}:
        return f"{kolonne.tittel}, {enhet.navn}"
    return _("%(hva)s, %(rad)s, %(enhet)s") % {"hva": kolonne.tittel, "rad": rad, "enhet": enhet.navn}
