"""The rule of a requirement, written as a readable sentence: steps by plain forms, a preview that follows along."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from felles.laas import Foreldet, avtrykk
from kompetanse.forms.regel import SLAGNAVN, deler, fra_skjema, som_gruppe, utfoer_steg
from kompetanse.models import Krav
from kompetanse.regler import Feil, RegelFeil, fra_json, kontroller, som_setning
from kompetanse.services.regel import REGELFELTER, lagre_regel
from organisasjon.enums import Handling
from organisasjon.tilgang import krever


@krever(Handling.FORVALTE_KRAV)
@require_http_methods(["GET", "POST"])
def regel(request: HttpRequest, pk: int) -> HttpResponse:
    """Edit the rule. Each step sends the whole form, so nothing typed is lost; only «lagre» saves."""
    krav = get_object_or_404(Krav, pk=pk)
    laas = request.POST.get("laas", "") if request.method == "POST" else avtrykk(krav, REGELFELTER)
    if request.method == "GET":
        return _vis(request, krav, som_gruppe(krav.regel), laas)
    data, steg = fra_skjema(request.POST), request.POST.get("steg", "vis")
    if steg == "lagre":
        return _lagre(request, krav, data, laas)
    if steg.startswith("ny:") and steg.count(":") == 1:
        steg = f"{steg}:{request.POST.get(f'nyslag-{steg[3:]}', '')}"
    fokus = utfoer_steg(data, steg) if steg != "vis" else ""
    return _vis(request, krav, data, laas, _feil(krav, data) if steg == "vis" else [], fokus)


@krever(Handling.FORVALTE_KRAV)
@require_POST
def forhaandsvis_regel(request: HttpRequest, pk: int) -> HttpResponse:
    """The sentence of what is in the form now, and what is wrong with it. Saves nothing."""
    krav = get_object_or_404(Krav, pk=pk)
    return render(request, "kompetanse/_regelsetning.html", _setning(krav, fra_skjema(request.POST)))


def _lagre(request: HttpRequest, krav: Krav, data: dict[str, Any], laas: str) -> HttpResponse:
    try:
        lagre_regel(krav=krav, data=data, av=request.user, forventet=laas)
    except RegelFeil as e:
        return _vis(request, krav, data, laas, e.feil)
    except ValidationError as e:
        return _vis(request, krav, data, laas, [Feil((), melding) for melding in e.messages])
    except Foreldet as e:
        melding = _(
            "Noen andre har lagret regelen mens du skrev. Det du skrev står fortsatt her. "
            "Lagre på nytt hvis det skal gjelde."
        )
        return _vis(request, e.naa, data, avtrykk(e.naa, REGELFELTER), [Feil((), melding)], andres=e.naa.setning)
    messages.success(request, _("Regelen er lagret."))
    return redirect("kompetanse:krav")


def _vis(
    request: HttpRequest,
    krav: Krav,
    data: dict[str, Any],
    laas: str,
    feil: list[Feil] | None = None,
    fokus: str = "",
    andres: str = "",
) -> HttpResponse:
    kontekst = {
        "krav": krav,
        "rot": deler(data, feil or [], fokus),
        "har_feil": bool(feil),
        "laas": laas,
        "andres": andres,
        "slag": SLAGNAVN.items(),
        "smuler": ((_("Krav til stillinger"), reverse("kompetanse:krav")),),
    } | _setning(krav, data)
    return render(request, "kompetanse/regel.html", kontekst, status=422 if feil else 200)


def _setning(krav: Krav, data: dict[str, Any]) -> dict[str, Any]:
    """What the preview needs."""
    if not data["deler"]:
        return {"setning": "", "setningsfeil": ()}
    try:
        lest = fra_json(data)
    except RegelFeil as e:
        return {"setning": "", "setningsfeil": tuple(dict.fromkeys(f.melding for f in e.feil))}
    feil = kontroller(lest, krav.gyldig_fra, krav.gyldig_til)
    return {"setning": som_setning(lest), "setningsfeil": tuple(dict.fromkeys(f.melding for f in feil))}


def _feil(krav: Krav, data: dict[str, Any]) -> list[Feil]:
    if not data["deler"]:
        return []
    try:
        return kontroller(fra_json(data), krav.gyldig_fra, krav.gyldig_til)
    except RegelFeil as e:
        return e.feil
