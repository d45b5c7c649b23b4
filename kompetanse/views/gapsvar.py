"""Answering a gap analysis, step by step."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kompetanse.enums import GAP_AAPNE, Gapradslag, Gapstatus, Planomraade
from kompetanse.forms.gapsvar import (
    RadSkjema,
    oppgave_skjemaer,
    rad_skjema,
    sporsmaal_skjemaer,
    swot_skjemaer,
)
from kompetanse.gap.forslag import FLEST, MINST
from kompetanse.gap.regning import HORISONTER
from kompetanse.gap.steg import SEKUNDER, finn, minutter_igjen, vanlige_steg
from kompetanse.models import Gapoppgave, Gaprad, Kompetanse
from kompetanse.queries.gapsvar import Mangel, er_aapen, leselige, mangler, rader_i, stegene
from kompetanse.queries.kompetansetall import tellinger_for
from kompetanse.services import gapsvar as tjenester
from kompetanse.services.gapsvar_rader import MAKS_RADER
from kompetanse.tiltakskilde import nytt_tiltak, radtiltak
from kompetanse.views.gapsvar_felles import (
    BLI,
    Svarside,
    gaa,
    ikke_her,
    lagre_og_gaa,
    si_fra_om_uten_plass,
    smuler,
    stengt,
    svarer_paa,
    svarside,
    vis_steg,
)
from kompetanse.visning import gapsvar as visning
from kompetanse.visning.gapmerke import kritiskmerke, statusmerke_rad
from kompetanse.visning.gapoppgaver import oppgaveforslag, sum_frigjort
from kompetanse.visning.gapsene import sene_svar
from kompetanse.visning.gapsetning import folk, radsetning, setningsord, ti_aar
from kompetanse.visning.gapsteg import stegadresse
from organisasjon.enums import Handling
from organisasjon.tilgang import krever

MEST_FRA_SYSTEMET = 30


@krever(Handling.SE_GAP)
@require_http_methods(["GET", "HEAD"])
def start(request: HttpRequest, pk: int) -> HttpResponse:
    """What this is, how long it takes, who sees it; and the way on from where one left."""
    analyse, rett = svarer_paa(request, pk)
    rader = rader_i(analyse)
    begynt = analyse.status != Gapstatus.IKKE_BEGYNT
    antall = analyse.runde.sporsmaal.count()
    steg = stegene(analyse, rader, antall) if begynt else vanlige_steg(antall)
    kontekst = {
        "analyse": analyse,
        "rett": rett,
        "aapen": er_aapen(analyse),
        "sendt": analyse.status not in GAP_AAPNE,
        "begynt": begynt,
        "minutter": minutter_igjen(steg),
        "sekunder": SEKUNDER,
        "frist": visning.fristtekst(analyse.runde.frist, timezone.localdate()),
        "fortsett": stegadresse(pk, steg[finn(steg, analyse.steg)].nokkel),
        "sene": sene_svar(analyse) if begynt else [],
        "smuler": smuler(),
    }
    return render(request, "kompetanse/gapsvar/start.html", kontekst)


@krever(Handling.SE_GAP)
@require_POST
def begynn(request: HttpRequest, pk: int) -> HttpResponse:
    """Fill in what we know, and open the first step."""
    analyse, _rett = svarer_paa(request, pk)
    try:
        tjenester.begynn(analyse=analyse, av=request.user, naa=timezone.now())
    except tjenester.Stengt:
        return stengt(request, analyse)
    return redirect("kompetanse:gapsvar_rader", pk)


@krever(Handling.SE_GAP)
@require_http_methods(["GET", "HEAD", "POST"])
def rader(request: HttpRequest, pk: int) -> HttpResponse:
    """Which position groups, competences and tasks it is about."""
    side = svarside(request, pk, "rader")
    if svar := ikke_her(request, side.analyse):
        return svar
    if request.method == "POST":
        return gaa(request, side)
    return vis_rader(request, side)


def vis_rader(request: HttpRequest, side: Svarside, **mer: Any) -> HttpResponse:
    """The list, what else could be in it, and the forms to add more."""
    analyse = side.analyse
    har = {r.kompetanse_id for r in side.rader}
    katalog = [k for k in Kompetanse.objects.filter(tatt_ut__isnull=True) if k.pk not in har]
    tellinger = tellinger_for([e.pk for e in analyse.enheter.all()])
    i_systemet = [(k, tellinger[k.pk]) for k in katalog if k.pk in tellinger]
    return vis_steg(
        request,
        side,
        "rader",
        rader=[(r, statusmerke_rad(r)) for r in side.rader],
        smaa=analyse.arbeid.get("grupper", []),
        ledere=analyse.arbeid.get("ledere", []),
        tatt_ut=Gaprad.alle.filter(analyse=analyse, tatt_ut__isnull=False).order_by("-tatt_ut"),
        dato=analyse.arbeid.get("dato", ""),
        fra_foer=next((r.forslag["i_fjor"] for r in side.rader if "i_fjor" in r.forslag), None),
        regel={"minst": MINST, "flest": FLEST, "rader": MAKS_RADER},
        katalog=katalog,
        i_systemet=i_systemet[:MEST_FRA_SYSTEMET],
        **mer,
    )


@krever(Handling.SE_GAP)
@require_http_methods(["GET", "HEAD", "POST"])
def rad(request: HttpRequest, pk: int) -> HttpResponse:
    """One row: the questions, the numbers, what to do about it."""
    funnet = _rad(request, pk)
    side = svarside(request, funnet.analyse_id, f"rad:{pk}")
    if svar := ikke_her(request, side.analyse):
        return svar
    if funnet.tatt_ut and request.method != "POST":
        return redirect("kompetanse:gapsvar_rader", funnet.analyse_id)
    funnet = next((r for r in side.rader if r.pk == pk), funnet)
    funnet.analyse = side.analyse
    if request.method == "POST":
        return _svar_paa_rad(request, side, funnet)
    return _vis_rad(request, side, rad_skjema(funnet))


def _rad(request: HttpRequest, pk: int) -> Gaprad:
    """The row, also one that is taken out, if its analysis is one the person may read."""
    mine = leselige(request.tilgang, request.user.pk).values("pk")
    funnet = Gaprad.alle.filter(pk=pk, analyse__in=mine).select_related("kompetanse").first()
    if funnet is None:
        raise Http404("Raden finnes ikke")
    return funnet


def _svar_paa_rad(request: HttpRequest, side: Svarside, funnet: Gaprad) -> HttpResponse:
    data = request.POST.copy()
    skjema = rad_skjema(funnet, data)
    if felt := request.POST.get("hent"):
        # Back to what was proposed; the rest of what was typed is saved too.
        forslag = visning.forslagstekst(funnet, felt)
        if forslag is not None:
            skjema.sett(felt, forslag)
        data["videre"] = BLI
    elif "som_i_dag" in request.POST:
        for om in HORISONTER:
            skjema.sett(f"trenger_{om}", data.get(skjema.add_prefix("har")) or str(funnet.har))
        data["videre"] = BLI
    request.POST = data
    if svar := lagre_og_gaa(request, side, [skjema]):
        return svar
    return _vis_rad(request, side, skjema)


def _vis_rad(request: HttpRequest, side: Svarside, skjema: RadSkjema) -> HttpResponse:
    funnet: Gaprad = skjema.objekt
    vist = visning.vist_rad(funnet, None)
    return vis_steg(
        request,
        side,
        "rad",
        rad=funnet,
        skjema=skjema,
        utfall_rad=side.utfall[0] if side.utfall else None,
        aarene=visning.aarstall(side.analyse),
        linjer={linje.slag: linje for linje in visning.talllinjer(vist)},
        over=[h.overskudd or 0 for h in vist],
        utdanning=visning.tallfelt(skjema, "utdanning"),
        trenger=visning.tallfelt(skjema, "trenger"),
        avgang=[skjema[f"avgang_{om}"] for om in (1, 3, 5, 10)],
        aarsverk=visning.aarsverklinjer(funnet, skjema),
        kilde=visning.kildetekst(funnet),
        rettet=visning.rettet(funnet, skjema),
        i_fjor=visning.fra_i_fjor(funnet),
        setning=radsetning(funnet),
        ord=setningsord(funnet),
        ti_aar=ti_aar(funnet),
        folk=folk(funnet),
        har_hvorfor="ventet" in funnet.forslag,
        katalog=Kompetanse.objects.filter(tatt_ut__isnull=True).values_list("navn", flat=True),
        tiltak=radtiltak(request, [funnet.pk]).get(funnet.pk, []),
        tiltaksknapp=bool(nytt_tiltak(funnet.pk)),
        er_stilling=funnet.slag == Gapradslag.STILLING,
        er_kompetanse=funnet.slag == Gapradslag.KOMPETANSE,
    )


@krever(Handling.SE_GAP)
@require_http_methods(["GET", "HEAD", "POST"])
def oppgaver(request: HttpRequest, pk: int) -> HttpResponse:
    """Tasks that others could do, and the hours that would free."""
    side = svarside(request, pk, "oppgaver")
    if svar := ikke_her(request, side.analyse):
        return svar
    skjemaer = oppgave_skjemaer(side.analyse, request.POST if request.method == "POST" else None)
    if request.method == "POST" and (svar := lagre_og_gaa(request, side, skjemaer)):
        return svar
    return vis_oppgaver(request, side, skjemaer)


def vis_oppgaver(request: HttpRequest, side: Svarside, skjemaer: list, **mer: Any) -> HttpResponse:
    """The tasks, their sum, and what one could begin with."""
    egne = [s.objekt for s in skjemaer]
    tatt_ut = list(Gapoppgave.alle.filter(analyse=side.analyse, tatt_ut__isnull=False).order_by("-tatt_ut"))
    return vis_steg(
        request,
        side,
        "oppgaver",
        skjemaer=skjemaer,
        forslag=oppgaveforslag(side.rader, [*egne, *tatt_ut]),
        sum=sum_frigjort(egne),
        tatt_ut=tatt_ut,
        **mer,
    )


@krever(Handling.SE_GAP)
@require_http_methods(["GET", "HEAD", "POST"])
def swot(request: HttpRequest, pk: int) -> HttpResponse:
    """Strengths, weaknesses, opportunities and threats, area by area."""
    side = svarside(request, pk, "swot")
    if svar := ikke_her(request, side.analyse):
        return svar
    skjemaer = swot_skjemaer(side.analyse, request.POST if request.method == "POST" else None)
    if request.method == "POST" and (svar := lagre_og_gaa(request, side, skjemaer)):
        return svar
    per_omraade = [(o, [s for s in skjemaer if s.objekt.omraade == o]) for o in Planomraade]
    omraader = [(o.label, o.value, felt, sum(bool(s.naa["tekst"]) for s in felt)) for o, felt in per_omraade]
    return vis_steg(request, side, "swot", omraader=omraader)


@krever(Handling.SE_GAP)
@require_http_methods(["GET", "HEAD", "POST"])
def sporsmaal(request: HttpRequest, pk: int) -> HttpResponse:
    """HR's own questions in the round."""
    side = svarside(request, pk, "sporsmaal")
    if svar := ikke_her(request, side.analyse):
        return svar
    skjemaer = sporsmaal_skjemaer(side.analyse, request.POST if request.method == "POST" else None)
    if not skjemaer:
        si_fra_om_uten_plass(request, side.analyse, skjemaer)
        return redirect("kompetanse:gapsvar_send", pk)
    if request.method == "POST" and (svar := lagre_og_gaa(request, side, skjemaer)):
        return svar
    return vis_steg(request, side, "sporsmaal", skjemaer=skjemaer)


@krever(Handling.SE_GAP)
@require_http_methods(["GET", "HEAD", "POST"])
def send(request: HttpRequest, pk: int) -> HttpResponse:
    """Look it over, and send it to whoever approves."""
    side = svarside(request, pk, "send")
    if svar := ikke_her(request, side.analyse):
        return svar
    if request.method == "POST":
        return _send(request, side)
    return _vis_send(request, side)


def _send(request: HttpRequest, side: Svarside) -> HttpResponse:
    if request.POST.get("videre") in ("tilbake", "senere"):
        return gaa(request, side)
    try:
        tjenester.send(analyse=side.analyse, av=request.user, naa=timezone.now())
    except tjenester.Stengt:
        return stengt(request, side.analyse)
    except ValidationError:
        return _vis_send(request, side, status=422)
    messages.success(request, _("Gapanalysen er sendt til godkjenning. Takk!"))
    return redirect("kompetanse:gapanalyse", side.analyse.pk)


def _til_feltet(m: Mangel) -> str:
    """The part of an address that brings one to the field; a row's fields are named by its id."""
    return f"#id_{m.steg.replace(':', '-')}-{m.felt}" if m.felt else ""


def _vis_send(request: HttpRequest, side: Svarside, **mer: Any) -> HttpResponse:
    funn = mangler(side.analyse, side.rader)
    lenker = [(m, stegadresse(side.analyse.pk, m.steg) + _til_feltet(m)) for m in funn]
    tiltak = radtiltak(request, [r.pk for r in side.rader])
    return vis_steg(
        request,
        side,
        "send",
        stopper=[(m.tekst, a) for m, a in lenker if m.stopper],
        minner=[(m.tekst, a) for m, a in lenker if not m.stopper],
        rader=[(r, radsetning(r), kritiskmerke(r.kritisk), tiltak.get(r.pk, [])) for r in side.rader],
        summer=[(visning.naar_kort(side.analyse, om), n) for om, n in visning.sum_mangler(side.rader)],
        oppgaver=sum_frigjort(side.analyse.oppgaver.all()),
        **mer,
    )
