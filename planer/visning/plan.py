"""The plan's own pages: the list, the chapters with what they lack, tabs, the goals and the innsatsområder."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from felles.norsk import sorteringsnokkel, treffer
from organisasjon.enums import Enhetstype
from organisasjon.meny import adresse
from organisasjon.models import Enhet
from planer.deler import MAAL
from planer.enums import Deltakerrolle, Grep, Hovedmaal, Planslag, Planstatus
from planer.kapitler import Kapittel, kapitler_for
from planer.kontroll.mangel import Mangel
from planer.models import Maal, Plan, Seksjon
from planer.panel import Panel, Panelbygger
from planer.rules import Planrett
from planer.tall.verdier import tall_i_plan
from planer.visning.ramme import Delrad, delpanel, delrader, ny_adresse
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
PAA_TVERS, UTEN_ENHET = _("På tvers av sektorer"), _("Uten enheter")


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


@dataclass
class Planrad:
    """One line of the list of plans. `gjelder` is the version in force, when a newer one is being written."""

    plan: Plan
    status: Statusmerke
    enheter: list[str]
    ansvarlige: list[str]
    mangler: int | None = None
    gjelder: Plan | None = None

    @property
    def omfang(self) -> str:
        """The first three units by name, and how many more."""
        return ", ".join(self.enheter[:3]) + (f" (+{len(self.enheter) - 3})" if len(self.enheter) > 3 else "")


@dataclass
class Plangruppe:
    """A sector and its delplaner."""

    navn: str
    rader: list[Planrad] = field(default_factory=list)


@dataclass(frozen=True)
class Planliste:
    """The page's content: temaplaner on top, then delplaner by sector. `antall` counts delplaner before the search."""

    temaplaner: list[Planrad]
    grupper: list[Plangruppe]
    antall: int


def planliste(request: HttpRequest, sok: str = "", status: str = "") -> Planliste:
    """Everything the person may see, except templates and replaced versions. Seven queries."""
    planer = _synlige(request)
    rader = _nyeste(planer)
    _tell_mangler(rader)
    sektorer = sektor_per_enhet()
    grupper: dict[str, list[Planrad]] = defaultdict(list)
    delplaner = [r for r in rader if not r.plan.er_temaplan]
    for rad in delplaner:
        navn = _sektor(rad.plan, sektorer)
        if _passer(rad, navn, sok, status):
            grupper[navn].append(rad)
    temaplaner = [r for r in rader if r.plan.er_temaplan and _passer(r, "", sok, status)]
    return Planliste(temaplaner, [Plangruppe(n, grupper[n]) for n in sorted(grupper, key=_gruppeorden)], len(delplaner))


def maler(request: HttpRequest) -> list[Plan]:
    """The templates the person may see, by name, each with the number of plans made from it (`antall`). One query."""
    synlige = Plan.objects.synlig_for(request.tilgang, request.user.pk).filter(slag=Planslag.MAL)
    synlige = synlige.select_related("opphav").annotate(antall=Count("avledede", distinct=True))
    return sorted(synlige, key=lambda p: (sorteringsnokkel(p.tittel), p.pk))


def sektor_per_enhet() -> dict[int, str]:
    """Unit id → name of its sector or staff unit; the municipality's own name on top. One query."""
    rader = {r[0]: r[1:] for r in Enhet.objects.order_by().values_list("pk", "parent_id", "navn", "type")}

    def finn(pk: int) -> str:
        forelder, navn, type_ = rader[pk]
        topp = type_ in (Enhetstype.SEKTOR, Enhetstype.STAB, Enhetstype.KOMMUNE) or forelder not in rader
        return navn if topp or rader[forelder][2] == Enhetstype.KOMMUNE else finn(forelder)

    return {pk: finn(pk) for pk in rader}


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
            verdier = {v.tall.pk: v for v in tall_i_plan(plan, rett.uprikket)}
            for rad in panel.innhold["rader"]:
                rad.objekt.verdi_naa = verdier.get(rad.objekt.tall_id)
        return panel

    return med_tall


def opphavskjede(plan: Plan) -> list[Plan]:
    """The origin, the origin's origin …, never the same twice."""
    kjede: list[Plan] = []
    while (plan := plan.opphav) is not None and plan not in kjede and len(kjede) < 10:
        kjede.append(plan)
    return kjede


def deltakergrupper(plan: Plan) -> list[tuple[str, list[str]]]:
    """The plan's people by their part, in the order of the parts. Reads deltakere, prefetched."""
    per = defaultdict(list)
    for d in plan.deltakere.all():
        per[d.rolle].append(str(d.bruker))
    return [(str(rolle.label), per[rolle.value]) for rolle in Deltakerrolle if per[rolle.value]]


def hovedmaal_av(maal: Maal) -> str:
    """The name of the overall goal it belongs to."""
    return str(Hovedmaal(maal.hovedmaal).label)


def _synlige(request: HttpRequest) -> list[Plan]:
    planer = Plan.objects.synlig_for(request.tilgang, request.user.pk)
    planer = planer.exclude(slag=Planslag.MAL).exclude(status=Planstatus.ERSTATTET)
    return list(planer.prefetch_related("omfang__enhet", "deltakere__bruker").order_by("tittel", "-versjon", "pk"))


def _nyeste(planer: list[Plan]) -> list[Planrad]:
    """One row per plan: the newest version, and beside it the one in force."""
    per: dict = defaultdict(list)
    for plan in planer:
        per[plan.stamme].append(plan)
    rader = []
    for versjoner in per.values():
        nyest = max(versjoner, key=lambda p: p.versjon)
        rader.append(_rad(nyest, next((p for p in versjoner if p is not nyest and not p.er_aapen), None)))
    return sorted(rader, key=lambda r: (sorteringsnokkel(r.plan.tittel), r.plan.pk))


def _rad(plan: Plan, gjelder: Plan | None) -> Planrad:
    enheter = sorted((o.enhet.navn for o in plan.omfang.all()), key=sorteringsnokkel)
    ansvarlige = [str(d.bruker) for d in plan.deltakere.all() if d.rolle == Deltakerrolle.ANSVARLIG]
    return Planrad(plan, statusmerke(plan.status), enheter, ansvarlige, gjelder=gjelder)


def _tell_mangler(rader: list[Planrad]) -> None:
    """How many texts nobody has written, counted for all open plans at once: required ones, and the justification of
    each kjernegrep. Kjernegrep without tiltak come in addition.
    """
    aapne = [r.plan.pk for r in rader if r.plan.er_aapen]
    kjerne = Q(nokkel__startswith="grep-", omraade__grep=Grep.KJERNE)
    tomme = Seksjon.objects.filter(Q(paakrevd=True) | kjerne, plan__in=aapne, sok="")
    antall = Counter(dict(tomme.order_by().values_list("plan").annotate(n=Count("pk"))))
    for rad in rader:
        if rad.plan.er_aapen:
            rad.mangler = antall[rad.plan.pk]


def _sektor(plan: Plan, sektorer: dict[int, str]) -> str:
    navn = {sektorer[o.enhet_id] for o in plan.omfang.all()}
    if not navn:
        return str(UTEN_ENHET)
    return navn.pop() if len(navn) == 1 else str(PAA_TVERS)


def _gruppeorden(navn: str) -> tuple:
    return (navn in (str(PAA_TVERS), str(UTEN_ENHET)), sorteringsnokkel(navn))


def _passer(rad: Planrad, gruppe: str, sok: str, status: str) -> bool:
    if status and rad.plan.status != status:
        return False
    return treffer(sok, rad.plan.tittel, gruppe, *rad.enheter, *rad.ansvarlige)


__all__ = [
    "Delrad",
    "deltakergrupper",
    "faner",
    "kapittelkort",
    "maalpanel",
    "maler",
    "omraadepanel",
    "opphavskjede",
    "planliste",
    "sektor_per_enhet",
    "statusmerke",
]
