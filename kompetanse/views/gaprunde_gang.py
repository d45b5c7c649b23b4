"""What HR does with a round that has been open: deadline, reminders, closing, opening again, taking an analysis out."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from kompetanse.enums import GAP_AAPNE, Rundestatus
from kompetanse.forms.gaprunde import FristSkjema, SlettAnalyseSkjema
from kompetanse.gaprundevalg import les_paaminnelse
from kompetanse.models import Gapanalyse, Gaprunde
from kompetanse.services import gaprunde as tjenester
from kompetanse.services.gaprunde_enheter import fjern_analyse
from kompetanse.views.gaprunde_oppsett import hent, smuler_til
from organisasjon.enums import Handling
from organisasjon.sider import Bekreftelse, Skjemaside, bekreft, bekreft_laast, rediger, utfoer, videre, vis_skjema
from organisasjon.tilgang import krever


@krever(Handling.FORVALTE_GAP)
@require_http_methods(["GET", "HEAD", "POST"])
def gaprunde_frist(request: HttpRequest, pk: int) -> HttpResponse:
    """Another deadline."""
    return _frist(request, hent(pk), gjenaapne=False)


@krever(Handling.FORVALTE_GAP)
@require_http_methods(["GET", "HEAD", "POST"])
def gjenaapne_gaprunde(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a closed round again, with a deadline to come."""
    return _frist(request, hent(pk), gjenaapne=True)


def _frist(request: HttpRequest, runde: Gaprunde, *, gjenaapne: bool) -> HttpResponse:
    hjem = reverse("kompetanse:gaprunde", args=[runde.pk])
    if runde.status != (Rundestatus.STENGT if gjenaapne else Rundestatus.AAPEN):
        return redirect(hjem)
    skjema = FristSkjema(request.POST or None, initial={"frist": max(runde.frist, timezone.localdate())})
    skriv = tjenester.gjenaapne_runde if gjenaapne else tjenester.utsett_frist

    def lagre_frist() -> Gaprunde:
        return skriv(runde=runde, frist=skjema.cleaned_data["frist"], av=request.user, naa=timezone.now())

    side = Skjemaside(
        tittel=_("Åpne runden igjen") if gjenaapne else _("Endre svarfristen"),
        ingress=_(
            "Lederne kan svare igjen, og det som kom etter stenging, kan tas inn. Ingen får e-post før du påminner."
        )
        if gjenaapne
        else _("Påminnelsene følger den nye fristen. Ingen får e-post nå."),
        knapp=_("Åpne igjen") if gjenaapne else _("Sett fristen"),
        tilbake=hjem,
        brodsmuler=smuler_til(runde),
    )
    melding = _("Runden er åpen igjen.") if gjenaapne else _("Fristen er endret.")
    return rediger(request, skjema, side, lagre_frist, melding=melding)


@krever(Handling.FORVALTE_GAP)
@require_http_methods(["GET", "HEAD", "POST"])
def paaminn_gaprunde(request: HttpRequest, pk: int) -> HttpResponse:
    """Remind those who have not sent their answer, after a page that says who they are."""
    runde, naa = hent(pk), timezone.now()
    bilde = les_paaminnelse(runde, request.user, naa)
    if bilde.ingen:
        messages.info(request, bilde.ingen)
        return redirect("kompetanse:gaprunde", pk)

    def svar(antall: int) -> HttpResponse:
        tekst = ngettext("%(n)d leder får påminnelse på e-post.", "%(n)d ledere får påminnelse på e-post.", antall)
        return videre(request, tekst % {"n": antall}, side.tilbake)

    tekst = ngettext("Påminn %(n)d leder?", "Påminn %(n)d ledere?", len(bilde.faar_brev))
    side = Bekreftelse(
        tittel=tekst % {"n": len(bilde.faar_brev)},
        konsekvenser=bilde.konsekvenser,
        knapp=_("Send påminnelsen"),
        tilbake=reverse("kompetanse:gaprunde", args=[pk]),
        brodsmuler=smuler_til(runde),
        merk=bilde.nylig,
        liste=tuple((str(bruker), navn) for bruker, navn in bilde.faar_brev),
    )
    return bekreft_laast(
        request,
        side,
        objekt=runde,
        felter=tjenester.FELTER_PAAMINNELSE,
        skriv=lambda laas: tjenester.paaminn(runde=runde, av=request.user, naa=naa, forventet=laas),
        svar=svar,
    )


@krever(Handling.FORVALTE_GAP)
@require_http_methods(["GET", "HEAD", "POST"])
def steng_gaprunde(request: HttpRequest, pk: int) -> HttpResponse:
    """Close the round, after a page that says who has not answered."""
    runde, hjem = hent(pk), reverse("kompetanse:gaprunde", args=[pk])
    if request.method == "POST":
        stengt = _("Runden er stengt. Du kan åpne den igjen.")
        return utfoer(
            request, lambda: tjenester.steng_runde(runde=runde, av=request.user, naa=timezone.now()), stengt, hjem
        )
    igjen = runde.analyser.filter(status__in=GAP_AAPNE).count()
    mangler = ngettext("%(n)d analyse er ikke levert.", "%(n)d analyser er ikke levert.", igjen) % {"n": igjen}
    konsekvenser = (
        mangler if igjen else _("Alle analysene er levert."),
        _("Lederne kan ikke svare mer."),
        _("Er noen midt i et svar, mister de ikke det de har skrevet. Åpner du runden igjen, kan de ta det inn."),
        _("Det som er levert, kan fortsatt godkjennes."),
        _("Tillitsvalgte og verneombud ser resultatet når runden er stengt, med små tall skjult."),
        _("Du kan åpne runden igjen."),
    )
    tittel = _("Steng «%(navn)s»?") % {"navn": runde.navn}
    return bekreft(request, Bekreftelse(tittel, konsekvenser, _("Steng runden"), hjem, smuler_til(runde)))


@krever(Handling.FORVALTE_GAP)
@require_http_methods(["GET", "HEAD", "POST"])
def fjern_gapanalyse(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one analysis out of its round. When something is answered in it, the name must be typed."""
    analyse = get_object_or_404(Gapanalyse.objects.select_related("runde"), pk=pk)
    hjem = reverse("kompetanse:gaprunde", args=[analyse.runde_id])
    ferdig = _("«%(navn)s» er tatt ut av runden.") % {"navn": analyse.navn}
    rader = analyse.rader.count()
    skjema = SlettAnalyseSkjema(request.POST or None, navn=analyse.navn) if rader else None
    if request.method == "POST" and (skjema is None or skjema.is_valid()):
        return utfoer(request, lambda: fjern_analyse(analyse=analyse, av=request.user), ferdig, hjem)
    tittel = _("Ta «%(navn)s» ut av runden?") % {"navn": analyse.navn}
    if skjema is None:
        konsekvenser = (_("Ingen har svart ennå. Du kan legge enheten til igjen."),)
        return bekreft(request, Bekreftelse(tittel, konsekvenser, _("Ta ut"), hjem, smuler_til(analyse.runde)))
    ingress = ngettext(
        "%(n)d rad med svar, oppgaver og vurderinger slettes, og det kan ikke angres.",
        "%(n)d rader med svar, oppgaver og vurderinger slettes, og det kan ikke angres.",
        rader,
    ) % {"n": rader}
    side = Skjemaside(tittel, ingress, _("Ta ut"), hjem, smuler_til(analyse.runde))
    return vis_skjema(request, skjema, side)
