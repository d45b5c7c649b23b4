"""Changing many tiltak at once: choose, say what, see what changes, confirm, undo."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from organisasjon.enums import Handling
from organisasjon.tilgang import krever
from planer.enums import Planstatus
from planer.forms_tiltak import FellesSkjema, lesbart
from planer.models import Plan, Tiltak
from planer.rules import Planrett, kan_folge_opp
from planer.services.tiltakssamling import (
    Fellesverdier,
    angre_samlet,
    endre_samlet,
    krev_lov,
    les_angremerke,
    sett_felles,
)
from planer.tiltaksfolk import mulige_ansvarlige
from planer.tiltaksliste import les_id
from planer.visning.tiltak import retter_for

MEST = 200
FELT = (
    ("ansvarlig", gettext_lazy("Ansvarlig")),
    ("frist", gettext_lazy("Frist")),
    ("status", gettext_lazy("Status")),
    ("statusgrunn", gettext_lazy("Begrunnelse")),
)


def _hent(request: HttpRequest, ider: list[int]) -> list[Tiltak]:
    """Those of the tiltak that exist for the person. Three queries."""
    synlige = Plan.objects.synlig_for(request.tilgang, request.user.pk)
    rader = Tiltak.objects.filter(pk__in=ider, plan__in=synlige).select_related("plan", "omraade", "ansvarlig")
    return list(rader.prefetch_related("plan__omfang", "plan__deltakere__bruker").order_by("frist", "pk"))


def _retter(request: HttpRequest, tiltak: list[Tiltak]) -> dict[int, Planrett]:
    return retter_for({t.plan_id: t.plan for t in tiltak}.values(), request.tilgang, request.user.pk)


@krever(Handling.SE_PLANER)
@require_http_methods(["GET", "HEAD", "POST"])
def samlet(request: HttpRequest) -> HttpResponse:
    """The chosen rows (?velg=1&velg=2) and what they shall have; POST shows what changes, POST with bekreft does it."""
    data = request.POST if request.method == "POST" else request.GET
    ider = [i for v in data.getlist("velg")[: MEST + 1] if (i := les_id(v))]
    if len(ider) > MEST:
        messages.warning(request, _("Velg høyst %(mest)s tiltak om gangen.") % {"mest": MEST})
        return redirect("planer:alle_tiltak")
    tiltak = _hent(request, ider)
    if not tiltak:
        messages.warning(request, _("Kryss av for tiltakene som skal endres først."))
        return redirect("planer:alle_tiltak")
    retter = _retter(request, tiltak)
    mine = [t for t in tiltak if kan_folge_opp(t, retter[t.plan_id], request.user.pk)]
    folk = mulige_ansvarlige(
        {t.plan_id: t.plan for t in mine if retter[t.plan_id].tiltak}.values(), timezone.localdate()
    )
    skjema = FellesSkjema(request.POST or None, folk=folk)
    liste = _liste(tiltak)
    kontekst: dict[str, Any] = {"tiltak": tiltak, "skjema": skjema, "liste": liste}
    if request.method == "POST" and skjema.is_valid():
        verdier = _verdier(skjema)
        rader, utelatt = _forhaandsvis(request, tiltak, retter, verdier)
        if "bekreft" in request.POST and rader:
            return _utfoer(request, [t.pk for t, _e in rader], verdier, utelatt, liste)
        kontekst |= {"rader": rader, "utelatt": utelatt, "vist": True}
    status = 422 if skjema.is_bound and skjema.errors else 200
    return render(request, "planer/tiltak/samlet.html", kontekst, status=status)


def _liste(tiltak: list[Tiltak]) -> str:
    """Back to the plan they are all in, else to the list of all."""
    planer = {t.plan_id for t in tiltak}
    return reverse("planer:tiltak", args=planer) if len(planer) == 1 else reverse("planer:alle_tiltak")


def _verdier(skjema: FellesSkjema) -> Fellesverdier:
    data = skjema.cleaned_data
    return Fellesverdier(
        ansvarlig=skjema.folk.get(data["ansvarlig"]),
        uten_ansvarlig=data["ansvarlig"] == FellesSkjema.INGEN,
        frist=data["frist"],
        status=data["status"] or None,
        statusgrunn=data["statusgrunn"].strip() if data["status"] in ("utsatt", "avbrutt") else "",
    )


def _forhaandsvis(
    request: HttpRequest, tiltak: list[Tiltak], retter: dict[int, Planrett], verdier: Fellesverdier
) -> tuple[list[tuple[Tiltak, list[tuple[str, str, str]]]], list[tuple[Tiltak, str]]]:
    """(tiltak, changes) for those that will change, (tiltak, why not) for those left out."""
    rader, utelatt = [], []
    for t in tiltak:
        rett = retter[t.plan_id]
        if not (rett.tiltak if verdier.innhold and t.plan.er_aapen else kan_folge_opp(t, rett, request.user.pk)):
            utelatt.append((t, _("Du kan ikke endre dette tiltaket.")))
            continue
        if t.plan.status == Planstatus.ERSTATTET:
            utelatt.append((t, _("Planen er erstattet av en nyere versjon.")))
            continue
        foer = {felt: lesbart(getattr(t, felt), felt) for felt, _navn in FELT}
        if not sett_felles(t, verdier):
            utelatt.append((t, _("Er slik allerede.")))
            continue
        try:
            krev_lov(t, verdier)
        except ValidationError as feil:
            utelatt.append((t, " ".join(feil.messages)))
            continue
        naa = {felt: lesbart(getattr(t, felt), felt) for felt, _navn in FELT}
        rader.append((t, [(str(navn), foer[f], naa[f]) for f, navn in FELT if foer[f] != naa[f]]))
    return rader, utelatt


def _utfoer(request: HttpRequest, ider: list[int], verdier: Fellesverdier, utelatt: list, liste: str) -> HttpResponse:
    try:
        antall, merke = endre_samlet(tiltak_ider=ider, verdier=verdier, av=request.user, naa=timezone.now())
    except ValidationError as feil:
        messages.error(request, " ".join(feil.messages))
        return redirect(liste)
    return render(
        request,
        "planer/tiltak/samlet_ferdig.html",
        {"antall": antall, "merke": merke, "utelatt": utelatt, "liste": liste},
    )


@krever(Handling.SE_PLANER)
@require_POST
def angre(request: HttpRequest) -> HttpResponse:
    """Put back what the last bulk change changed, within ten minutes."""
    liste = reverse("planer:alle_tiltak")
    try:
        merke = request.POST.get("merke", "")
        tiltak = _hent(request, [pk for pk, _gammelt, _nytt in les_angremerke(merke)])
        liste = _liste(tiltak)
        retter = _retter(request, tiltak)
        lov = {t.pk: kan_folge_opp(t, retter[t.plan_id], request.user.pk) for t in tiltak}
        antall = angre_samlet(merke=merke, lov=lov, av=request.user, naa=timezone.now())
    except ValidationError as feil:
        messages.error(request, " ".join(feil.messages))
    else:
        tekst = ngettext("%(n)s tiltak er satt tilbake.", "%(n)s tiltak er satt tilbake.", antall)
        messages.success(request, tekst % {"n": antall})
    return redirect(liste)
