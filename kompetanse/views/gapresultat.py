"""The results of a round: the page with the heat table, and one analysis of it."""

from typing import Any

from django.core.paginator import Page
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from analyse.visning.bevart import hent, legg
from felles import tall
from felles.norsk import sorteringsnokkel
from kompetanse.gap.regning import HORISONTER
from kompetanse.gapvalg import HORISONTORD, Gapvalg, er_prikket, kan_vises, les_gapvalg, utvalg_for
from kompetanse.models import Gapanalyse, Gaprunde
from kompetanse.queries import gapresultat as les
from kompetanse.queries.gapresultat import Analyselinje, Utvalg
from kompetanse.queries.gapresultat_vern import Vern, les_vern
from kompetanse.queries.gaprunde import runde_for
from kompetanse.queries.gapvern import Radvern, les_radvern
from kompetanse.views.gaprunde import smuler
from kompetanse.visning import gapresultat as visning
from kompetanse.visning import gapresultat_mer as mer
from kompetanse.visning.gapgrunnlag import Grunnlag, ordnet_for
from kompetanse.visning.gapstempel import runde_med_stempel, sidenokkel
from kompetanse.visning.gapsvar import radkilde, vist_rad
from kompetanse.visning.gapvarme import grenseord, varmetabell
from organisasjon.enums import Handling
from organisasjon.sider import side_av
from organisasjon.tilgang import krever

KOLONNER_PER_SIDE = 8


@krever(Handling.SE_GAP)
@require_safe
def gapresultat(request: HttpRequest, pk: int) -> HttpResponse:
    """Where competence is lacking: largest gaps, units against competences, vulnerable, sums, ways, hours, surplus."""
    runde, merke = runde_med_stempel(request, pk)
    valg = les_gapvalg(request.GET, er_prikket(request.tilgang))
    nokkel = sidenokkel(request, runde, merke, "gapresultat")
    innhold = hent(nokkel)
    if innhold is None:
        kontekst = _kontekst(request, runde, valg, merke)
        innhold = legg(nokkel, render_to_string("kompetanse/gapresultat/_resultat.html", kontekst, request))
    return render(
        request, "kompetanse/gapresultat/resultat.html", {"innhold": innhold, "runde": runde, "smuler": _smuler(runde)}
    )


def _kontekst(request: HttpRequest, runde: Gaprunde, valg: Gapvalg, merke: str) -> dict[str, Any]:
    felles = {
        "runde": runde,
        "valg": valg,
        "horisonter": [(aar, HORISONTORD[aar], runde.aar + aar) for aar in HORISONTER],
        "dag": timezone.localdate(),
    }
    if not kan_vises(runde, valg):
        return felles | {"venter": True}
    utvalg = utvalg_for(runde, request.tilgang, valg)
    felles["utvalg"] = utvalg
    if not utvalg.deltakere:
        return felles
    g = grunnlag(runde, valg, utvalg, merke)
    return felles | _tall(g, side_av(request, ordnet_for(g), KOLONNER_PER_SIDE))


def grunnlag(runde: Gaprunde, valg: Gapvalg, utvalg: Utvalg, merke: str) -> Grunnlag:
    """The columns and what is hidden. One query; five at first for protected readers."""
    vern = les_vern(runde, utvalg, merke) if valg.prikket else Vern()
    return Grunnlag(valg, utvalg, les.les_kolonner(utvalg, valg.om, valg.aarsverk), vern)


def _tall(g: Grunnlag, side: Page) -> dict[str, Any]:
    valg, ider, kolonner = g.valg, g.utvalg.ider, list(side)
    celler = les.les_celler(ider, kolonner, valg.om, valg.aarsverk)
    saarbare = les.les_saarbare(ider, valg.om, valg.prikket)
    antall = g.antall_saarbare(saarbare)
    linjer = visning.stoerste_gap(g)
    veier, med_vei = les.samlede_veier(g.kolonner)
    timer = les.les_timer(g.utvalg)
    over = [] if valg.prikket else mer.overskuddslinjer(g)
    return {
        "g": g,
        "grenseord": grenseord(valg.om),
        "nokkeltall": mer.nokkeltall(g, antall, timer),
        "stoerste": linjer,
        "gapfunn": visning.gapfunn(linjer, valg),
        "gapbilde": visning.gapbilde(linjer, valg) if linjer else None,
        "side": side,
        "tabell": varmetabell(g, kolonner, celler),
        "saarbare": visning.saarbarlinjer(g, saarbare),
        "saarbarfunn": visning.saarbarfunn(antall, valg.prikket),
        "antall_saarbare": antall,
        "summer": [] if visning.alt_skjult(g, HORISONTER) else visning.sumlinjer(g, HORISONTER),
        "sumfunn": visning.sumfunn(g),
        "veier": mer.veilinjer(veier, med_vei),
        "veifunn": mer.veifunn(veier, med_vei),
        "timer": mer.timelinjer(timer),
        "timefunn": mer.timefunn(timer),
        "timenote": mer.timenote(),
        "over": over,
        "overfunn": mer.overfunn(over, valg.naar),
        "mangler_skjulte": valg.prikket and any(not g.viser_sum(k) for k in g.kolonner),
    }


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
