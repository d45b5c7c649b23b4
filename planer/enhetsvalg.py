"""The tree of units to tick off, with services as quick picks. One page part, used wherever a scope is chosen."""

from collections.abc import Collection
from dataclasses import dataclass

from django.http import HttpRequest

from organisasjon.enhetstre import ider_i, rader_til_valg
from organisasjon.lister import Enhetsrad
from organisasjon.models import Enhet, Tjeneste
from planer.enums import Planslag, Planstatus
from planer.models import Planomfang


@dataclass(frozen=True)
class Enhetsvalg:
    """The rows of the tree, the services, and what is ticked of each (ids). `med_plan`: units that already are in the
    scope of a delplan.
    """

    rader: list[Enhetsrad]
    tjenester: list[Tjeneste]
    enhet_ider: frozenset[int]
    tjeneste_ider: frozenset[int]
    med_plan: frozenset[int] = frozenset()

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
    rader = rader_til_valg(request)
    lovlige = {rad.pk for rad in rader}
    tjenester = [
        t for t in Tjeneste.objects.prefetch_related("enheter") if any(e.pk in lovlige for e in t.enheter.all())
    ]
    i_plan = Planomfang.objects.filter(plan__slag=Planslag.DELPLAN).exclude(plan__status=Planstatus.ERSTATTET)
    med_plan = frozenset(i_plan.order_by().values_list("enhet_id", flat=True))
    if request.method == "POST":
        return Enhetsvalg(rader, tjenester, ider_i(request, "enheter"), ider_i(request, "tjenester"), med_plan)
    return Enhetsvalg(rader, tjenester, frozenset(forvalgt), frozenset(), med_plan)
