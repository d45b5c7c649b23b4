"""The plan overview: how far the delplaner have come with each kjernegrep."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from analyse.visning.bevart import hent, legg
from felles import tall
from felles.diagram import Serie, stablede_soyler
from organisasjon.enums import Handling
from organisasjon.tilgang import krever
from planer.enums import Hovedmaal, Planslag, Tiltakstatus
from planer.oversikt import FRISTER, FRISTNAVN, Oversikt, folkevalg, les_oversikt
from planer.sektorer import les_sektorer
from planer.stempel import sidenokkel
from planer.tiltaksliste import les_filter, levende_planer
from planer.visning.tiltak import tiltaksrader


@krever(Handling.SE_PLANER)
@require_safe
def planoversikt(request: HttpRequest) -> HttpResponse:
    """Delplaner against kjernegrep, then tiltak by deadline and status, then the late ones."""
    nokkel = sidenokkel(request, "planoversikt")
    innhold = hent(nokkel)
    if innhold is None:
        innhold = legg(nokkel, render_to_string("planer/oversikt/_oversikt.html", _kontekst(request), request))
    return render(request, "planer/oversikt/oversikt.html", {"innhold": innhold})


def _kontekst(request: HttpRequest) -> dict[str, Any]:
    dag = timezone.localdate()
    filter, sektorer = les_filter(request.GET), les_sektorer()
    oversikt = les_oversikt(
        tilgang=request.tilgang,
        bruker_id=request.user.pk,
        filter=filter,
        sektorer=sektorer,
        dag=dag,
        sidenr=request.GET.get("side"),
    )
    alle = levende_planer(request.tilgang, request.user.pk).filter(slag=Planslag.DELPLAN)
    return {
        "oversikt": oversikt,
        "side": oversikt.side,
        "filter": filter,
        "valg": {"sektorer": sektorer.valg(), "maal": Hovedmaal.choices, "folk": folkevalg(alle)},
        "funn": funn(oversikt),
        "tiltaksfunn": tiltaksfunn(oversikt),
        "diagram": _diagram(oversikt) if oversikt.antall else None,
        "statuser": Tiltakstatus.choices,
        "tabell": _tabellrader(oversikt),
        "forfalt": tiltaksrader(oversikt.forfalt, dag=dag),
        "dag": dag,
    }


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


def _diagram(oversikt: Oversikt) -> dict[str, str]:
    serier = []
    for status in Tiltakstatus:
        verdier = [oversikt.tabell[frist][status.value] for frist in FRISTER]
        if any(verdier):
            serier.append(Serie(str(status.label), verdier, [tall.tusen(v) if v else "" for v in verdier]))
    felles = {
        "tittel": tiltaksfunn(oversikt),
        "beskrivelse": _("Antall tiltak etter frist, delt på status. De samme tallene står i tabellen under."),
        "kategorier": [str(FRISTNAVN[f]) for f in FRISTER],
        "serier": serier,
    }
    return {
        "vid": mark_safe(stablede_soyler(**felles)),  # noqa: S308 - drawn by felles.diagram, which escapes
        "trang": mark_safe(stablede_soyler(**felles, smal=True)),  # noqa: S308 - the same
    }


def _tabellrader(oversikt: Oversikt) -> list[tuple[str, list[int], int]]:
    rader = []
    for frist in FRISTER:
        tallene = list(oversikt.tabell[frist].values())
        rader.append((str(FRISTNAVN[frist]), tallene, sum(tallene)))
    return rader
