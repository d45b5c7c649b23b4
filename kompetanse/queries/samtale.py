"""Reads of the template for the utviklingssamtale: the municipality's own, or the original."""

from dataclasses import dataclass

from kompetanse.models import Samtalemal
from kompetanse.samtalemal import DELER, ORIGINAL


@dataclass(frozen=True)
class Samtaledel:
    """A part of the form: its heading and its questions."""

    nokkel: str
    tittel: str
    sporsmaal: list[str]


@dataclass(frozen=True)
class Samtaleskjema:
    """The form as it is printed. `mal` is None when the original is in use."""

    mal: Samtalemal | None
    innledning: str
    deler: list[Samtaledel]
    linjer: int

    @property
    def er_original(self) -> bool:
        return self.mal is None or all(getattr(self.mal, felt) == verdi for felt, verdi in ORIGINAL.items())


def samtaleskjema() -> Samtaleskjema:
    """The form in use. One query."""
    mal = Samtalemal.objects.first()
    verdier = {felt: getattr(mal, felt) for felt in ORIGINAL} if mal else ORIGINAL
    deler = [
        Samtaledel(d, str(Samtalemal._meta.get_field(d).verbose_name.capitalize()), verdier[d].splitlines())
        for d in DELER
    ]
    return Samtaleskjema(mal, verdier["innledning"], deler, verdier["linjer"])
