"""The results of a round: the page with the heat table, and one analysis of it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from analyse.visning.bevart import hent, legg, pakk_ut
from felles import tall
from felles.norsk import sorteringsnokkel
from kompetanse.gap.regning import HORISONTER
from kompetanse.gapvalg import HORISONTORD, Gapvalg, er_prikket, kan_vises, les_gapvalg, utvalg_for
from kompetanse.models import Gapanalyse, Gaprunde
from kompetanse.queries import gapresultat as les
from kompetanse.queries.gapresultat import Analyselinje
from kompetanse.queries.gaprunde import runde_for
from kompetanse.queries.gapvern import Radvern, les_radvern
from kompetanse.views.gaprunde import smuler
from kompetanse.visning.gapresultatside import tegn
from kompetanse.visning.gapstempel import runde_med_stempel, sidenokkel
from kompetanse.visning.gapsvar import radkilde, vist_rad
from organisasjon.enums import Handling
from organisasjon.tilgang import krever


@krever(Handling.SE_GAP)
@require_safe
def gapresultat(request: HttpRequest, pk: int) -> HttpResponse:
    """Where competence is lacking, as it is drawn ahead, as it was last asked for, or drawn now."""
    runde, merke, tegnet = runde_med_stempel(request, pk)
    innhold = pakk_ut(tegnet) if tegnet and not request.GET else _beholdt_eller_tegnet(request, runde, merke)
    return render(
        request, "kompetanse/gapresultat/resultat.html", {"innhold": innhold, "runde": runde, "smuler": _smuler(runde)}
    )


def _beholdt_eller_tegnet(request: HttpRequest, runde: Gaprunde, merke: str) -> SafeString:
    nokkel = sidenokkel(request, runde, merke)
    return hent(nokkel) or legg(nokkel, tegn(runde, request.tilgang, merke, request.GET))


@krever(Handling.SE_GAP)
@require_safe
def gapresultat_enhet(request: HttpRequest, pk: int, analyse: int) -> HttpResponse:
    """One analysis in the results: its rows, with what there is and what is lacking in each horizon."""
    runde = runde_for(request, pk)
    valg = les_gapvalg(request.GET, er_prikket(request.tilgang))
    utvalg = utvalg_for(runde, request.tilgang, valg) if kan_vises(runde, valg) else None
    funnet = next((d for d in utvalg.deltakere if d.pk == analyse), None) if utvalg else None
    if funnet is None:
        raise Http404("Analysen er ikke med i resultatet")
    rader = les.analyselinjer(Gapanalyse.objects.get(pk=analyse), valg.aarsverk)
    kontekst = {
        "runde": runde,
        "valg": valg,
        "deltaker": funnet,
        "linjer": _vernede(rader, les_radvern([analyse], utvalg.kart)) if valg.prikket else _aapne(rader, valg),
        "horisonter": [(aar, HORISONTORD[aar], runde.aar + aar) for aar in HORISONTER],
        "analyse": analyse,
        "tall": tall,
        "smuler": (*_smuler(runde), (_("Resultat"), reverse("kompetanse:gapresultat", args=[pk]) + valg.adresse())),
    }
    return render(request, "kompetanse/gapresultat/enhet.html", kontekst)


def _aapne(rader: list[Analyselinje], valg: Gapvalg) -> list[tuple]:
    """Each row with its numbers as they are shown, and its source; in årsverk they are read from the row itself."""
    return [(r, None if valg.aarsverk else vist_rad(r.rad, None), radkilde(r.rad.forslag, r.rad.har)) for r in rader]


def _vernede(rader: list[Analyselinje], vern: Radvern) -> list[tuple]:
    """The same for protected readers, in an order that tells nothing of what is hidden."""
    linjer = [(r, vist_rad(r.rad, vern), radkilde(r.rad.forslag, None)) for r in rader]

    def rang(linje: tuple) -> tuple:
        r, vist, _kilde = linje
        gap = vist[-1].gap
        return -(r.rad.kritisk or 0), -gap if isinstance(gap, int) else 1, sorteringsnokkel(r.navn), r.rad.pk

    return sorted(linjer, key=rang)


def _smuler(runde: Gaprunde) -> tuple[tuple[str, str], ...]:
    return smuler((runde.navn, reverse("kompetanse:gaprunde", args=[runde.pk])))
