"""The plan as a document: its tab, the making of PDFs, and the collection for bystyret."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from felles import jobb as jobber
from felles.filsvar import som_fil
from felles.jobbstatus import Jobbstatus
from organisasjon.enums import Handling
from organisasjon.queries import kommune
from organisasjon.tilgang import krev_for_enhet, krever
from planer.enums import Dokumentslag, Planslag
from planer.models import Plan, Plandokument, Vedtak
from planer.plandokument import vedtaket
from planer.queries import plan_for
from planer.services import dokument as tjeneste
from planer.services.dokument import PUBLISERBARE
from planer.services.vedtak import avtrykk

FLEST_VIST = 5
FLEST_I_SAMLING = 200


@krever(Handling.SE_PLANER)
@require_GET
def dokument(request: HttpRequest, pk: int) -> HttpResponse:
    """The document tab: what can be made, what has been made, and who can read it."""
    plan, rett = plan_for(request, pk)
    if plan.slag == Planslag.MAL:
        raise Http404("En mal er ikke noe dokument")
    vedtak = vedtaket(plan)
    ferdige = Plandokument.objects.filter(slag=Dokumentslag.PLAN, planer=[plan.pk], status=Jobbstatus.FERDIG)
    if not rett.uprikket:
        ferdige = ferdige.filter(prikket=True)
    kontekst = {
        "plan": plan,
        "rett": rett,
        "vedtak": vedtak,
        "avtrykk": avtrykk(vedtak, uprikket=rett.uprikket) if vedtak else "",
        "har_pdf": _har_pdf(plan, "pdf" if rett.uprikket else "pdf_prikket"),
        "har_aapen": rett.uprikket and _har_pdf(plan, "pdf_prikket"),
        "dokumenter": ferdige.select_related("bruker").defer("pdf")[:FLEST_VIST] if vedtak is None else (),
        "kan_publiseres": rett.publisere and vedtak is not None and plan.status in PUBLISERBARE,
        "adresse": request.build_absolute_uri(reverse("les:versjon", args=[plan.stamme, plan.versjon])),
    }
    return render(request, "planer/dokument/dokument.html", kontekst)


def _har_pdf(plan: Plan, felt: str) -> bool:
    """Has the PDF been made of the adopted plan, in this edition?"""
    return Vedtak.objects.filter(plan=plan, **{f"{felt}__isnull": False}).exists()


@krever(Handling.SE_PLANER)
@require_POST
def lag_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """Order the PDF, in the edition asked for; without access to small numbers always the protected one."""
    plan, rett = plan_for(request, pk)
    prikket = not rett.uprikket or request.POST.get("utgave") == "aapen"
    jobb = tjeneste.bestill_plan(plan=plan, bruker=request.user, prikket=prikket)
    return redirect("planer:dokumentjobb", jobb.pk)


@krever(Handling.SE_PLANER)
@require_GET
def vedtatt_fil(request: HttpRequest, pk: int) -> HttpResponse:
    """The PDF that was made at adoption. 404 until it is there."""
    plan, rett = plan_for(request, pk)
    prikket = not rett.uprikket or request.GET.get("utgave") == "aapen"
    pdf = tjeneste.vedtatt_pdf(plan, prikket=prikket)
    if pdf is None:
        raise Http404("PDF-en er ikke laget")
    return som_fil(pdf, tjeneste.filnavn(plan, prikket=prikket))


@krever(Handling.SE_PLANER)
@require_GET
def jobb(request: HttpRequest, jobb_id: uuid.UUID) -> HttpResponse:
    """How far the PDF has come. Asked again every second by htmx, every third by a browser without scripts."""
    funnet, plan = _jobb(request, jobb_id)
    kontekst = {"jobb": funnet, "plan": plan, "lever": jobber.lever(funnet)}
    mal = "_framdrift.html" if request.htmx else "jobb.html"
    return render(request, f"planer/dokument/{mal}", kontekst)


@krever(Handling.SE_PLANER)
@require_POST
def jobb_igjen(request: HttpRequest, jobb_id: uuid.UUID) -> HttpResponse:
    """Try a stopped job again."""
    funnet, _plan = _jobb(request, jobb_id)
    return redirect("planer:dokumentjobb", tjeneste.prov_igjen(dokument=funnet).pk)


@krever(Handling.SE_PLANER)
@require_GET
def fil(request: HttpRequest, jobb_id: uuid.UUID) -> HttpResponse:
    """The finished PDF. 404 until it is there."""
    funnet, _plan = _jobb(request, jobb_id)
    pdf = Plandokument.objects.filter(pk=funnet.pk, status=Jobbstatus.FERDIG).values_list("pdf", flat=True).first()
    if not pdf:
        raise Http404("PDF-en er ikke laget")
    return som_fil(bytes(pdf), funnet.filnavn)


def _jobb(request: HttpRequest, jobb_id: uuid.UUID) -> tuple[Plandokument, Plan | None]:
    """The job, and its plan when it is of one. Only for those who may have what it holds."""
    funnet = get_object_or_404(Plandokument.objects.defer("pdf"), pk=jobb_id)
    if funnet.slag == Dokumentslag.SAMLING:
        _krev_kommunen(request)
        if not funnet.prikket:
            _krev_smaa_tall(request)
        return funnet, None
    plan, rett = plan_for(request, next(iter(funnet.planer), 0))
    if not funnet.prikket and not rett.uprikket:
        raise Http404("Dokumentet finnes ikke")
    return funnet, plan


def _krev_kommunen(request: HttpRequest) -> None:
    """The collection can hold any plan, so the right must be for all of the municipality."""
    if enhet := kommune():
        krev_for_enhet(request, Handling.LAGE_PLANDOKUMENT, enhet.pk)


def _krev_smaa_tall(request: HttpRequest) -> None:
    if enhet := kommune():
        krev_for_enhet(request, Handling.SE_UPRIKKET, enhet.pk)


@krever(Handling.LAGE_PLANDOKUMENT)
@require_http_methods(["GET", "HEAD", "POST"])
def samling(request: HttpRequest) -> HttpResponse:
    """Choose plans for bystyret; POST orders the PDF and goes on to its page."""
    _krev_kommunen(request)
    valgbare = _valgbare(request)
    if request.method == "POST":
        return _bestill_samling(request, valgbare)
    return _vis_samling(request, valgbare, _forvalg(valgbare))


def _valgbare(request: HttpRequest) -> list[Plan]:
    """The plans that can go in, the temaplan first. The collection is no place for what has been replaced."""
    planer = Plan.objects.synlig_for(request.tilgang, request.user.pk).exclude(slag=Planslag.MAL)
    planer = planer.exclude(status="erstattet").select_related("temaplan", "uttrekk")
    return sorted(planer, key=lambda p: (not p.er_temaplan, p.tittel.casefold(), -p.versjon))


def _forvalg(planer: list[Plan]) -> dict[int, int]:
    """Place of each plan chosen beforehand: those that have been adopted and are in force."""
    return {p.pk: nr for nr, p in enumerate(planer, 1) if not p.er_aapen}


def _bestill_samling(request: HttpRequest, valgbare: list[Plan]) -> HttpResponse:
    prikket = request.POST.get("utgave") != "full"
    if not prikket:
        _krev_smaa_tall(request)
    valgt = _valgte(request.POST, valgbare)
    planer = sorted((p for p in valgbare if p.pk in valgt), key=lambda p: valgt[p.pk])
    try:
        jobb_ = tjeneste.bestill_samling(planer=planer, bruker=request.user, prikket=prikket, naa=timezone.now())
    except ValidationError as feil:
        messages.error(request, " ".join(feil.messages))
        return _vis_samling(request, valgbare, valgt, status=422)
    return redirect("planer:dokumentjobb", jobb_.pk)


def _valgte(data: Any, valgbare: list[Plan]) -> dict[int, int]:
    """Id → place in the document. A place that is no number comes last."""
    valgt = set(data.getlist("plan"))
    ut = {}
    for plan in valgbare:
        if str(plan.pk) in valgt:
            plass = data.get(f"plass-{plan.pk}", "").strip()
            ut[plan.pk] = int(plass) if plass.isascii() and plass.isdigit() and len(plass) < 5 else FLEST_I_SAMLING
    return ut


def _vis_samling(request: HttpRequest, planer: list[Plan], valgt: dict[int, int], status: int = 200) -> HttpResponse:
    ferdige = Plandokument.objects.filter(slag=Dokumentslag.SAMLING, status=Jobbstatus.FERDIG)
    enhet = kommune()
    uprikket = enhet is not None and request.tilgang.kan(Handling.SE_UPRIKKET, enhet.pk)
    if not uprikket:
        ferdige = ferdige.filter(prikket=True)
    kontekst = {
        "planer": [(p, p.pk in valgt, valgt.get(p.pk, nr)) for nr, p in enumerate(planer, 1)],
        "dokumenter": ferdige.select_related("bruker").defer("pdf")[:FLEST_VIST],
        "uprikket": uprikket,
    }
    return render(request, "planer/dokument/samling.html", kontekst, status=status)
