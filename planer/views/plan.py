"""The list of plans, the plan's front page, its chapters, and its settings."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from organisasjon.enums import Handling
from organisasjon.sider import Bekreftelse, Skjemaside, bekreft_laast, lagre, videre, vis_skjema
from organisasjon.tilgang import krever
from planer.enums import Planstatus
from planer.forms_plan import PlanSkjema
from planer.kapitler import kapitler_for
from planer.kontroll import Mangel, beholdte_mangler
from planer.models import Plan
from planer.paneler import paneler_for
from planer.queries import plan_for
from planer.rules import Planrett
from planer.services import planer as tjenester
from planer.views.nyplan import kilder
from planer.visning.plan import deltakergrupper, kapittelkort, maler, opphavskjede
from planer.visning.planliste import planliste
from planer.visning.tekst import seksjoner_for


@krever(Handling.SE_PLANER)
@require_GET
def liste(request: HttpRequest) -> HttpResponse:
    """All plans the person may see."""
    sok, status = request.GET.get("sok", ""), request.GET.get("status", "")
    kontekst = {
        "liste": planliste(request, sok, status if status in Planstatus.values else ""),
        "sok": sok,
        "status": status,
        "statuser": [v for v in Planstatus.choices if v[0] != Planstatus.ERSTATTET],
        "kan_lage": request.tilgang.kan(Handling.OPPRETTE_PLAN),
        "i_arbeid": request.tilgang.kan(Handling.SE_PLANARBEID),
    }
    return render(request, "planer/plan/liste.html", kontekst)


@krever(Handling.OPPRETTE_PLAN)
@require_GET
def malliste(request: HttpRequest) -> HttpResponse:
    """The templates that delplaner are made from."""
    return render(request, "planer/plan/maler.html", {"maler": maler(request)})


@krever(Handling.SE_PLANER)
@require_GET
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """The plan's front page: its chapters, what is missing, its people and its scope."""
    plan, rett = plan_for(request, pk)
    funnet = _mangler(plan, rett)
    kontekst = {
        "plan": plan,
        "rett": rett,
        "kapitler": kapittelkort(plan, funnet),
        "antall_mangler": sum(m.stopper for m in funnet),
        "deltakere": deltakergrupper(plan),
        "opphav": opphavskjede(plan),
        "omfang": sorted(plan.omfang.all(), key=lambda o: o.enhet.navn),
        "kan_slettes": rett.forvalte and not tjenester.hvorfor_ikke_slette(plan),
        "dag": timezone.localdate(),
    }
    return render(request, "planer/plan/plan.html", kontekst)


def _mangler(plan: Plan, rett: Planrett) -> list[Mangel]:
    """What the plan lacks, for those who work on it while it can be changed."""
    return beholdte_mangler([plan], timezone.localdate())[plan.pk] if plan.er_aapen and rett.arbeid else []


@krever(Handling.SE_PLANER)
@require_GET
def kapittel(request: HttpRequest, pk: int, nummer: int) -> HttpResponse:
    """One chapter: what belongs here, what is missing, the texts, the structured parts and the comments."""
    plan, rett = plan_for(request, pk)
    kapitler = kapitler_for(plan.slag)
    if not 1 <= nummer <= len(kapitler):
        raise Http404("Kapitlet finnes ikke")
    funnet = _mangler(plan, rett)
    her = [m for m in funnet if m.kapittel == nummer]
    seksjoner = seksjoner_for(request, plan, rett, nummer)
    kontekst = {
        "plan": plan,
        "rett": rett,
        "kapittel": kapitler[nummer - 1],
        "kapitler": kapittelkort(plan, funnet, nummer),
        "mangler": her,
        "bare_paaminnelser": not any(m.stopper for m in her),
        "veiledning": f"planer/veiledning/{'temaplan' if plan.er_temaplan else 'delplan'}-{nummer}.html",
        "seksjoner": seksjoner,
        "paneler": paneler_for(request, plan, rett, nummer),
        "forrige": kapitler[nummer - 2] if nummer > 1 else None,
        "neste": kapitler[nummer] if nummer < len(kapitler) else None,
    }
    return render(request, "planer/plan/kapittel.html", kontekst)


@krever(Handling.SE_PLANER)
@require_http_methods(["GET", "POST"])
def innstillinger(request: HttpRequest, pk: int) -> HttpResponse:
    """Title, period, level, extract and origin."""
    plan, rett = plan_for(request, pk)
    krev_forvalte(rett, plan)
    skjema = PlanSkjema(request.POST or None, plan=plan, kilder=kilder(request))
    adresse = reverse("planer:plan", args=[pk])
    if (
        request.method == "POST"
        and skjema.is_valid()
        and lagre(
            skjema,
            lambda: tjenester.endre_plan(
                plan=plan,
                verdier=skjema.verdier(),
                forventet=skjema.forventet,
                av=request.user,
                naa=timezone.now(),
            ),
        )
    ):
        messages.success(request, _("Innstillingene er lagret."))
        return redirect(adresse)
    side = Skjemaside(
        _("Innstillinger for planen"),
        _("Endringer her gjelder hele planen. Byttes uttrekket, oppdateres tallene i teksten."),
        _("Lagre"),
        adresse,
        smuler(plan),
    )
    return vis_skjema(request, skjema, side)


@krever(Handling.SE_PLANER)
@require_http_methods(["GET", "POST"])
def slett(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete an untouched draft."""
    plan, rett = plan_for(request, pk)
    if not rett.forvalte:
        raise PermissionDenied
    hjem = reverse("planer:plan", args=[pk])
    if grunn := tjenester.hvorfor_ikke_slette(plan):
        messages.error(request, grunn)
        return redirect(hjem)
    konsekvenser = (
        _("Alle tekster, tall og tiltak i planen blir borte, også det andre har skrevet."),
        _("Planer som er laget fra denne, blir stående."),
        _("Dette kan ikke angres."),
    )
    tittel = _("Slett %(plan)s?") % {"plan": plan.tittel}
    slettet = _("%(plan)s er slettet.") % {"plan": plan.tittel}
    return bekreft_laast(
        request,
        Bekreftelse(tittel, konsekvenser, _("Slett planen"), hjem, smuler(plan), True),
        objekt=plan,
        felter=tjenester.FELTER_SLETT,
        skriv=lambda laas: tjenester.slett_plan(plan=plan, forventet=laas, av=request.user),
        svar=lambda _gjort: videre(request, slettet, reverse("planer:liste")),
    )


def krev_forvalte(rett, plan: Plan) -> None:
    """Raises PermissionDenied unless the person manages the plan and it is still open."""
    if not (rett.forvalte and plan.er_aapen):
        raise PermissionDenied


def smuler(plan: Plan) -> tuple[tuple[str, str], ...]:
    """The way to the plan's pages."""
    return (_("Planer"), reverse("planer:liste")), (plan.tittel, reverse("planer:plan", args=[plan.pk]))
