"""The overview: key figures of the latest extract against the previous, and what stands out."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from analyse.rapporter import RAPPORTER
from analyse.services.rapporter import Oppsett, hent_oppsett
from analyse.utvalg import Utvalg, velg
from analyse.visning.bevart import bevart, hent
from analyse.visning.sammendrag import funn, sammendrag, tallkort
from analyse.visning.stempel import sidenokkel
from organisasjon.enums import Handling
from organisasjon.kilder import forsidekort
from organisasjon.tilgang import krever

# Reports whose first key figures stand at the top, and how many of each.
KORT = {"lederspenn": 2, "turnover": 1, "aldersrisiko": 2, "heltid": 1}


@krever(Handling.SE_RAPPORTER)
@require_safe
def oversikt(request: HttpRequest) -> HttpResponse:
    """Key figures with trend, then findings that lead to the reports. Before any extract: what will be here."""
    nokkel = sidenokkel(request, "oversiktsside")
    if innhold := hent(nokkel):
        return _vis(request, innhold)
    utvalg = velg(request)
    kan_lese_inn = request.tilgang.kan(Handling.IMPORTERE)
    if utvalg is None or utvalg.enhet is None:
        tomt = {"utvalg": utvalg, "kan_lese_inn": kan_lese_inn, "forsidekort": forsidekort(request)}
        return render(request, "analyse/oversikt_tom.html", tomt)
    kontekst = {
        **_deler(utvalg, hent_oppsett()),
        "kan_lese_inn": kan_lese_inn,
        "kan_lage_dokument": request.tilgang.kan(Handling.LAGE_BYSTYRERAPPORT),
    }
    innhold = bevart(nokkel, "analyse/_oversikt.html", lambda: kontekst)
    return _vis(request, innhold)


def _vis(request: HttpRequest, innhold: str) -> HttpResponse:
    """The kept page with the person's own cards right below its heading."""
    hode, slutt, resten = innhold.partition("</header>")
    hode, resten = mark_safe(hode + slutt), mark_safe(resten)  # noqa: S308  (drawn by our own template)
    deler = {"hode": hode, "resten": resten, "forsidekort": forsidekort(request)}
    return render(request, "analyse/oversikt.html", deler)


def _deler(utvalg: Utvalg, oppsett: Oppsett) -> dict[str, Any]:
    serie = utvalg.tidligere
    alle = sammendrag(list(RAPPORTER), utvalg, oppsett)
    return {
        "utvalg": utvalg,
        "kort": [k for slug, antall in KORT.items() for k in tallkort(slug, serie, alle, antall)],
        "funn": funn(RAPPORTER, utvalg.uttrekk, alle),
        "sporring": utvalg.sporring(),
    }


@krever(Handling.INNLOGGET)
@require_safe
def ordliste(request: HttpRequest) -> HttpResponse:
    """The words the product uses, one for each thing."""
    return render(request, "analyse/ordliste.html")
