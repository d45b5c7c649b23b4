"""The record of forankring: a table, and a timeline of who was heard when."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from felles.diagram.tidslinje import Hendelse, tidslinje
from felles.tall import dato_kort, dato_lang
from planer.deler import FORANKRING
from planer.enums import Forankringsslag
from planer.kontroll.forankring import Datofunn, datofunn
from planer.models import Forankring, Plan
from planer.panel import Panel
from planer.rules import Planrett
from planer.visning.ramme import Delrad, delrader, ny_adresse

KAPITTEL = 2
SISTE_VAARMAANED = 6
# A register this short is read without unfolding anything.
KORT_REGISTER = 6
# The shapes of `felles.diagram.tidslinje`, in the order it draws them.
IKONER = ("●", "◆", "■", "★")


@dataclass(frozen=True)
class Forankringsrad:
    """One line: the entry as it is read, what is wrong with its date, and what can be done to it."""

    f: Forankring
    rad: Delrad
    dato: str
    steg: str
    funn: Datofunn | None


@dataclass(frozen=True)
class Halvaar:
    """Half a year of the register, folded unless a date in it is in doubt or the whole register is short."""

    navn: str
    rader: list[Forankringsrad]
    aapen: bool

    @property
    def antall(self) -> str:
        return _moter(len(self.rader))

    @property
    def tvilsomme(self) -> bool:
        return any(r.funn and not r.funn.forklart for r in self.rader)


def panel(request: HttpRequest, plan: Plan, rett: Planrett) -> Panel:
    """The register of the temaplan. One query."""
    alle = list(FORANKRING.rader(plan, KAPITTEL))
    funn = datofunn(plan, alle, timezone.localdate())
    rader = [
        Forankringsrad(rad.objekt, rad, vis_dato(rad.objekt), vis_steg(rad.objekt.steg), funn.get(rad.objekt.pk))
        for rad in delrader(FORANKRING, alle, plan, KAPITTEL, rett)
    ]
    innhold = {
        "del": FORANKRING,
        "rader": rader,
        "perioder": _halvaar(rader),
        "rett": rett,
        "ny_adresse": ny_adresse(FORANKRING, plan, KAPITTEL, rett),
        "tidslinje": _tidslinje(alle, funn) if len(alle) > 1 else None,
        "funn": _oppsummering(alle),
        "tvilsomme": sum(not f.forklart for f in funn.values()),
        "tegn": " · ".join(f"{ikon} {slag.label}" for ikon, slag in zip(IKONER, _slag_i_bruk(alle), strict=False)),
    }
    return Panel("planer/plan/_forankring.html", innhold)


def _halvaar(rader: list[Forankringsrad]) -> list[Halvaar]:
    """The rows, in their order, by spring and autumn: the rhythm that committees meet in."""
    grupper: dict[tuple[int, bool], list[Forankringsrad]] = {}
    for rad in rader:
        grupper.setdefault((rad.f.dato.year, rad.f.dato.month > SISTE_VAARMAANED), []).append(rad)
    ut = []
    for (aar, hoest), egne in grupper.items():
        navn = (_("Høsten %(aar)s") if hoest else _("Våren %(aar)s")) % {"aar": aar}
        tvil = any(r.funn and not r.funn.forklart for r in egne)
        ut.append(Halvaar(navn, egne, aapen=tvil or len(rader) <= KORT_REGISTER))
    return ut


def vis_dato(f: Forankring) -> str:
    """«19.03.2025», or from and to."""
    return f"{dato_kort(f.dato)}–{dato_kort(f.til_dato)}" if f.til_dato else dato_kort(f.dato)


def vis_steg(steg: str) -> str:
    """«1,2,3,5» → «1–3 og 5»; all eight → «alle»."""
    tall = sorted({int(s) for s in steg.split(",") if s.strip().isdecimal()})
    if tall == list(range(1, 9)):
        return _("alle")
    grupper: list[list[int]] = []
    for nr in tall:
        if grupper and nr == grupper[-1][-1] + 1:
            grupper[-1].append(nr)
        else:
            grupper.append([nr])
    deler = [str(g[0]) if len(g) == 1 else f"{g[0]}–{g[-1]}" for g in grupper]
    return f"{', '.join(deler[:-1])} {_('og')} {deler[-1]}" if len(deler) > 1 else "".join(deler)


def _slag_i_bruk(alle: list[Forankring]) -> list[Forankringsslag]:
    """The kinds that occur, in the order of the enum."""
    brukt = {f.slag for f in alle}
    return [slag for slag in Forankringsslag if slag in brukt]


def _oppsummering(alle: list[Forankring]) -> str:
    """The finding that heads the picture."""
    organer = len({f.organ for f in alle})
    organtekst = ngettext("%(n)d organ eller gruppe", "%(n)d organer og grupper", organer) % {"n": organer}
    return _("%(moter)s med %(organer)s er ført opp") % {"moter": _moter(len(alle)), "organer": organtekst}


def _moter(antall: int) -> str:
    return ngettext("%(n)d møte", "%(n)d møter", antall) % {"n": antall}


def _tidslinje(alle: list[Forankring], funn: dict[int, Datofunn]) -> dict[str, str]:
    """The wide and the narrow drawing."""
    hendelser = [
        Hendelse(f.organ, f.dato, str(Forankringsslag(f.slag).label), tvil=f.pk in funn and not funn[f.pk].forklart)
        for f in alle
    ]
    hendelser.sort(key=lambda h: [str(s.label) for s in Forankringsslag].index(h.slag))
    foerste, siste = min(f.dato for f in alle), max(f.dato for f in alle)
    beskrivelse = _("Møter mellom %(fra)s og %(til)s, én rad for hvert organ.") % {
        "fra": dato_lang(foerste),
        "til": dato_lang(siste),
    }
    tittel = _oppsummering(alle)
    return {
        "bred": tidslinje(hendelser, tittel=tittel, beskrivelse=beskrivelse),
        "smal": tidslinje(hendelser, tittel=tittel, beskrivelse=beskrivelse, smal=True),
    }
