"""Which analyses a person's results of a round are made of, and which the round has besides."""

from collections.abc import Collection
from dataclasses import dataclass, field

from felles.norsk import sorteringsnokkel
from kompetanse.enums import Gapstatus
from kompetanse.models import Gaprunde
from kompetanse.queries.gapkart import Analysekart
from kompetanse.queries.gaprunde import sektor_av
from kompetanse.queries.ledere import Enhetskart

KUN_GODKJENTE = (Gapstatus.GODKJENT,)
OGSAA_SENDTE = (Gapstatus.GODKJENT, Gapstatus.LEVERT)


@dataclass(frozen=True)
class Deltaker:
    """An analysis that is counted: its units, and the sector it is summed in."""

    pk: int
    navn: str
    status: str
    enheter: frozenset[int]
    sektor: str


@dataclass(frozen=True)
class Utvalg:
    """The analyses a person's results are made of. `alle`: how many the round has in the scope, counted or not; `hele`:
    sectors whose every counted analysis is in scope; `hel_kommune`: every analysis of the round is. `runden`: all of
    the round's, whoever sees them; `kart`: all of every round's.
    """

    deltakere: tuple[Deltaker, ...]
    alle: int
    hele: frozenset[str]
    hel_kommune: bool
    runden: tuple[Deltaker, ...] = ()
    kart: Analysekart = field(default_factory=Analysekart)

    @property
    def ider(self) -> list[int]:
        """Ids of the analyses."""
        return [d.pk for d in self.deltakere]

    @property
    def sektorer(self) -> list[str]:
        """Names of the sectors, sorted."""
        return sorted({d.sektor for d in self.deltakere}, key=sorteringsnokkel)


def les_utvalg(
    runde: Gaprunde,
    omfang: Collection[int] | None,
    statuser: Collection[str],
    sektor: str = "",
    kart: Enhetskart | None = None,
) -> Utvalg:
    """The analyses with one of the states whose every unit is in scope (None: the whole municipality), of one sector if
    it is named and known. One query, two without `kart`.
    """
    analyser = Analysekart.les()
    alle = _deltakere(runde, analyser, kart or Enhetskart.les())
    mine = [d for d in alle if omfang is None or d.enheter <= frozenset(omfang)]
    andres = {d.pk for d in alle} - {d.pk for d in mine}
    delvis = {d.sektor for d in alle if d.status in statuser and d.pk in andres}
    if any(d.sektor == sektor for d in mine):
        mine = [d for d in mine if d.sektor == sektor]
    telles = [d for d in mine if d.status in statuser]
    ordnet = sorted(telles, key=lambda d: (sorteringsnokkel(d.sektor), sorteringsnokkel(d.navn), d.pk))
    hele = frozenset(d.sektor for d in telles) - delvis
    return Utvalg(tuple(ordnet), len(mine), hele, len(mine) == len(alle), tuple(alle), analyser)


def _deltakere(runde: Gaprunde, analyser: Analysekart, kart: Enhetskart) -> list[Deltaker]:
    egne = {pk: a for pk, a in analyser.analyser.items() if a.runde == runde.pk}
    return [Deltaker(pk, a.navn, a.status, a.enheter, sektor_av(a.enheter, kart)) for pk, a in egne.items()]
