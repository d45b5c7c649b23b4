"""The plan's own pages: tabs, the chapters with what they lack, the goals, the innsatsområder and the effects."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from felles.norsk import sorteringsnokkel
from organisasjon.meny import adresse
from planer.deler import MAAL
from planer.enums import Deltakerrolle, Grep, Planslag, Planstatus
from planer.kapitler import Kapittel, kapitler_for
from planer.kontroll.mangel import Mangel
from planer.models import Plan
from planer.panel import Panel, Panelbygger
from planer.rules import Planrett
from planer.tall import Tallvisning
from planer.visning.ramme import delpanel, delrader, ny_adresse
from planer.visning.tekst import vis_seksjoner

STATUSMERKER = {
    Planstatus.UTKAST: ("○", ""),
    Planstatus.DROFTING: ("◔", "info"),
    Planstatus.HORING: ("◑", "info"),
    Planstatus.BESLUTNING: ("◕", "warning"),
    Planstatus.VEDTATT: ("✓", "success"),
    Planstatus.REVISJON: ("✓", "success"),
    Planstatus.ERSTATTET: ("–", ""),
}
# Tab → its routes, the first that exists; other rooms' routes are named, not imported.
FANER = (
    ("innhold", _("Innhold"), ("planer:plan",)),
    ("tiltak", _("Tiltak"), ("planer:tiltak",)),
    ("samarbeid", _("Samarbeid"), ("planer:samarbeid",)),
    ("versjoner", _("Versjoner"), ("planer:versjoner",)),
    ("dokument", _("Dokument"), ("planer:dokument", "planer:dokumenter")),
)
BARE_ARBEID = frozenset({"samarbeid"})


@dataclass(frozen=True)
class Statusmerke:
    """Icon, word and tint."""

    ikon: str
    tekst: str
    farge: str


def statusmerke(status: str) -> Statusmerke:
    """A plan's status as it is shown everywhere."""
    ikon, farge = STATUSMERKER[Planstatus(status)]
    return Statusmerke(ikon, str(Planstatus(status).label), farge)


@dataclass(frozen=True)
class Fane:
    """One tab of a plan's pages."""

    navn: str
    tittel: str
    adresse: str
    aktiv: bool


def faner(plan: Plan, aktiv: str, *, arbeid: bool = True) -> list[Fane]:
    """The tabs of a plan; those whose pages do not exist are left out. A template has content and tiltak only.

    `arbeid`: the person is in the work on the plan, and not only a reader of what is published.
    """
    ut = []
    for navn, tittel, ruter in FANER:
        if plan.slag == Planslag.MAL and navn not in ("innhold", "tiltak"):
            continue
        if not arbeid and navn in BARE_ARBEID:
            continue
        adr = next((a for rute in ruter if (a := adresse(rute, (plan.pk,)))), "")
        if adr:
            ut.append(Fane(navn, str(tittel), adr, navn == aktiv))
    return ut


@dataclass(frozen=True)
class Kapittelkort:
    """A chapter, with what it lacks and how far its texts have come."""

    kapittel: Kapittel
    adresse: str
    mangler: list[Mangel]
    aktiv: bool = False

    @property
    def stoppere(self) -> list[Mangel]:
        """What must be in place before the plan goes on."""
        return [m for m in self.mangler if m.stopper]

    @property
    def ferdig(self) -> bool:
        return not self.stoppere


def kapittelkort(plan: Plan, mangler: Iterable[Mangel], aktiv: int | None = None) -> list[Kapittelkort]:
    """The chapters of the plan with their share of what is missing. No query."""
    per = defaultdict(list)
    for mangel in mangler:
        per[mangel.kapittel].append(mangel)
    return [
        Kapittelkort(k, reverse("planer:kapittel", args=[plan.pk, k.nummer]), per[k.nummer], k.nummer == aktiv)
        for k in kapitler_for(plan.slag)
    ]


def maler(request: HttpRequest) -> list[Plan]:
    """The templates the person may see, by name, each with the number of plans made from it (`antall`). One query."""
    synlige = Plan.objects.synlig_for(request.tilgang, request.user.pk).filter(slag=Planslag.MAL)
    synlige = synlige.select_related("opphav").annotate(antall=Count("avledede", distinct=True))
    return sorted(synlige, key=lambda p: (sorteringsnokkel(p.tittel), p.pk))


def maalpanel(request: HttpRequest, plan: Plan, rett: Planrett) -> Panel:
    """The three goals, each with its sub-goals. One query."""
    alle = list(plan.maal.all())
    ny = ny_adresse(MAAL, plan, 3, rett)
    hoved = delrader(MAAL, [m for m in alle if m.overordnet_id is None], plan, 3, rett)
    grupper = []
    for rad in hoved:
        under = delrader(MAAL, [m for m in alle if m.overordnet_id == rad.objekt.pk], plan, 3, rett)
        grupper.append({"rad": rad, "under": under, "ny": f"{ny}?under={rad.objekt.pk}" if ny else ""})
    return Panel("planer/plan/_maal.html", {"del": MAAL, "grupper": grupper, "rett": rett})


def omraadepanel(request: HttpRequest, plan: Plan, rett: Planrett) -> Panel:
    """The innsatsområder with their texts hva, derfor and slik. Two queries, and those of figures."""
    omraader = list(plan.omraader.all())
    tekster = defaultdict(list)
    seksjoner = plan.seksjoner.filter(kapittel=6, omraade__isnull=False).select_related("endret_av")
    for visning in vis_seksjoner(plan, rett, seksjoner):
        tekster[visning.seksjon.omraade_id].append(visning)
    kjerne = sum(o.grep == Grep.KJERNE for o in omraader)
    par = [(o, tekster[o.pk]) for o in omraader]
    innhold = {"omraader": par, "rett": rett, "kjerne": kjerne, "stotte": len(omraader) - kjerne}
    return Panel("planer/plan/_omraader.html", innhold)


def effektpanel(kapittel: int) -> Panelbygger:
    """The builder of the effects, each with the value of its figure now."""
    bygg = delpanel("effekter", kapittel)

    def med_tall(request: HttpRequest, plan: Plan, rett: Planrett) -> Panel:
        panel = bygg(request, plan, rett)
        if any(rad.objekt.tall_id for rad in panel.innhold["rader"]):
            verdier = {v.tall.pk: v for v in Tallvisning(plan, uprikket=rett.uprikket).verdier.values()}
            for rad in panel.innhold["rader"]:
                rad.objekt.verdi_naa = verdier.get(rad.objekt.tall_id)
        return panel

    return med_tall


def opphavskjede(plan: Plan) -> list[Plan]:
    """The origin, the origin's origin …, never the same twice. One query."""
    if plan.opphav_id is None:
        return []
    kilder = {p.pk: p for p in Plan.objects.filter(avledede__isnull=False).only("tittel", "opphav_id").distinct()}
    kjede: list[Plan] = []
    while (plan := kilder.get(plan.opphav_id)) is not None and plan not in kjede and len(kjede) < 10:
        kjede.append(plan)
    return kjede


def deltakergrupper(plan: Plan) -> list[tuple[str, list[str]]]:
    """The plan's people by their part, in the order of the parts. Reads deltakere, prefetched."""
    per = defaultdict(list)
    for d in plan.deltakere.all():
        per[d.rolle].append(str(d.bruker))
    return [(str(rolle.label), per[rolle.value]) for rolle in Deltakerrolle if per[rolle.value]]
