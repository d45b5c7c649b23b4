"""The panel of a structured part: its rows as a table, with what can be done to each."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from planer.deler import DELER, Del
from planer.models import Plan
from planer.panel import Panel, Panelbygger
from planer.rules import Planrett


@dataclass(frozen=True)
class Celle:
    """Text, perhaps a link or with a line beneath; `navn` is the column's heading."""

    tekst: str
    navn: str
    adresse: str = ""
    under: str = ""


@dataclass(frozen=True)
class Delrad:
    """One row of a part. The addresses are empty when the person may not change it."""

    objekt: Any
    celler: tuple[Celle, ...] = ()
    endre: str = ""
    slett: str = ""
    flytt: str = ""
    foerst: bool = False
    sist: bool = False


def delpanel(slug: str, kapittel: int) -> Panelbygger:
    """The builder of the panel that shows this part in this chapter."""
    del_ = DELER[slug]

    def bygg(request: HttpRequest, plan: Plan, rett: Planrett) -> Panel:
        rader = [
            _med_celler(rad, del_) for rad in delrader(del_, list(del_.rader(plan, kapittel)), plan, kapittel, rett)
        ]
        innhold = {"del": del_, "rader": rader, "rett": rett, "ny_adresse": ny_adresse(del_, plan, kapittel, rett)}
        return Panel("planer/plan/_delpanel.html", innhold)

    return bygg


def delrader(del_: Del, objekter: list, plan: Plan, kapittel: int, rett: Planrett) -> list[Delrad]:
    """The objects with the addresses of what can be done to them."""
    if not rett.redigere:
        return [Delrad(o) for o in objekter]
    return [
        Delrad(
            o,
            endre=_adresse("endre_del", del_, plan, kapittel, o.pk),
            slett=_adresse("slett_del", del_, plan, kapittel, o.pk),
            flytt=_adresse("flytt_del", del_, plan, kapittel, o.pk),
            foerst=nr == 0,
            sist=nr == len(objekter) - 1,
        )
        for nr, o in enumerate(objekter)
    ]


def ny_adresse(del_: Del, plan: Plan, kapittel: int, rett: Planrett) -> str:
    """Where a new one is added; empty when the person may not."""
    return reverse("planer:ny_del", args=[plan.pk, kapittel, del_.slug]) if rett.redigere else ""


def _adresse(rute: str, del_: Del, plan: Plan, kapittel: int, pk: int) -> str:
    return reverse(f"planer:{rute}", args=[plan.pk, kapittel, del_.slug, pk])


def _med_celler(rad: Delrad, del_: Del) -> Delrad:
    def les(fra: Callable[[Any], str] | None) -> str:
        return str(fra(rad.objekt) or "") if fra else ""

    celler = (Celle(les(k.tekst) or "–", str(k.tittel), les(k.adresse), les(k.under)) for k in del_.kolonner)
    return replace(rad, celler=tuple(celler))
