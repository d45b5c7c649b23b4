"""The catalogue of competence: everybody looks things up, HR keeps it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kompetanse.enums import Kompetansenivaa, Kompetansetype
from kompetanse.forms.katalog import KompetanseSkjema
from kompetanse.models import Kompetanse
from kompetanse.queries.katalog import katalogliste
from kompetanse.services import katalog as tjenester
from organisasjon.enums import Handling
from organisasjon.sider import Skjemaside, rediger, side_av, utfoer
from organisasjon.tilgang import krever


@krever(Handling.SE_KRAV)
@require_GET
def katalog(request: HttpRequest) -> HttpResponse:
    """Search the catalogue."""
    valg = {n: request.GET.get(n, "").strip() for n in ("sok", "type", "nivaa", "vis", "sortering")}
    rader = katalogliste(valg["sok"], valg["type"], valg["nivaa"], valg["vis"] == "alle", valg["sortering"])
    kontekst = {
        "side": side_av(request, rader),
        "valg": valg,
        "typer": Kompetansetype.choices,
        "nivaaer": Kompetansenivaa.choices,
        "kan_endre": request.tilgang.kan(Handling.FORVALTE_KRAV),
    }
    return render(request, "kompetanse/katalog.html", kontekst)


@krever(Handling.FORVALTE_KRAV)
@require_http_methods(["GET", "POST"])
def ny_kompetanse(request: HttpRequest) -> HttpResponse:
    """Add a competence."""
    return _rediger(request, None)


@krever(Handling.FORVALTE_KRAV)
@require_http_methods(["GET", "POST"])
def endre_kompetanse(request: HttpRequest, pk: int) -> HttpResponse:
    """Rename or describe a competence."""
    return _rediger(request, get_object_or_404(Kompetanse, pk=pk))


@krever(Handling.FORVALTE_KRAV)
@require_POST
def ta_ut_kompetanse(request: HttpRequest, pk: int) -> HttpResponse:
    """Retire a competence, or offer it again."""
    rad = get_object_or_404(Kompetanse, pk=pk)
    dag = None if rad.tatt_ut else timezone.localdate()
    melding = _("%(navn)s er tatt ut.") if dag else _("%(navn)s er tilbake i katalogen.")
    return utfoer(
        request,
        lambda: tjenester.ta_ut_kompetanse(kompetanse=rad, tatt_ut=dag, av=request.user),
        melding % {"navn": rad.navn},
        reverse("kompetanse:katalog"),
    )


def _rediger(request: HttpRequest, rad: Kompetanse | None) -> HttpResponse:
    skjema = KompetanseSkjema(request.POST or None, kompetanse=rad)
    tilbake = reverse("kompetanse:katalog")
    side = Skjemaside(
        tittel=_("Endre %(navn)s") % {"navn": rad.navn} if rad else _("Ny kompetanse"),
        ingress=_("Navnet kan velges i gapanalyser og kompetanseprofiler."),
        knapp=_("Lagre"),
        tilbake=tilbake,
        brodsmuler=((_("Kompetansekatalog"), tilbake),),
    )
    return rediger(
        request,
        skjema,
        side,
        lambda: tjenester.lagre_kompetanse(
            kompetanse=rad, verdier=skjema.verdier, av=request.user, forventet=skjema.forventet if rad else None
        ),
        melding=_("Kompetansen er lagret."),
    )
