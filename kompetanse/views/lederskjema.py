"""Entering leaders, documentation and exceptions. Only HR."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from analyse.models import Uttrekk
from kompetanse.enums import Dokumentslag
from kompetanse.forms.ledere import DokumentSkjema, LederSkjema, Radskjema, UnntakSkjema
from kompetanse.models import Dokument, Lederpost, Unntak
from kompetanse.services import ledere as tjenester
from organisasjon.enums import Handling
from organisasjon.sider import Bekreftelse, Skjemaside, bekreft, rediger, utfoer
from organisasjon.tilgang import krever


@krever(Handling.FORVALTE_LEDERKRAV)
@require_POST
def hent_ledere(request: HttpRequest) -> HttpResponse:
    """Enter the leaders of the latest extract that are missing."""
    uttrekk = Uttrekk.objects.order_by("-dato").first()
    if uttrekk is None:
        messages.info(request, _("Les inn et uttrekk først. Da vet vi hvem som er ledere."))
        return redirect("kompetanse:ledere")
    antall = tjenester.hent_ledere(uttrekk=uttrekk, av=request.user)
    melding = ngettext("%(n)d ny leder er hentet.", "%(n)d nye ledere er hentet.", antall) % {"n": antall}
    messages.success(request, melding if antall else _("Alle lederne i uttrekket er her fra før."))
    return redirect("kompetanse:ledere")


@krever(Handling.FORVALTE_LEDERKRAV)
@require_http_methods(["GET", "POST"])
def ny_leder(request: HttpRequest) -> HttpResponse:
    """Enter a leader or key position."""
    return _leder(request, None)


@krever(Handling.FORVALTE_LEDERKRAV)
@require_http_methods(["GET", "POST"])
def endre_leder(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a leader or key position."""
    return _leder(request, _hent_leder(request, pk))


@krever(Handling.FORVALTE_LEDERKRAV)
@require_http_methods(["GET", "POST"])
def slett_leder(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete a leader with everything documented."""
    rad = _hent_leder(request, pk)
    konsekvenser = (
        _("Dokumentasjon, avtaler og unntak slettes også, med historien."),
        _("Har lederen sluttet? Da kan du også sette en sluttdato."),
    )
    return _slett(request, rad, _("Slett %(hvem)s?") % {"hvem": rad.navn}, konsekvenser, reverse("kompetanse:ledere"))


@krever(Handling.FORVALTE_LEDERKRAV)
@require_http_methods(["GET", "POST"])
def nytt_dokument(request: HttpRequest, pk: int) -> HttpResponse:
    """Document something; kind and words may come ready from a condition."""
    slag = request.GET.get("slag", "")
    forslag = {
        "slag": slag if slag in Dokumentslag.values else Dokumentslag.UTDANNING,
        "tekst": request.GET.get("tekst", "").replace("\x00", "")[:200],
    }
    return _dokument(request, _hent_leder(request, pk), None, forslag)


@krever(Handling.FORVALTE_LEDERKRAV)
@require_http_methods(["GET", "POST"])
def endre_dokument(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what is documented."""
    rad = get_object_or_404(_mine(request, Dokument), pk=pk)
    return _dokument(request, rad.leder, rad, None)


@krever(Handling.FORVALTE_LEDERKRAV)
@require_http_methods(["GET", "POST"])
def slett_dokument(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete something documented."""
    rad = get_object_or_404(_mine(request, Dokument), pk=pk)
    return _slett(request, rad, _("Slett «%(hva)s»?") % {"hva": rad}, (), _side(rad.leder))


@krever(Handling.FORVALTE_LEDERKRAV)
@require_http_methods(["GET", "POST"])
def nytt_unntak(request: HttpRequest, pk: int) -> HttpResponse:
    """Record an exception."""
    krav = request.GET.get("krav", "")
    forslag = {"krav": int(krav) if krav.isascii() and krav.isdigit() and len(krav) < 10 else None}
    return _unntak(request, _hent_leder(request, pk), None, forslag | {"fra": timezone.localdate()})


@krever(Handling.FORVALTE_LEDERKRAV)
@require_http_methods(["GET", "POST"])
def endre_unntak(request: HttpRequest, pk: int) -> HttpResponse:
    """Change an exception."""
    rad = get_object_or_404(_mine(request, Unntak), pk=pk)
    return _unntak(request, rad.leder, rad, None)


@krever(Handling.FORVALTE_LEDERKRAV)
@require_http_methods(["GET", "POST"])
def slett_unntak(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete an exception entered by mistake."""
    rad = get_object_or_404(_mine(request, Unntak), pk=pk)
    return _slett(request, rad, _("Slett unntaket?"), (), _side(rad.leder))


def _leder(request: HttpRequest, rad: Lederpost | None) -> HttpResponse:
    skjema = LederSkjema(request.POST or None, rad=rad)
    side = Skjemaside(
        tittel=_("Endre %(navn)s") % {"navn": rad.navn} if rad else _("Ny leder eller nøkkelstilling"),
        ingress=_("Før bare det kravene spør om. Lederen kan se alt som står her."),
        knapp=_("Lagre"),
        tilbake=_side(rad) if rad else reverse("kompetanse:ledere"),
        brodsmuler=_smuler(rad),
    )
    return rediger(
        request,
        skjema,
        side,
        lambda: tjenester.lagre_leder(
            leder=rad, verdier=skjema.verdier, av=request.user, forventet=skjema.forventet if rad else None
        ),
        melding=_("Lagret."),
    )


def _dokument(request: HttpRequest, leder: Lederpost, rad: Dokument | None, forslag: dict | None) -> HttpResponse:
    skjema = DokumentSkjema(request.POST or None, rad=rad, initial=forslag)
    tittel = _("Endre dokumentasjon") if rad else _("Ny dokumentasjon")
    ingress = _("For %(navn)s. Papiret selv blir liggende i arkivet.")
    skriv = partial(tjenester.lagre_dokument, dokument=rad, dag=timezone.localdate())
    return _om_leder(request, leder, skjema, tittel, ingress, skriv)


def _unntak(request: HttpRequest, leder: Lederpost, rad: Unntak | None, forslag: dict | None) -> HttpResponse:
    skjema = UnntakSkjema(request.POST or None, rad=rad, initial=forslag)
    tittel = _("Endre unntak") if rad else _("Nytt unntak")
    ingress = _("For %(navn)s. Unntaket vises sammen med kravet, med begrunnelsen.")
    return _om_leder(request, leder, skjema, tittel, ingress, partial(tjenester.lagre_unntak, unntak=rad))


def _om_leder(
    request: HttpRequest, leder: Lederpost, skjema: Radskjema, tittel: str, ingress: str, skriv: Callable[..., Any]
) -> HttpResponse:
    """The page of something a leader has: documentation or an exception."""
    side = Skjemaside(tittel, ingress % {"navn": leder.navn}, _("Lagre"), _side(leder), _smuler(leder))

    def lagre() -> Any:
        forventet = skjema.forventet if skjema.rad else None
        return skriv(leder=leder, verdier=skjema.verdier, av=request.user, forventet=forventet)

    return rediger(request, skjema, side, lagre, melding=_("Lagret."))


def _slett(request: HttpRequest, rad: Any, tittel: str, konsekvenser: tuple[str, ...], tilbake: str) -> HttpResponse:
    if request.method == "POST":
        return utfoer(request, lambda: tjenester.slett(rad=rad, av=request.user), _("Slettet."), tilbake)
    leder = rad if isinstance(rad, Lederpost) else rad.leder
    avbryt = _side(leder)
    konsekvenser = konsekvenser or (_("Resultatet for lederen regnes på nytt."),)
    return bekreft(request, Bekreftelse(tittel, konsekvenser, _("Slett"), avbryt, _smuler(leder), True))


def _hent_leder(request: HttpRequest, pk: int) -> Lederpost:
    omfang = request.tilgang.omfang(Handling.FORVALTE_LEDERKRAV)
    return get_object_or_404(Lederpost.objects.filter(enhet__in=omfang), pk=pk)


def _mine(request: HttpRequest, modell: type) -> Any:
    omfang = request.tilgang.omfang(Handling.FORVALTE_LEDERKRAV)
    return modell.objects.filter(leder__enhet__in=omfang).select_related("leder")


def _side(leder: Lederpost) -> str:
    return reverse("kompetanse:leder", args=[leder.pk])


def _smuler(leder: Lederpost | None) -> tuple[tuple[str, str], ...]:
    smuler = ((_("Ledere og krav"), reverse("kompetanse:ledere")),)
    return (*smuler, (leder.navn, _side(leder))) if leder else smuler
