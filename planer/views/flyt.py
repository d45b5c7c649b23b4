"""Moving a plan, adopting it, revising it, and the page of all work together on it."""

from collections import Counter
from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from organisasjon.enums import Handling
from organisasjon.sider import Bekreftelse, bekreft_laast, lagre, videre
from organisasjon.tilgang import krever
from planer.enums import Kommentarstatus, Planslag, Planstatus
from planer.flytparter import parter_i
from planer.flytregler import DROFTING, REVISJON, Part
from planer.forms_flyt import SkiftSkjema
from planer.models import Plan, Vedtak
from planer.queries import med_samarbeid, plan_for
from planer.rules import Planrett
from planer.services import flyt
from planer.services.flyt import Mulighet
from planer.services.horing import send_paa_horing
from planer.services.planer import FELTER_SLETT
from planer.services.vedtak import avtrykk, kontroller
from planer.visning.flyt import kommentarer_for
from planer.visning.samarbeid import droftingsrader, horingsrader


def hent(request: HttpRequest, pk: int) -> tuple[Plan, Planrett]:
    """The plan, for somebody who sees the work on it. Http404 for others' plans, PermissionDenied for readers."""
    plan, rett = plan_for(request, pk)
    if plan.slag == Planslag.MAL:
        raise Http404("En mal har ingen gang")
    if not rett.arbeid:
        raise PermissionDenied(Handling.SE_PLANARBEID.label)
    return plan, rett


def smuler(plan: Plan, *flere: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    """Plans › the plan › …"""
    return ((_("Planer"), reverse("planer:liste")), (plan.tittel, reverse("planer:plan", args=[plan.pk])), *flere)


def kan_styre_horing(request: HttpRequest, plan: Plan) -> bool:
    """May the person open a hearing, record letters and assess answers?"""
    parter = parter_i(plan, request.tilgang, request.user.pk)
    styrer = {Part.HR} if plan.er_temaplan else {Part.HR, Part.KOMMUNALSJEF}
    return plan.er_aapen and bool(styrer & parter)


def kan_kalle_inn(request: HttpRequest, plan: Plan) -> bool:
    """May the person call a drøfting or open a hearing of this plan now?"""
    return plan.er_aapen and bool(DROFTING[plan.slag] & parter_i(plan, request.tilgang, request.user.pk))


@krever(Handling.SE_PLANER)
@require_http_methods(["GET", "HEAD", "POST"])
def skift(request: HttpRequest, pk: int, til: str) -> HttpResponse:
    """What a move demands and does, and its button."""
    plan, _rett = hent(request, pk)
    hjem = _side(plan)
    mulighet = next((m for m in flyt.overganger(plan, request.tilgang, request.user) if m.regel.til == til), None)
    if mulighet is None:
        messages.error(request, _borte(request, plan))
        return redirect(hjem)
    if not mulighet.kan:
        raise PermissionDenied(mulighet.regel.navn)
    horing = plan.horinger.filter(frist__gte=timezone.localdate()).exists()
    skjema = SkiftSkjema(request.POST or None, regel=mulighet.regel, horing_finnes=horing)
    skjema.avbryt_adresse = hjem
    if request.method == "POST" and skjema.is_valid() and lagre(skjema, lambda: _flytt(request, plan, til, skjema)):
        ord_ = {"plan": plan.tittel, "status": Planstatus(til).label}
        messages.success(request, _("«%(plan)s» har nå status «%(status)s».") % ord_)
        return redirect(hjem)
    return _skiftside(request, plan, mulighet, skjema)


def _borte(request: HttpRequest, plan: Plan) -> str:
    """Why the move is not there: somebody was first, as a rule."""
    siste = plan.statusskifter.select_related("av").first()
    ord_ = {"hvem": siste.av if siste and siste.av else _("Noen andre"), "status": plan.get_status_display()}
    if request.method == "POST" and siste:
        return _("%(hvem)s kom deg i forkjøpet: planen er nå «%(status)s». Ingenting er gjort om igjen.") % ord_
    return _("Planen kan ikke flyttes dit fra «%(status)s».") % ord_


def _skiftside(request: HttpRequest, plan: Plan, mulighet: Mulighet, skjema: SkiftSkjema) -> HttpResponse:
    kontekst = {"plan": plan, "mulighet": mulighet, "skjema": skjema, "smuler": smuler(plan)}
    return render(request, "planer/flyt/skift.html", kontekst, status=422 if skjema.is_bound else 200)


def _flytt(request: HttpRequest, plan: Plan, til: str, skjema: SkiftSkjema) -> None:
    data, naa = skjema.cleaned_data, timezone.now()
    felles = {"plan": plan, "av": request.user, "naa": naa, "merknad": data["merknad"], "forventet": data["fra"]}
    if til == Planstatus.VEDTATT:
        flyt.vedta(sak=data["sak"], **felles)
    elif "frist" in data:
        ord_ = {"frist": data["frist"], "invitasjon": data["invitasjon"]}
        send_paa_horing(tilgang=request.tilgang, **ord_, **felles)
    else:
        flyt.skift_status(til=til, tilgang=request.tilgang, **felles)


@krever(Handling.SE_PLANER)
@require_http_methods(["GET", "HEAD", "POST"])
def revider(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin a revision of an adopted plan."""
    plan, _rett = hent(request, pk)
    _krev_revisjon(request, plan)
    konsekvenser = (
        _("Det lages en ny versjon som utkast, med samme tekst, tall, tiltak og deltakere."),
        _("Den vedtatte versjonen gjelder, og står urørt, til den nye er vedtatt."),
        _("Tiltakene beholder id-ene sine, så det går fram hva som er nytt og hva som er endret."),
        _("De som skriver planen, får varsel."),
    )
    tittel = _("Start revisjon av «%(plan)s»?") % {"plan": plan.tittel}
    side = Bekreftelse(tittel, konsekvenser, _("Start revisjonen"), _side(plan), smuler(plan))
    laget = _("Versjon %(nr)s er laget som utkast. Her kan dere skrive.")
    return _skift_versjon(request, side, plan, flyt.start_revisjon, laget)


@krever(Handling.SE_PLANER)
@require_http_methods(["GET", "HEAD", "POST"])
def forkast(request: HttpRequest, pk: int) -> HttpResponse:
    """Drop a revision that has not been adopted."""
    plan, _rett = hent(request, pk)
    _krev_revisjon(request, plan)
    konsekvenser = (
        _("Alt som er skrevet i denne versjonen, slettes, også kommentarer, drøftinger og høringssvar i den."),
        _("Den vedtatte versjonen gjelder videre, som før revisjonen."),
        _("Dette kan ikke angres."),
    )
    tittel = _("Forkast revisjonen av «%(plan)s»?") % {"plan": plan.tittel}
    side = Bekreftelse(tittel, konsekvenser, _("Forkast revisjonen"), _side(plan), smuler(plan), True)
    return _skift_versjon(
        request, side, plan, flyt.forkast_revisjon, _("Revisjonen er forkastet. Versjon %(nr)s gjelder.")
    )


def _skift_versjon(
    request: HttpRequest, side: Bekreftelse, plan: Plan, skriv: Callable[..., Plan], melding: str
) -> HttpResponse:
    """Make or drop a version of what the person saw, and go to the one that is left to work in."""
    return bekreft_laast(
        request,
        side,
        objekt=plan,
        felter=FELTER_SLETT,
        skriv=lambda laas: skriv(plan=plan, forventet=laas, av=request.user, naa=timezone.now()),
        svar=lambda annen: videre(request, melding % {"nr": annen.versjon}, _side(annen)),
    )


def _side(plan: Plan) -> str:
    return reverse("planer:plan", args=[plan.pk])


def _krev_revisjon(request: HttpRequest, plan: Plan) -> None:
    if not REVISJON[plan.slag] & parter_i(plan, request.tilgang, request.user.pk):
        raise PermissionDenied(_("Starte revisjon"))


@krever(Handling.SE_PLANER)
@require_safe
def vedtak(request: HttpRequest, pk: int) -> HttpResponse:
    """What was adopted, its hashes, and whether they still hold."""
    plan, rett = plan_for(request, pk)
    gjort = get_object_or_404(Vedtak.objects.select_related("av"), plan=plan)
    gjort.plan = plan
    kontekst = {"plan": plan, "rett": rett, "vedtak": gjort, "kontroll": kontroller(gjort), "smuler": smuler(plan)}
    kontekst["avtrykk"] = avtrykk(gjort, uprikket=rett.uprikket)
    return render(request, "planer/flyt/vedtak.html", kontekst)


@krever(Handling.SE_PLANER)
@require_safe
def samarbeid(request: HttpRequest, pk: int) -> HttpResponse:
    """Drøftinger, hearings and comments of the plan."""
    plan, rett = hent(request, pk)
    valgt, dag = request.GET.get("status", Kommentarstatus.AAPEN), timezone.localdate()
    med_samarbeid(plan)
    alle = [t for liste in kommentarer_for(plan).values() for t in liste]
    antall = Counter(t.kommentar.status for t in alle)
    traader = [t for t in alle if t.kommentar.status == valgt or valgt not in Kommentarstatus]
    kontekst = {
        "plan": plan,
        "rett": rett,
        "droftinger": droftingsrader(plan, request.user, dag),
        "horinger": horingsrader(plan, dag),
        "traader": sorted(traader, key=lambda t: (t.kommentar.tid, t.kommentar.pk), reverse=True),
        "valgt": valgt,
        "filtre": [
            ("aapen", _("Åpne"), antall["aapen"]),
            ("lost", _("Løste"), antall["lost"]),
            ("beholdt", _("Beholdt som merknad"), antall["beholdt"]),
            ("alle", _("Alle"), len(alle)),
        ],
        "kan_kalle_inn": kan_kalle_inn(request, plan),
        "kan_hore_igjen": plan.status == Planstatus.HORING and kan_styre_horing(request, plan),
        "smuler": smuler(plan),
    }
    return render(request, "planer/flyt/samarbeid.html", kontekst)
