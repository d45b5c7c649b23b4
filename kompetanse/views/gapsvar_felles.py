"""What the pages of answering have in common: who may answer, the frame of a step, saving and going on."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kompetanse.enums import Gapstatus
from kompetanse.forms.gapskjema import Svarskjema
from kompetanse.gap.steg import Steg
from kompetanse.gapsvarlagring import Utfall, lagre_skjemaer, ta_vare_paa_uten_plass
from kompetanse.models import Gapanalyse, Gaprad
from kompetanse.queries.gapsvar import Gaprett, analyse_for, er_aapen, rader_i, stegene
from kompetanse.services import gapsvar as tjenester
from kompetanse.services.gapsvar_sene import ta_vare_paa
from kompetanse.tiltakskilde import nytt_tiltak
from kompetanse.visning.gapsteg import framdrift, stegadresse
from organisasjon.enums import Handling

TILBAKE, NESTE, SENERE, BLI, TILTAK = "tilbake", "neste", "senere", "bli", "tiltak"


@dataclass
class Svarside:
    """One step as it is being answered."""

    analyse: Gapanalyse
    rett: Gaprett
    rader: list[Gaprad]
    steg: tuple[Steg, ...]
    her: str
    utfall: list[Utfall] = field(default_factory=list)

    @property
    def status(self) -> int:
        """409 when somebody else has answered otherwise, 422 when something must be corrected."""
        if any(u.ulike for u in self.utfall):
            return 409
        return 200 if all(u.i_orden for u in self.utfall) else 422


def svarer_paa(request: HttpRequest, pk: int) -> tuple[Gapanalyse, Gaprett]:
    """The analysis for somebody who may answer it. Raises Http404 and PermissionDenied."""
    analyse, rett = analyse_for(request, pk)
    if not rett.svare:
        raise PermissionDenied(Handling.SVARE_GAP.label)
    return analyse, rett


def svarside(request: HttpRequest, pk: int, her: str) -> Svarside:
    """The step of the analysis."""
    analyse, rett = svarer_paa(request, pk)
    rader = rader_i(analyse)
    return Svarside(analyse, rett, rader, stegene(analyse, rader, analyse.runde.sporsmaal.count()), her)


def ikke_her(request: HttpRequest, analyse: Gapanalyse) -> HttpResponse | None:
    """Away from the form when it takes no answers now, or has not been begun; POST is let through, so that what was
    typed is kept.
    """
    if request.method == "POST":
        return None
    if not er_aapen(analyse):
        return redirect("kompetanse:gapanalyse", analyse.pk)
    return redirect("kompetanse:gapsvar_start", analyse.pk) if analyse.status == Gapstatus.IKKE_BEGYNT else None


def lagre_og_gaa(request: HttpRequest, side: Svarside, skjemaer: Sequence[Svarskjema]) -> HttpResponse | None:
    """Save what came with the request and go where the button says; None when the page must be shown again."""
    side.utfall = lagre_skjemaer(request, side.analyse, skjemaer)
    si_fra_om_uten_plass(request, side.analyse, skjemaer)
    if any(u.stengt for u in side.utfall):
        return stengt(request, side.analyse)
    if side.status != 200:
        return None
    return gaa(request, side)


def si_fra_om_uten_plass(request: HttpRequest, analyse: Gapanalyse, skjemaer: Sequence[Svarskjema]) -> None:
    """Keep what was typed in something that is taken out, and say where it is."""
    if ta_vare_paa_uten_plass(request, analyse, skjemaer):
        tekst = _("Noen andre har tatt ut noe du skrev i. Det du skrev, er tatt vare på, og står på analysens forside.")
        messages.warning(request, tekst)


def gaa(request: HttpRequest, side: Svarside) -> HttpResponse:
    """To the step before or after, to the list of mine, or nowhere."""
    videre = request.POST.get("videre", NESTE)
    linje = framdrift(side.analyse, side.steg, side.her)
    til = {TILBAKE: linje.forrige, NESTE: linje.neste}.get(videre, side.her) or side.her
    try:
        tjenester.gaa_videre(
            analyse=side.analyse,
            fra=side.her,
            til=til,
            av=request.user,
            naa=timezone.now(),
            ferdig=videre == NESTE,
        )
    except tjenester.Stengt:
        return stengt(request, side.analyse)
    if videre == SENERE:
        messages.success(request, _("Svarene er lagret. Du kan fortsette når du vil."))
        return redirect("kompetanse:gapanalyser")
    if videre == TILTAK and side.her.startswith("rad:"):
        return redirect(nytt_tiltak(int(side.her.removeprefix("rad:"))) or stegadresse(side.analyse.pk, til))
    if videre == TILBAKE and not linje.forrige:
        return redirect("kompetanse:gapsvar_start", side.analyse.pk)
    return redirect(stegadresse(side.analyse.pk, til))


def stengt(request: HttpRequest, analyse: Gapanalyse, nytt: str = "", **skrevet: str) -> HttpResponse:
    """It was closed or sent while somebody typed: say that nothing is lost. `skrevet`: what was typed of something new,
    `nytt`, that no form keeps.
    """
    verdier = {felt: tekst for felt, tekst in skrevet.items() if tekst.strip()}
    ta_vare_paa(analyse=analyse, gjelder=nytt, verdier=verdier, av=request.user, naa=timezone.now())
    messages.warning(request, stengtmelding())
    return redirect("kompetanse:gapanalyse", analyse.pk)


def stengtmelding() -> str:
    """What to say then."""
    return _(
        "Gapanalysen tar ikke imot svar nå: runden er stengt, eller analysen er sendt. Det du skrev, er tatt vare på. "
        "Det kan tas med hvis analysen åpnes igjen."
    )


def vis_steg(request: HttpRequest, side: Svarside, mal: str, **mer: Any) -> HttpResponse:
    """The step's page in its frame."""
    kontekst = {
        "analyse": side.analyse,
        "rett": side.rett,
        "linje": framdrift(side.analyse, side.steg, side.her),
        "utfall": side.utfall,
        "ulike": [u for u in side.utfall if u.ulike],
        "borte": [u for u in side.utfall if u.borte],
        "smuler": smuler(),
        **mer,
    }
    return render(request, f"kompetanse/gapsvar/{mal}.html", kontekst, status=mer.get("status", side.status))


def smuler() -> tuple[tuple[str, str], ...]:
    """Gap analyses › …"""
    return ((_("Gapanalyser"), reverse("kompetanse:gapanalyser")),)
