"""Writing a section: the page with the editor, saving as one types, who else is here, and merging two texts."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from felles.laas import Foreldet
from felles.riktekst import MAKS_TAGGER, fra_ren_tekst, rens, til_ren_tekst
from felles.tekstdiff import flett, sammendrag, sammenlikn
from organisasjon.enums import Handling
from organisasjon.sider import feil_bruker
from organisasjon.tilgang import krever
from planer.models import Plan, Seksjon
from planer.rules import Planrett
from planer.services import tilstede as tilstedevaer
from planer.services.seksjoner import krev_lengde, lagre_seksjon
from planer.tall import tall_i_plan
from planer.views.seksjon import kapittelside, krev, seksjon_for, skriver_i, smuler


@krever(Handling.SE_PLANER)
@require_http_methods(["GET", "HEAD", "POST"])
def skriv(request: HttpRequest, pk: int) -> HttpResponse:
    """The page with the editor. POST comes from a browser without scripts, with plain text."""
    seksjon, plan, rett = seksjon_for(request, pk)
    krev(rett.redigere or (rett.arbeid and not plan.er_aapen), _("Skrive i planen"))
    if not plan.er_aapen:
        tekst = _("Planen er vedtatt, og teksten kan ikke endres. Start en revisjon for å skrive videre.")
        messages.info(request, tekst)
        return redirect(kapittelside(seksjon))
    if request.method == "POST":
        return _lagre_uten_skript(request, seksjon, plan, rett)
    return _side(request, seksjon, plan, rett, til_ren_tekst(seksjon.html), seksjon.lopenummer)


def _side(
    request: HttpRequest, seksjon: Seksjon, plan: Plan, rett: Planrett, tekst: str, laas: int, **mer: Any
) -> HttpResponse:
    kontekst = {
        "seksjon": seksjon,
        "plan": plan,
        "tekst": tekst,
        "laas": laas,
        "start": {"html": seksjon.html, "tall": _tall(plan, rett)},
        "smuler": smuler(plan, seksjon.kapittel),
        "tilbake": kapittelside(seksjon),
        **mer,
    }
    return render(request, "planer/tekst/skriv.html", kontekst, status=mer.get("status", 200))


def _tall(plan: Plan, rett: Planrett) -> dict[str, dict[str, str]]:
    """Key → what the editor shows for each figure."""
    return {
        v.tall.nokkel: {"verdi": v.verdi if v.finnes else "", "kilde": v.problem or v.kilde}
        for v in tall_i_plan(plan, rett.uprikket)
    }


def _lagre_uten_skript(request: HttpRequest, seksjon: Seksjon, plan: Plan, rett: Planrett) -> HttpResponse:
    tekst, laas = request.POST.get("tekst", ""), _heltall(request.POST.get("forventet"))
    if request.POST.get("uendret", "").replace("\r\n", "\n") == tekst.replace("\r\n", "\n"):
        return redirect(kapittelside(seksjon))
    try:
        krev_lengde(tekst)
        html = fra_ren_tekst(tekst)
        lagre_seksjon(seksjon=seksjon, html=html, forventet=laas, av=request.user, naa=timezone.now())
    except Foreldet as foreldet:
        mer = {"andres": foreldet.naa, "endringer": sammendrag(sammenlikn(foreldet.naa.html, html)), "status": 409}
        return _side(request, seksjon, plan, rett, tekst, foreldet.naa.lopenummer, **mer)
    except ValidationError as feil:
        return _side(request, seksjon, plan, rett, tekst, laas, feil=" ".join(feil.messages), status=422)
    messages.success(request, _("Teksten er lagret."))
    return redirect(kapittelside(seksjon))


@krever(Handling.SE_PLANER)
@require_POST
def lagre(request: HttpRequest, pk: int) -> HttpResponse:
    """Save what is being written. JSON: 200 saved, 409 others have saved since, 413 too long, 422 refused."""
    seksjon, _kan = skriver_i(request, pk)
    if melding := feil_bruker(request):
        return JsonResponse({"melding": melding}, status=422)
    if "html" not in request.POST:
        # Not the same as an empty text: half a request must not wipe out what stands there.
        return JsonResponse({"melding": _("Teksten kom ikke fram. Prøv igjen.")}, status=422)
    html, forventet = request.POST["html"], _heltall(request.POST.get("forventet"))
    try:
        ny = lagre_seksjon(seksjon=seksjon, html=html, forventet=forventet, av=request.user, naa=timezone.now())
    except Foreldet as foreldet:
        return JsonResponse(_andres(foreldet.naa), status=409)
    except ValidationError as feil:
        kode = 413 if getattr(feil, "code", "") == "for_lang" else 422
        return JsonResponse({"melding": " ".join(feil.messages)}, status=kode)
    return JsonResponse({"lopenummer": ny.lopenummer, "kl": _klokka()})


def _andres(naa: Seksjon) -> dict[str, Any]:
    return {
        "lopenummer": naa.lopenummer,
        "html": naa.html,
        "av": str(naa.endret_av or _("Noen")),
        "kl": date_format(timezone.localtime(naa.endret), "H.i"),
    }


def _klokka() -> str:
    return date_format(timezone.localtime(), "H.i")


def _heltall(verdi: str | None) -> int:
    """The number that came with the form; anything else matches no lopenummer."""
    return int(verdi) if verdi and verdi.isascii() and verdi.isdigit() and len(verdi) < 10 else -1


@krever(Handling.SE_PLANER)
@require_POST
def konflikt(request: HttpRequest, pk: int) -> HttpResponse:
    """Both texts side by side with the difference marked, and a merged proposal. Saves nothing."""
    seksjon, plan, rett = seksjon_for(request, pk)
    krev(rett.redigere, _("Skrive i planen"))
    mitt, grunnlag = request.POST.get("html", ""), request.POST.get("grunnlag", "")
    try:
        krev_lengde(mitt)
        krev_lengde(grunnlag)
    except ValidationError as feil:
        return JsonResponse({"melding": " ".join(feil.messages)}, status=413)
    mitt, grunnlag = rens(mitt), rens(grunnlag)
    flettet, kollisjoner = flett(grunnlag, mitt, seksjon.html)
    tall = {v.tall.nokkel: v.tall.tekst for v in tall_i_plan(plan, rett.uprikket)}
    kontekst = {
        "andres": seksjon,
        "mine": sammendrag(sammenlikn(grunnlag, mitt, tall)),
        "deres": sammendrag(sammenlikn(grunnlag, seksjon.html, tall)),
        "kollisjoner": kollisjoner,
    }
    vist = render_to_string("planer/tekst/_konflikt.html", kontekst, request)
    return JsonResponse({**_andres(seksjon), "vist": vist, "flettet": flettet, "kollisjoner": kollisjoner})


@krever(Handling.SE_PLANER)
@require_POST
def tilstede(request: HttpRequest, pk: int) -> HttpResponse:
    """A sign of life from an open editor: who else is here, and the newest lopenummer."""
    seksjon, kan = skriver_i(request, pk)
    krev(kan, _("Skrive i planen"))
    if request.POST.get("lukk"):
        tilstedevaer.gaa(seksjon=seksjon, bruker=request.user)
        return JsonResponse({})
    navn = tilstedevaer.meld(seksjon=seksjon, bruker=request.user, naa=timezone.now())
    return JsonResponse({"andre": navn, "lopenummer": seksjon.lopenummer})


@krever(Handling.SE_PLANER)
@require_POST
def rens_tekst(request: HttpRequest) -> HttpResponse:
    """Pasted text, cleaned."""
    html = request.POST.get("html", "")
    try:
        _krev_lesbar(html)
        ren = rens(html)
        krev_lengde(ren)
    except ValidationError as feil:
        return JsonResponse({"melding": " ".join(feil.messages)}, status=413)
    return JsonResponse({"html": ren})


def _krev_lesbar(html: str) -> None:
    """What Word puts on the clipboard holds many times the tags of the text itself, but not without end."""
    if html.count("<") > 4 * MAKS_TAGGER:
        raise ValidationError(_("Det du limte inn, er for stort. Lim inn litt om gangen."))
