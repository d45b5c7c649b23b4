"""A row of the gap analysis in a sentence. The page's script fills in the same patterns while one types.

Patterns hold «{gap}», «{trenger}», «{avgang}», «{har}» and «{over}».
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from felles.norsk import midt_i_setning
from felles.tall import tusen
from kompetanse.gap.regning import HORISONTER, Ledd
from kompetanse.models import Gaprad

# How names of people end in the plural.
FLERTALL = ("er", "ere")


@dataclass(frozen=True)
class Setning:
    """What the numbers of a row mean. `slag`: «mangler», «over», «nok» or «tomt»."""

    tekst: str
    slag: str


def naar(om_aar: int) -> str:
    """«I dag», «Om ett år», «Om fem år»."""
    return {0: _("I dag"), 1: _("Om ett år"), 3: _("Om tre år"), 5: _("Om fem år"), 10: _("Om ti år")}[om_aar]


def setningsord(rad: Gaprad) -> dict[str, Any]:
    """The patterns of the row, by kind and years ahead."""
    if navn := folk(rad):
        mangler = _("{naar} mangler dere {gap} av {trenger} %(navn)s{hvis}.") % {"navn": navn}
    else:
        mangler = _("{naar} mangler dere {gap} av de {trenger} dere trenger{hvis}.")
    hvis = {om: "" if om == 0 else _(" hvis ingenting gjøres") for om in HORISONTER}
    return {
        "mangler": {str(om): _sett_inn(mangler, naar=naar(om), hvis=hvis[om]) for om in HORISONTER},
        "avgang": _(" {avgang} av {har} ventes å slutte innen da."),
        "over": {
            str(om): _("%(naar)s har dere {over} flere enn dere trenger. Kan de gjøre noe annet dere mangler folk til?")
            % {"naar": naar(om)}
            for om in HORISONTER
        },
        "nok": _("Dere har så mange dere trenger, alle årene, hvis det går som ventet."),
        "tomt": _("Fyll ut hvor mange dere trenger, så regner vi ut hvor mange dere mangler."),
    }


def radsetning(rad: Gaprad) -> Setning:
    """The largest gap, the nearest of equals; else what there is too much of."""
    ord_ = setningsord(rad)
    besvart = [h for h in rad.ledd if h.gap is not None]
    if not besvart:
        return Setning(ord_["tomt"], "tomt")
    verst = max(besvart, key=lambda h: (h.gap, -h.om_aar))
    if verst.gap:
        return Setning(_mangelsetning(ord_, verst), "mangler")
    mest = max(besvart, key=lambda h: (h.overskudd, -h.om_aar))
    if mest.overskudd and len(besvart) == len(HORISONTER):
        return Setning(_sett_inn(ord_["over"][str(mest.om_aar)], over=tusen(mest.overskudd)), "over")
    return Setning(ord_["nok"] if len(besvart) == len(HORISONTER) else ord_["tomt"], "nok")


def _mangelsetning(ord_: dict[str, Any], h: Ledd) -> str:
    tekst = _sett_inn(ord_["mangler"][str(h.om_aar)], gap=tusen(h.gap), trenger=tusen(h.trenger))
    if h.avgang and h.har:
        tekst += _sett_inn(ord_["avgang"], avgang=tusen(h.avgang), har=tusen(h.har))
    return tekst


def ti_aar(rad: Gaprad) -> dict[str, str]:
    """How many are expected to have left in ten years, beyond the horizons that need is asked for; and its pattern."""
    aar = rad.analyse.runde.aar + 10
    monster = _("Innen %(aar)d ventes {avgang} av {har} å slutte.") % {"aar": aar}
    return {"monster": monster, "tekst": _sett_inn(monster, avgang=tusen(rad.avgang_10), har=tusen(rad.har))}


def _sett_inn(monster: str, **ord_: str) -> str:
    """Only the named ones; the others stay for later."""
    for navn, tekst in ord_.items():
        monster = monster.replace("{" + navn + "}", tekst)
    return monster


def folk(rad: Gaprad) -> str:
    """The row's name as people in a sentence («sykepleiere»); empty when it is not people in the plural."""
    er_folk = rad.gruppe and rad.navn.endswith(FLERTALL) and rad.navn.split()[0].endswith((*FLERTALL, "-"))
    return midt_i_setning(rad.navn) if er_folk else ""
