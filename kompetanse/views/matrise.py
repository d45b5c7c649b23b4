"""The matrix as everybody reads it: an edition, its history, its PDF."""

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from kompetanse.matrisetrykk import matrisedokument
from kompetanse.matrisevisning import belastningsbilde
from kompetanse.models import Matrise, Matriseendring, Matriseversjon
from kompetanse.queries.matrise import gjeldende, les_bilde, matriser
from kompetanse.views.filer import pdfsvar
from organisasjon.enums import Handling
from organisasjon.sider import side_av
from organisasjon.tilgang import krever


@krever(Handling.SE_MATRISE)
@require_GET
def matrise(request: HttpRequest) -> HttpResponse:
    """The municipality's matrix as it holds today."""
    alle = matriser()
    i_kraft = gjeldende(timezone.localdate(), alle)
    valgt = next((m for m in alle if m.pk in i_kraft), alle[0] if alle else None)
    if valgt is None:
        return render(request, "kompetanse/matrise/tom.html")
    versjon = i_kraft.get(valgt.pk) or valgt.versjoner.select_related("matrise").first()
    return _vis(request, versjon, alle, i_kraft)


@krever(Handling.SE_MATRISE)
@require_GET
def matrise_en(request: HttpRequest, pk: int) -> HttpResponse:
    """One matrix as it holds today; one that has never held, as its draft for those who may write it."""
    alle = matriser()
    valgt = get_object_or_404(Matrise, pk=pk)
    i_kraft = gjeldende(timezone.localdate(), alle)
    versjon = i_kraft.get(pk) or _synlige(request, valgt).first()
    if versjon is None:
        return redirect("kompetanse:matrise")
    return _vis(request, versjon, alle, i_kraft)


@krever(Handling.SE_MATRISE)
@require_GET
def matriseutgave(request: HttpRequest, pk: int) -> HttpResponse:
    """One edition, of now or before."""
    versjon = _utgave(request, pk)
    alle = matriser()
    return _vis(request, versjon, alle, gjeldende(timezone.localdate(), alle))


@krever(Handling.SE_MATRISE)
@require_GET
def matrisehistorie(request: HttpRequest, pk: int) -> HttpResponse:
    """The editions of a matrix, and for those who write it who changed what and when."""
    valgt = get_object_or_404(Matrise, pk=pk)
    utgaver = list(_synlige(request, valgt))
    kontekst = {"matrise": valgt, "utgaver": utgaver, "dag": timezone.localdate(), "smuler": smuler()}
    if request.tilgang.kan(Handling.FORVALTE_MATRISE):
        kontekst["side"] = side_av(request, _endringer(utgaver))
    return render(request, "kompetanse/matrise/historie.html", kontekst)


@krever(Handling.SE_MATRISE)
@require_GET
def matrise_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The edition as a PDF."""
    versjon = _utgave(request, pk)
    return pdfsvar(matrisedokument(les_bilde(versjon), timezone.localdate()))


def sokeord(request: HttpRequest) -> str:
    """What the folded rows of a phone are searched for."""
    return request.GET.get("sok", "").replace("\x00", "").strip()


def smuler(*flere: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    return ((_("Rollematrise"), reverse("kompetanse:matrise")), *flere)


def _synlige(request: HttpRequest, valgt: Matrise) -> QuerySet[Matriseversjon]:
    """The editions the person may see: drafts only for those who write them."""
    utgaver = valgt.versjoner.select_related("matrise").order_by("-nummer")
    return utgaver if request.tilgang.kan(Handling.FORVALTE_MATRISE) else utgaver.filter(gyldig_fra__isnull=False)


def _utgave(request: HttpRequest, pk: int) -> Matriseversjon:
    utgaver = Matriseversjon.objects.select_related("matrise")
    if not request.tilgang.kan(Handling.FORVALTE_MATRISE):
        utgaver = utgaver.filter(gyldig_fra__isnull=False)
    return get_object_or_404(utgaver, pk=pk)


def _endringer(utgaver: list[Matriseversjon]) -> QuerySet[Matriseendring]:
    return Matriseendring.objects.filter(versjon__in=utgaver).select_related("av", "versjon")


def _vis(request: HttpRequest, versjon: Matriseversjon, alle: list[Matrise], i_kraft: dict) -> HttpResponse:
    bilde, sok = les_bilde(versjon), sokeord(request)
    kan_endre = request.tilgang.kan(Handling.FORVALTE_MATRISE)
    kontekst = {
        "bilde": bilde,
        "versjon": versjon,
        "sok": sok,
        "treff": bilde.soek(sok),
        "matriser": [m for m in alle if m.pk in i_kraft or kan_endre],
        "gjelder_naa": i_kraft.get(versjon.matrise_id) == versjon,
        "kan_endre": kan_endre,
        "utkast": kan_endre and versjon.matrise.versjoner.filter(gyldig_fra__isnull=True).first(),
        "last": belastningsbilde(bilde),
        "godkjente": [(linje, f) for linje in bilde.linjer for f in linje.funn if f.godkjent],
    }
    return render(request, "kompetanse/matrise/matrise.html", kontekst)
