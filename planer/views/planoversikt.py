"""The plan overview: how far the delplaner have come with each kjernegrep."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_safe

from analyse.visning.bevart import hent, legg
from organisasjon.enums import Handling
from organisasjon.tilgang import krever
from planer.oversikt import les_oversikt
from planer.sektorer import les_sektorer
from planer.stempel import Stempel, behold, hvem_og_naar, planstempel, sidenokkel
from planer.tiltaksliste import les_filter
from planer.visning.oversikt import filterskjema, forfalthtml, fristkort, funn, radhtml


@krever(Handling.SE_PLANER)
@require_safe
def planoversikt(request: HttpRequest) -> HttpResponse:
    """Delplaner against kjernegrep, then tiltak by deadline and status, then the late ones."""
    stempel = planstempel()
    nokkel = sidenokkel(request, "planoversikt", stempel)
    innhold = hent(nokkel)
    if innhold is None:
        innhold = legg(nokkel, render_to_string("planer/oversikt/_oversikt.html", _kontekst(request, stempel), request))
    return render(request, "planer/oversikt/oversikt.html", {"innhold": innhold})


def _kontekst(request: HttpRequest, stempel: Stempel) -> dict[str, Any]:
    dag, filter = timezone.localdate(), les_filter(request.GET)
    sektorer = behold(("sektorer", stempel.enheter), les_sektorer)
    oversikt = les_oversikt(
        tilgang=request.tilgang,
        filter=filter,
        sektorer=sektorer,
        stempel=stempel,
        hvem=hvem_og_naar(request),
        dag=dag,
        sidenr=request.GET.get("side"),
    )
    utvalg = bool(filter.ansvarlig or filter.maal)
    return {
        "oversikt": oversikt,
        "side": oversikt.side,
        "filter": filter,
        "filterskjema": filterskjema(filter, tuple(sektorer.valg()), tuple(oversikt.folk)),
        "funn": funn(oversikt),
        "grupper": [
            (navn, [radhtml(rad, oversikt.kolonner, utvalg) for rad in rader]) for navn, rader in oversikt.grupper
        ],
        "fristkort": fristkort(oversikt) if oversikt.antall else "",
        "forfaltrader": [forfalthtml(t, dag) for t in oversikt.forfalt],
        "dag": dag,
    }
