"""Who may do what with one plan. Small predicates over the person's access, the plan's scope and part in it.

Outsiders do not know that the plan exists (404, by `PlanQuerySet.synlig_for`); readers without the right get 403.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Final

from organisasjon.enums import Handling, Rolle
from organisasjon.rules import Tilgang
from planer.enums import AAPNE, Deltakerrolle, Planslag

OMFANG_ALT: Final = object()
SKRIVENDE = frozenset(
    {
        Deltakerrolle.ANSVARLIG,
        Deltakerrolle.KOMMUNALSJEF,
        Deltakerrolle.KOMPETANSELEDER,
        Deltakerrolle.MEDFORFATTER,
    }
)
DROFTENDE = frozenset({Deltakerrolle.TILLITSVALGT, Deltakerrolle.VERNEOMBUD})


@dataclass(frozen=True)
class Synsfelt:
    """What a person's roles let them see: units (or all), and whether templates."""

    omfang: Any
    maler: bool


def synsfelt(tilgang: Tilgang) -> Synsfelt:
    """Units whose plans the person sees: their own scope, and the units above it, whose plan is also theirs."""
    maler = tilgang.kan(Handling.OPPRETTE_PLAN)
    omfang = tilgang.omfang(Handling.SE_PLANARBEID)
    if tilgang.kommune_id in omfang:
        return Synsfelt(OMFANG_ALT, maler)
    return Synsfelt(omfang | tilgang.over(Handling.SE_PLANARBEID), maler)


@dataclass(frozen=True)
class Planrett:
    """What one person may do with one plan, as it stands now."""

    arbeid: bool  # sees work in progress, not only what is published
    uprikket: bool  # sees small numbers of the whole scope
    redigere: bool  # writes text and structured parts; False once adopted
    tiltak: bool  # adds and changes tiltak of an open plan
    folge_opp: bool  # status and log of every tiltak, also after adoption
    folge_opp_ledige: bool  # the same for tiltak nobody is responsible for
    kommentere: bool
    drofte: bool  # records an own view in a drøfting
    forvalte: bool  # scope, people, templates, drøfting and hearing
    vedta: bool
    publisere: bool


def rett_til(
    *,
    slag: str,
    status: str,
    omfang: Collection[int],
    roller: Collection[str],
    tilgang: Tilgang,
) -> Planrett:
    """`omfang`: ids of the plan's units (the municipality for a temaplan), `roller`: the person's parts in the plan."""

    def dekker(handling: Handling) -> bool:
        """Does the person have the right for the whole scope?"""
        return bool(omfang) and set(omfang) <= tilgang.omfang(handling)

    def beroerer(handling: Handling) -> bool:
        return bool((set(omfang)) & tilgang.omfang(handling))

    aapen, tema = status in AAPNE, slag == Planslag.TEMAPLAN
    skrive = Handling.REDIGERE_TEMAPLAN if tema else Handling.REDIGERE_DELPLAN
    if slag == Planslag.MAL:
        skrive = Handling.OPPRETTE_PLAN
    i_planen = bool(set(roller) & SKRIVENDE)
    forvalter = tilgang.kan(Handling.OPPRETTE_PLAN)
    kan_skrive = (tilgang.kan(skrive) if slag == Planslag.MAL or tema else dekker(skrive)) or i_planen or forvalter
    arbeid = bool(roller) or (forvalter if slag == Planslag.MAL else _ser_arbeid(tema, omfang, tilgang))
    kommentere = bool(roller) or (arbeid and tilgang.kan(Handling.KOMMENTERE_PLAN))
    return Planrett(
        arbeid=arbeid,
        uprikket=dekker(Handling.SE_UPRIKKET),
        redigere=aapen and kan_skrive,
        tiltak=aapen and (kan_skrive or dekker(Handling.REDIGERE_DELPLAN)),
        folge_opp=kan_skrive or dekker(Handling.REDIGERE_DELPLAN),
        folge_opp_ledige=bool(roller) and beroerer(Handling.REDIGERE_DELPLAN),
        kommentere=aapen and kommentere,
        drofte=bool(set(roller) & DROFTENDE) or tilgang.kan(Handling.DROFTE_PLAN),
        forvalte=forvalter or (not tema and Deltakerrolle.KOMPETANSELEDER in set(roller)),
        vedta=tilgang.kan(Handling.VEDTA_PLAN),
        publisere=tilgang.kan(Handling.PUBLISERE_PLAN),
    )


def kan_folge_opp(tiltak: Any, rett: Planrett | None, bruker_id: int | None) -> bool:
    """May the person set status and write in the log of the tiltak? `rett`: what they may do with its plan.

    The one responsible may; those who write in the plan, and leaders of its whole scope, may for every tiltak. A leader
    of only some of the units may for tiltak nobody is responsible for, when named in the plan.
    """
    if bruker_id is not None and tiltak.ansvarlig_id == bruker_id:
        return True
    return rett is not None and (rett.folge_opp or (tiltak.ansvarlig_id is None and rett.folge_opp_ledige))


def _ser_arbeid(tema: bool, omfang: Collection[int], tilgang: Tilgang) -> bool:
    """Does the person's own scope meet the plan's? Of a published plan elsewhere they see what everybody sees."""
    felt = synsfelt(tilgang).omfang
    return felt is OMFANG_ALT or (bool(felt) if tema else bool(set(omfang) & felt))


def har_rolle(tilgang: Tilgang, rolle: Rolle) -> bool:
    """Does the person have this role anywhere?"""
    return any(r == rolle for r, _rot, _omfang in tilgang.roller)
