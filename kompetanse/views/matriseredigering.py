"""HR's work on the matrix: the grid, a row by itself, the legend, putting an edition into force. A cell of the grid is
saved by `matrisecelle`.
"""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kompetanse.forms.matrise import (
    ForklaringSkjema,
    GodkjennSkjema,
    IKraftSkjema,
    NyMatriseSkjema,
    NyRadSkjema,
    RadSkjema,
)
from kompetanse.matrise.enums import Regel
from kompetanse.models import Matrise, Matriserad, Matriseversjon
from kompetanse.queries.matrise import les_bilde, les_linje
from kompetanse.services import matrise as tjeneste
from kompetanse.views.matrise import smuler
from organisasjon.enums import Handling
from organisasjon.lister import enhetsvalg
from organisasjon.sider import Bekreftelse, Skjemaside, bekreft, lagre, rediger, utfoer
from organisasjon.tilgang import krever

LENGST_FORESPORSEL = 4000


@krever(Handling.FORVALTE_MATRISE)
@require_POST
def lag_utkast(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin to write: open the matrix' draft, made from the newest edition when there is none."""
    utkast = tjeneste.lag_utkast(matrise=get_object_or_404(Matrise, pk=pk), av=request.user, naa=timezone.now())
    return redirect("kompetanse:rediger_matrise", utkast.pk)


@krever(Handling.FORVALTE_MATRISE)
@require_GET
def rediger_matrise(request: HttpRequest, pk: int) -> HttpResponse:
    """The draft as a grid; on a phone as a list of tasks, edited one at a time."""
    versjon = versjon_for(pk)
    if not versjon.er_utkast:
        messages.info(request, _("Utgaven er satt i kraft, og kan ikke endres. Lag et nytt utkast."))
        return redirect("kompetanse:matriseutgave", pk)
    bilde = les_bilde(versjon)
    return render(request, "kompetanse/matrise/rediger.html", {"bilde": bilde, "versjon": versjon, "smuler": smuler()})


@krever(Handling.FORVALTE_MATRISE)
@require_http_methods(["GET", "POST"])
def rediger_rad(request: HttpRequest, pk: int) -> HttpResponse:
    """One task by itself: a field for each role, what the rules say, and the way to the next task."""
    rad = rad_for(pk)
    if not rad.versjon.er_utkast:
        return redirect("kompetanse:matriseutgave", rad.versjon_id)
    linje = les_linje(rad)
    skjema = RadSkjema(request.POST or None, linje=linje)
    if skjema.is_valid() and _lagre_rad(request, skjema, rad):
        messages.success(request, _("Raden er lagret."))
        return redirect("kompetanse:rediger_rad", pk)
    skjema.avbryt_adresse = reverse("kompetanse:rediger_matrise", args=[rad.versjon_id])
    rader = list(rad.versjon.rader.all())
    her = next(i for i, r in enumerate(rader) if r.pk == rad.pk)
    kontekst = {
        "skjema": skjema,
        "linje": linje,
        "rad": rad,
        "nr": her + 1,
        "antall": len(rader),
        "forrige": rader[her - 1] if her else None,
        "neste": rader[her + 1] if her + 1 < len(rader) else None,
        "smuler": smuler((_("Utkast"), skjema.avbryt_adresse)),
    }
    status = 422 if skjema.is_bound and skjema.errors else 200
    return render(request, "kompetanse/matrise/rad.html", kontekst, status=status)


def _lagre_rad(request: HttpRequest, skjema: RadSkjema, rad: Matriserad) -> bool:
    data = skjema.cleaned_data
    skriv = {"navn": data["navn"], "foer_navn": data["foer_navn"], "celler": skjema.celler}
    try:
        return lagre(skjema, lambda: tjeneste.lagre_rad(rad=rad, **skriv, av=request.user, naa=timezone.now()))
    except tjeneste.CellerForeldet as foreldet:
        skjema.vis_konflikt(foreldet)
        return False


@krever(Handling.FORVALTE_MATRISE)
@require_http_methods(["GET", "POST"])
def ny_rad(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a task."""
    versjon, tilbake = versjon_for(pk), reverse("kompetanse:rediger_matrise", args=[pk])
    skjema = NyRadSkjema(request.POST or None)
    side = Skjemaside(
        _("Ny rad"),
        _("Raden kommer nederst. Kommunedirektøren og enhetslederen fylles ut; resten skriver du på neste side."),
        _("Legg til raden"),
        tilbake,
        smuler((_("Utkast"), tilbake)),
    )

    def skriv() -> Matriserad:
        navn = skjema.cleaned_data["navn"]
        return tjeneste.ny_rad(versjon=versjon, navn=navn, av=request.user, naa=timezone.now())

    return rediger(request, skjema, side, skriv, til=lambda rad: reverse("kompetanse:rediger_rad", args=[rad.pk]))


@krever(Handling.FORVALTE_MATRISE)
@require_http_methods(["GET", "POST"])
def slett_rad(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a task out of the draft."""
    rad = rad_for(pk)
    tilbake = reverse("kompetanse:rediger_matrise", args=[rad.versjon_id])
    if request.method == "POST":
        slett = lambda: tjeneste.slett_rad(rad=rad, av=request.user, naa=timezone.now())  # noqa: E731 - one use
        return utfoer(request, slett, _("Raden er slettet."), tilbake)
    konsekvenser = (
        _("Raden forsvinner fra utkastet. Tidligere utgaver beholder den."),
        _("Det som stod i raden, blir stående i historien."),
    )
    tittel = _("Slett raden %(rad)s?") % {"rad": rad.navn}
    return bekreft(request, Bekreftelse(tittel, konsekvenser, _("Slett raden"), tilbake, smuler(), True))


@krever(Handling.FORVALTE_MATRISE)
@require_POST
def flytt_rad(request: HttpRequest, pk: int) -> HttpResponse:
    """Move a task one place."""
    rad = rad_for(pk)
    opp = request.POST.get("vei") == "opp"
    tilbake = reverse("kompetanse:rediger_rad", args=[pk])
    flytt = lambda: tjeneste.flytt_rad(rad=rad, opp=opp, av=request.user, naa=timezone.now())  # noqa: E731 - one use
    return utfoer(request, flytt, _("Raden er flyttet."), tilbake)


@krever(Handling.FORVALTE_MATRISE)
@require_http_methods(["GET", "POST"])
def forklaring(request: HttpRequest, pk: int) -> HttpResponse:
    """What the codes mean, in the municipality's own words."""
    versjon, tilbake = versjon_for(pk), reverse("kompetanse:matriseutgave", args=[pk])
    skjema = ForklaringSkjema(request.POST or None, versjon=versjon)
    side = Skjemaside(
        _("Forklaring til matrisen"),
        _("Teksten står ved matrisen og i PDF-en."),
        _("Lagre forklaringen"),
        tilbake,
        smuler(),
    )

    def skriv() -> object:
        felt = {"versjon": versjon, "verdier": skjema.cleaned_data, "forventet": skjema.forventet}
        return tjeneste.lagre_forklaring(**felt, av=request.user, naa=timezone.now())

    return rediger(request, skjema, side, skriv, melding=_("Forklaringen er lagret."))


@krever(Handling.FORVALTE_MATRISE)
@require_http_methods(["GET", "POST"])
def sett_i_kraft(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the draft hold from a day."""
    versjon, tilbake = versjon_for(pk), reverse("kompetanse:rediger_matrise", args=[pk])
    skjema = IKraftSkjema(request.POST or None, dag=timezone.localdate())
    side = Skjemaside(
        _("Sett utgave %(nummer)d i kraft") % {"nummer": versjon.nummer},
        _("Forrige utgave gjelder til og med dagen før. En utgave i kraft kan ikke endres; da lager dere en ny."),
        _("Sett i kraft"),
        tilbake,
        smuler((_("Utkast"), tilbake)),
    )

    def skriv() -> object:
        fra = skjema.cleaned_data["fra"]
        return tjeneste.sett_i_kraft(versjon=versjon, fra=fra, av=request.user, naa=timezone.now())

    utgaven = reverse("kompetanse:matriseutgave", args=[pk])
    return rediger(request, skjema, side, skriv, melding=_("Utgaven er satt i kraft."), til=lambda _svar: utgaven)


@krever(Handling.FORVALTE_MATRISE)
@require_http_methods(["GET", "POST"])
def forkast_utkast(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw the draft away."""
    versjon = versjon_for(pk)
    if request.method == "POST":
        slett = lambda: tjeneste.forkast_utkast(versjon=versjon)  # noqa: E731 - one use
        return utfoer(request, slett, _("Utkastet er slettet."), reverse("kompetanse:matrise"))
    konsekvenser = (
        _("Utkastet og alt som er endret i det, forsvinner."),
        _("Utgaver som er satt i kraft, står som før."),
    )
    tilbake = reverse("kompetanse:rediger_matrise", args=[pk])
    side = Bekreftelse(_("Slett utkastet?"), konsekvenser, _("Slett utkastet"), tilbake, smuler(), True)
    return bekreft(request, side)


@krever(Handling.FORVALTE_MATRISE)
@require_http_methods(["GET", "POST"])
def godkjenn_funn(request: HttpRequest, pk: int, regel: str) -> HttpResponse:
    """Accept what a rule says about a row, with a reason."""
    rad = rad_for(pk)
    treff = next((f for f in les_linje(rad).funn if f.funn.regel == regel), None)
    if treff is None or regel not in Regel.values:
        raise Http404("Merknaden finnes ikke")
    rute = "kompetanse:rediger_matrise" if rad.versjon.er_utkast else "kompetanse:matriseutgave"
    tilbake = reverse(rute, args=[rad.versjon_id])
    skjema = GodkjennSkjema(request.POST or None, initial={"grunn": treff.godkjent.grunn if treff.godkjent else ""})
    side = Skjemaside(
        _("Godta merknaden til %(rad)s") % {"rad": rad.navn},
        treff.funn.tekst,
        _("Godta med denne begrunnelsen"),
        tilbake,
        smuler(),
    )

    def skriv() -> object:
        grunn = skjema.cleaned_data["grunn"]
        return tjeneste.godkjenn_funn(rad=rad, regel=regel, grunn=grunn, av=request.user, naa=timezone.now())

    melding = _("Merknaden er godtatt, og begrunnelsen vises ved matrisen.")
    return rediger(request, skjema, side, skriv, melding=melding)


@krever(Handling.FORVALTE_MATRISE)
@require_http_methods(["GET", "POST"])
def ny_matrise(request: HttpRequest) -> HttpResponse:
    """Make a matrix for a sector, unit or service."""
    enheter = enhetsvalg(request.tilgang, Handling.FORVALTE_MATRISE, timezone.localdate())
    skjema = NyMatriseSkjema(request.POST or None, enheter=enheter)
    side = Skjemaside(
        _("Ny matrise"),
        _("Lag en egen matrise for en sektor, en enhet eller en tjeneste der ansvaret er fordelt på en annen måte."),
        _("Lag matrisen"),
        reverse("kompetanse:matrise"),
        smuler(),
    )
    return rediger(
        request,
        skjema,
        side,
        lambda: _opprett(request, dict(skjema.cleaned_data)),
        til=lambda versjon: reverse("kompetanse:rediger_matrise", args=[versjon.pk]),
    )


def _opprett(request: HttpRequest, data: dict[str, Any]) -> Matriseversjon:
    kilde = data.pop("kopi_av").versjoner.order_by("-nummer").first()
    felt = {n: data[n] for n in ("navn", "gjelder", "enhet", "tjeneste", "roller")}
    return tjeneste.opprett_matrise(**felt, kopi_av=kilde, av=request.user, naa=timezone.now())


def versjon_for(pk: int) -> Matriseversjon:
    """The edition with its matrix. Raises Http404."""
    return get_object_or_404(Matriseversjon.objects.select_related("matrise"), pk=pk)


def rad_for(pk: int) -> Matriserad:
    """The row with its cells and what HR has accepted. Raises Http404. Three queries."""
    rader = Matriserad.objects.select_related("versjon__matrise", "oppgave")
    return get_object_or_404(rader.prefetch_related("celler", "godkjente__av"), pk=pk)
