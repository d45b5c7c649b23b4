"""The arithmetic of `kompetanse.gap.regning` as expressions for the database, so that sums are made where the rows are.

Persons are whole numbers. Årsverk are whole hundredths all the way, rounded half up as `i_aarsverk` does, so that the
sums are exactly those of the rows. A row whose need is not answered has neither gap nor surplus.
"""

from django.db.models import BigIntegerField, Case, ExpressionWrapper, F, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce, Greatest, Round

NULL = Value(0, BigIntegerField())


def _hel(uttrykk: Combinable) -> ExpressionWrapper:
    return ExpressionWrapper(uttrykk, output_field=BigIntegerField())


def _tall(felt: str) -> Cast:
    """A count, wide enough to reckon with."""
    return Cast(felt, BigIntegerField())


def _hundredeler(felt: str) -> Cast:
    """Årsverk as hundredths."""
    return Cast(Round(F(felt) * 100), BigIntegerField())


def _som_aarsverk(felt: str) -> Case:
    """Persons as hundredths of årsverk, at the row's own mean position; each a whole one when nobody is there."""
    personer, har = _tall(felt), _tall("har")
    snitt = (personer * _hundredeler("har_aarsverk") * 2 + har) / (har * 2)
    return Case(When(har=0, then=_hel(personer * 100)), default=_hel(snitt), output_field=BigIntegerField())


def trenger(aar: int, aarsverk: bool = False) -> Combinable:
    """The need in so many years; null when it is not answered."""
    if not aarsverk:
        return _tall(f"trenger_{aar}")
    return Coalesce(_hundredeler(f"trenger_aarsverk_{aar}"), _som_aarsverk(f"trenger_{aar}"))


def har(aarsverk: bool = False) -> Combinable:
    """What there is now."""
    return _hundredeler("har_aarsverk") if aarsverk else _tall("har")


def ventet(aar: int, aarsverk: bool = False) -> Combinable:
    """What there will be if nothing is done."""
    if not aar:
        return har(aarsverk)
    om = _som_aarsverk if aarsverk else _tall
    return Greatest(NULL, _hel(har(aarsverk) + om(f"utdanning_{aar}") - om(f"avgang_{aar}")))


def gap(aar: int, aarsverk: bool = False) -> Case:
    """How much is lacking; null when the need is not answered."""
    return _naar_besvart(aar, aarsverk, _hel(trenger(aar, aarsverk) - ventet(aar, aarsverk)))


def overskudd(aar: int, aarsverk: bool = False) -> Case:
    """How much there is beyond the need; null when the need is not answered."""
    return _naar_besvart(aar, aarsverk, _hel(ventet(aar, aarsverk) - trenger(aar, aarsverk)))


def _naar_besvart(aar: int, aarsverk: bool, forskjell: Combinable) -> Case:
    """The greatest of nothing and the difference. GREATEST passes over nulls in PostgreSQL, so they are asked for."""
    besvart = When(**{f"trenger_{aar}__isnull": False}, then=Greatest(NULL, forskjell))
    if not aarsverk:
        return Case(besvart, output_field=BigIntegerField())
    egen = When(**{f"trenger_aarsverk_{aar}__isnull": False}, then=Greatest(NULL, forskjell))
    return Case(egen, besvart, output_field=BigIntegerField())
