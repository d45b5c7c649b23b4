"""The results of a round as files: the workbook, and the PDF that is made in the background."""

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from felles import jobb as jobber
from felles.jobbstatus import Jobbstatus
from kompetanse.enums import Rundestatus
from kompetanse.gap.regning import HORISONTER
from kompetanse.gapresultatfil import metode, tabeller
from kompetanse.gaptrykk import filtittel
from kompetanse.gapvalg import HORISONTORD, STANDARD_OM, er_prikket, kan_vises, les_gapvalg, utvalg_for
from kompetanse.models import Gapdokument, Gaprunde
from kompetanse.queries.gaprunde import runde_for
from kompetanse.services import gapdokument as tjeneste
from kompetanse.views.filer import xlsxsvar
from kompetanse.views.gaprunde import smuler
from kompetanse.visning.gapresultatside import grunnlag
from kompetanse.visning.gapstempel import stempel
from organisasjon.enums import Handling
from organisasjon.queries import barnekart, undertre
from organisasjon.tilgang import krever

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FLEST_VIST = 5


@krever(Handling.SE_GAP)
@require_GET
def gapresultat_xlsx(request: HttpRequest, pk: int) -> HttpResponse:
    """The results as a workbook, with the choices of the page."""
    runde = runde_for(request, pk)
    valg = les_gapvalg(request.GET, er_prikket(request.tilgang))
    utvalg = utvalg_for(runde, request.tilgang, valg) if kan_vises(runde, valg) else None
    if utvalg is None or not utvalg.deltakere:
        raise Http404("Ingenting å laste ned")
    g = grunnlag(runde, valg, utvalg, stempel(runde))
    return xlsxsvar(filtittel(runde, prikket=valg.prikket), tabeller(g), metode(runde, g))


@krever(Handling.SE_GAP)
@require_http_methods(["GET", "HEAD", "POST"])
def gapdokumenter(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose edition and horizon; POST orders the PDF and goes on to its page."""
    runde = runde_for(request, pk)
    prikket = er_prikket(request.tilgang)
    if request.method == "POST":
        return _bestill(request, runde, prikket or request.POST.get("utgave") == "aapen")
    kart = barnekart()
    ferdige = Gapdokument.objects.filter(runde=runde, status=Jobbstatus.FERDIG).select_related("bruker").defer("pdf")
    kontekst = {
        "runde": runde,
        "prikket": prikket,
        "stengt": runde.status == Rundestatus.STENGT,
        "horisonter": [(aar, HORISONTORD[aar], aar == STANDARD_OM) for aar in HORISONTER],
        "dokumenter": [(d, HORISONTORD[d.om]) for d in ferdige if _kan_se(request, d, kart)][:FLEST_VIST],
        "smuler": _smuler(runde),
    }
    return render(request, "kompetanse/gapresultat/dokumenter.html", kontekst)


def _bestill(request: HttpRequest, runde: Gaprunde, prikket: bool) -> HttpResponse:
    om = {str(aar): aar for aar in HORISONTER}.get(request.POST.get("om", ""), STANDARD_OM)
    enheter = list(request.tilgang.roetter(Handling.SE_GAP))
    try:
        jobb = tjeneste.bestill(runde=runde, bruker=request.user, enheter=enheter, om=om, prikket=prikket)
    except ValidationError as feil:
        messages.error(request, " ".join(feil.messages))
        return redirect("kompetanse:gapdokumenter", runde.pk)
    return redirect("kompetanse:gapdokument", jobb.pk)


@krever(Handling.SE_GAP)
@require_GET
def gapdokument(request: HttpRequest, jobb_id: uuid.UUID) -> HttpResponse:
    """How far the PDF has come. Asked again every second by htmx, every third by a browser without scripts."""
    jobb = _jobb(request, jobb_id)
    kontekst = {"jobb": jobb, "lever": jobber.lever(jobb), "smuler": _smuler(jobb.runde, hele=True)}
    mal = "_framdrift.html" if request.htmx else "dokument.html"
    return render(request, f"kompetanse/gapresultat/{mal}", kontekst)


@krever(Handling.SE_GAP)
@require_POST
def gapdokument_igjen(request: HttpRequest, jobb_id: uuid.UUID) -> HttpResponse:
    """Try a stopped job again."""
    return redirect("kompetanse:gapdokument", tjeneste.prov_igjen(dokument=_jobb(request, jobb_id)).pk)


@krever(Handling.SE_GAP)
@require_GET
def gapdokument_fil(request: HttpRequest, jobb_id: uuid.UUID) -> HttpResponse:
    """The finished PDF. 404 until it is there."""
    jobb = _jobb(request, jobb_id)
    pdf = Gapdokument.objects.filter(pk=jobb.pk, status=Jobbstatus.FERDIG).values_list("pdf", flat=True).first()
    if not pdf:
        raise Http404("PDF-en er ikke laget")
    hode = {"Content-Disposition": f'attachment; filename="{jobb.filnavn}"', "Cache-Control": "private, no-store"}
    return HttpResponse(bytes(pdf), content_type="application/pdf", headers=hode)


def _jobb(request: HttpRequest, jobb_id: uuid.UUID) -> Gapdokument:
    """The job, for those who may see all that is in it."""
    jobb = get_object_or_404(Gapdokument.objects.select_related("runde").defer("pdf"), pk=jobb_id)
    if not _kan_se(request, jobb, barnekart()):
        raise Http404("Dokumentet finnes ikke")
    return jobb


def _kan_se(request: HttpRequest, jobb: Gapdokument, kart: dict[int | None, list[int]]) -> bool:
    """Do the person's roles cover the units of the document, and its small numbers when they are shown?"""
    enheter = frozenset().union(*(undertre(kart, rot) for rot in jobb.enheter))
    retter = [Handling.SE_GAP] if jobb.prikket else [Handling.SE_GAP, Handling.SE_UPRIKKET]
    return all(enheter <= request.tilgang.omfang(rett) for rett in retter)


def _smuler(runde: Gaprunde, *, hele: bool = False) -> tuple[tuple[str, str], ...]:
    deler = [(runde.navn, reverse("kompetanse:gaprunde", args=[runde.pk]))]
    deler.append((_("Resultat"), reverse("kompetanse:gapresultat", args=[runde.pk])))
    if hele:
        deler.append((_("PDF"), reverse("kompetanse:gapdokumenter", args=[runde.pk])))
    return smuler(*deler)
