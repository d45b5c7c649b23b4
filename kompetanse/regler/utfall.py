"""What a judgement says: how it went, why, and by when."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kompetanse.regler.betingelser import Regel
from kompetanse.regler.setning import som_setning


class Utfall(StrEnum):
    """How a condition, a requirement or a leader stands. UNNTAK is set outside the rules, by a documented exception."""

    OPPFYLT = "oppfylt"
    UNNTAK = "unntak"
    PAA_VEI = "paa_vei"
    IKKE_VURDERT = "ikke_vurdert"
    IKKE_OPPFYLT = "ikke_oppfylt"


@dataclass(frozen=True)
class Vurdering:
    """The result of a rule or a part of it. `frist`: by when, for what is on its way. `deler`: the parts of a group."""

    utfall: Utfall
    forklaring: str
    regel: Regel
    frist: date | None = None
    deler: tuple["Vurdering", ...] = ()

    @property
    def setning(self) -> str:
        """What was judged, in words."""
        return som_setning(self.regel)
