"""Reflection sessions: the list, starting one, its own page, the summary, the files."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kompetanse.forms.refleksjon import OektSkjema, OppsummeringSkjema
from kompetanse.models import Refleksjonsoekt
from kompetanse.queries.refleksjon import etter_tema, kort_igjen, notater, oekter
from kompetanse.refleksjonstrykk import metode, oektdokument, oekttabeller, tittel_paa
from kompetanse.services.refleksjon import avslutt_oekt, gjenaapne_oekt, slett_oekt, start_oekt
from kompetanse.services.refleksjon import endre_oekt as endre
from kompetanse.views.filer import pdfsvar, xlsxsvar
from organisasjon.enums import Handling
from organisasjon.lister import egen_enhet, enhetsvalg
from organisasjon.sider import Bekreftelse, Skjemaside, bekreft, lagre, side_av, utfoer, vis_skjema
from organisasjon.tilgang import krever


def hent(request: HttpRequest, pk: int) -> Refleksjonsoekt:
    """The session, if it exists for the person. Raises Http404."""
    oekter = Refleksjonsoekt.objects.synlig_for(request.tilgang).select_related("enhet", "startet_av")
    return get_object_or_404(oekter, pk=pk)


def kan_skrive(request: HttpRequest, oekt: Refleksjonsoekt) -> bool:
    """The one who started it, the leader of the unit and those above, and HR."""
    return oekt.startet_av_id == request.user.pk or request.tilgang.kan(Handling.VURDERE_MODENHET, oekt.enhet_id)


def hent_for_skriving(request: HttpRequest, pk: int) -> Refleksjonsoekt:
    """The session, when the person may write in it. Raises Http404 and PermissionDenied."""
    oekt = hent(request, pk)
    krev_skriving(request, oekt)
    return oekt


def krev_skriving(request: HttpRequest, oekt: Refleksjonsoekt) -> None:
    """Raises PermissionDenied when the person only reads the session."""
    if not kan_skrive(request, oekt):
        raise PermissionDenied(_("Skrive i refleksjonsøkten"))


def smuler(*flere: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    return ((_("Refleksjon"), reverse("kompetanse:refleksjon")), *flere)


def oektsmuler(oekt: Refleksjonsoekt) -> tuple[tuple[str, str], ...]:
    """The way to a page beneath the session."""
    return smuler((str(oekt), reverse("kompetanse:oekt", args=[oekt.pk])))


@krever(Handling.BRUKE_REFLEKSJON)
@require_GET
def refleksjon(request: HttpRequest) -> HttpResponse:
    """The sessions in own scope."""
    sok = request.GET.get("sok", "")[:200]
    alle = oekter(request.tilgang, sok)
    return render(request, "kompetanse/refleksjon/liste.html", {"side": side_av(request, alle), "sok": sok})


@krever(Handling.BRUKE_REFLEKSJON)
@require_http_methods(["GET", "POST"])
def ny_oekt(request: HttpRequest) -> HttpResponse:
    """Start a session."""
    dag = timezone.localdate()
    enheter = enhetsvalg(request.tilgang, Handling.BRUKE_REFLEKSJON, dag)
    egen = egen_enhet(request.tilgang, Handling.BRUKE_REFLEKSJON)
    skjema = OektSkjema(request.POST or None, oekt=None, enheter=enheter, dag=dag, initial=egen)
    laget: list[Refleksjonsoekt] = []

    def start() -> None:
        laget.append(start_oekt(enhet=skjema.enheten, verdier=skjema.verdier, av=request.user, naa=timezone.now()))

    if request.method == "POST" and skjema.is_valid() and lagre(skjema, start):
        return redirect("kompetanse:oekt", laget[0].pk)
    side = Skjemaside(
        _("Start en samtale"),
        _(
            "Trekk et kort, snakk om det, og noter det dere kommer fram til. Lederlinjen, HR, tillitsvalgte og "
            "verneombud for enheten kan lese notatene."
        ),
        _("Start"),
        reverse("kompetanse:refleksjon"),
        smuler(),
    )
    return vis_skjema(request, skjema, side)


@krever(Handling.BRUKE_REFLEKSJON)
@require_http_methods(["GET", "POST"])
def endre_oekt(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what the session is for and who is there."""
    oekt = hent_for_skriving(request, pk)
    skjema = OektSkjema(request.POST or None, oekt=oekt, enheter=[], dag=oekt.dato)
    tilbake = reverse("kompetanse:oekt", args=[oekt.pk])
    if (
        request.method == "POST"
        and skjema.is_valid()
        and lagre(skjema, lambda: endre(oekt=oekt, verdier=skjema.verdier, forventet=skjema.forventet))
    ):
        messages.success(request, _("Endringen er lagret."))
        return redirect(tilbake)
    side = Skjemaside(_("Endre økten"), str(oekt.enhet), _("Lagre"), tilbake, oektsmuler(oekt))
    return vis_skjema(request, skjema, side)


@krever(Handling.BRUKE_REFLEKSJON)
@require_GET
def oekt(request: HttpRequest, pk: int) -> HttpResponse:
    """The session: draw or choose a card, and what has been drawn."""
    oekten = hent(request, pk)
    if oekten.avsluttet:
        return redirect("kompetanse:oppsummering", oekten.pk)
    igjen = kort_igjen(oekten)
    kontekst = {
        "oekt": oekten,
        "notater": notater(oekten),
        "temaer": etter_tema(igjen),
        "igjen": len(igjen),
        "kan_skrive": kan_skrive(request, oekten),
        "smuler": smuler(),
    }
    return render(request, "kompetanse/refleksjon/oekt.html", kontekst)


@krever(Handling.BRUKE_REFLEKSJON)
@require_http_methods(["GET", "POST"])
def oppsummering(request: HttpRequest, pk: int) -> HttpResponse:
    """All notes, what they become, and what the group agreed on."""
    oekten = hent(request, pk)
    skjema = OppsummeringSkjema(request.POST or None, oekt=oekten)
    if request.method == "POST":
        krev_skriving(request, oekten)
        if skjema.is_valid() and lagre(skjema, lambda: _avslutt(oekten, skjema)):
            messages.success(request, _("Oppsummeringen er lagret, og økten er avsluttet."))
            return redirect("kompetanse:oppsummering", oekten.pk)
    skjema.avbryt_adresse = "" if oekten.avsluttet else reverse("kompetanse:oekt", args=[oekten.pk])
    kontekst = {
        "oekt": oekten,
        "notater": notater(oekten),
        "skjema": skjema,
        "kan_skrive": kan_skrive(request, oekten),
        "kan_tiltak": request.tilgang.kan(Handling.REDIGERE_DELPLAN, oekten.enhet_id),
        "kan_risiko": request.tilgang.kan(Handling.FOERE_RISIKO, oekten.enhet_id),
        "smuler": smuler(),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "kompetanse/refleksjon/oppsummering.html", kontekst, status=status)


def _avslutt(oekten: Refleksjonsoekt, skjema: OppsummeringSkjema) -> None:
    tekst = skjema.cleaned_data["oppsummering"]
    avslutt_oekt(oekt=oekten, oppsummering=tekst, forventet=skjema.forventet, naa=timezone.now())


@krever(Handling.BRUKE_REFLEKSJON)
@require_POST
def gjenaapne(request: HttpRequest, pk: int) -> HttpResponse:
    """Draw more cards in a session that was ended."""
    oekten = hent_for_skriving(request, pk)
    tilbake = reverse("kompetanse:oekt", args=[oekten.pk])
    return utfoer(request, lambda: gjenaapne_oekt(oekt=oekten), _("Økten er åpnet igjen."), tilbake)


@krever(Handling.BRUKE_REFLEKSJON)
@require_http_methods(["GET", "POST"])
def slett(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete a session with its notes."""
    oekten = hent_for_skriving(request, pk)
    hjem = reverse("kompetanse:refleksjon")
    if request.method == "POST":
        return utfoer(request, lambda: slett_oekt(oekt=oekten), _("Økten er slettet."), hjem)
    konsekvenser = (
        _("Alle notatene og oppsummeringen blir borte."),
        _("Tiltak og risikoer som er laget fra notatene, blir stående."),
        _("Dette kan ikke angres."),
    )
    tilbake = reverse("kompetanse:oppsummering", args=[oekten.pk])
    tittel = _("Slett økten «%(oekt)s»?") % {"oekt": oekten}
    return bekreft(request, Bekreftelse(tittel, konsekvenser, _("Slett økten"), tilbake, oektsmuler(oekten), True))


@krever(Handling.BRUKE_REFLEKSJON)
@require_GET
def oekt_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The notes as a PDF."""
    oekten = hent(request, pk)
    return pdfsvar(oektdokument(oekten, notater(oekten)))


@krever(Handling.BRUKE_REFLEKSJON)
@require_GET
def oekt_xlsx(request: HttpRequest, pk: int) -> HttpResponse:
    """The notes as a workbook."""
    oekten = hent(request, pk)
    return xlsxsvar(tittel_paa(oekten), oekttabeller(notater(oekten)), metode(oekten))
