"""The units as a tree that opens and folds: which rows show, and what the link on each of them does.

Works without script: the state is in the address. A unit whose children are all departments is folded at first.
"""

from collections import Counter
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.translation import ngettext

from organisasjon.enums import Enhetstype
from organisasjon.lister import Enhetsrad

MAKS_VENDTE = 500


@dataclass(frozen=True)
class Trevalg:
    """What the address says: all open or not, and the ids of units that are turned from what they are at first."""

    alle: bool = False
    vendt: frozenset[int] = frozenset()
    fast: tuple[tuple[str, str], ...] = ()  # other parts of the address that must follow along

    def adresse(self, pk: int) -> str:
        """The address that turns one more unit."""
        vendt = ".".join(map(str, sorted(self.vendt ^ {pk})))
        deler = [*self.fast, *([("aapne", "alle")] if self.alle else []), *([("vend", vendt)] if vendt else [])]
        return f"?{urlencode(deler)}"


def les_trevalg(aapne: str, vend: str, fast: tuple[tuple[str, str], ...] = ()) -> Trevalg:
    """From the address. Anything that is not a number is passed over."""
    ider = [int(v) for v in vend.split(".")[:MAKS_VENDTE] if v.isdecimal() and len(v) < 10]
    return Trevalg(aapne == "alle", frozenset(ider), fast)


def brett_tre(rader: list[Enhetsrad], valg: Trevalg) -> list[Enhetsrad]:
    """The rows that show, in tree order, each with its count, state and address. `rader` is the whole tree, ordered."""
    barn: dict[int, Counter] = {}
    for rad in rader:
        barn.setdefault(rad.forelder_id, Counter())[rad.type] += 1
    vist, under_lukket = [], None
    for rad in rader:
        if under_lukket is not None and rad.dybde > under_lukket:
            continue
        under_lukket = None
        if typer := barn.get(rad.pk):
            rad.under = _antall(typer)
            rad.aapen = _aapen(rad, typer, valg)
            rad.vend_adresse = valg.adresse(rad.pk)
            if not rad.aapen:
                under_lukket = rad.dybde
        vist.append(rad)
    return vist


def _aapen(rad: Enhetsrad, typer: Counter, valg: Trevalg) -> bool:
    foerst = valg.alle or rad.dybde == 0 or set(typer) != {Enhetstype.AVDELING}
    return foerst != (rad.pk in valg.vendt)


def _antall(typer: Counter) -> str:
    deler = []
    if antall := typer[Enhetstype.SEKTOR]:
        deler.append(ngettext("%d sektor", "%d sektorer", antall) % antall)
    if antall := typer[Enhetstype.STAB]:
        deler.append(ngettext("%d stab", "%d staber", antall) % antall)
    if antall := typer[Enhetstype.ENHET]:
        deler.append(ngettext("%d enhet", "%d enheter", antall) % antall)
    if antall := typer[Enhetstype.AVDELING]:
        deler.append(ngettext("%d avdeling", "%d avdelinger", antall) % antall)
    return ", ".join(deler)
