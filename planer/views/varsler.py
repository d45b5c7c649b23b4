"""The person's notices, and whether they come by e-mail too."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from organisasjon.enums import Handling
from organisasjon.sider import side_av
from organisasjon.tilgang import krever
from planer import varsling
from planer.models import Varsel
from planer.services.varsler import merk_alle_lest, merk_lest, velg_epost


@krever(Handling.INNLOGGET)
@require_safe
def varsler(request: HttpRequest) -> HttpResponse:
    """The person's notices, newest first."""
    rader = varsling.varsler_for(request.user, request.tilgang)
    kontekst = {
        "side": side_av(request, rader),
        "uleste": rader.filter(lest=None).count(),
        "epost": varsling.vil_ha_epost(request.user),
    }
    return render(request, "planer/varsler/liste.html", kontekst)


@krever(Handling.INNLOGGET)
@require_POST
def aapne(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark one as read, and go where it leads (or stay, with `bli`)."""
    varsel = get_object_or_404(Varsel, pk=pk, bruker=request.user)
    merk_lest(varsel=varsel, naa=timezone.now())
    return redirect("planer:varsler" if request.POST.get("bli") else varsel.adresse)


@krever(Handling.INNLOGGET)
@require_POST
def les_alle(request: HttpRequest) -> HttpResponse:
    """Mark all as read."""
    merk_alle_lest(bruker=request.user, naa=timezone.now())
    messages.success(request, _("Alle varsler er merket som lest."))
    return redirect("planer:varsler")


@krever(Handling.INNLOGGET)
@require_POST
def valg(request: HttpRequest) -> HttpResponse:
    """Turn the digest on or off."""
    epost = request.POST.get("epost") == "1"
    velg_epost(bruker=request.user, epost=epost)
    messages.success(request, _("Du får varsler på e-post.") if epost else _("Du får ikke lenger varsler på e-post."))
    return redirect("organisasjon:konto" if request.POST.get("fra") == "konto" else "planer:varsler")


@csrf_exempt  # the signed key is the proof; mail programs post here without a cookie (RFC 8058)
@krever(Handling.AAPEN)
@require_http_methods(["GET", "HEAD", "POST"])
def avmeld(request: HttpRequest, nokkel: str) -> HttpResponse:
    """The way out of the digest, from the letter itself and without logging in."""
    bruker = varsling.bruker_av_nokkel(nokkel)
    if bruker is None:
        return render(request, "planer/varsler/avmeld.html", {"ugyldig": True}, status=404)
    gjort = request.method == "POST"
    if gjort:
        velg_epost(bruker=bruker, epost=False)
    return render(request, "planer/varsler/avmeld.html", {"gjort": gjort, "epost": _skjul(bruker.email)})


def _skjul(epost: str) -> str:
    """«o…@kommune.no»: enough to know one's own address, too little to learn another's."""
    navn, _skille, vert = epost.partition("@")
    return f"{navn[:1]}…@{vert}" if vert else "…"
