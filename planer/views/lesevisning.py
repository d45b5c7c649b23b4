"""Plans for everybody: adopted versions that HR has published, read without login.

Only the frozen edition without small numbers and names is read here; nothing is computed, and nothing depends on who
asks. Withdrawn and unknown versions give the same page with status 404.
"""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from analyse.avsender import avsender
from felles.filsvar import som_fil
from organisasjon.enums import Handling
from organisasjon.queries import kommune
from organisasjon.tilgang import krever
from planer.enums import Planstatus
from planer.innhold import aapent_innhold, innholdshash
from planer.models import Plan, Vedtak
from planer.pdfdeler import Oppsett, plandel
from planer.services.dokument import filnavn, vedtatt_pdf

# Short, so that a plan that is withdrawn is soon gone from caches as well.
HURTIGBUFFER = "public, max-age=60"


@krever(Handling.AAPEN)
@require_safe
def liste(request: HttpRequest) -> HttpResponse:
    """Every published plan, the newest published version of each; the temaplan first."""
    nyeste: dict[uuid.UUID, Plan] = {}
    for plan in _publiserte().order_by("versjon"):
        nyeste[plan.stamme] = plan
    planer = sorted(nyeste.values(), key=lambda p: (not p.er_temaplan, p.tittel.casefold(), p.pk))
    return _vis(request, "planer/les/liste.html", {"planer": planer})


@krever(Handling.AAPEN)
@require_safe
def nyeste(request: HttpRequest, stamme: uuid.UUID) -> HttpResponse:
    """The newest published version, at its own address."""
    plan = _publiserte().filter(stamme=stamme).order_by("-versjon").first()
    if plan is None:
        return _finnes_ikke(request)
    svar = redirect("les:versjon", stamme, plan.versjon)
    svar["Cache-Control"] = HURTIGBUFFER
    return svar


@krever(Handling.AAPEN)
@require_safe
def versjon(request: HttpRequest, stamme: uuid.UUID, versjon: int) -> HttpResponse:
    """One version as it was adopted. One that has been replaced says so, with a link to the newest."""
    alle = list(_publiserte().filter(stamme=stamme).order_by("-versjon"))
    plan = next((p for p in alle if p.versjon == versjon), None)
    innhold = aapent_innhold(Vedtak.objects.filter(plan=plan)) if plan else None
    if not innhold:
        return _finnes_ikke(request)
    kontekst = {
        "plan": plandel(innhold, Oppsett(lest=True), hash_=innholdshash(innhold)),
        "nyere": alle[0] if alle[0].versjon > versjon else None,
        "erstattet": plan.status == Planstatus.ERSTATTET,
        "under_revisjon": plan.status == Planstatus.REVISJON,
        "kanonisk": request.build_absolute_uri(reverse("les:versjon", args=[stamme, versjon])),
        "pdf": reverse("les:pdf", args=[stamme, versjon]),
    }
    return _vis(request, "planer/les/plan.html", kontekst)


@krever(Handling.AAPEN)
@require_safe
def pdf(request: HttpRequest, stamme: uuid.UUID, versjon: int) -> HttpResponse:
    """The PDF without small numbers."""
    plan = _publiserte().filter(stamme=stamme, versjon=versjon).first()
    fil = vedtatt_pdf(plan, prikket=True) if plan else None
    if fil is None:
        return _finnes_ikke(request, lages=plan is not None)
    return som_fil(fil, filnavn(plan, prikket=True), hurtigbuffer=HURTIGBUFFER)


def _publiserte():
    """Versions that are published and adopted."""
    return Plan.objects.filter(publisert__isnull=False, vedtak__isnull=False)


def _finnes_ikke(request: HttpRequest, lages: bool = False) -> HttpResponse:
    return _vis(request, "planer/les/finnes_ikke.html", {"lages": lages}, status=404)


def _vis(request: HttpRequest, mal: str, kontekst: dict, status: int = 200) -> HttpResponse:
    svar = render(request, mal, avsender(kommune()) | kontekst, status=status)
    svar["Cache-Control"] = HURTIGBUFFER if status == 200 else "no-store"
    return svar
