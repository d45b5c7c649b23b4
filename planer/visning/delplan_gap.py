"""The gap analyses of a delplan's scope: where each stands, the largest gaps with ways and tiltak, who has none."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, Q
from django.http import HttpRequest
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from felles import tall
from felles.diagram import Soyle, soyler
from kompetanse.enums import Rundestatus
from kompetanse.gap.vern import SKJULT, Vist
from kompetanse.models import Gapanalyse, Gaprad
from kompetanse.queries.gapsvar import LEVERTE, leselige
from kompetanse.queries.gapvern import Radvern, les_radvern
from kompetanse.visning.gapmerke import Merke, kritiskmerke, statusmerke
from kompetanse.visning.gapsvar import vis, vist_rad
from organisasjon.enums import Handling
from organisasjon.models import Enhet
from organisasjon.queries import barnekart, forfedre
from planer.enums import Planslag
from planer.gaptiltak import radtiltak
from planer.models import Plan
from planer.panel import Panel
from planer.rules import Planrett

FLEST = 8


@dataclass(frozen=True)
class Gaplinje:
    """A row with a gap: numbers five years ahead, as they may be shown."""

    rad: Gaprad
    kritisk: Merke | None
    trenger: Vist
    gap: Vist
    med_enhet: bool

    @property
    def navn(self) -> str:
        """With the unit when there are several."""
        return f"{self.rad.navn}, {self.rad.analyse.navn}" if self.med_enhet else self.rad.navn

    @property
    def veier(self) -> str:
        """The chosen ways, in words."""
        return self.rad.veier_i_ord

    @property
    def kritiskord(self) -> str:
        """How critical, in words."""
        return self.kritisk.tekst if self.kritisk else ""

    def vist(self, felt: str) -> str:
        """A number as text."""
        return vis(getattr(self, felt))


@dataclass(frozen=True)
class Plangap:
    """What the analyses of the newest year say of the plan's scope."""

    aar: int
    analyser: list[Gapanalyse]
    linjer: list[Gaplinje]
    uten: list[Enhet]
    skjult: bool


def plangap(plan: Plan, uprikket: bool) -> Plangap | None:
    """Of the newest year there is an analysis for the plan or its units. None when there is none. Five queries."""
    enheter = list(Enhet.objects.filter(planomfang__plan=plan.pk))
    dekkes_av = _dekkes_av(enheter)
    i_omfanget = frozenset().union(*dekkes_av.values())
    gjelder = Q(plan=plan.stamme) | Q(pk__in=Gapanalyse.objects.filter(enheter__in=i_omfanget).values("pk"))
    rader = Prefetch("rader", Gaprad.objects.select_related("kompetanse"))
    funnet = list(
        Gapanalyse.objects.filter(gjelder)
        .exclude(runde__status=Rundestatus.UTKAST)
        .select_related("runde")
        .prefetch_related("enheter", rader)
        .order_by("-runde__aar", "-runde_id", "navn", "pk")
    )
    if not funnet:
        return None
    nyeste = [a for a in funnet if a.runde_id == funnet[0].runde_id]
    har = {e.pk for a in nyeste for e in a.enheter.all()}
    egen = any(a.plan == plan.stamme for a in nyeste)
    uten = [] if egen else [e for e in enheter if not dekkes_av[e.pk] & har]
    ferdige = [a for a in nyeste if a.status in LEVERTE]
    linjer = storste(ferdige, None if uprikket else les_radvern([a.pk for a in ferdige]))
    skjult = any(linje.gap == SKJULT for linje in linjer)
    return Plangap(funnet[0].runde.aar, nyeste, linjer, uten, skjult)


def _dekkes_av(enheter: Collection[Enhet]) -> dict[int, frozenset[int]]:
    """Unit id → itself and the units above it: an analysis of any of them covers it."""
    over = {barn: forelder for forelder, flere in barnekart().items() for barn in flere}
    return {e.pk: frozenset({e.pk}) | forfedre(over, e.pk) for e in enheter}


def storste(analyser: Collection[Gapanalyse], vern: Radvern | None) -> list[Gaplinje]:
    """The rows that lack somebody in five years, most critical and then largest first. For protected readers the order
    is by what they see, so that it tells nothing of what is hidden.
    """
    linjer = []
    for analyse in analyser:
        for rad in analyse.rader.all():
            rad.analyse = analyse
            *_foer, sist = vist_rad(rad, vern)
            if sist.gap:
                merke = kritiskmerke(rad.kritisk)
                linjer.append(Gaplinje(rad, merke, sist.trenger, sist.gap, len(analyser) > 1))
    linjer.sort(key=lambda g: (-(g.rad.kritisk or 0), -g.gap if isinstance(g.gap, int) else 1, g.rad.navn, g.rad.pk))
    return linjer[:FLEST]


def gapanalyse(request: HttpRequest, plan: Plan, rett: Planrett) -> Panel | None:
    """Part 3: the gap analyses of the scope. About eight queries."""
    if plan.slag == Planslag.MAL:
        return None
    funnet = plangap(plan, rett.uprikket)
    kan_lese = request.tilgang.kan(Handling.SE_GAP)
    innhold: dict[str, Any] = {"g": funnet, "forvalter": request.tilgang.kan(Handling.FORVALTE_GAP)}
    if funnet:
        mine = leselige(request.tilgang, request.user.pk).filter(pk__in=[a.pk for a in funnet.analyser])
        lesbare = set(mine.values_list("pk", flat=True)) if kan_lese else set()
        tiltak = radtiltak(request, [g.rad.pk for g in funnet.linjer])
        innhold |= {
            "analyser": [(a, statusmerke(a.status), a.pk in lesbare) for a in funnet.analyser],
            "linjer": [(g, tiltak.get(g.rad.pk, [])) for g in funnet.linjer],
            **_bilde(funnet),
        }
    return Panel("planer/delplan/_gap.html", innhold)


def _bilde(funnet: Plangap) -> dict[str, Any]:
    """The finding, and the chart in two widths; no chart of a single bar."""
    tall_ = [g for g in funnet.linjer if isinstance(g.gap, int)]
    aar = funnet.aar + 5
    if not tall_:
        return {"funn": _("Gapanalysen for %(aar)s") % {"aar": funnet.aar}}
    verst = max(tall_, key=lambda g: (g.gap, -g.rad.pk))
    ord_ = {"navn": verst.navn, "n": tall.tusen(verst.gap), "aar": aar}
    funn = _("%(navn)s: %(n)s mangler i %(aar)s hvis ingenting gjøres") % ord_
    if len(tall_) < 2:
        return {"funn": funn}
    rader = [Soyle(g.navn, g.gap, g.vist("gap"), (g.rad.kritisk or 0) >= 3) for g in tall_]
    under = _("Personer som mangler i %(aar)s. Mørk søyle: svært eller helt kritisk.") % {"aar": aar}
    felles = {"tittel": funn, "beskrivelse": under, "rader": rader}
    vid, trang = soyler(**felles), soyler(**felles, smal=True)
    # Drawn by felles.diagram, which escapes.
    return {"funn": funn, "under": under, "svg": mark_safe(vid), "svg_smal": mark_safe(trang)}  # noqa: S308


def gaprader(plan: Plan, uprikket: bool) -> tuple[str, list[list[str]]]:
    """Title and rows for the plan's document: what, how critical, need and lack five years ahead, ways, tiltak."""
    funnet = plangap(plan, uprikket) if plan.slag == Planslag.DELPLAN else None
    if funnet is None or not funnet.linjer:
        return "", []
    egne: dict[int, list[str]] = {}
    fra_radene = plan.tiltak.filter(gaprad__in=[g.rad.pk for g in funnet.linjer])
    for rad_id, ident in fra_radene.values_list("gaprad", "ident"):
        egne.setdefault(rad_id, []).append(ident)
    tittel = _("De største gapene i %(aar)s, fra gapanalysen %(fra)s") % {"aar": funnet.aar + 5, "fra": funnet.aar}
    rader = [
        [g.navn, g.kritiskord, g.vist("trenger"), g.vist("gap"), g.veier, ", ".join(sorted(egne.get(g.rad.pk, [])))]
        for g in funnet.linjer
    ]
    return tittel, rader
