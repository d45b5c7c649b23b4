"""The list of leaders: key figures, the picture by level, rows in few words."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from felles.norsk import midt_i_setning
from felles.tall import dato_kort
from kompetanse.enums import Ledernivaa
from kompetanse.queries.ledere import Lederresultat
from kompetanse.regler import Utfall
from kompetanse.visning.lederkrav import Utfallsmerke, figur, merke
from kompetanse.visning.steg import Samlesteg, frist, mangler, samle


@dataclass(frozen=True)
class Lederrad:
    """A leader in the list. `uten_krav`: no requirement that applies can be checked."""

    r: Lederresultat
    merke: Utfallsmerke
    mangler: str
    frist: date | None
    uten_krav: bool


@dataclass(frozen=True)
class Nokkeltall:
    """How the leaders in scope stand, each leader counted once. `foerste_frist` is the next deadline of those on their
    way; `uten_krav` are those of `ikke_vurdert` for whom nothing can be checked.
    """

    alle: int
    i_orden: int
    unntak: int
    paa_vei: int
    foerste_frist: date | None
    mangler: int
    ikke_vurdert: int
    uten_krav: int

    @property
    def andel(self) -> float | None:
        """Percent who meet the requirements."""
        return 100 * self.i_orden / self.alle if self.alle else None


@dataclass(frozen=True)
class Lederbilde:
    """What stands above the list: figures, the picture with its finding, the steps gathered."""

    tall: Nokkeltall
    funn: str
    svg: str
    svg_smal: str
    steg: list[Samlesteg]
    sektorer: list[str]


def lederbilde(resultater: Sequence[Lederresultat]) -> Lederbilde:
    """Of all the leaders in scope, whatever the list is narrowed to."""
    tall, nivaaer = nokkeltall(resultater), _etter_nivaa(resultater)
    funn = _funn(tall, nivaaer)
    rader = {str(nivaa.label): antall for nivaa, antall in nivaaer.items()}
    figurer = [figur(funn, rader, smal) for smal in (False, True)] if rader else ["", ""]
    return Lederbilde(tall, funn, *figurer, samle(resultater), sorted({r.sektor for r in resultater}))


def nokkeltall(resultater: Sequence[Lederresultat]) -> Nokkeltall:
    """The figures."""
    antall = {u: [r for r in resultater if r.utfall == u] for u in Utfall}
    frister = [r.frist for r in antall[Utfall.PAA_VEI] if r.frist]
    uvurdert = antall[Utfall.IKKE_VURDERT]
    return Nokkeltall(
        alle=len(resultater),
        i_orden=len(antall[Utfall.OPPFYLT]) + len(antall[Utfall.UNNTAK]),
        unntak=len(antall[Utfall.UNNTAK]),
        paa_vei=len(antall[Utfall.PAA_VEI]),
        foerste_frist=min(frister, default=None),
        mangler=len(antall[Utfall.IKKE_OPPFYLT]),
        ikke_vurdert=len(uvurdert),
        uten_krav=sum(not _kan_kontrolleres(r) for r in uvurdert),
    )


def lederrad(r: Lederresultat) -> Lederrad:
    """A leader ready for the list."""
    hva = ", ".join(mangler(r))
    return Lederrad(r, merke(r.utfall), hva[:1].upper() + hva[1:], frist(r), not _kan_kontrolleres(r))


def _kan_kontrolleres(r: Lederresultat) -> bool:
    return any(k.kan_kontrolleres for k in r.krav)


def _etter_nivaa(resultater: Sequence[Lederresultat]) -> dict[Ledernivaa, Counter]:
    tall: dict[Ledernivaa, Counter] = {n: Counter() for n in Ledernivaa}
    for r in resultater:
        tall[r.leder.nivaa][r.utfall] += 1
    return {n: antall for n, antall in tall.items() if antall}


def _funn(tall: Nokkeltall, nivaaer: dict[Ledernivaa, Counter]) -> str:
    """Where most fall short, else what is on its way."""
    if tall.mangler:
        nivaa = max(nivaaer, key=lambda n: nivaaer[n][Utfall.IKKE_OPPFYLT])
        flest, hvem = nivaaer[nivaa][Utfall.IKKE_OPPFYLT], midt_i_setning(str(nivaa.label))
        if flest == tall.mangler:
            return ngettext(
                "Den ene som mangler noe, er blant %(hvem)s", "Alle %(n)d som mangler noe, er %(hvem)s", flest
            ) % {"n": flest, "hvem": hvem}
        return _("Av %(n)d som mangler noe, er %(flest)d %(hvem)s") % {"n": tall.mangler, "flest": flest, "hvem": hvem}
    if tall.foerste_frist:
        return _("Ingen mangler noe nå. Den første fristen er %(dag)s") % {"dag": dato_kort(tall.foerste_frist)}
    return _("Ingen mangler noe som kan kontrolleres")
