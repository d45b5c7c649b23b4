"""Reads of the reflection sessions and the cards."""

from dataclasses import dataclass

from django.db.models import Count, Q

from felles.norsk import treffer
from kompetanse.enums import Kortgruppe
from kompetanse.models import Refleksjonskort, Refleksjonsnotat, Refleksjonsoekt
from organisasjon.rules import Tilgang


@dataclass(frozen=True)
class Temakort:
    """A theme with its cards."""

    gruppe: Kortgruppe
    kort: list[Refleksjonskort]


def oekter(tilgang: Tilgang, sok: str = "") -> list[Refleksjonsoekt]:
    """Sessions in the person's scope, the newest first, each with `antall_kort` and `antall_notater`. One query."""
    rader = Refleksjonsoekt.objects.synlig_for(tilgang).select_related("enhet", "startet_av")
    rader = rader.annotate(
        antall_kort=Count("notater"), antall_notater=Count("notater", filter=~Q(notater__notat=""))
    ).order_by("-dato", "-pk")
    return [o for o in rader if treffer(sok, o.formaal, o.enhet.navn, o.roller)]


def notater(oekt: Refleksjonsoekt) -> list[Refleksjonsnotat]:
    """The cards drawn, in order, with the risks made from them. Two queries."""
    rader = list(oekt.notater.prefetch_related("risikoer").order_by("nummer", "pk"))
    for rad in rader:
        rad.oekt = oekt
    return rader


def etter_tema(kort: list[Refleksjonskort]) -> list[Temakort]:
    """The cards by theme, in the order of the enum; themes without cards are left out."""
    alle = [Temakort(gruppe, [k for k in kort if k.gruppe == gruppe]) for gruppe in Kortgruppe]
    return [t for t in alle if t.kort]


def alle_kort(ogsaa_tatt_ut: bool = False) -> list[Refleksjonskort]:
    """The cards with `antall_brukt`, how many sessions have drawn them. One query."""
    rader = Refleksjonskort.objects.annotate(antall_brukt=Count("notater")).order_by("pk")
    return list(rader if ogsaa_tatt_ut else rader.filter(tatt_ut__isnull=True))


def kort_igjen(oekt: Refleksjonsoekt) -> list[Refleksjonskort]:
    """Cards in use in the session's themes that have not been drawn in it. One query."""
    temaer = [gruppe.value for gruppe in oekt.temaliste]
    kort = Refleksjonskort.objects.filter(tatt_ut__isnull=True, gruppe__in=temaer)
    return list(kort.exclude(notater__oekt=oekt).order_by("pk"))
