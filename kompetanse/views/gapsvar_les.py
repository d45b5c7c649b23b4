"""Reading gap analyses: mine, one of them with every answer, how a number came to be; and who is invited."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kompetanse.enums import GAP_AAPNE, Planomraade, Swotslag
from kompetanse.models import Gapanalyse, Gaprad
from kompetanse.queries.gapsvar import (
    LEVERTE,
    Gaprett,
    analyse_for,
    er_aapen,
    kan_inviteres,
    leselige,
    leselige_rader,
    mine_analyser,
    rader_i,
    rett_til,
)
from kompetanse.queries.gapvern import Radvern, les_radvern
from kompetanse.services import gapsvar as tjenester
from kompetanse.tiltakskilde import nytt_tiltak, radtiltak
from kompetanse.views.gapsvar_felles import smuler
from kompetanse.visning import gapsvar as visning
from kompetanse.visning.gapmerke import kritiskmerke, statusmerke
from kompetanse.visning.gapoppgaver import sum_frigjort
from kompetanse.visning.gapsene import sene_svar
from kompetanse.visning.gapsetning import radsetning, ti_aar
from organisasjon.enums import Handling
from organisasjon.meny import adresse
from organisasjon.models import Bruker
from organisasjon.sider import side_av
from organisasjon.tilgang import krever


@krever(Handling.SE_GAP)
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """What waits for me, what I have sent, earlier years; and what else I may read."""
    egne = mine_analyser(request.tilgang, request.user.pk)
    venter = sorted((a for a in egne if a.runde.er_aapen and a.status in GAP_AAPNE), key=lambda a: a.runde.frist)
    resten = [a for a in egne if a not in venter]
    andre = leselige(request.tilgang, request.user.pk).exclude(pk__in=[a.pk for a in egne])
    andre = andre.filter(status__in=LEVERTE).select_related("runde").order_by("-runde__aar", "-runde_id", "navn", "pk")
    side = side_av(request, andre)
    dag = timezone.localdate()
    kontekst = {
        "venter": [(a, statusmerke(a.status), visning.fristtekst(a.runde.frist, dag)) for a in venter],
        "resten": [(a, statusmerke(a.status)) for a in resten],
        "andre": [(a, statusmerke(a.status)) for a in side],
        "side": side,
    }
    return render(request, "kompetanse/gapsvar/mine.html", kontekst)


@krever(Handling.SE_GAP)
@require_GET
def les(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole analysis: every answer, every part of each gap, the tiltak."""
    analyse, rett = analyse_for(request, pk)
    vern = None if rett.uprikket else les_radvern([pk])
    rader = visning.i_rekkefolge(rader_i(analyse), vern)
    tiltak = radtiltak(request, [r.pk for r in rader])
    aapen, oppgaver = er_aapen(analyse), list(analyse.oppgaver.all())
    kontekst = {
        "analyse": analyse,
        "rett": rett,
        "merke": statusmerke(analyse.status),
        "aapen": aapen,
        "kan_svare": rett.svare and aapen,
        "rader": [_leserad(r, rett, vern, analyse, tiltak.get(r.pk, [])) for r in rader],
        "aarene": visning.aarstall(analyse),
        "summer": [(visning.naar_kort(analyse, om), n) for om, n in visning.sum_mangler(rader, vern)],
        "oppgaver": oppgaver,
        "frigjort": sum_frigjort(oppgaver),
        "swot": _swot(analyse),
        "svar": analyse.svar.exclude(tekst="").select_related("sporsmaal"),
        "sene": sene_svar(analyse) if rett.svare else [],
        "smuler": smuler(),
        "godkjenning": adresse("kompetanse:gapgodkjenning", (str(pk),)),
        "enheter": ", ".join(e.navn for e in analyse.enheter.all()),
    }
    return render(request, "kompetanse/gapsvar/les.html", kontekst)


def _leserad(
    rad: Gaprad, rett: Gaprett, vern: Radvern | None, analyse: Gapanalyse, tiltak: list[Any]
) -> dict[str, Any]:
    """A row as this reader may see it. The sentence holds the numbers, so protected readers do without."""
    rad.analyse = analyse
    vist = visning.vist_rad(rad, vern)
    return {
        "rad": rad,
        "setning": radsetning(rad) if rett.uprikket else None,
        "ti_aar": ti_aar(rad)["tekst"] if rett.uprikket and rad.har else "",
        "kritisk": kritiskmerke(rad.kritisk),
        "kilde": visning.radkilde(rad.forslag, rad.har if rett.uprikket else None),
        "saarbar": rett.uprikket and rad.er_saarbar,
        "linjer": visning.talllinjer(vist),
        "hvorfor": rett.uprikket and "ventet" in rad.forslag,
        "tiltak": tiltak,
        "tiltaksadresse": nytt_tiltak(rad.pk) if rett.svare else "",
        "skjult": any(h.har in ("skjult", "<5") for h in vist),
    }


def _swot(analyse: Gapanalyse) -> list[tuple[str, list[tuple[str, str]]]]:
    """The areas that something is written about."""
    skrevet = {(s.omraade, s.slag): s.tekst for s in analyse.swot.exclude(tekst="")}
    ut = [(str(o.label), [(str(s.label), skrevet[o, s]) for s in Swotslag if (o, s) in skrevet]) for o in Planomraade]
    return [(navn, felt) for navn, felt in ut if felt]


@krever(Handling.SE_GAP)
@require_GET
def hvorfor(request: HttpRequest, pk: int) -> HttpResponse:
    """How the expected leavers of a row came to be: age by age. For those who may see small numbers."""
    rad = get_object_or_404(leselige_rader(request.tilgang, request.user.pk), pk=pk)
    if not rett_til(rad.analyse, request.tilgang).uprikket:
        raise PermissionDenied(Handling.SE_UPRIKKET.label)
    forklaring = visning.hvorfor(rad)
    if forklaring is None:
        raise Http404("Det er ikke regnet ut noe for raden")
    i_fjor = rad.forslag.get("i_fjor")
    kontekst = {"rad": rad, "h": forklaring, "dato": rad.forslag.get("dato", ""), "i_fjor": i_fjor, "smuler": smuler()}
    mal = "_hvorfor" if request.htmx else "hvorfor"
    return render(request, f"kompetanse/gapsvar/{mal}.html", kontekst)


@krever(Handling.SE_GAP)
@require_http_methods(["GET", "HEAD", "POST"])
def inviter(request: HttpRequest, pk: int) -> HttpResponse:
    """Who answers together with the leader: find, invite, take back."""
    analyse, rett = analyse_for(request, pk)
    if not rett.invitere:
        raise PermissionDenied(Handling.SVARE_GAP.label)
    if request.method == "POST":
        return _inviter(request, analyse)
    sok = request.GET.get("sok", "").replace("\x00", "")[:100]
    funnet = kan_inviteres(analyse, timezone.localdate(), sok)
    kontekst = {
        "analyse": analyse,
        "sok": sok,
        "funnet": side_av(request, funnet, 20),
        "inviterte": sorted(analyse.inviterte.all(), key=str),
        "smuler": (*smuler(), (str(analyse), request.path.removesuffix("inviter/"))),
    }
    return render(request, "kompetanse/gapsvar/inviter.html", kontekst)


def _inviter(request: HttpRequest, analyse: Gapanalyse) -> HttpResponse:
    valgt = request.POST.get("bruker", "")
    ider = [int(valgt)] if valgt.isascii() and valgt.isdigit() and len(valgt) < 15 else []
    bruker = get_object_or_404(Bruker, pk__in=ider)
    try:
        if "fjern" in request.POST:
            tjenester.trekk_invitasjon(analyse=analyse, bruker=bruker)
            messages.success(request, _("%(navn)s svarer ikke lenger på analysen.") % {"navn": bruker})
        else:
            tjenester.inviter(analyse=analyse, bruker=bruker, dag=timezone.localdate())
            tekst = _("%(navn)s kan nå svare på analysen, og finner den under «Gapanalyser» i menyen.")
            messages.success(request, tekst % {"navn": bruker})
    except ValidationError as feil:
        messages.error(request, " ".join(feil.messages))
    return redirect("kompetanse:gapsvar_inviter", analyse.pk)
