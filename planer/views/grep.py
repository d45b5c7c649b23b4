"""What is done in a delplan's own parts: deciding on a støttegrep, taking in new areas, filling in a first text."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from organisasjon.enums import Handling
from organisasjon.sider import utfoer
from organisasjon.tilgang import krever
from planer.enums import Planslag
from planer.models import Innsatsomraade, Plan
from planer.queries import plan_for
from planer.rules import Planrett
from planer.services.grep import sikre_grepvalg, velg_omraade
from planer.services.utkast import UTKAST, fyll_utkast
from planer.visning.delplan_utkast import fakta

VALG = {"ja": True, "nei": False, "": None}


@krever(Handling.SE_PLANER)
@require_POST
def velg_grep(request: HttpRequest, pk: int, omraade: int) -> HttpResponse:
    """Decide on a støttegrep."""
    plan, _rett = _skriver_i_delplan(request, pk)
    valgt = request.POST.get("valgt", "")
    if valgt not in VALG:
        raise Http404("Ukjent valg")
    rad = get_object_or_404(Innsatsomraade, pk=omraade, plan_id=plan.temaplan_id)
    melding = {
        True: _("«%(navn)s» følges opp. Skriv hvorfor, og legg til tiltak."),
        False: _("«%(navn)s» følges ikke opp. Skriv kort hvorfor."),
        None: _("«%(navn)s» er ikke avgjort."),
    }[VALG[valgt]] % {"navn": rad.tittel}
    return utfoer(
        request,
        lambda: velg_omraade(plan=plan, omraade=rad, valgt=VALG[valgt], av=request.user, naa=timezone.now()),
        melding,
        f"{_kapittel(plan, 4)}#grep-{rad.nokkel}",
    )


@krever(Handling.SE_PLANER)
@require_POST
def ta_inn_grep(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a place for areas the temaplan has got since the delplan was made."""
    plan, _rett = _skriver_i_delplan(request, pk)
    return utfoer(
        request,
        lambda: sikre_grepvalg(plan=plan, av=request.user, naa=timezone.now()),
        _("Innsatsområdene er tatt inn i delplanen."),
        _kapittel(plan, 4),
    )


@krever(Handling.SE_PLANER)
@require_POST
def fyll_inn(request: HttpRequest, pk: int, nokkel: str) -> HttpResponse:
    """Write a first text in an empty section, from what is known."""
    plan, rett = _skriver_i_delplan(request, pk)
    if nokkel not in UTKAST:
        raise Http404("Ingen slik tekst")
    seksjon = get_object_or_404(plan.seksjoner, nokkel=nokkel)
    return utfoer(
        request,
        lambda: fyll_utkast(
            seksjon=seksjon, fakta=fakta(request, plan, rett, nokkel), av=request.user, naa=timezone.now()
        ),
        _("Utkastet er fylt inn under «%(navn)s». Les gjennom og rett det.") % {"navn": seksjon.overskrift},
        f"{_kapittel(plan, seksjon.kapittel)}#seksjon-{nokkel}",
    )


def _skriver_i_delplan(request: HttpRequest, pk: int) -> tuple[Plan, Planrett]:
    """The delplan or template and the person's rights. Raises Http404, and PermissionDenied for those who only read."""
    plan, rett = plan_for(request, pk)
    if plan.slag == Planslag.TEMAPLAN:
        raise Http404("Ikke en delplan")
    if not rett.redigere:
        raise PermissionDenied(_("Skrive i delplanen"))
    return plan, rett


def _kapittel(plan: Plan, nummer: int) -> str:
    return reverse("planer:kapittel", args=[plan.pk, nummer])
