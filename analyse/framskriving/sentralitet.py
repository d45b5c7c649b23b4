"""Growth of the population by class of centrality, as published: what happened, and what three models expect."""

from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Vekst:
    """Percent growth over twenty years in the municipalities of one class. `faktisk` is 2000–2020, the others are
    expectations for 2020–2040: SSB's main alternative, Telemarksforsking's neutral one, and the trend continued.
    """

    klasse: int
    faktisk: float
    ssb: float
    telemarksforsking: float
    historisk: float


VEKST: Final = (
    Vekst(1, 34.9, 13.5, 35.3, 23.8),
    Vekst(2, 28.6, 11.9, 18.0, 14.5),
    Vekst(3, 22.0, 10.5, 7.9, 9.6),
    Vekst(4, 12.8, 4.3, 1.9, 1.6),
    Vekst(5, 0.0, -1.1, -8.8, -8.5),
    Vekst(6, -9.6, -0.9, -18.4, -13.5),
)
KILDE: Final = _(
    "SSB, hovedalternativet, og Telemarksforsking, nøytralt scenario, for 2020–2040; gjengitt i Kristiansund kommunes "
    "temaplan om kompetansebehov og rekruttering (2025), punkt 5.1"
)
TO_MODELLER: Final = _(
    "SSB venter vekst i 216 kommuner og nedgang i 140. Telemarksforsking venter vekst i 112 og nedgang i 244. "
    "Si i planen hvilken av dem dere bygger på."
)


def vekst_i(klasse: int) -> Vekst | None:
    """The row of the class, None when there is no such class."""
    return next((v for v in VEKST if v.klasse == klasse), None)
