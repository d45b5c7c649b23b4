"""The cards: one at a time in a session, big enough for a projector; and HR's register of them."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kompetanse.forms.refleksjon import KortSkjema, NotatSkjema
from kompetanse.models import Refleksjonskort, Refleksjonsnotat, Refleksjonsoekt
from kompetanse.queries.refleksjon import alle_kort, etter_tema, kort_igjen
from kompetanse.services.refleksjon import lagre_kort, lagre_notat, trekk_kort
from kompetanse.services.refleksjon import ta_ut_kort as ta_ut
from kompetanse.views.refleksjon import hent, hent_for_skriving, kan_skrive, krev_skriving, oektsmuler, smuler
from organisasjon.enums import Handling
from organisasjon.sider import Skjemaside, lagre, utfoer, vis_skjema
from organisasjon.tilgang import krever


@krever(Handling.BRUKE_REFLEKSJON)
@require_POST
def trekk(request: HttpRequest, pk: int) -> HttpResponse:
    """Draw a card: the one chosen, or any of those left."""
    oekt = hent_for_skriving(request, pk)
    raa = request.POST.get("kort", "")
    kort = None
    if raa:
        kort = next((k for k in kort_igjen(oekt) if str(k.pk) == raa), None)
        if kort is None:
            messages.info(request, _("Kortet er allerede trukket, eller finnes ikke lenger. Velg et annet."))
            return redirect("kompetanse:oekt", oekt.pk)
    return _trekk(request, oekt, kort, request.POST.get("etter", ""))


def _trekk(request: HttpRequest, oekt: Refleksjonsoekt, kort: Refleksjonskort | None, etter: str) -> HttpResponse:
    sett = int(etter) if etter.isascii() and etter.isdecimal() and len(etter) < 5 else None
    try:
        notat = trekk_kort(oekt=oekt, kort=kort, etter=sett)
    except ValidationError as feil:
        messages.info(request, " ".join(feil.messages))
        return redirect("kompetanse:oekt", oekt.pk)
    return redirect("kompetanse:kort", oekt.pk, notat.nummer)


@krever(Handling.BRUKE_REFLEKSJON)
@require_http_methods(["GET", "POST"])
def kort(request: HttpRequest, pk: int, nr: int) -> HttpResponse:
    """One card with its note. Saving leads on to the next card, to the choice of one, or to the summary."""
    oekt = hent(request, pk)
    notater = list(oekt.notater.order_by("nummer"))
    notat = next((n for n in notater if n.nummer == nr), None)
    if notat is None:
        return redirect("kompetanse:oekt", oekt.pk)
    skjema = NotatSkjema(request.POST or None, notat=notat)
    if request.method == "POST":
        krev_skriving(request, oekt)
        if skjema.is_valid() and lagre(skjema, lambda: _lagre(notat, skjema)):
            return _videre(request, oekt, notat, len(notater))
    kontekst = {
        "oekt": oekt,
        "notat": notat,
        "skjema": skjema,
        "kan_skrive": kan_skrive(request, oekt),
        "antall": len(notater),
        "igjen": len(kort_igjen(oekt)),
        "smuler": oektsmuler(oekt),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "kompetanse/refleksjon/kort.html", kontekst, status=status)


def _lagre(notat: Refleksjonsnotat, skjema: NotatSkjema) -> None:
    lagre_notat(notat=notat, tekst=skjema.cleaned_data["notat"], forventet=skjema.forventet)


def _videre(request: HttpRequest, oekt: Refleksjonsoekt, notat: Refleksjonsnotat, antall: int) -> HttpResponse:
    """Where the button that was pressed leads."""
    valg = request.POST.get("videre", "")
    if valg == "neste" and notat.nummer < antall:
        return redirect("kompetanse:kort", oekt.pk, notat.nummer + 1)
    if valg == "neste" and not oekt.avsluttet:
        return _trekk(request, oekt, None, str(antall))
    messages.success(request, _("Notatet er lagret."))
    if valg == "forrige" and notat.nummer > 1:
        return redirect("kompetanse:kort", oekt.pk, notat.nummer - 1)
    return redirect("kompetanse:oekt" if valg == "velg" else "kompetanse:oppsummering", oekt.pk)


@krever(Handling.BRUKE_REFLEKSJON)
@require_GET
def kortregister(request: HttpRequest) -> HttpResponse:
    """All cards by theme; HR sees those taken out too."""
    kan_endre = request.tilgang.kan(Handling.FORVALTE_REFLEKSJON)
    kontekst = {"temaer": etter_tema(alle_kort(kan_endre)), "kan_endre": kan_endre, "smuler": smuler()}
    return render(request, "kompetanse/refleksjon/kortregister.html", kontekst)


@krever(Handling.FORVALTE_REFLEKSJON)
@require_http_methods(["GET", "POST"])
def nytt_kort(request: HttpRequest) -> HttpResponse:
    """Add a card."""
    return _rediger(request, None)


@krever(Handling.FORVALTE_REFLEKSJON)
@require_http_methods(["GET", "POST"])
def endre_kort(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a card."""
    return _rediger(request, get_object_or_404(Refleksjonskort, pk=pk))


def _rediger(request: HttpRequest, rad: Refleksjonskort | None) -> HttpResponse:
    skjema = KortSkjema(request.POST or None, kort=rad)
    tilbake = reverse("kompetanse:kortregister")

    def skriv() -> None:
        forventet = skjema.forventet if rad else None
        lagre_kort(kort=rad, verdier=skjema.verdier, av=request.user, forventet=forventet)

    if request.method == "POST" and skjema.is_valid() and lagre(skjema, skriv):
        messages.success(request, _("Kortet er lagret."))
        return redirect(tilbake)
    side = Skjemaside(
        _("Endre kortet") if rad else _("Nytt kort"),
        _("Økter som alt har trukket kortet, beholder det slik det var."),
        _("Lagre kortet"),
        tilbake,
        smuler((_("Kortene"), tilbake)),
    )
    return vis_skjema(request, skjema, side)


@krever(Handling.FORVALTE_REFLEKSJON)
@require_POST
def ta_ut_kort(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a card out of new draws, or in again."""
    rad = get_object_or_404(Refleksjonskort, pk=pk)
    dag = None if rad.tatt_ut else timezone.localdate()
    melding = _("Kortet er tatt ut. Du kan ta det inn igjen.") if dag else _("Kortet er tatt inn igjen.")
    tilbake = reverse("kompetanse:kortregister")
    return utfoer(request, lambda: ta_ut(kort=rad, tatt_ut=dag, av=request.user), melding, tilbake)
