"""Rounds of gap analyses: the list, and how one of them goes."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kompetanse.enums import Gapstatus, Rundestatus
from kompetanse.queries.gaprunde import Rundefilter, analyserader, runde_for, runder_for
from kompetanse.visning import gaprunde as visning
from organisasjon.enums import Handling
from organisasjon.sider import side_av
from organisasjon.tilgang import krever


@krever(Handling.SE_GAP)
@require_safe
def gaprunder(request: HttpRequest) -> HttpResponse:
    """The rounds that concern the person, newest first."""
    runder = list(runder_for(request.tilgang, request.user.pk))
    kontekst = {
        "rader": [(r, visning.rundemerke(r.status)) for r in runder],
        "kan_styre": request.tilgang.kan(Handling.FORVALTE_GAP),
        "dag": timezone.localdate(),
    }
    return render(request, "kompetanse/gaprunde/liste.html", kontekst)


@krever(Handling.SE_GAP)
@require_safe
def gaprunde(request: HttpRequest, pk: int) -> HttpResponse:
    """One round: how far it has come, where each analysis stands, and what to do next."""
    runde, dag = runde_for(request, pk), timezone.localdate()
    rader = analyserader(runde, request.tilgang, request.user.pk, dag)
    filter_ = _filter(request)
    side = side_av(request, [r for r in rader if filter_.slipper(r)])
    alle = visning.linjer(rader, runde, request.tilgang, request.user.pk, dag)
    kontekst = {
        "runde": runde,
        "merke": visning.rundemerke(runde.status),
        "funn": visning.framdrift(rader),
        "frist": visning.fristtekst(runde, dag),
        "bilde": visning.statusbilde(rader) if rader and runde.status != Rundestatus.UTKAST else None,
        "side": side,
        "linjer": [linje for linje in alle if linje.rad in side.object_list],
        "venter_paa_meg": sum(bool(linje.adresse) and linje.rad.status == Gapstatus.LEVERT for linje in alle),
        "filter": filter_,
        "filtrert": filter_ != Rundefilter(),
        "sektorer": list(dict.fromkeys(r.sektor for r in rader)),
        "statuser": [(s.value, s.label) for s in Gapstatus],
        "antall": len(rader),
        "sene": sum(r.sene for r in rader),
        "godkjent": sum(r.status == Gapstatus.GODKJENT for r in rader),
        "til_paaminnelse": visning.antall_som_venter(rader),
        "kan_styre": request.tilgang.kan(Handling.FORVALTE_GAP),
        "under_arbeid": runde.status == Rundestatus.UTKAST,
        "smuler": smuler(),
    }
    return render(request, "kompetanse/gaprunde/runde.html", kontekst)


def smuler(*flere: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    """Rounds and results › …"""
    return ((_("Runder og resultater"), reverse("kompetanse:gaprunder")), *flere)


def _filter(request: HttpRequest) -> Rundefilter:
    ord_ = {n: request.GET.get(n, "").replace("\x00", "").strip()[:150] for n in ("sektor", "status", "sok")}
    return Rundefilter(**ord_)
