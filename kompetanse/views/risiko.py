"""The register of risks: list and matrix, entering, changing, closing, the file."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from felles.laas import LaasSkjema
from kompetanse.enums import Konsekvens
from kompetanse.forms.risiko import LukkSkjema, RisikoSkjema
from kompetanse.models import Refleksjonsnotat, Refleksjonsoekt, Risiko
from kompetanse.queries.risiko import STANDARD, Risikovalg, enheter_med_risiko, risikoliste, risikomatrise
from kompetanse.services.risiko import gjenaapne_risiko as gjenaapne
from kompetanse.services.risiko import lagre_risiko
from kompetanse.services.risiko import lukk_risiko as lukk
from kompetanse.views.filer import xlsxsvar
from kompetanse.visning.risiko import funn, merke, metode, nokmerke, risikotabell
from organisasjon.enums import Handling
from organisasjon.lister import egen_enhet, enhetsvalg
from organisasjon.sider import Skjemaside, lagre, side_av, utfoer, vis_skjema
from organisasjon.tilgang import krev_for_enhet, krever

STATUSER = ("aapne", "lukkede", "alle")


@krever(Handling.SE_RISIKO)
@require_GET
def risiko(request: HttpRequest) -> HttpResponse:
    """The risks in own scope, the worst first, and where they lie in the matrix."""
    valg, dag = _valg(request), timezone.localdate()
    alle = risikoliste(request.tilgang, valg, request.GET.get("sortering", ""))
    # The matrix shows all that passes the other choices, so that the squares can be chosen between.
    utenom = Risikovalg(valg.sok, valg.enhet, valg.status)
    i_matrisen = risikoliste(request.tilgang, utenom) if valg.rute else alle
    side = side_av(request, alle)
    kontekst = {
        "side": side,
        "rader": [(r, merke(r.nivaa), nokmerke(r.nok), r.forfalt(dag)) for r in side],
        "matrise": [(s, [(rute, merke(rute.nivaa)) for rute in ruter]) for s, ruter in risikomatrise(i_matrisen)],
        "konsekvenser": [str(k.label).split(": ") for k in Konsekvens],
        "funn": funn(i_matrisen, dag),
        "valg": valg,
        "enheter": enheter_med_risiko(request.tilgang),
        "kan_foere": request.tilgang.kan(Handling.FOERE_RISIKO),
        "noen": bool(alle) or Risiko.objects.synlig_for(request.tilgang).exists(),
        "sortering": request.GET.get("sortering", "") or STANDARD,
        "sporring": request.GET.urlencode(),
    }
    return render(request, "kompetanse/risiko/liste.html", kontekst)


def _valg(request: HttpRequest) -> Risikovalg:
    enhet, status = request.GET.get("enhet", ""), request.GET.get("status", "")
    return Risikovalg(
        sok=request.GET.get("sok", "")[:200],
        enhet=int(enhet) if enhet.isascii() and enhet.isdecimal() and len(enhet) < 10 else None,
        status=status if status in STATUSER else "aapne",
        rute=request.GET.get("rute", "")[:3],
    )


@krever(Handling.SE_RISIKO)
@require_GET
def risiko_xlsx(request: HttpRequest) -> HttpResponse:
    """The list as a workbook; the same choices as on the page."""
    alle = risikoliste(request.tilgang, _valg(request), request.GET.get("sortering", ""))
    return xlsxsvar(_("Risiko"), [risikotabell(alle)], metode(timezone.localdate()))


@krever(Handling.FOERE_RISIKO)
@require_http_methods(["GET", "POST"])
def ny_risiko(request: HttpRequest) -> HttpResponse:
    """Enter a risk, empty or from a note (?notat=)."""
    notat = _notat(request)
    enheter = enhetsvalg(request.tilgang, Handling.FOERE_RISIKO, timezone.localdate())
    start: dict[str, Any] = egen_enhet(request.tilgang, Handling.FOERE_RISIKO)
    if notat:
        start = {"hva": " ".join(notat.notat.split())[:200], "enhet": notat.oekt.enhet_id}
    skjema = RisikoSkjema(request.POST or None, risiko=None, enheter=enheter, start=start)
    if request.method == "POST" and skjema.is_valid():
        felles = {"verdier": skjema.verdier, "av": request.user, "notat": notat}
        if lagre(skjema, lambda: lagre_risiko(risiko=None, enhet=skjema.enheten, **felles)):
            messages.success(request, _("Risikoen er lagt inn."))
            return redirect("kompetanse:oppsummering", notat.oekt_id) if notat else redirect("kompetanse:risiko")
    ingress = _("Fra kortet «%(kort)s».") % {"kort": notat} if notat else _("Noe som kan gå galt i tjenesten.")
    tilbake = reverse("kompetanse:oppsummering", args=[notat.oekt_id]) if notat else reverse("kompetanse:risiko")
    side = Skjemaside(_("Ny risiko"), ingress, _("Lagre risikoen"), tilbake, smuler())
    return vis_skjema(request, skjema, side)


def _notat(request: HttpRequest) -> Refleksjonsnotat | None:
    """The note named in the address, when the person may read it."""
    raa = request.GET.get("notat", "")
    if not (raa.isascii() and raa.isdecimal() and len(raa) < 10):
        return None
    synlige = Refleksjonsoekt.objects.synlig_for(request.tilgang)
    return Refleksjonsnotat.objects.filter(pk=int(raa), oekt__in=synlige).select_related("oekt").first()


@krever(Handling.FOERE_RISIKO)
@require_http_methods(["GET", "POST"])
def endre_risiko(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a risk; below, who has changed it before."""
    rad = _hent(request, pk)
    skjema = RisikoSkjema(request.POST or None, risiko=rad, enheter=[], start={})
    if request.method == "POST" and skjema.is_valid() and lagre(skjema, lambda: _lagre(request, rad, skjema)):
        messages.success(request, _("Risikoen er lagret."))
        return redirect("kompetanse:risiko")
    skjema.avbryt_adresse = reverse("kompetanse:risiko")
    kontekst = {
        "skjema": skjema,
        "risiko": rad,
        "merke": merke(rad.nivaa),
        "historie": rad.historie.select_related("history_user").order_by("-history_date", "-history_id")[:20],
        "smuler": smuler(),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "kompetanse/risiko/endre.html", kontekst, status=status)


def _lagre(request: HttpRequest, rad: Risiko, skjema: LaasSkjema) -> None:
    lagre_risiko(risiko=rad, enhet=rad.enhet, verdier=skjema.verdier, av=request.user, forventet=skjema.forventet)


@krever(Handling.FOERE_RISIKO)
@require_http_methods(["GET", "POST"])
def lukk_risiko(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a risk, with why."""
    rad = _hent(request, pk)
    skjema, dag = LukkSkjema(request.POST or None), timezone.localdate()
    tilbake = reverse("kompetanse:endre_risiko", args=[rad.pk])
    if request.method == "POST" and skjema.is_valid():
        grunn = skjema.cleaned_data["grunn"]
        if lagre(skjema, lambda: lukk(risiko=rad, grunn=grunn, dag=dag, av=request.user)):
            messages.success(request, _("Risikoen er lukket. Du finner den igjen under «Lukkede»."))
            return redirect("kompetanse:risiko")
    ingress = _("«%(hva)s» går ut av listen over åpne risikoer. Den kan åpnes igjen.") % {"hva": rad}
    side = Skjemaside(_("Lukk risikoen"), ingress, _("Lukk risikoen"), tilbake, smuler((str(rad), tilbake)))
    return vis_skjema(request, skjema, side)


@krever(Handling.FOERE_RISIKO)
@require_POST
def gjenaapne_risiko(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a closed risk."""
    rad = _hent(request, pk)
    tilbake = reverse("kompetanse:endre_risiko", args=[rad.pk])
    return utfoer(request, lambda: gjenaapne(risiko=rad, av=request.user), _("Risikoen er åpnet igjen."), tilbake)


def _hent(request: HttpRequest, pk: int) -> Risiko:
    rad = get_object_or_404(Risiko.objects.select_related("enhet", "notat"), pk=pk)
    krev_for_enhet(request, Handling.FOERE_RISIKO, rad.enhet_id)
    return rad


def smuler(*flere: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    return ((_("Risiko"), reverse("kompetanse:risiko")), *flere)
