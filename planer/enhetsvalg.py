"""The tree of units to tick off, with services as quick picks. One page part, used wherever a scope is chosen."""

from collections.abc import Collection
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils import timezone

from organisasjon.enums import Enhetstype
from organisasjon.lister import Enhetsfilter, Enhetsrad, enhetsrader
from organisasjon.models import Enhet, Tjeneste


@dataclass(frozen=True)
class Enhetsvalg:
    """The rows of the tree, the services, and what is ticked of each (ids)."""

    rader: list[Enhetsrad]
    tjenester: list[Tjeneste]
    enhet_ider: frozenset[int]
    tjeneste_ider: frozenset[int]

    def enheter(self) -> list[Enhet]:
        """The ticked units and those of the ticked services. Units that are closed or outside are passed over."""
        lovlige = {rad.pk for rad in self.rader}
        fra_tjenester = {e.pk for t in self.valgte_tjenester() for e in t.enheter.all()}
        return list(Enhet.objects.filter(pk__in=(self.enhet_ider | fra_tjenester) & lovlige))

    def valgte_tjenester(self) -> list[Tjeneste]:
        """Ticked services that have units."""
        return [t for t in self.tjenester if t.pk in self.tjeneste_ider]

    def enkeltenheter(self) -> list[Enhet]:
        """Ticked units that do not follow from a ticked service."""
        fra_tjenester = {e.pk for t in self.valgte_tjenester() for e in t.enheter.all()}
        lovlige = {rad.pk for rad in self.rader}
        return list(Enhet.objects.filter(pk__in=(self.enhet_ider & lovlige) - fra_tjenester))


def enhetsvalg(request: HttpRequest, forvalgt: Collection[int]) -> Enhetsvalg:
    """What is ticked in the form that was sent, or `forvalgt` when none was. The municipality itself is no choice."""
    rader = enhetsrader(request.tilgang, timezone.localdate(), Enhetsfilter())
    rader = [rad for rad in rader if rad.type != Enhetstype.KOMMUNE]
    lovlige = {rad.pk for rad in rader}
    tjenester = [
        t for t in Tjeneste.objects.prefetch_related("enheter") if any(e.pk in lovlige for e in t.enheter.all())
    ]
    if request.method == "POST":
        return Enhetsvalg(rader, tjenester, _ider(request, "enheter"), _ider(request, "tjenester"))
    return Enhetsvalg(rader, tjenester, frozenset(forvalgt), frozenset())


def _ider(request: HttpRequest, navn: str) -> frozenset[int]:
    return frozenset(int(v) for v in request.POST.getlist(navn) if v.isdecimal() and len(v) < 15)
