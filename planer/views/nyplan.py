"""New plans: a temaplan, a delplan, many delplaner at once, a template."""

from collections.abc import Collection
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from felles.norsk import midt_i_setning
from organisasjon.enums import Handling
from organisasjon.models import Enhet
from organisasjon.sider import Skjemaside, lagre, vis_skjema
from organisasjon.tilgang import krever
from planer.enhetsvalg import enhetsvalg
from planer.enums import AAPNE, GJELDENDE, Deltakerrolle, Planslag, Planstatus
from planer.forms_plan import DelplanSkjema, FlereDelplanerSkjema, MalSkjema, TemaplanSkjema
from planer.models import Plan, Plandeltaker
from planer.services import planer as tjenester
from planer.services.planangre import angre_nye, angremerke

MAKS_SAMTIDIG = 100
MAKS_NEVNT = 5


@krever(Handling.OPPRETTE_PLAN)
@require_http_methods(["GET", "POST"])
def ny_temaplan(request: HttpRequest) -> HttpResponse:
    """The temaplan of a new period."""
    skjema = TemaplanSkjema(request.POST or None, dag=timezone.localdate())
    laget: list[Plan] = []
    if (
        request.method == "POST"
        and skjema.is_valid()
        and lagre(skjema, lambda: laget.append(_temaplan(request, skjema)))
    ):
        messages.success(request, _("Temaplanen er laget. Begynn med kapittel 1."))
        return redirect("planer:plan", laget[0].pk)
    side = Skjemaside(
        _("Ny temaplan"),
        _("Temaplanen gjelder hele kommunen. Den har åtte kapitler, og delplanene bygger på den."),
        _("Lag temaplanen"),
        reverse("planer:liste"),
        smuler(),
    )
    return vis_skjema(request, skjema, side)


@krever(Handling.OPPRETTE_PLAN)
@require_http_methods(["GET", "POST"])
def ny_delplan(request: HttpRequest) -> HttpResponse:
    """A delplan for the ticked units."""
    if not temaplaner(request):
        return _uten_temaplan(request)
    skjema = DelplanSkjema(
        request.POST or None, temaplaner=temaplaner(request), kilder=kilder(request), initial=_fra_adresse(request)
    )
    valg = enhetsvalg(request, _forvalgte(request))
    laget: list[Plan] = []
    if (
        request.method == "POST"
        and skjema.is_valid()
        and lagre(skjema, lambda: laget.append(_delplan(request, skjema, valg.enheter())))
    ):
        messages.success(request, _("Delplanen er laget. Se over hvem som er med, og begynn med del 1."))
        return redirect("planer:plan", laget[0].pk)
    return _vis(request, "planer/plan/ny_delplan.html", skjema, valg)


@krever(Handling.OPPRETTE_PLAN)
@require_http_methods(["GET", "POST"])
def nye_delplaner(request: HttpRequest) -> HttpResponse:
    """One delplan for each ticked unit and each ticked service, from the same template. All or none are made."""
    if not temaplaner(request):
        return _uten_temaplan(request)
    skjema = FlereDelplanerSkjema(
        request.POST or None, temaplaner=temaplaner(request), kilder=kilder(request), initial=_fra_adresse(request)
    )
    valg = enhetsvalg(request, ())
    laget: list[Plan] = []
    if (
        request.method == "POST"
        and skjema.is_valid()
        and lagre(skjema, lambda: laget.extend(_flere(request, skjema, valg)))
    ):
        _si_fra_om_uten_leder(request, laget)
        kontekst = {"laget": laget, "merke": angremerke(laget, request.user), "smuler": smuler()}
        return render(request, "planer/plan/nye_ferdig.html", kontekst)
    return _vis(request, "planer/plan/nye_delplaner.html", skjema, valg)


@krever(Handling.OPPRETTE_PLAN)
@require_POST
def angre_delplaner(request: HttpRequest) -> HttpResponse:
    """Undo the making of many delplaner. Those somebody has worked in stay."""
    try:
        antall, staar = angre_nye(merke=request.POST.get("merke", ""), av=request.user)
    except ValidationError as feil:
        messages.error(request, " ".join(feil.messages))
        return redirect("planer:liste")
    tekst = ngettext("%(n)d delplan er slettet igjen.", "%(n)d delplaner er slettet igjen.", antall) % {"n": antall}
    messages.success(request, tekst)
    if staar:
        tekst = _("Noen har arbeidet i disse, så de står: %(navn)s.")
        messages.warning(request, tekst % {"navn": _nevn(staar)})
    return redirect("planer:liste")


@krever(Handling.OPPRETTE_PLAN)
@require_http_methods(["GET", "POST"])
def ny_mal(request: HttpRequest) -> HttpResponse:
    """A template, empty or from a plan."""
    if not temaplaner(request):
        return _uten_temaplan(request)
    skjema = MalSkjema(
        request.POST or None, temaplaner=temaplaner(request), kilder=kilder(request), initial=_fra_adresse(request)
    )
    laget: list[Plan] = []
    if request.method == "POST" and skjema.is_valid() and lagre(skjema, lambda: laget.append(_mal(request, skjema))):
        messages.success(request, _("Malen er laget. Skriv det som skal være likt i alle delplanene."))
        return redirect("planer:plan", laget[0].pk)
    side = Skjemaside(
        _("Ny mal for delplaner"),
        _("Skriv teksten og tiltakene én gang. Delplanene som lages fra malen, får sin egen kopi."),
        _("Lag malen"),
        reverse("planer:maler"),
        (*smuler(), (_("Maler"), reverse("planer:maler"))),
    )
    return vis_skjema(request, skjema, side)


def temaplaner(request: HttpRequest) -> QuerySet[Plan]:
    """The temaplaner that new delplaner can belong to: in force before open, newest first. An open revision is no
    choice: the version it revises is in force until then.
    """
    synlige = Plan.objects.synlig_for(request.tilgang, request.user.pk).filter(slag=Planslag.TEMAPLAN)
    gjelder = Case(When(status__in=GJELDENDE, then=Value(0)), default=Value(1), output_field=IntegerField())
    levende = synlige.filter(status__in=[*AAPNE, *GJELDENDE]).exclude(status__in=AAPNE, revisjon_av__isnull=False)
    return levende.order_by(gjelder, "-fra_aar", "-versjon", "pk")


def kilder(request: HttpRequest) -> QuerySet[Plan]:
    """What a new delplan can be made from: templates first, then delplaner."""
    synlige = Plan.objects.synlig_for(request.tilgang, request.user.pk)
    return (
        synlige.exclude(slag=Planslag.TEMAPLAN).exclude(status=Planstatus.ERSTATTET).order_by("-slag", "tittel", "pk")
    )


def smuler() -> tuple[tuple[str, str], ...]:
    return ((_("Planer"), reverse("planer:liste")),)


@dataclass(frozen=True)
class _Bestilling:
    """One delplan to be made."""

    navn: str
    enheter: Collection[Enhet]


def _temaplan(request: HttpRequest, skjema: TemaplanSkjema) -> Plan:
    data = skjema.cleaned_data
    return tjenester.opprett_temaplan(
        tittel=data["tittel"],
        fra_aar=data["fra_aar"],
        til_aar=data["til_aar"],
        uttrekk=data["uttrekk"],
        av=request.user,
        naa=timezone.now(),
    )


def _delplan(request: HttpRequest, skjema, enheter: Collection[Enhet], tittel: str = "") -> Plan:
    data = skjema.cleaned_data
    return tjenester.opprett_delplan(
        tittel=tittel or data["tittel"],
        temaplan=data["temaplan"],
        enheter=enheter,
        fra_aar=data["fra_aar"],
        til_aar=data["til_aar"],
        nivaa=data.get("nivaa", ""),
        uttrekk=data["uttrekk"],
        mal=data["mal"],
        av=request.user,
        naa=timezone.now(),
    )


def _mal(request: HttpRequest, skjema: MalSkjema) -> Plan:
    data = skjema.cleaned_data
    return tjenester.opprett_mal(
        tittel=data["tittel"],
        temaplan=data["temaplan"],
        fra_aar=data["fra_aar"],
        til_aar=data["til_aar"],
        mal=data["mal"],
        av=request.user,
        naa=timezone.now(),
    )


@transaction.atomic
def _flere(request: HttpRequest, skjema, valg) -> list[Plan]:
    bestillinger = [_Bestilling(midt_i_setning(t.navn), list(t.enheter.all())) for t in valg.valgte_tjenester()]
    bestillinger += [_Bestilling(e.navn, [e]) for e in valg.enkeltenheter()]
    if not bestillinger:
        raise ValidationError(_("Kryss av for minst én enhet eller tjeneste."))
    if len(bestillinger) > MAKS_SAMTIDIG:
        raise ValidationError(_("Lag høyst %(maks)d delplaner om gangen.") % {"maks": MAKS_SAMTIDIG})
    return [_delplan(request, skjema, b.enheter, _("Delplan for %(navn)s") % {"navn": b.navn}) for b in bestillinger]


def _si_fra_om_uten_leder(request: HttpRequest, planer: Collection[Plan]) -> None:
    """Which of the new delplaner nobody answers for: the roles of their units named no enhetsleder."""
    har = set(
        Plandeltaker.objects.filter(plan__in=planer, rolle=Deltakerrolle.ANSVARLIG).values_list("plan_id", flat=True)
    )
    uten = [p.tittel for p in planer if p.pk not in har]
    if not uten:
        return
    tekst = _("Ingen har rollen enhetsleder der disse gjelder: %(navn)s. Åpne planen og velg hvem som er med.")
    messages.warning(request, tekst % {"navn": _nevn(uten)})


def _nevn(titler: list[str]) -> str:
    til = _(" og %d til") % (len(titler) - MAKS_NEVNT) if len(titler) > MAKS_NEVNT else ""
    return ", ".join(titler[:MAKS_NEVNT]) + til


def _fra_adresse(request: HttpRequest) -> dict:
    """`?fra=` names the plan to start from; the form refuses one the person may not use."""
    fra = request.GET.get("fra", "")
    return {"mal": fra} if fra.isdecimal() and len(fra) < 15 else {}


def _forvalgte(request: HttpRequest) -> tuple[int, ...]:
    """`?enhet=` ticks a unit, for links from the page of coverage."""
    return tuple(int(v) for v in request.GET.getlist("enhet") if v.isdecimal() and len(v) < 15)


def _uten_temaplan(request: HttpRequest) -> HttpResponse:
    messages.info(request, _("Lag temaplanen først. Delplanene bygger på innsatsområdene i den."))
    return redirect("planer:ny_temaplan")


def _vis(request: HttpRequest, mal: str, skjema, valg) -> HttpResponse:
    status = 422 if request.method == "POST" else 200
    return render(request, mal, {"skjema": skjema, "valg": valg}, status=status)
