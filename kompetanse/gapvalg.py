"""What a person's results of a round are made of: horizon, persons or årsverk, which analyses, and whether small
numbers are hidden. Page, files and PDF all go through here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lat

from kompetanse.enums import Rundestatus
from kompetanse.gap.regning import HORISONTER
from kompetanse.models import Gaprunde
from kompetanse.queries.gaputvalg import KUN_GODKJENTE, OGSAA_SENDTE, Utvalg, les_utvalg
from kompetanse.queries.ledere import Enhetskart
from organisasjon.enums import Handling
from organisasjon.rules import Tilgang

STANDARD_OM = 5
HORISONTORD = {0: _lat("nå"), 1: _lat("om ett år"), 3: _lat("om tre år"), 5: _lat("om fem år")}


@dataclass(frozen=True)
class Gapvalg:
    """What was asked for. `prikket`: the person does not see small numbers of the own scope."""

    om: int = STANDARD_OM
    aarsverk: bool = False
    ogsaa_sendte: bool = False
    sektor: str = ""
    prikket: bool = False

    @property
    def statuser(self) -> tuple[str, ...]:
        """States of the analyses that are counted."""
        return OGSAA_SENDTE if self.ogsaa_sendte else KUN_GODKJENTE

    @property
    def naar(self) -> str:
        """«om fem år»."""
        return str(HORISONTORD[self.om])

    @property
    def enhet(self) -> str:
        """What is counted, in a word."""
        return _("årsverk") if self.aarsverk else _("personer")

    def adresse(self, **endret: object) -> str:
        """The query string with something changed; what is as usual is left out."""
        ny = {"om": self.om, "i": "aarsverk" if self.aarsverk else "", "med": "sendte" if self.ogsaa_sendte else ""}
        ny |= {"sektor": self.sektor} | endret
        if ny["om"] == STANDARD_OM:
            del ny["om"]
        return "?" + urlencode({n: v for n, v in ny.items() if v not in ("", None)})


def les_gapvalg(data: Mapping[str, str], prikket: bool) -> Gapvalg:
    """From the address. What is not understood gives the usual choice; protected readers have fewer choices: in
    persons, and only approved analyses, for the difference of two sums is a number too.
    """
    om = {str(aar): aar for aar in HORISONTER}.get(data.get("om", ""), STANDARD_OM)
    sektor = data.get("sektor", "").replace("\x00", "").strip()[:150]
    if prikket:
        return Gapvalg(om, sektor=sektor, prikket=True)
    return Gapvalg(om, data.get("i") == "aarsverk", data.get("med") == "sendte", sektor)


def er_prikket(tilgang: Tilgang) -> bool:
    """Does the person see gap analyses of some unit without seeing its small numbers?"""
    return not tilgang.omfang(Handling.SE_GAP) <= tilgang.omfang(Handling.SE_UPRIKKET)


def kan_vises(runde: Gaprunde, valg: Gapvalg) -> bool:
    """Protected readers see results when the round is closed: sums that change from day to day give parts away."""
    return runde.status == Rundestatus.STENGT or (runde.status == Rundestatus.AAPEN and not valg.prikket)


def utvalg_for(runde: Gaprunde, tilgang: Tilgang, valg: Gapvalg) -> Utvalg:
    """The analyses in the person's scope, narrowed to the chosen sector. One query."""
    kart = Enhetskart.av(tilgang.enheter)
    return les_utvalg(runde, tilgang.omfang(Handling.SE_GAP), valg.statuser, valg.sektor, kart)
