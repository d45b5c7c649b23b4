"""The results of a round drawn as HTML: by the view when somebody asks, and by the worker before anyone does.

Drawn from what a person may see, never from the person: those who see the same of it share the page.
"""

from typing import Any

from django.core.paginator import Page
from django.http import HttpRequest, QueryDict
from django.template.loader import render_to_string

from kompetanse.gap.regning import HORISONTER
from kompetanse.gapvalg import HORISONTORD, Gapvalg, er_prikket, kan_vises, les_gapvalg, utvalg_for
from kompetanse.models import Gaprunde
from kompetanse.queries import gapresultat as les
from kompetanse.queries.gapresultat_vern import Vern, les_vern
from kompetanse.queries.gaputvalg import Utvalg
from kompetanse.visning import gapresultat as visning
from kompetanse.visning import gapresultat_mer as mer
from kompetanse.visning.gapgrunnlag import Grunnlag, ordnet_for
from kompetanse.visning.gapvarme import grenseord, varmetabell
from organisasjon.rules import Tilgang
from organisasjon.sider import side_av

KOLONNER_PER_SIDE = 8


def tegn(runde: Gaprunde, tilgang: Tilgang, merke: str, spurt: QueryDict | None = None) -> str:
    """The results as they are shown to everybody who sees this much: largest gaps, units against competences,
    vulnerable, sums, ways, hours, surplus. `spurt`: what the address asks for; nothing gives the page as it opens.
    """
    request = HttpRequest()
    request.GET = QueryDict() if spurt is None else spurt
    valg = les_gapvalg(request.GET, er_prikket(tilgang))
    kontekst = _kontekst(request, runde, tilgang, valg, merke)
    return render_to_string("kompetanse/gapresultat/_resultat.html", kontekst, request)


def _kontekst(request: HttpRequest, runde: Gaprunde, tilgang: Tilgang, valg: Gapvalg, merke: str) -> dict[str, Any]:
    felles = {
        "runde": runde,
        "valg": valg,
        "horisonter": [(aar, HORISONTORD[aar], runde.aar + aar) for aar in HORISONTER],
    }
    if not kan_vises(runde, valg):
        return felles | {"venter": True}
    utvalg = utvalg_for(runde, tilgang, valg)
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
    antall = g.tell_saarbare(saarbare)
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
        "antall_saarbare": antall.steder,
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
