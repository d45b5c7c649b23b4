"""From a row of the gap analysis to a tiltak: what it begins with, and what came of the row."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lat

from felles.norsk import midt_i_setning
from kompetanse.enums import Vei
from kompetanse.gap.regning import Ledd
from kompetanse.gap.vern import er_liten
from kompetanse.models import Gaprad
from kompetanse.queries.gapsvar import leselige_rader
from kompetanse.queries.gapvern import les_radvern
from kompetanse.tiltakskilde import Radtiltak
from kompetanse.visning.gapsetning import folk
from planer.enums import Hovedmaal
from planer.models import Plan, Tiltak
from planer.tiltaksliste import levende_planer
from planer.visning.tiltak import statusmerke

# The way → what the tiltak is called when it is about people, the goal it serves, and the innsatsområder it may belong
# to, the likeliest first. About something else it is called by the way and the row.
FRA_VEI: dict[Vei, tuple[Any, Hovedmaal, tuple[str, ...]]] = {
    Vei.BEHOLDE: (_lat("Beholde %(hva)s"), Hovedmaal.ATTRAKTIV, ("livsfase", "kompetanseledelse")),
    Vei.MOBILISERE: (_lat("Flytte oppgaver fra %(hva)s"), Hovedmaal.FORSVARLIG, ("mobilisering", "organisering")),
    Vei.ANSKAFFE: (_lat("Rekruttere %(hva)s"), Hovedmaal.LANGSIKTIG, ("rekruttering",)),
    Vei.UTVIKLE: (_lat("Opplæring av %(hva)s"), Hovedmaal.FORSVARLIG, ("kompetanseledelse", "utdanning")),
    Vei.AVVIKLE: (_lat("Legge om arbeidet til %(hva)s"), Hovedmaal.FORSVARLIG, ("mobilisering",)),
}


def rad_for(request: HttpRequest, pk: int) -> Gaprad:
    """The row, if its analysis is one the person may read. Raises Http404. Three queries."""
    rader = leselige_rader(request.tilgang, request.user.pk).select_related("kompetanse")
    rad = rader.filter(pk=pk).first()
    if rad is None:
        raise Http404("Raden finnes ikke")
    return rad


def radtiltak(request: HttpRequest, rader: Iterable[int]) -> dict[int, list[Radtiltak]]:
    """Row id → the tiltak made from it in the plans the person sees. One query."""
    planer = levende_planer(request.tilgang, request.user.pk)
    ut: dict[int, list[Radtiltak]] = defaultdict(list)
    for t in Tiltak.objects.filter(gaprad__in=list(rader), plan__in=planer).select_related("plan").order_by("pk"):
        merke = statusmerke(t.status)
        adresse = reverse("planer:tiltak_en", args=[t.pk])
        ut[t.gaprad_id].append(Radtiltak(t.tittel, adresse, t.plan.tittel, merke.ikon, merke.tekst, merke.farge))
    return ut


def nytt_tiltak(rad: int) -> str:
    """Where a tiltak is made from the row."""
    return reverse("planer:tiltak_fra", args=["gap", rad])


def startverdier_fra_rad(rad: Gaprad, plan: Plan, brukt: Iterable[str] = ()) -> dict[str, Any]:
    """What a tiltak from the row begins with: the first chosen way that has no tiltak yet, and the numbers of the last
    year with a gap within the plan's period. The innsatsområde is its key; the form finds the row.

    A number of fewer than five people is left out, and how many there are where that is hidden: the tiltak may be
    published with the plan.
    """
    vei = next((v for v in rad.valgte_veier if v not in set(brukt)), next(iter(rad.valgte_veier), None))
    verdier: dict[str, Any] = {"hva": _hva(rad)}
    if vei is not None:
        tittel, maal, _omraader = FRA_VEI[vei]
        navn = folk(rad)
        tekst = str(tittel) % {"hva": navn} if navn else f"{vei.label}: {rad.navn}"
        verdier |= {"tittel": tekst, "vei": vei, "hovedmaal": maal}
    if (h := _horisont(rad, plan.til_aar)) is not None:
        verdier["frist"] = date(min(rad.analyse.runde.aar + max(h.om_aar, 1), plan.til_aar), 12, 31)
        verdier["maalenhet"] = _("antall %(hva)s") % {"hva": midt_i_setning(rad.navn)[:70]}
        if not er_liten(rad.har) and not er_liten(h.trenger):
            verdier["maaltall"] = h.trenger
            if not les_radvern([rad.analyse_id]).skjuler_rad(rad):
                verdier["nullpunkt"] = rad.har
    return verdier


def mulige_omraader(vei: str | None) -> tuple[str, ...]:
    """Keys of the innsatsområder that a tiltak of this way may belong to."""
    return FRA_VEI[Vei(vei)][2] if vei else ()


def _horisont(rad: Gaprad, til_aar: int) -> Ledd | None:
    med_gap = [h for h in rad.ledd if h.gap]
    i_perioden = [h for h in med_gap if rad.analyse.runde.aar + h.om_aar <= til_aar]
    return i_perioden[-1] if i_perioden else next(iter(med_gap), None)


def _hva(rad: Gaprad) -> str:
    return _("Fra gapanalysen %(aar)s for %(enhet)s: %(rad)s.") % {
        "aar": rad.analyse.runde.aar, "enhet": rad.analyse.navn, "rad": rad.navn
    }  # fmt: skip
