"""The plan overview: delplaner against kjernegrep, tiltak by status and deadline. A constant number of queries."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from felles.norsk import sorteringsnokkel
from organisasjon.enums import Handling
from organisasjon.rules import Tilgang
from planer import oversiktstall
from planer.enums import Deltakerrolle, Planslag
from planer.models import Plan, Plandeltaker, Planomfang, Tiltak
from planer.oversiktstall import Utvalg
from planer.sektorer import Sektorer
from planer.stempel import Stempel, behold
from planer.tiltaksliste import Tiltaksfilter, filtrer, levende_planer
from planer.visning.tiltak import Merke

PER_SIDE = 30
MEST_FORFALT = 10
FRISTNAVN = {
    "forfalt": gettext_lazy("Over fristen"),
    "snart": gettext_lazy("Innen 30 dager"),
    "senere": gettext_lazy("Senere"),
    "uten": gettext_lazy("Uten frist"),
    "avsluttet": gettext_lazy("Avsluttet"),
}


@dataclass(frozen=True)
class Kolonne:
    """A kjernegrep: its key, «6.1», and its title with room for a line break."""

    nokkel: str
    nummer: str
    tittel: str


@dataclass(frozen=True)
class Planrad:
    """A delplan in the grid. `celler`: for each column how many tiltak, and whether the choice is justified. Equal rows
    look the same, so a row is drawn once.
    """

    pk: int
    tittel: str
    status: str
    ansvarlig: str
    gruppe: str
    celler: tuple[tuple[int, bool], ...]


@dataclass(frozen=True)
class Forfalt:
    """A tiltak that is past its deadline."""

    pk: int
    tittel: str
    frist: date
    plan: str
    ansvarlig: str


@dataclass(frozen=True)
class Oversikt:
    """What the page shows.

    grupper: (name, rows) of this page · tabell: deadline → status → number · folk: (id, name) of those responsible for
    something in the plans the person sees
    """

    kolonner: tuple[Kolonne, ...]
    side: Page
    grupper: list[tuple[str, list[Planrad]]]
    tabell: dict[str, dict[str, int]]
    antall: int
    forfalt: list[Forfalt]
    folk: list[tuple[int, str]]
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
    *,
    tilgang: Tilgang,
    filter: Tiltaksfilter,
    sektorer: Sektorer,
    stempel: Stempel,
    hvem: tuple,
    dag: date,
    sidenr: Any,
) -> Oversikt:
    """The overview for one person, `hvem` (`stempel.hvem_og_naar`). Four queries; those that count what has not changed
    are left out.
    """
    valg = (filter.sektor, filter.ansvarlig, filter.maal)
    merke = (stempel.planer, stempel.folk, stempel.enheter, stempel.tiltak if filter.aktivt else ())
    rader, enheter = behold(
        ("delplaner", hvem, valg, merke), lambda: _planer(planvalg(tilgang, hvem[0], filter, sektorer))
    )
    egne = _egne_sektorer(tilgang, sektorer)
    grupper = {pk: frozenset(sektorer.av(enheter[pk])) for pk, _tittel, _status in rader}
    ordnet = sorted(rader, key=lambda r: (_rang(grupper[r[0]], egne, sektorer), sorteringsnokkel(r[1]), r[0]))
    side = Paginator(ordnet, PER_SIDE).get_page(sidenr)
    utvalg = Utvalg([r[0] for r in rader], filter.ansvarlig, filter.maal)
    tall = oversiktstall.tell_tiltak(utvalg, dag, MEST_FORFALT)
    kolonner, celler = _rutenett(utvalg, tall.per_omraade, stempel)
    paa_siden = Utvalg([r[0] for r in side])
    ledere = behold(("ledere", paa_siden.planer, stempel.folk, hvem[2:]), lambda: oversiktstall.ledere(paa_siden))
    planrader = [
        Planrad(pk, tittel, status, ledere.get(pk, ""), _navn(grupper[pk], sektorer), celler[pk])
        for pk, tittel, status in side
    ]
    alle = oversiktstall.ansvarlige(Utvalg(synlige_delplaner(tilgang, hvem[0]))) if filter.aktivt else tall.folk
    folk = sorted(alle, key=lambda v: (sorteringsnokkel(v[1]), v[0]))
    return Oversikt(
        kolonner=kolonner,
        side=side,
        grupper=_samle(planrader),
        tabell=tall.etter_frist,
        antall=sum(sum(rad.values()) for rad in tall.etter_frist.values()),
        forfalt=_forfalt(tall.lengst_over, {pk: tittel for pk, tittel, _status in rader}, dict(folk)),
        folk=folk,
        klare=sum(bool(antall and begrunnet) for rad in celler.values() for antall, begrunnet in rad),
        ruter=len(kolonner) * len(rader),
    )


def _forfalt(rader: Iterable[tuple], titler: dict[int, str], navn: dict[int, str]) -> list[Forfalt]:
    return [Forfalt(pk, t, frist, titler[plan], navn.get(hvem, "")) for pk, t, frist, plan, hvem in rader]


def synlige_delplaner(tilgang: Tilgang, bruker_id: int | None) -> list[int]:
    """Ids of the delplaner the person sees, one version of each. One query."""
    planer = levende_planer(tilgang, bruker_id).filter(slag=Planslag.DELPLAN)
    return list(planer.order_by().values_list("pk", flat=True))


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
    utvalg: Utvalg, per_omraade: Iterable[tuple[int, int, int]], stempel: Stempel
) -> tuple[tuple[Kolonne, ...], dict[int, tuple[tuple[int, bool], ...]]]:
    """The columns and every plan's cells. One query, none when no text has changed."""
    kolonner, kolonne_for, begrunnet = behold(("grep", utvalg.planer, stempel.tekst), lambda: _grep(utvalg))
    antall = {plan: [0] * len(kolonner) for plan in utvalg.planer}
    for plan, omraade, n in per_omraade:
        # A tiltak can lie under an area that the plan has no place for yet.
        if omraade in kolonne_for:
            antall[plan][kolonne_for[omraade]] += n
    return kolonner, {plan: tuple(zip(antall[plan], begrunnet[plan], strict=True)) for plan in utvalg.planer}


def _grep(utvalg: Utvalg) -> tuple[tuple[Kolonne, ...], dict[int, int], dict[int, list[bool]]]:
    """The columns, area → its column, and plan → whether each is justified. Versions of the temaplan meet in the key
    of the area. One query.
    """
    omraader, skrevet = oversiktstall.begrunnelser(utvalg)
    siste = {nokkel: (plass, nokkel, tittel) for _pk, nokkel, tittel, plass in sorted(omraader.values())}
    plass_for = {rad[1]: nr for nr, rad in enumerate(sorted(siste.values()))}
    kolonne_for = {pk: plass_for[nokkel] for pk, nokkel, _tittel, _plass in omraader.values()}
    begrunnet = {plan: [False] * len(plass_for) for plan in utvalg.planer}
    for plan, omraade in skrevet:
        begrunnet[plan][kolonne_for[omraade]] = True
    kolonner = tuple(Kolonne(nokkel, f"6.{plass}", delbar(tittel)) for plass, nokkel, tittel in sorted(siste.values()))
    return kolonner, kolonne_for, begrunnet


def delbar(tittel: str) -> str:
    """The title with a soft hyphen in its long compound, so that it fits a narrow column."""
    return re.sub(r"(?i)(kompetanse)(?=[a-zæøå])", "\\1\u00ad", tittel)


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
