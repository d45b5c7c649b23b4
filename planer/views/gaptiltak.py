"""A tiltak from a row of the gap analysis: straight to the form when one delplan can take it, else a choice, else what
to do.
"""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from organisasjon.enums import Handling
from organisasjon.queries import kontakter_for_tilgang
from organisasjon.tilgang import krever
from planer.enums import Varselslag
from planer.gaptiltak import Mulighet, muligheter, rad_for
from planer.services.varsler import varsle


@krever(Handling.SE_PLANER)
@require_safe
def tiltak_fra_gap(request: HttpRequest, pk: int) -> HttpResponse:
    """Find the delplan that the row's tiltak goes in."""
    rad = rad_for(request, pk)
    alle = muligheter(request, rad.analyse)
    aapne = [m for m in alle if m.aapen]
    if len(aapne) == 1:
        return redirect(adresse(aapne[0], rad.pk))
    kontekst = {
        "rad": rad,
        "valg": [(m.plan, adresse(m, rad.pk)) for m in aapne],
        "lukkede": [m.plan for m in alle if not m.aapen],
        "smuler": (
            (_("Gapanalyser"), reverse("kompetanse:gapanalyser")),
            (str(rad.analyse), reverse("kompetanse:gapanalyse", args=[rad.analyse_id])),
        ),
        "spurt": request.GET.get("spurt") == "1",
    }
    return render(request, "planer/tiltak/fra_gap.html", kontekst)


@krever(Handling.SE_PLANER)
@require_POST
def spor_om_plan(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask HR for a delplan, or a revision, that the row's tiltak can go in."""
    rad = rad_for(request, pk)
    tekst = _("%(hvem)s trenger en delplan som kan ta imot tiltak fra gapanalysen for %(enhet)s.")
    varsle(
        til=kontakter_for_tilgang(timezone.localdate()),
        slag=Varselslag.PLAN_VENTER,
        nokkel=f"gapplan-{rad.analyse_id}-{request.user.pk}",
        tekst=tekst % {"hvem": request.user, "enhet": rad.analyse.navn},
        adresse=reverse("kompetanse:gapanalyse", args=[rad.analyse_id]),
        naa=timezone.now(),
        unntatt=request.user,
    )
    messages.success(request, _("HR har fått beskjed. Raden ligger klar til planen kan ta imot tiltak."))
    return redirect(f"{reverse('planer:tiltak_fra_gap', args=[pk])}?spurt=1")


def adresse(m: Mulighet, rad: int) -> str:
    """The form for a new tiltak in the plan, filled in from the row."""
    return f"{reverse('planer:tiltak_ny', args=[m.plan.pk])}?gaprad={rad}"
