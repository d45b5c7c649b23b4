"""Publishing an adopted plan for everybody: what becomes visible, what is left out, and taking it back."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from organisasjon.enums import Handling
from organisasjon.models import Bruker
from organisasjon.sider import Bekreftelse, bekreft, utfoer
from organisasjon.tilgang import krever
from planer.innhold.personer import kjente_navn, navn_i_tekstene, personfelt
from planer.models import Plan, Vedtak
from planer.queries import plan_for
from planer.services import dokument as tjeneste
from planer.services.dokument import PUBLISERBARE


@krever(Handling.PUBLISERE_PLAN)
@require_http_methods(["GET", "HEAD", "POST"])
def publiser(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what becomes visible to everybody, and do it when it is confirmed. A published plan's choices are changed
    in the same way.
    """
    plan = _plan_aa_publisere(request, pk)
    tilbake = reverse("planer:dokument", args=[plan.pk])
    if request.method == "POST":
        melding = _("Planen kan leses av alle, slik du valgte. PDF-en uten små tall er klar om litt.")
        utelatt = request.POST.getlist("utelatt")
        return utfoer(
            request,
            lambda: tjeneste.publiser(plan=plan, utelatt=utelatt, av=request.user, naa=timezone.now()),
            melding,
            tilbake,
        )
    vedtak = Vedtak.objects.filter(plan=plan).only("innhold", "innhold_prikket", "utelatt").first()
    if vedtak is None or plan.status not in PUBLISERBARE:
        messages.error(request, str(tjeneste.BARE_VEDTATTE))
        return redirect(tilbake)
    kjente = kjente_navn(vedtak.innhold, Bruker.objects.order_by().values_list("navn", flat=True))
    felt = personfelt(vedtak.innhold_prikket, kjente)
    # Before the first publishing, what holds a known name is proposed taken out.
    ute = set(vedtak.utelatt) if plan.publisert else {*vedtak.utelatt, *(f.nokkel for f in felt if f.kjente)}
    kontekst = {
        "plan": plan,
        "felt": [(f, f.nokkel in ute) for f in felt],
        "har_pdf": Vedtak.objects.filter(pk=vedtak.pk, pdf_prikket__isnull=False).exists(),
        "funn": navn_i_tekstene(vedtak.innhold_prikket, kjente),
        "smuler": _smuler(plan),
        "tilbake": tilbake,
    }
    return render(request, "planer/dokument/publiser.html", kontekst)


@krever(Handling.PUBLISERE_PLAN)
@require_http_methods(["GET", "HEAD", "POST"])
def trekk_tilbake(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a published version away from those who are not logged in."""
    plan = _plan_aa_publisere(request, pk)
    tilbake = reverse("planer:dokument", args=[plan.pk])
    if request.method == "POST":
        melding = _("Planen er trukket tilbake. Bare innloggede kan lese den nå.")
        return utfoer(request, lambda: tjeneste.trekk_tilbake(plan=plan, av=request.user), melding, tilbake)
    side = Bekreftelse(
        tittel=_("Trekk tilbake «%s»?") % plan.tittel,
        konsekvenser=(
            _("De som ikke er logget inn, får ikke lenger lese versjon %d eller hente PDF-en.") % plan.versjon,
            _("Lenker til adressen sier at planen ikke er publisert."),
            _("Planen er like fullt vedtatt, og du kan publisere den igjen på samme adresse."),
        ),
        knapp=_("Trekk tilbake"),
        tilbake=tilbake,
        brodsmuler=_smuler(plan),
    )
    return bekreft(request, side)


def _plan_aa_publisere(request: HttpRequest, pk: int) -> Plan:
    plan, rett = plan_for(request, pk)
    if not rett.publisere:
        raise PermissionDenied(Handling.PUBLISERE_PLAN.label)
    return plan


def _smuler(plan: Plan) -> tuple[tuple[str, str], ...]:
    return (
        (_("Planer"), reverse("planer:liste")),
        (plan.tittel, reverse("planer:plan", args=[plan.pk])),
        (_("Dokument"), reverse("planer:dokument", args=[plan.pk])),
    )
