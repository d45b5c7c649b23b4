"""What the page of «hva om» shows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lat
from django.utils.translation import ngettext

from felles import tall
from kompetanse.gap.hvaom import Besittelse, Virkning, Visshet
from kompetanse.visning.gapmerke import Merke, kritiskmerke

VISSHETSORD = {
    Visshet.REGISTRERT: _lat("Vet vi"),
    Visshet.TROLIG: _lat("Trolig: hører til stillingsgruppen"),
    Visshet.MULIG: _lat("Mulig: ingen har sagt hvem som kan det"),
}


@dataclass(frozen=True)
class Linje:
    """Something on few hands."""

    navn: str
    har: str
    kritisk: Merke | None
    kilde: str


@dataclass(frozen=True)
class Virkningslinje:
    """What happens to something: before and after in words, a mark, and the gap it makes."""

    navn: str
    kritisk: Merke | None
    foer: str
    etter: str
    merke: Merke
    gap: str
    visshet: str
    kilde: str


def linjer(besittelser: Iterable[Besittelse]) -> list[Linje]:
    """What is on few hands, in words."""
    return [Linje(b.navn, tall.tallord(b.har), kritiskmerke(b.kritisk or None), b.kilde) for b in besittelser]


def virkningslinjer(virkninger: Iterable[Virkning]) -> list[Virkningslinje]:
    """What happens, line by line."""
    return [
        Virkningslinje(
            v.b.navn,
            kritiskmerke(v.b.kritisk or None),
            tall.tusen(v.b.har),
            tall.tusen(v.igjen),
            _merke(v),
            _gaptekst(v),
            str(VISSHETSORD[v.b.visshet]),
            v.b.kilde,
        )
        for v in virkninger
    ]


def _merke(v: Virkning) -> Merke:
    if v.tapt:
        return Merke("✕", _("Ingen igjen"), "danger")
    if v.paa_en:
        return Merke("▲", _("Bare én igjen"), "warning")
    return Merke("○", _("%(n)s igjen") % {"n": tall.tusen(v.igjen)})


def _gaptekst(v: Virkning) -> str:
    """«mangler 3 nå (før 2), 8 om fem år (før 7)», the first and the last horizon where more are lacking."""
    endret = [(aar, foer, etter) for aar, foer, etter in v.gap if etter > foer]
    if not endret:
        return _("Ikke noe større gap") if v.gap else "–"
    valgte = [endret[0], endret[-1]] if len(endret) > 1 else endret
    naar = {0: _("nå"), 1: _("om ett år"), 3: _("om tre år"), 5: _("om fem år")}
    return ", ".join(
        _("%(etter)s %(naar)s (før %(foer)s)") % {"etter": etter, "naar": naar[aar], "foer": foer}
        for aar, foer, etter in valgte
    )


def virkningsfunn(virkninger: Sequence[Virkning]) -> str:
    """The finding: what is lost, and what is left with one."""
    tapt, en = sum(v.tapt for v in virkninger), sum(v.paa_en for v in virkninger)
    if not tapt and not en:
        return _("ingenting blir borte eller står på én person")
    deler = []
    if tapt:
        deler.append(ngettext("%(n)s kompetanse kan bli borte", "%(n)s kompetanser kan bli borte", tapt) % {"n": tapt})
    if en:
        deler.append(ngettext("%(n)s kan stå på én person", "%(n)s kan stå på én person", en) % {"n": en})
    return _(" og ").join(deler)
