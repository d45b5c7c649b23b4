"""What the pages and documents of a round's results are drawn from: the choice, the analyses, what is hidden."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from django.utils.translation import gettext as _

from felles import tall
from felles.norsk import sorteringsnokkel
from kompetanse.enums import Gapradslag
from kompetanse.gapvalg import Gapvalg
from kompetanse.queries.gapresultat import Kolonne, Nokkel, Saarbar
from kompetanse.queries.gapresultat_vern import Vern
from kompetanse.queries.gaputvalg import Utvalg


def vis(verdi: int, aarsverk: bool) -> str:
    """A number as it is read: persons whole, årsverk (hundredths) with one decimal."""
    return tall.desimal(verdi / 100, 1) if aarsverk else tall.tusen(verdi)


class Saarbart(NamedTuple):
    """How many different competences are critical and on few hands, and in how many places (unit and competence)."""

    kompetanser: int
    steder: int


@dataclass(frozen=True)
class Grunnlag:
    """What the drawing needs: the choice, the analyses, the columns, and what is hidden."""

    valg: Gapvalg
    utvalg: Utvalg
    kolonner: list[Kolonne]
    vern: Vern = field(default_factory=Vern)

    @property
    def grupper(self) -> list[Kolonne]:
        """The columns that may be summed: position groups, so that nobody is counted twice."""
        return [k for k in self.kolonner if k.slag == Gapradslag.STILLING]

    def tell_saarbare(self, lest: Sequence[Saarbar]) -> Saarbart:
        """Count them. Protected readers get the count of what was read (`lest`), at most so many as are listed."""
        if self.valg.prikket:
            return Saarbart(len({r.nokkel for r in lest}), len(lest))
        antall = [k.saarbare for k in self.kolonner if k.saarbare]
        return Saarbart(len(antall), sum(antall))

    def viser_sum(self, k: Kolonne, sektor: str = "", om: int | None = None) -> bool:
        """May the column's sum of the sector (none: all that is in scope) be shown? Protected readers are shown those
        of whole sectors and of the whole municipality only.
        """
        if not self.valg.prikket:
            return True
        om = self.valg.om if om is None else om
        hel = sektor in self.utvalg.hele if sektor else self.utvalg.hel_kommune
        if not sektor and not hel and len(self.utvalg.sektorer) == 1:
            return self.viser_sum(k, self.utvalg.sektorer[0], om)
        return hel and not self.vern.skjuler_sum(k.nokkel, om, sektor)

    def skjuler(self, analyse: int, nokkel: Nokkel, om: int | None = None) -> bool:
        """Is this analysis' gap hidden?"""
        return self.valg.prikket and self.vern.skjuler(analyse, nokkel, self.valg.om if om is None else om)


def ordnet_for(g: Grunnlag) -> list[Kolonne]:
    """The columns in the order they are shown. What is hidden must not be told by the order: it comes last, by name."""
    if not g.valg.prikket:
        return g.kolonner

    def rang(k: Kolonne) -> tuple:
        vist = g.viser_sum(k)
        return (not vist, not k.er_kritisk, -k.alle.gap[g.valg.om] if vist else 0, sorteringsnokkel(k.navn), k.nokkel)

    return sorted(g.kolonner, key=rang)


def sumnavn(utvalg: Utvalg) -> str:
    """What all that is counted is called."""
    return _("Hele kommunen") if utvalg.hel_kommune else _("Alt i ditt område")
