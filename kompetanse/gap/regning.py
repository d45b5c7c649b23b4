"""Need against what there will be, per horizon (domain § 7): gap = max(0, need − (have + in training − leavers)).

Persons are whole numbers; årsverk are decimals. Nothing is hidden in a number: every part is a field of `Ledd`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

# Years ahead that need is asked for, and that leavers are computed for.
HORISONTER = (0, 1, 3, 5)
AVGANGSAAR = (1, 3, 5, 10)
# Competence held by this many or fewer is vulnerable: one illness, one resignation.
SAARBAR = 3
HUNDREDEL = Decimal("0.01")
# Hours in a week of one årsverk, to put freed hours as årsverk; an assumption that is shown with the number.
TIMER_I_UKA = Decimal("37.5")


@dataclass(frozen=True)
class Ledd:
    """One horizon: the parts, in persons or in årsverk. `trenger` None = not answered yet."""

    om_aar: int
    trenger: Decimal | None
    har: Decimal
    utdanning: Decimal
    avgang: Decimal

    @property
    def ventet(self) -> Decimal:
        """What there will be if nothing is done; leavers beyond those one has take nothing more."""
        return max(Decimal(0), self.har + self.utdanning - self.avgang)

    @property
    def gap(self) -> Decimal | None:
        """How many are lacking; None when the need is not answered."""
        return None if self.trenger is None else max(Decimal(0), self.trenger - self.ventet)

    @property
    def overskudd(self) -> Decimal | None:
        """How many there are beyond the need; shown apart, never set off against a gap."""
        return None if self.trenger is None else max(Decimal(0), self.ventet - self.trenger)


def ledd(
    *,
    har: int | Decimal,
    trenger: Mapping[int, int | Decimal | None],
    utdanning: Mapping[int, int | Decimal] | None = None,
    avgang: Mapping[int, int | Decimal] | None = None,
    horisonter: Iterable[int] = HORISONTER,
) -> tuple[Ledd, ...]:
    """The horizons of a row in order. Keys of the mappings are years ahead; a missing key is 0 (need: not answered)."""
    utdanning, avgang = utdanning or {}, avgang or {}
    return tuple(
        Ledd(
            aar,
            None if trenger.get(aar) is None else Decimal(trenger[aar]),
            Decimal(har),
            Decimal(utdanning.get(aar, 0)),
            Decimal(avgang.get(aar, 0)),
        )
        for aar in horisonter
    )


def i_aarsverk(personer: int, personer_i_alt: int, aarsverk: Decimal) -> Decimal:
    """So many persons as årsverk, at the row's own mean position: 3 of 10 persons in 8 årsverk are 2.40. With nobody in
    the row each counts as one whole årsverk.
    """
    if not personer_i_alt:
        return Decimal(personer)
    return (Decimal(personer) * aarsverk / personer_i_alt).quantize(HUNDREDEL, ROUND_HALF_UP)


def er_saarbar(har: int) -> bool:
    """Is the competence held by so few that losing one matters? Zero is a gap, not a vulnerability."""
    return 0 < har <= SAARBAR
