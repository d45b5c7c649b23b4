"""Who answers and who approves the gap analysis of a unit: read from the roles, two queries however many units."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date

from kompetanse.queries.ledere import Enhetskart
from organisasjon.enums import Rolle
from organisasjon.models import Bruker, Rolletildeling
from organisasjon.rules import TOPPLEDELSE

Roller = dict[int, list[Bruker]]


@dataclass(frozen=True)
class Gapfolk:
    """The leaders by unit, and the top of the municipality. `egne`: those who lead the unit itself (a head of sector or
    staff for that); `enhetsledere` and `kommunalsjefer` by the unit of their role.
    """

    kart: Enhetskart
    enhetsledere: Roller = field(default_factory=dict)
    kommunalsjefer: Roller = field(default_factory=dict)
    toppen: tuple[Bruker, ...] = ()

    def svarer(self, enheter: Iterable[int]) -> list[Bruker]:
        """Those who answer for the units: the leaders of each, or the nearest enhetsleder above it. Each once."""
        return _hver_en_gang(b for enhet in enheter for b in self._leder(enhet))

    def _leder(self, enhet: int) -> list[Bruker]:
        egne = [*self.enhetsledere.get(enhet, ()), *self.kommunalsjefer.get(enhet, ())]
        over = (self.enhetsledere[e] for e in self.kart.linje(enhet)[1:] if e in self.enhetsledere)
        return egne or next(over, [])

    def godkjenner(self, enheter: Collection[int]) -> list[Bruker]:
        """Those who are asked to approve: the nearest kommunalsjef above all the units, else the top."""
        linjer = [self.kart.linje(enhet)[1:] for enhet in enheter]
        felles = [e for e in (linjer[0] if linjer else []) if all(e in linje for linje in linjer)]
        return next((self.kommunalsjefer[e] for e in felles if e in self.kommunalsjefer), list(self.toppen))


def les_gapfolk(dag: date, kart: Enhetskart | None = None) -> Gapfolk:
    """The people as the roles stand on the day. Two queries, one when the units are at hand."""
    roller = Rolletildeling.objects.gyldige(dag).filter(
        rolle__in=[Rolle.ENHETSLEDER, Rolle.KOMMUNALSJEF, *TOPPLEDELSE], bruker__is_active=True
    )
    per_rolle: dict[str, Roller] = defaultdict(lambda: defaultdict(list))
    toppen: list[Bruker] = []
    for r in roller.select_related("bruker").order_by("bruker__navn", "pk"):
        if r.rolle in TOPPLEDELSE:
            toppen.append(r.bruker)
        else:
            per_rolle[r.rolle][r.enhet_id].append(r.bruker)
    return Gapfolk(
        kart or Enhetskart.les(),
        dict(per_rolle[Rolle.ENHETSLEDER]),
        dict(per_rolle[Rolle.KOMMUNALSJEF]),
        tuple(_hver_en_gang(toppen)),
    )


def _hver_en_gang(folk: Iterable[Bruker]) -> list[Bruker]:
    return list({b.pk: b for b in folk}.values())
