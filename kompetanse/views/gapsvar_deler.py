"""What the steps call on: saving while one types, rows and tasks in and out, late answers."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from kompetanse.enums import Gapradslag
from kompetanse.forms.gapsvar import oppgave_skjemaer, skjema_for
from kompetanse.gapsvarlagring import Utfall, lagre_skjemaer
from kompetanse.models import Gapoppgave, Gaprad, Gapsentsvar
from kompetanse.queries.gapsvar import er_aapen, leselige
from kompetanse.services import gapsvar_rader as rader
from kompetanse.services import gapsvar_sene as sene
from kompetanse.services.gapsvar import Stengt
from kompetanse.views.gapsvar import vis_oppgaver, vis_rader
from kompetanse.views.gapsvar_felles import Svarside, si_fra_om_uten_plass, stengt, stengtmelding, svarer_paa, svarside
from kompetanse.visning.gapsteg import klokka
from organisasjon.enums import Handling
from organisasjon.sider import feil_bruker
from organisasjon.tilgang import krever

NY_OPPGAVE = ("oppgave", "utfoeres_av", "kan_utfoeres_av")
PAAKREVD = {
    "oppgave": gettext_lazy("Skriv hva oppgaven er."),
    "utfoeres_av": gettext_lazy("Skriv hvem som gjør den i dag."),
}


@krever(Handling.SE_GAP)
@require_POST
def lagre(request: HttpRequest, pk: int) -> JsonResponse:
    """Save what is being written in one row, task, field or answer. 200 saved (with what could not be, field by field),
    409 others have answered otherwise, 422 not saved.
    """
    analyse, _rett = svarer_paa(request, pk)
    if melding := feil_bruker(request):
        return JsonResponse({"melding": melding}, status=422)
    skjema = skjema_for(analyse, request.POST.get("gjelder", ""), request.POST)
    if skjema is None or not skjema.er_sendt:
        melding = _("Noen andre har tatt ut denne. Det du skrev, står fortsatt på siden.")
        return JsonResponse({"melding": melding}, status=422)
    (utfall,) = lagre_skjemaer(request, analyse, [skjema]) or [Utfall(skjema)]
    if utfall.stengt:
        return JsonResponse({"melding": stengtmelding(), "stengt": True}, status=422)
    if utfall.borte:
        return JsonResponse({"melding": utfall.borte}, status=422)
    svar = _som_json(utfall)
    if utfall.ulike:
        kontekst = {"utfall": utfall, "hvem": analyse.endret_av}
        svar["vist"] = render_to_string("kompetanse/gapsvar/_ulikt.html", kontekst, request)
        return JsonResponse(svar, status=409)
    return JsonResponse(svar)


def _som_json(utfall: Utfall) -> dict[str, Any]:
    """The object as it is now: its lock, its texts by the names of the form's fields, and what is wrong."""
    skjema = utfall.skjema
    if not utfall.ulike:
        skjema.bruk_naa(skjema.objekt)
    return {
        "laas": str(skjema.objekt.lopenummer),
        "grunnlag": skjema.data[skjema.add_prefix("grunnlag")],
        "verdier": {skjema.add_prefix(f): t for f, t in skjema.naa.items()},
        "feil": {skjema.add_prefix(f): t for f, t in skjema.feil.items()},
        "flettet": utfall.flettet,
        "kl": klokka(timezone.now()),
    }


@krever(Handling.SE_GAP)
@require_POST
def nye_rader(request: HttpRequest, pk: int) -> HttpResponse:
    """Add what is written, one on each line: competences or tasks."""
    side = svarside(request, pk, "rader")
    slag = Gapradslag.OPPGAVE if request.POST.get("slag") == Gapradslag.OPPGAVE else Gapradslag.KOMPETANSE
    tekst = request.POST.get("navn", "").replace("\x00", "")
    navn = [*tekst.splitlines(), *(k.replace("\x00", "") for k in request.POST.getlist("kompetanse"))]
    try:
        nye = rader.legg_til(analyse=side.analyse, slag=slag, navn=navn, av=request.user, naa=timezone.now())
    except Stengt:
        return stengt(request, side.analyse, sene.NYE_RADER, navn="\n".join(navn))
    except ValidationError as feil:
        return vis_rader(request, side, feil=" ".join(feil.messages), skrevet=tekst, slag=slag.value, status=422)
    _si_antall(request, len(nye))
    return redirect("kompetanse:gapsvar_rader", pk)


@krever(Handling.SE_GAP)
@require_POST
def ta_med_grupper(request: HttpRequest, pk: int) -> HttpResponse:
    """Give offered position groups a row."""
    side = svarside(request, pk, "rader")
    grupper = request.POST.getlist("gruppe")
    try:
        antall = rader.ta_med_grupper(analyse=side.analyse, grupper=grupper, av=request.user, naa=timezone.now())
    except Stengt:
        return stengt(request, side.analyse)
    _si_antall(request, antall)
    return redirect("kompetanse:gapsvar_rader", pk)


def _si_antall(request: HttpRequest, antall: int) -> None:
    if antall:
        tekst = ngettext("%(n)d er lagt til.", "%(n)d er lagt til.", antall)
        messages.success(request, tekst % {"n": antall})
    else:
        messages.info(request, _("Alt dette er med fra før."))


@krever(Handling.SE_GAP)
@require_POST
def ta_ut_rad(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a row out; or, with «inn», back with all its answers."""
    rad = _mitt(request, Gaprad, pk)
    return _ut_eller_inn(request, rad, "kompetanse:gapsvar_rader")


@krever(Handling.SE_GAP)
@require_POST
def ta_ut_oppgave(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a task out; or, with «inn», back."""
    return _ut_eller_inn(request, _mitt(request, Gapoppgave, pk), "kompetanse:gapsvar_oppgaver")


def _mitt(request: HttpRequest, modell: type[models.Model], pk: int) -> Any:
    """A row or task, taken out or not, of an analysis that the person may answer."""
    mine = leselige(request.tilgang, request.user.pk).values("pk")
    objekt = get_object_or_404(modell.alle, pk=pk, analyse__in=mine)
    objekt.analyse, _rett = svarer_paa(request, objekt.analyse_id)
    return objekt


def _ut_eller_inn(request: HttpRequest, objekt: Any, side: str) -> HttpResponse:
    ut = "inn" not in request.POST
    try:
        rader.sett_tatt_ut(objekt=objekt, ut=ut, av=request.user, naa=timezone.now())
    except Stengt:
        return stengt(request, objekt.analyse)
    except ValidationError as feil:
        messages.error(request, " ".join(feil.messages))
        return redirect(side, objekt.analyse_id)
    tekst = _("%(navn)s er tatt ut. Svarene er tatt vare på, og du kan angre.") if ut else _("%(navn)s er med igjen.")
    messages.success(request, tekst % {"navn": objekt})
    return redirect(side, objekt.analyse_id)


@krever(Handling.SE_GAP)
@require_POST
def ny_oppgave(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a task, one of the suggestions or one of one's own. What was typed in the others is saved too."""
    side = svarside(request, pk, "oppgaver")
    skjemaer = oppgave_skjemaer(side.analyse, request.POST)
    side.utfall = lagre_skjemaer(request, side.analyse, skjemaer)
    si_fra_om_uten_plass(request, side.analyse, skjemaer)
    ny = {n: " ".join(request.POST.get(f"ny-{n}", "").replace("\x00", "").split()) for n in NY_OPPGAVE}
    valgt = request.POST.get("forslag", "").replace("\x00", "").split("|")
    if len(valgt) == len(NY_OPPGAVE):
        ny = dict(zip(NY_OPPGAVE, valgt, strict=True))
    if any(u.stengt for u in side.utfall):
        return stengt(request, side.analyse, sene.NY_OPPGAVE, **ny)
    return _legg_til(request, side, ny)


def _legg_til(request: HttpRequest, side: Svarside, ny: dict[str, str]) -> HttpResponse:
    feil = {n: t for n, t in PAAKREVD.items() if not ny[n]}
    try:
        if not feil:
            rader.legg_til_oppgave(analyse=side.analyse, av=request.user, naa=timezone.now(), **ny)
    except Stengt:
        return stengt(request, side.analyse, sene.NY_OPPGAVE, **ny)
    except ValidationError as unntak:
        feil = {n: " ".join(t) for n, t in getattr(unntak, "message_dict", {"oppgave": unntak.messages}).items()}
    if not feil and side.status == 200:
        return redirect("kompetanse:gapsvar_oppgaver", side.analyse.pk)
    skjemaer = oppgave_skjemaer(side.analyse, request.POST)
    for skjema in skjemaer:
        skjema.full_clean()
    return vis_oppgaver(
        request, side, [s if s.er_sendt else _uten_data(s) for s in skjemaer], ny=ny, feil=feil, status=422
    )


def _uten_data(skjema: Any) -> Any:
    return type(skjema)(objekt=skjema.objekt, gjelder=skjema.gjelder)


@krever(Handling.SE_GAP)
@require_POST
def sent_svar(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a late answer in, when the analysis is open again, or throw it away."""
    mine = leselige(request.tilgang, request.user.pk).values("pk")
    svar = get_object_or_404(Gapsentsvar, pk=pk, analyse__in=mine)
    analyse, _rett = svarer_paa(request, svar.analyse_id)
    if request.POST.get("valg") != "ta_med":
        sene.forkast(svar=svar)
        messages.success(request, _("Svaret er forkastet."))
    elif er_aapen(analyse):
        _ta_med(request, analyse, svar)
    else:
        messages.info(request, _("Analysen må åpnes igjen før svaret kan tas med. HR kan åpne runden."))
    return redirect(
        "kompetanse:gapsvar_start" if request.POST.get("tilbake") == "start" else "kompetanse:gapanalyse", analyse.pk
    )


def _ta_med(request: HttpRequest, analyse: Any, svar: Gapsentsvar) -> None:
    """Save the late answer as if it was written now, over what stands there."""
    foer = skjema_for(analyse, svar.gjelder)
    if foer is None:
        messages.info(request, _("Det svaret gjaldt, er tatt ut av analysen."))
        return
    data = QueryDict(mutable=True)
    for felt, tekst in (foer.naa | svar.verdier | {n: foer.initial[n] for n in ("laas", "grunnlag")}).items():
        data.setlist(foer.add_prefix(felt), [v for v in tekst.split(",") if v] if felt == "veier" else [tekst])
    (utfall,) = lagre_skjemaer(request, analyse, [skjema_for(analyse, svar.gjelder, data)])
    if utfall.i_orden:
        sene.forkast(svar=svar)
        messages.success(request, _("Svaret er tatt med."))
    else:
        feil = "; ".join(f"{foer.navn(f)}: {t}" for f, t in utfall.skjema.feil.items()) or utfall.borte
        messages.error(request, _("Svaret kunne ikke tas med. %(feil)s") % {"feil": feil})
