"""The person's own account, the log, and the table of who sees what."""

from functools import partial

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from organisasjon import logg as logglesing
from organisasjon.enums import Handling, Rolle
from organisasjon.kilder import loggkilder
from organisasjon.matrise import tilgangsmatrise as bygg_matrise
from organisasjon.rules import KREVER_TOFAKTOR
from organisasjon.sider import side_av
from organisasjon.tilgang import krever


@krever(Handling.INNLOGGET)
@require_GET
def konto(request: HttpRequest) -> HttpResponse:
    """Name, roles, password and second factor of the person logged in."""
    roller = request.user.roller.gyldige(timezone.localdate()).select_related("enhet").order_by("pk")
    kontekst = {
        "roller": roller,
        "har_tofaktor": request.user.authenticator_set.filter(type="totp").exists(),
        "maa_ha_tofaktor": any(rolle in KREVER_TOFAKTOR for rolle, _rot, _omfang in request.tilgang.roller),
    }
    return render(request, "organisasjon/konto.html", kontekst)


@krever(Handling.INNLOGGET)
@require_GET
def token(request: HttpRequest) -> HttpResponse:
    """A fresh token for a page that has been open since before the last login."""
    return JsonResponse({"token": get_token(request), "bruker": request.user.pk})


@krever(Handling.SE_LOGG)
@require_GET
def logg(request: HttpRequest) -> HttpResponse:
    """Who did what when, of one kind or all, searched or not."""
    slag, sok = request.GET.get("slag", ""), request.GET.get("sok", "").strip()
    sortering = "tid" if request.GET.get("sortering") == "tid" else "-tid"
    finn = partial(logglesing.sok_hendelser, sok) if sok else logglesing.hendelser
    side = side_av(request, finn(slag, nyeste_foerst=sortering == "-tid"))
    kontekst = {
        "side": side,
        "linjer": logglesing.logglinjer(list(side.object_list)),
        "slag": slag,
        "sok": sok,
        "slagvalg": [(k.slag, k.navn) for k in loggkilder().values()],
        "sortering": sortering,
    }
    return render(request, "organisasjon/logg.html", kontekst)


@krever(Handling.SE_LOGG)
@require_GET
def tilgangsmatrise(request: HttpRequest) -> HttpResponse:
    """Role by page by action, from the code that enforces it."""
    return render(request, "organisasjon/tilgangsmatrise.html", {"rader": bygg_matrise(), "roller": list(Rolle)})
