"""The document for bystyret: choose an extract, order the PDF, follow it, fetch it."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from analyse.enums import Jobbstatus
from analyse.models import Dokumentjobb, Uttrekk
from analyse.services import dokument as dokumenttjeneste
from felles import jobb as jobber
from felles.filsvar import som_fil
from organisasjon.enums import Handling
from organisasjon.queries import kommune
from organisasjon.tilgang import krev_for_enhet, krever

FLEST_VIST = 5


@krever(Handling.LAGE_BYSTYRERAPPORT)
@require_http_methods(["GET", "HEAD", "POST"])
def bystyrerapport(request: HttpRequest) -> HttpResponse:
    """Choose an extract; POST orders the PDF and goes on to its page."""
    _krev_kommunen(request)
    if request.method == "POST":
        nummer = request.POST.get("uttrekk", "")
        uttrekk = get_object_or_404(Uttrekk, pk=int(nummer) if nummer.isdecimal() else 0)
        prikket = request.POST.get("utgave") == "aapen"
        jobb = dokumenttjeneste.bestill_bystyrerapport(bruker=request.user, uttrekk=uttrekk, prikket=prikket)
        return redirect("analyse:dokument", jobb.pk)
    ferdige = Dokumentjobb.objects.filter(status=Jobbstatus.FERDIG).select_related("uttrekk", "bruker").defer("pdf")
    kontekst = {
        "uttrekk": Uttrekk.objects.all(),
        "dokumenter": ferdige[:FLEST_VIST],
        "kan_lese_inn": request.tilgang.kan(Handling.IMPORTERE),
    }
    return render(request, "analyse/bystyrerapport/velg.html", kontekst)


@krever(Handling.LAGE_BYSTYRERAPPORT)
@require_GET
def dokument(request: HttpRequest, jobb_id: uuid.UUID) -> HttpResponse:
    """How far the PDF has come. Asked again every second by htmx, every third by a browser without scripts."""
    jobb = _jobb(request, jobb_id)
    lever = jobber.lever(jobb)
    mal = "_framdrift.html" if request.htmx else "dokument.html"
    return render(request, f"analyse/bystyrerapport/{mal}", {"jobb": jobb, "lever": lever})


@krever(Handling.LAGE_BYSTYRERAPPORT)
@require_POST
def dokument_igjen(request: HttpRequest, jobb_id: uuid.UUID) -> HttpResponse:
    """Try a stopped job again."""
    jobb = dokumenttjeneste.prov_igjen(jobb=_jobb(request, jobb_id))
    return redirect("analyse:dokument", jobb.pk)


@krever(Handling.LAGE_BYSTYRERAPPORT)
@require_GET
def dokument_fil(request: HttpRequest, jobb_id: uuid.UUID) -> HttpResponse:
    """The finished PDF. 404 until it is there."""
    _krev_kommunen(request)
    jobb = get_object_or_404(Dokumentjobb, pk=jobb_id, status=Jobbstatus.FERDIG, pdf__isnull=False)
    return som_fil(bytes(jobb.pdf), jobb.filnavn)


def _jobb(request: HttpRequest, jobb_id: uuid.UUID) -> Dokumentjobb:
    _krev_kommunen(request)
    return get_object_or_404(Dokumentjobb.objects.select_related("uttrekk").defer("pdf"), pk=jobb_id)


def _krev_kommunen(request: HttpRequest) -> None:
    """The document is about the whole municipality, so the right must be for all of it."""
    if enhet := kommune():
        krev_for_enhet(request, Handling.LAGE_BYSTYRERAPPORT, enhet.pk)
