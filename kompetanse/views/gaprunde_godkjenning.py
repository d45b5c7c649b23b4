"""Approving a gap analysis: where it stands, what can be done with it and by whom, and what has happened."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kompetanse.enums import Gapstatus
from kompetanse.forms.gaprunde import FlyttSkjema
from kompetanse.models import Gapanalyse
from kompetanse.queries.gapresultat import analyselinjer
from kompetanse.queries.gapsvar import LEVERTE
from kompetanse.services.gaprunde_godkjenning import LENGST, Mulighet, flytt_analyse, historie_for, muligheter
from kompetanse.views.gaprunde import smuler
from kompetanse.visning.gapmerke import statusmerke
from kompetanse.visning.gaprunde import stasjoner
from kompetanse.visning.gapsvar import radkilde
from organisasjon.enums import Handling
from organisasjon.sider import lagre
from organisasjon.tilgang import krever


@krever(Handling.SE_GAP)
@require_safe
def gapgodkjenning(request: HttpRequest, pk: int) -> HttpResponse:
    """Where the analysis stands, the moves from there, its history; its rows in short where small numbers are seen."""
    analyse = _hent(request, pk)
    enheter = {e.pk for e in analyse.enheter.all()}
    ser_alt = enheter <= request.tilgang.omfang(Handling.SE_UPRIKKET)
    kontekst = {
        "analyse": analyse,
        "runde": analyse.runde,
        "merke": statusmerke(analyse.status),
        "stasjoner": stasjoner(analyse.status),
        "muligheter": muligheter(analyse, request.tilgang, request.user.pk),
        "historie": [(s, statusmerke(s.til)) for s in historie_for(analyse)],
        "linjer": [(r, radkilde(r.rad.forslag, r.rad.har)) for r in analyselinjer(analyse)] if ser_alt else None,
        "kan_leses": ser_alt or analyse.status in LEVERTE,
        "kan_ta_ut": request.tilgang.kan(Handling.FORVALTE_GAP) and analyse.status != Gapstatus.GODKJENT,
        "smuler": _smuler(analyse),
    }
    return render(request, "kompetanse/gaprunde/godkjenning.html", kontekst)


@krever(Handling.SE_GAP)
@require_http_methods(["GET", "HEAD", "POST"])
def flytt_gapanalyse(request: HttpRequest, pk: int, til: str) -> HttpResponse:
    """What a move demands and does, and its button."""
    analyse = _hent(request, pk)
    hjem = reverse("kompetanse:gapgodkjenning", args=[pk])
    funnet = next((m for m in muligheter(analyse, request.tilgang, request.user.pk) if m.regel.til == til), None)
    foreldet = request.method == "POST" and request.POST.get("fra", analyse.status) != analyse.status
    if funnet is None or foreldet:
        messages.error(request, _borte(analyse) + _skrevet(request))
        return redirect(hjem)
    if not funnet.kan:
        raise PermissionDenied(funnet.regel.navn)
    skjema = FlyttSkjema(request.POST or None, regel=funnet.regel)
    skjema.avbryt_adresse = hjem
    if request.method == "POST" and skjema.is_valid() and lagre(skjema, lambda: _flytt(request, analyse, til, skjema)):
        ord_ = {"navn": analyse.navn, "status": Gapstatus(til).label.lower()}
        messages.success(request, _("Analysen for %(navn)s er %(status)s.") % ord_)
        return redirect("kompetanse:gaprunde", analyse.runde_id)
    return _flyttside(request, analyse, funnet, skjema)


def _flytt(request: HttpRequest, analyse: Gapanalyse, til: str, skjema: FlyttSkjema) -> Gapanalyse:
    data: dict[str, Any] = {"kommentar": skjema.cleaned_data["kommentar"], "forventet": skjema.cleaned_data["fra"]}
    return flytt_analyse(analyse=analyse, til=til, av=request.user, tilgang=request.tilgang, naa=timezone.now(), **data)


def _flyttside(request: HttpRequest, analyse: Gapanalyse, mulighet: Mulighet, skjema: FlyttSkjema) -> HttpResponse:
    kontekst = {"analyse": analyse, "m": mulighet, "skjema": skjema, "smuler": _smuler(analyse, hele=True)}
    return render(request, "kompetanse/gaprunde/flytt.html", kontekst, status=422 if skjema.is_bound else 200)


def _borte(analyse: Gapanalyse) -> str:
    """Why the move is not there: somebody was first, as a rule."""
    siste = next(iter(historie_for(analyse)), None)
    ord_ = {"hvem": siste.av if siste else _("Noen andre"), "status": analyse.get_status_display()}
    return _("%(hvem)s kom deg i forkjøpet: analysen er nå «%(status)s». Ingenting er gjort om igjen.") % ord_


def _skrevet(request: HttpRequest) -> str:
    """The comment that came with a move that is not there any more, so that it can be copied."""
    kommentar = request.POST.get("kommentar", "").replace("\x00", "").strip()[:LENGST]
    return _(" Du skrev: «%(kommentar)s»") % {"kommentar": kommentar} if kommentar else ""


def _hent(request: HttpRequest, pk: int) -> Gapanalyse:
    synlige = Gapanalyse.objects.synlig_for(request.tilgang, request.user.pk)
    return get_object_or_404(
        synlige.select_related("runde", "levert_av", "avgjort_av").prefetch_related("enheter"), pk=pk
    )


def _smuler(analyse: Gapanalyse, *, hele: bool = False) -> tuple[tuple[str, str], ...]:
    runde = (analyse.runde.navn, reverse("kompetanse:gaprunde", args=[analyse.runde_id]))
    egen = ((analyse.navn, reverse("kompetanse:gapgodkjenning", args=[analyse.pk])),) if hele else ()
    return smuler(runde, *egen)
