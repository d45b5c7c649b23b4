"""The plan overview: delplaner against kjernegrep, tiltak by status and deadline. A constant number of queries."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Case, Count, Q, QuerySet, Value, When
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from felles.norsk import sorteringsnokkel
from organisasjon.enums import Handling
from organisasjon.models import Bruker
from organisasjon.rules import Tilgang
from planer.enums import AVSLUTTET, Deltakerrolle, Grep, Planslag, Tiltakstatus
from planer.minside import planmerke
from planer.models import Plan, Plandeltaker, Planomfang, Seksjon, Tiltak
from planer.querysets import SNART
from planer.sektorer import Sektorer
from planer.tiltaksliste import Tiltaksfilter, filtrer, levende_planer
from planer.visning.tiltak import Merke

PER_SIDE = 30
MEST_FORFALT = 10
FRISTER = ("forfalt", "snart", "senere", "uten", "avsluttet")
FRISTNAVN = {
    "forfalt": gettext_lazy("Over fristen"),
    "snart": gettext_lazy("Innen 30 dager"),
    "senere": gettext_lazy("Senere"),
    "uten": gettext_lazy("Uten frist"),
    "avsluttet": gettext_lazy("Avsluttet"),
}


@dataclass(frozen=True)
class Rute:
    """How a delplan follows up one kjernegrep, and the way to it."""

    omraade: str
    merke: Merke
    anker: str


@dataclass
class Planrad:
    """A delplan in the grid."""

    pk: int
    tittel: str
    status: Merke
    ansvarlig: str
    gruppe: str
    ruter: list[Rute] = field(default_factory=list)


@dataclass(frozen=True)
class Oversikt:
    """What the page shows. `grupper`: (name, rows) of this page; `tabell`: deadline → status → number."""

    kolonner: list[tuple[str, str]]
    side: Page
    grupper: list[tuple[str, list[Planrad]]]
    tabell: dict[str, dict[str, int]]
    antall: int
    forfalt: list[Tiltak]
    klare: int
    ruter: int


def planvalg(tilgang: Tilgang, bruker_id: int | None, filter: Tiltaksfilter, sektorer: Sektorer) -> QuerySet[Plan]:
    """The delplaner that pass the filter: the sector's, and those with a tiltak that does."""
    planer = levende_planer(tilgang, bruker_id).filter(slag=Planslag.DELPLAN)
    if filter.sektor:
        planer = planer.filter(
            pk__in=Planomfang.objects.filter(enhet__in=sektorer.enheter(filter.sektor)).values("plan")
        )
    if filter.ansvarlig or filter.maal:
        treff = filtrer(Tiltak.objects.all(), Tiltaksfilter(ansvarlig=filter.ansvarlig, maal=filter.maal), date.min)
        vilkaar = Q(pk__in=treff.values("plan"))
        if filter.ansvarlig and not filter.maal:
            leder = Plandeltaker.objects.filter(bruker=filter.ansvarlig, rolle=Deltakerrolle.ANSVARLIG)
            vilkaar |= Q(pk__in=leder.values("plan"))
        planer = planer.filter(vilkaar)
    return planer


def les_oversikt(
    *, tilgang: Tilgang, bruker_id: int | None, filter: Tiltaksfilter, sektorer: Sektorer, dag: date, sidenr: Any
) -> Oversikt:
    """The overview for one person. Six queries."""
    planer = planvalg(tilgang, bruker_id, filter, sektorer)
    rader, enheter = _planer(planer)
    ider = [r[0] for r in rader]
    egne = _egne_sektorer(tilgang, sektorer)
    grupper = {pk: frozenset(sektorer.av(enheter[pk])) for pk in ider}
    ordnet = sorted(rader, key=lambda r: (_rang(grupper[r[0]], egne, sektorer), sorteringsnokkel(r[1]), r[0]))
    side = Paginator(ordnet, PER_SIDE).get_page(sidenr)
    valgt = Tiltaksfilter(ansvarlig=filter.ansvarlig, maal=filter.maal)
    mine = filtrer(Tiltak.objects.filter(plan__in=ider), valgt, dag)
    kolonner, ruter = _rutenett(ider, mine, valgt.aktivt)
    ledere = _ledere([r[0] for r in side])
    planrader = [
        Planrad(pk, tittel, planmerke(status), ledere.get(pk, ""), _navn(grupper[pk], sektorer), ruter[pk])
        for pk, tittel, status in side
    ]
    tabell = _tabell(mine, dag)
    forfalt = mine.forfalt(dag).select_related("plan", "ansvarlig").order_by("frist", "pk")
    alle_ruter = [rute for liste in ruter.values() for rute in liste]
    return Oversikt(
        kolonner=kolonner,
        side=side,
        grupper=_samle(planrader),
        tabell=tabell,
        antall=sum(sum(rad.values()) for rad in tabell.values()),
        forfalt=list(forfalt[:MEST_FORFALT]),
        klare=sum(r.merke.ikon == "✓" for r in alle_ruter),
        ruter=len(alle_ruter),
    )


def _egne_sektorer(tilgang: Tilgang, sektorer: Sektorer) -> set[int]:
    """The sectors of the person's own roles; none for those who have the whole municipality."""
    roetter = tilgang.roetter(Handling.SE_PLANARBEID)
    return set() if tilgang.kommune_id in roetter else sektorer.av(roetter)


def _planer(planer: QuerySet[Plan]) -> tuple[list[tuple[int, str, str]], dict[int, list[int]]]:
    """(id, title, status) of each, and plan id → ids of its units. One query."""
    rader: dict[int, tuple[int, str, str]] = {}
    enheter: dict[int, list[int]] = defaultdict(list)
    felt = planer.order_by("pk").values_list("pk", "tittel", "status", "omfang__enhet_id")
    for pk, tittel, status, enhet in felt:
        rader[pk] = (pk, tittel, status)
        enheter[pk].append(enhet)
    return list(rader.values()), enheter


def _rang(gruppe: frozenset[int], egne: set[int], sektorer: Sektorer) -> tuple:
    """Own sector first, then sectors by name, plans across sectors last."""
    if len(gruppe) == 1:
        navn = sektorer.navn[next(iter(gruppe))]
        return (0 if gruppe <= egne else 1, sorteringsnokkel(navn))
    return (0, "~") if egne & gruppe else (2, "")


def _navn(gruppe: frozenset[int], sektorer: Sektorer) -> str:
    return sektorer.navn[next(iter(gruppe))] if len(gruppe) == 1 else _("På tvers av sektorene")


def _samle(rader: Iterable[Planrad]) -> list[tuple[str, list[Planrad]]]:
    ut: dict[str, list[Planrad]] = {}
    for rad in rader:
        ut.setdefault(rad.gruppe, []).append(rad)
    return list(ut.items())


def _rutenett(
    ider: list[int], mine: QuerySet[Tiltak], filtrert: bool
) -> tuple[list[tuple[str, str]], dict[int, list[Rute]]]:
    """The columns and every plan's cells. Two queries. Versions of the temaplan meet in the key of the area.

    Every delplan has a section for the justification of each area, so the sections also tell which areas there are.
    """
    nokkel_for: dict[int, str] = {}
    siste: dict[str, tuple[int, int, str]] = {}
    skrevet = set()
    for plan, omraade, nokkel, tittel, plass, har_tekst in _begrunnelser(ider):
        nokkel_for[omraade] = nokkel
        siste[nokkel] = max(siste.get(nokkel, (0, 0, "")), (omraade, plass, tittel))
        if har_tekst:
            skrevet.add((plan, nokkel))
    antall: dict[tuple[int, str], int] = defaultdict(int)
    telt = mine.exclude(status=Tiltakstatus.AVBRUTT).order_by().values_list("plan_id", "omraade_id")
    for plan, omraade, n in telt.annotate(n=Count("pk")):
        antall[plan, nokkel_for.get(omraade, "")] += n
    ordnet = sorted((plass, nokkel, tittel) for nokkel, (_pk, plass, tittel) in siste.items())
    ruter = {
        pk: [
            Rute(f"6.{plass} {delbar(tittel)}", rutemerke(antall[pk, n], (pk, n) in skrevet, filtrert), f"grep-{n}")
            for plass, n, tittel in ordnet
        ]
        for pk in ider
    }
    return [(f"6.{plass}", delbar(tittel)) for plass, _n, tittel in ordnet], ruter


def delbar(tittel: str) -> str:
    """The title with a soft hyphen in its long compound, so that it fits a narrow column."""
    return re.sub(r"(?i)(kompetanse)(?=[a-zæøå])", "\\1\u00ad", tittel)


def _begrunnelser(ider: list[int]) -> QuerySet:
    """(plan, area, its key, title and place, is anything written) for the kjernegrep. One query."""
    seksjoner = Seksjon.objects.filter(plan__in=ider, omraade__grep=Grep.KJERNE).order_by()
    har_tekst = Case(When(sok="", then=Value(False)), default=Value(True))
    return seksjoner.values_list(
        "plan_id", "omraade_id", "omraade__nokkel", "omraade__tittel", "omraade__rekkefolge", har_tekst
    )


def rutemerke(antall: int, begrunnet: bool, filtrert: bool = False) -> Merke:
    """The state of one cell. When the list is narrowed, a cell without matching tiltak says nothing of the plan."""
    tiltak = ngettext("%(n)s tiltak", "%(n)s tiltak", antall) % {"n": antall}
    if antall and begrunnet:
        return Merke("✓", tiltak, "success")
    if antall:
        return Merke("▲", _("%(tiltak)s, ikke begrunnet") % {"tiltak": tiltak}, "warning")
    if filtrert:
        return Merke("–", _("ingen i utvalget"))
    return Merke("○", _("ingen tiltak")) if begrunnet else Merke("✕", _("ikke begynt"), "danger")


def _ledere(ider: list[int]) -> dict[int, str]:
    """Plan id → the responsible leaders' names. One query."""
    navn: dict[int, list[str]] = defaultdict(list)
    ansvarlige = Plandeltaker.objects.filter(plan__in=ider, rolle=Deltakerrolle.ANSVARLIG).order_by("pk")
    for plan, fullt, brukernavn in ansvarlige.values_list("plan_id", "bruker__navn", "bruker__username"):
        navn[plan].append(fullt or brukernavn)
    return {plan: ", ".join(flere) for plan, flere in navn.items()}


def _tabell(mine: QuerySet[Tiltak], dag: date) -> dict[str, dict[str, int]]:
    """Deadline → status → number. One query."""
    naar = Case(
        When(status__in=AVSLUTTET, then=Value("avsluttet")),
        When(frist__isnull=True, then=Value("uten")),
        When(frist__lt=dag, then=Value("forfalt")),
        When(frist__lte=dag + SNART, then=Value("snart")),
        default=Value("senere"),
    )
    tabell = {frist: dict.fromkeys(Tiltakstatus.values, 0) for frist in FRISTER}
    for frist, status, n in mine.order_by().values_list(naar, "status").annotate(n=Count("pk")):
        tabell[frist][status] = n
    return tabell


def folkevalg(planer: QuerySet[Plan]) -> list[tuple[int, str]]:
    """The people responsible for a tiltak of the plans, by name. One query."""
    folk = Bruker.objects.filter(pk__in=Tiltak.objects.filter(plan__in=planer).order_by().values("ansvarlig"))
    rader = folk.order_by().values_list("pk", "navn", "username")
    return sorted(((pk, navn or konto) for pk, navn, konto in rader), key=lambda v: (sorteringsnokkel(v[1]), v[0]))
