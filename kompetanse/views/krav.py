"""The register of requirements: everybody reads it, HR keeps it."""

from datetime import date

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from felles.skjema import Datofelt
from kompetanse import services
from kompetanse.enums import Kravkilde
from kompetanse.forms import KravSkjema
from kompetanse.models import Krav
from kompetanse.queries import kravliste
from organisasjon.enums import Handling
from organisasjon.sider import Bekreftelse, Skjemaside, bekreft, rediger, side_av, utfoer
from organisasjon.tilgang import krever


@krever(Handling.SE_KRAV)
@require_GET
def krav(request: HttpRequest) -> HttpResponse:
    """The requirements, searched, by source, and as they are on a day."""
    valg = {n: request.GET.get(n, "").strip() for n in ("sok", "kilde", "dag", "sortering")}
    dag = _dag(valg["dag"])
    if valg["dag"] and dag is None:
        messages.info(request, _("Vi forstod ikke datoen, så alle krav vises. Skriv den slik: 01.07.2025."))
    side = side_av(request, kravliste(valg["sok"], valg["kilde"], dag, valg["sortering"]))
    idag = timezone.localdate()
    for rad in side:
        rad.kommer_senere = rad.kommer(dag or idag)
        rad.utloept = rad.gyldig_til is not None and rad.gyldig_til < (dag or idag)
    kontekst = {
        "side": side,
        "valg": valg,
        "dag": dag,
        "kilder": Kravkilde.choices,
        "kan_endre": request.tilgang.kan(Handling.FORVALTE_KRAV),
    }
    return render(request, "kompetanse/krav.html", kontekst)


@krever(Handling.FORVALTE_KRAV)
@require_http_methods(["GET", "POST"])
def nytt_krav(request: HttpRequest) -> HttpResponse:
    """Enter a requirement."""
    return _rediger(request, None)


@krever(Handling.FORVALTE_KRAV)
@require_http_methods(["GET", "POST"])
def endre_krav(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a requirement; below, who has changed it before."""
    return _rediger(request, get_object_or_404(Krav, pk=pk))


@krever(Handling.FORVALTE_KRAV)
@require_http_methods(["GET", "POST"])
def slett_krav(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete a requirement entered by mistake."""
    rad = get_object_or_404(Krav, pk=pk)
    liste = reverse("kompetanse:krav")
    if request.method == "POST":
        return utfoer(request, lambda: services.slett_krav(krav=rad, av=request.user), _("Kravet er slettet."), liste)
    konsekvenser = (
        _("Kravet forsvinner fra listen og fra alle delplaner."),
        _("Gjelder det bare ikke lenger? Da er det bedre å sette en sluttdato, så historien står."),
    )
    tittel = _("Slett kravet til %(hvem)s?") % {"hvem": rad.gjelder_for}
    return bekreft(request, Bekreftelse(tittel, konsekvenser, _("Slett kravet"), liste, _smuler(), True))


def _rediger(request: HttpRequest, rad: Krav | None) -> HttpResponse:
    skjema = KravSkjema(request.POST or None, krav=rad)
    side = Skjemaside(
        tittel=_("Endre kravet til %(hvem)s") % {"hvem": rad.gjelder_for} if rad else _("Nytt krav"),
        ingress=_("Kravet vises i delplaner som har stillinger det gjelder."),
        knapp=_("Lagre kravet"),
        tilbake=reverse("kompetanse:krav"),
        brodsmuler=_smuler(),
    )
    return rediger(
        request,
        skjema,
        side,
        lambda: services.lagre_krav(
            krav=rad, verdier=skjema.verdier, av=request.user, forventet=skjema.forventet if rad else None
        ),
        melding=_("Kravet er lagret."),
        mal="kompetanse/krav_endre.html",
        krav=rad,
        historie=rad.historie.select_related("history_user").order_by("-history_date")[:20] if rad else (),
    )


def _dag(tekst: str) -> date | None:
    try:
        return Datofelt(required=False).clean(tekst.replace("\x00", ""))
    except ValidationError:
        return None


def _smuler() -> tuple[tuple[str, str], ...]:
    return ((_("Krav til stillinger"), reverse("kompetanse:krav")),)
