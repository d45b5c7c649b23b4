"""A unit's assessments: the newest, each of those before, and making, changing and deleting one."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kompetanse.forms.modenhet import VurderingSkjema
from kompetanse.models import Modenhetsvurdering
from kompetanse.queries.modenhet import les, sjekkliste
from kompetanse.services.modenhet import lagre_vurdering
from kompetanse.services.modenhet import slett_vurdering as slett
from kompetanse.views.modenhet import smuler
from kompetanse.visning.modenhet import matrise, svake, utdatert, utviklingsbilde
from organisasjon.enums import Handling
from organisasjon.models import Enhet
from organisasjon.sider import Bekreftelse, bekreft, lagre, utfoer
from organisasjon.tilgang import krev_for_enhet, krever


@krever(Handling.SE_MODENHET)
@require_GET
def modenhet_enhet(request: HttpRequest, enhet: int) -> HttpResponse:
    """The unit's newest assessment."""
    krev_for_enhet(request, Handling.SE_MODENHET, enhet)
    e = get_object_or_404(Enhet, pk=enhet)
    return _vis(request, e, None)


@krever(Handling.SE_MODENHET)
@require_GET
def vurdering(request: HttpRequest, pk: int) -> HttpResponse:
    """One assessment, of now or before."""
    v = _hent(request, pk, Handling.SE_MODENHET)
    return _vis(request, v.enhet, v.pk)


def _vis(request: HttpRequest, enhet: Enhet, pk: int | None) -> HttpResponse:
    liste = sjekkliste()
    alle = les(_enhetens(enhet), liste)
    valgt = next((v for v in alle if v.v.pk == pk), alle[0] if alle else None)
    kontekst = {
        "enhet": enhet,
        "valgt": valgt,
        "alle": alle,
        "er_nyeste": bool(alle) and valgt is alle[0],
        "gammel": bool(alle) and utdatert(alle[0], timezone.localdate()),
        "kan_vurdere": request.tilgang.kan(Handling.VURDERE_MODENHET, enhet.pk),
        "kan_tiltak": request.tilgang.kan(Handling.REDIGERE_DELPLAN, enhet.pk),
        "smuler": smuler(),
    }
    if valgt:
        forrige = alle[alle.index(valgt) + 1] if valgt is not alle[-1] else None
        kontekst |= {
            "grupper": matrise([valgt], liste),
            "svake": svake(valgt, liste),
            "utvikling": utviklingsbilde([list(reversed(alle))], liste),
            "forrige": forrige,
        }
    return render(request, "kompetanse/modenhet/enhet.html", kontekst)


@krever(Handling.VURDERE_MODENHET)
@require_http_methods(["GET", "POST"])
def ny_vurdering(request: HttpRequest, enhet: int) -> HttpResponse:
    """Assess the unit; begins with the answers of the last time."""
    krev_for_enhet(request, Handling.VURDERE_MODENHET, enhet)
    return _rediger(request, get_object_or_404(Enhet, pk=enhet), None)


@krever(Handling.VURDERE_MODENHET)
@require_http_methods(["GET", "POST"])
def endre_vurdering(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct an assessment."""
    v = _hent(request, pk, Handling.VURDERE_MODENHET)
    return _rediger(request, v.enhet, v)


def _rediger(request: HttpRequest, enhet: Enhet, v: Modenhetsvurdering | None) -> HttpResponse:
    liste = sjekkliste()
    alle = les(_enhetens(enhet), liste)
    egen = next((a for a in alle if v and a.v.pk == v.pk), None)
    foer = [a for a in alle if egen is None or a.v.dato < egen.v.dato]
    forrige = foer[0] if foer else None
    dag = timezone.localdate()
    skjema = VurderingSkjema(request.POST or None, liste=liste, vurdering=egen, forrige=forrige, dag=dag)
    if request.method == "POST" and skjema.is_valid() and lagre(skjema, lambda: _lagre(request, enhet, v, skjema)):
        messages.success(request, _("Vurderingen er lagret."))
        return redirect("kompetanse:modenhet_enhet", enhet.pk)
    kontekst = {
        "skjema": skjema,
        "enhet": enhet,
        "v": v,
        "forrige": forrige,
        "tilbake": reverse("kompetanse:modenhet_enhet", args=[enhet.pk]),
        "smuler": _enhetssmuler(enhet),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "kompetanse/modenhet/vurder.html", kontekst, status=status)


def _lagre(
    request: HttpRequest, enhet: Enhet, v: Modenhetsvurdering | None, skjema: VurderingSkjema
) -> Modenhetsvurdering:
    return lagre_vurdering(
        vurdering=v,
        enhet=enhet,
        dato=skjema.cleaned_data["dato"],
        grunnlag=skjema.cleaned_data["grunnlag"],
        svar=skjema.svar,
        av=request.user,
        naa=timezone.now(),
        forventet=skjema.forventet if v else None,
    )


@krever(Handling.VURDERE_MODENHET)
@require_http_methods(["GET", "POST"])
def slett_vurdering(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete an assessment made by mistake."""
    v = _hent(request, pk, Handling.VURDERE_MODENHET)
    tilbake = reverse("kompetanse:modenhet_enhet", args=[v.enhet_id])
    if request.method == "POST":
        return utfoer(request, lambda: slett(vurdering=v, av=request.user), _("Vurderingen er slettet."), tilbake)
    konsekvenser = (
        _("Svarene og det dere bygde dem på, blir borte."),
        _("Vurderinger fra andre datoer blir stående."),
        _("Tiltak som er laget fra vurderingen, blir stående i planene."),
        _("Dette kan ikke angres."),
    )
    tittel = _("Slett vurderingen «%(v)s»?") % {"v": v}
    side = Bekreftelse(tittel, konsekvenser, _("Slett vurderingen"), tilbake, _enhetssmuler(v.enhet), True)
    return bekreft(request, side)


def _enhetens(enhet: Enhet) -> QuerySet[Modenhetsvurdering]:
    """All of the unit's, the newest first."""
    return Modenhetsvurdering.objects.egne().filter(enhet=enhet).order_by("-dato", "-pk")


def _hent(request: HttpRequest, pk: int, handling: Handling) -> Modenhetsvurdering:
    v = get_object_or_404(Modenhetsvurdering.objects.egne().select_related("enhet"), pk=pk)
    krev_for_enhet(request, handling, v.enhet_id)
    return v


def _enhetssmuler(enhet: Enhet) -> tuple[tuple[str, str], ...]:
    return smuler((str(enhet), reverse("kompetanse:modenhet_enhet", args=[enhet.pk])))
