"""The delegation register: units in own scope, a unit's delegations, editing for HR and the unit's kommunalsjef."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from felles.norsk import treffer
from kompetanse.forms.delegering import DelegeringSkjema
from kompetanse.matrisetrykk import delegeringsdokument
from kompetanse.models import Delegering
from kompetanse.queries.delegering import delegeringer, kan_bygge_paa, oversikt
from kompetanse.services.delegering import lagre_delegering
from kompetanse.services.delegering import slett_delegering as slett
from kompetanse.views.filer import pdfsvar
from kompetanse.views.matrise import sokeord
from organisasjon.enums import Handling
from organisasjon.lister import enhetsvalg, finn_enhet
from organisasjon.models import Enhet
from organisasjon.sider import Bekreftelse, Skjemaside, bekreft, rediger, utfoer
from organisasjon.tilgang import krev_for_enhet, krever


@krever(Handling.SE_DELEGERING)
@require_GET
def delegering(request: HttpRequest) -> HttpResponse:
    """The units of own scope that have delegations, with what has expired and what is wrong."""
    dag = timezone.localdate()
    enheter = enhetsvalg(request.tilgang, Handling.SE_DELEGERING, dag)
    if valgt := finn_enhet(request.GET.get("enhet", ""), enheter):
        return redirect("kompetanse:delegering_enhet", valgt)
    kontekst = {
        "rader": oversikt(request.tilgang.omfang(Handling.SE_DELEGERING), dag),
        "enheter": enheter,
        "sok": request.GET.get("enhet", ""),
        "kan_endre": request.tilgang.kan(Handling.FORVALTE_DELEGERING),
    }
    return render(request, "kompetanse/delegering/oversikt.html", kontekst)


@krever(Handling.SE_DELEGERING)
@require_GET
def delegering_enhet(request: HttpRequest, enhet: int) -> HttpResponse:
    """A unit's delegations."""
    e, sok = _enhet(request, enhet, Handling.SE_DELEGERING), sokeord(request)
    rader = delegeringer(frozenset({e.pk}), timezone.localdate())
    kontekst = {
        "enhet": e,
        "rader": rader,
        "sok": sok,
        "treff": [r for r in rader if treffer(sok, r.d.hva, r.kjedetekst, r.d.dokument)],
        "kan_endre": request.tilgang.kan(Handling.FORVALTE_DELEGERING, e.pk),
        "smuler": _smuler(),
    }
    return render(request, "kompetanse/delegering/enhet.html", kontekst)


@krever(Handling.SE_DELEGERING)
@require_GET
def delegering_pdf(request: HttpRequest, enhet: int) -> HttpResponse:
    """A unit's delegations as a PDF."""
    e, dag = _enhet(request, enhet, Handling.SE_DELEGERING), timezone.localdate()
    return pdfsvar(delegeringsdokument(e, delegeringer(frozenset({e.pk}), dag), dag))


@krever(Handling.FORVALTE_DELEGERING)
@require_http_methods(["GET", "POST"])
def ny_delegering(request: HttpRequest, enhet: int) -> HttpResponse:
    """Enter a delegation in the unit."""
    return _rediger(request, _enhet(request, enhet, Handling.FORVALTE_DELEGERING), None)


@krever(Handling.FORVALTE_DELEGERING)
@require_http_methods(["GET", "POST"])
def endre_delegering(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a delegation; below, who has changed it before."""
    d = _delegering(request, pk)
    return _rediger(request, d.enhet, d)


@krever(Handling.FORVALTE_DELEGERING)
@require_http_methods(["GET", "POST"])
def slett_delegering(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete a delegation entered by mistake."""
    d = _delegering(request, pk)
    tilbake = reverse("kompetanse:delegering_enhet", args=[d.enhet_id])
    if request.method == "POST":
        return utfoer(request, lambda: slett(delegering=d, av=request.user), _("Delegeringen er slettet."), tilbake)
    konsekvenser = (
        _("Delegeringen forsvinner fra registeret."),
        _("Gjelder den bare ikke lenger? Da er det bedre å sette en sluttdato, så historien står."),
    )
    tittel = _("Slett delegeringen «%(hva)s»?") % {"hva": d.hva}
    return bekreft(request, Bekreftelse(tittel, konsekvenser, _("Slett delegeringen"), tilbake, _smuler(), True))


def _rediger(request: HttpRequest, enhet: Enhet, d: Delegering | None) -> HttpResponse:
    kilder = kan_bygge_paa(enhet.pk, d.pk if d else None)
    skjema = DelegeringSkjema(request.POST or None, delegering=d, kilder=kilder)
    tilbake = reverse("kompetanse:delegering_enhet", args=[enhet.pk])
    side = Skjemaside(
        tittel=_("Endre delegering") if d else _("Ny delegering"),
        ingress=_("Gjelder i %(enhet)s. Retten til å delegere videre må være gitt skriftlig.") % {"enhet": enhet},
        knapp=_("Lagre delegeringen"),
        tilbake=tilbake,
        brodsmuler=(*_smuler(), (str(enhet), tilbake)),
    )

    def skriv() -> Delegering:
        felt = {"enhet": enhet, "verdier": skjema.verdier, "av": request.user}
        return lagre_delegering(delegering=d, **felt, forventet=skjema.forventet if d else None)

    return rediger(
        request,
        skjema,
        side,
        skriv,
        melding=_("Delegeringen er lagret."),
        mal="kompetanse/delegering/endre.html",
        d=d,
        historie=d.historie.select_related("history_user").order_by("-history_date")[:20] if d else (),
    )


def _enhet(request: HttpRequest, pk: int, handling: Handling) -> Enhet:
    krev_for_enhet(request, handling, pk)
    return get_object_or_404(Enhet, pk=pk)


def _delegering(request: HttpRequest, pk: int) -> Delegering:
    d = get_object_or_404(Delegering.objects.select_related("enhet"), pk=pk)
    krev_for_enhet(request, Handling.FORVALTE_DELEGERING, d.enhet_id)
    return d


def _smuler() -> tuple[tuple[str, str], ...]:
    return ((_("Delegert myndighet"), reverse("kompetanse:delegering")),)
