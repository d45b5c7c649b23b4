"""The text of a chapter as it is shown."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe

from planer.enums import Planslag
from planer.kontroll.delplan import staar_som_kopiert
from planer.models import Plan, Seksjon
from planer.rules import Planrett
from planer.services.seksjoner import er_egen
from planer.tall import Planverdi, Tallvisning


@dataclass(frozen=True)
class Seksjonsvisning:
    """A section ready for `planer/tekst/_seksjon.html`, where it is called `s`."""

    seksjon: Seksjon
    html: SafeString
    tall: list[Planverdi]
    kan_skrive: bool
    kan_styre: bool
    viser_arbeid: bool
    foerst: bool = False
    sist: bool = False
    fra_kopi: bool = False  # stands as it was copied; somebody must write or say that it holds

    @property
    def anker(self) -> str:
        return f"seksjon-{self.seksjon.nokkel}"

    @property
    def har_historie(self) -> bool:
        return self.viser_arbeid and self.seksjon.lopenummer > 1


def seksjoner_for(request: HttpRequest, plan: Plan, rett: Planrett, kapittel: int) -> list[Seksjonsvisning]:
    """The sections of a chapter, without those that belong to an innsatsområde. Two queries, and those of figures."""
    seksjoner = plan.seksjoner.filter(kapittel=kapittel, omraade__isnull=True).select_related("endret_av")
    return vis_seksjoner(plan, rett, seksjoner)


def vis_seksjoner(plan: Plan, rett: Planrett, seksjoner: Iterable[Seksjon]) -> list[Seksjonsvisning]:
    """These sections of the plan, for any page that shows them. Figures are read once for all of them."""
    tall, rader = Tallvisning(plan, uprikket=rett.uprikket), list(seksjoner)
    return [
        Seksjonsvisning(
            seksjon=s,
            html=_paa_siden(tall.html(s.html)),
            tall=tall.brukt(s.html),
            kan_skrive=rett.redigere,
            kan_styre=rett.redigere and rett.forvalte and er_egen(s),
            viser_arbeid=rett.arbeid,
            foerst=nr == 0,
            sist=nr == len(rader) - 1,
            fra_kopi=plan.slag == Planslag.DELPLAN and rett.arbeid and not s.er_tom and staar_som_kopiert(plan, s),
        )
        for nr, s in enumerate(rader)
    ]


def _paa_siden(html: SafeString) -> SafeString:
    """A wide table scrolls by itself on a telephone; the keyboard must reach it to do so."""
    return mark_safe(html.replace("<table>", '<table tabindex="0">'))  # noqa: S308 safe before, and nothing of others added
