"""Which position groups of which analyses are hidden from readers who may not see small numbers. Pure Python.

The rows of the analyses are filled in from an extract, and readers are shown how many the municipality has of each
position group, and how many are employed in each unit, from the same extract. So the table analysis × position group is
protected with both its margins known (`felles.prikking`). Every group an analysis has is taken to be shown, whether it
has a row or is only offered, and whatever the leader has answered: what is hidden then depends on nothing but the
extract and on which units the analyses are of, and never changes while answers come in.

Those outside all analyses are one cell of each group: never shown, but not to be worked out either when they are few.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping

from felles.prikking import GRENSE, Celle, System, beskytt
from kompetanse.gap.gruppetall import Gruppe, Gruppetall

Par = tuple[int, Gruppe]


def skjulte_grupper(tall: Gruppetall, runder: Mapping[int, Collection[int]]) -> set[Par]:
    """(analysis, group) to hide. `runder`: round → its analyses; nobody is in two of a round's."""
    system = som_system(tall, runder)
    skjult = beskytt(system)
    return {
        (pk, gruppe)
        for pk, antall in tall.analyser.items()
        for gruppe in antall
        if celle_for(tall, pk, gruppe) in skjult
    }


def celle_for(tall: Gruppetall, pk: int, gruppe: Gruppe) -> Celle:
    """The cell of the group in the analysis. Analyses of the same people have the same cells."""
    return ("deler", tall.av[pk], gruppe)


def som_system(tall: Gruppetall, runder: Mapping[int, Collection[int]]) -> System:
    """The table with its margins, as `felles.prikking` protects it."""
    system = System()
    for pk, antall in tall.analyser.items():
        for gruppe, n in antall.items():
            celle = celle_for(tall, pk, gruppe)
            system.legg_til(celle, n)
            # Nobody is nobody's secret, so a hidden small number is one at least.
            system.gulv[celle] = 1
    if tall.deler is None:
        _uten_resten(system, tall, runder)
    else:
        _med_deler(system, tall)
    return system


def _med_deler(system: System, tall: Gruppetall) -> None:
    """The totals of groups and of units, over parts that do not overlap; a part that is not an analysis of its own is
    never shown.
    """
    per_gruppe: dict[Gruppe, list[Celle]] = defaultdict(list)
    for nr, antall in tall.deler.items():
        for gruppe, n in antall.items():
            celle = ("deler", (nr,), gruppe)
            if celle not in system.verdier:
                system.legg_til(celle, n, vist=False)
                system.former.append((celle,))
            per_gruppe[gruppe].append(celle)
        _kjent_sum(system, [("deler", (nr,), gruppe) for gruppe in antall])
    for celler in per_gruppe.values():
        _kjent_sum(system, celler)
    for deler in {d for d in tall.av.values() if len(d) > 1}:
        for gruppe in {g for nr in deler for g in tall.deler.get(nr, {})}:
            system.summer(("deler", deler, gruppe), [c for c in per_gruppe[gruppe] if c[1][0] in deler])


def _uten_resten(system: System, tall: Gruppetall, runder: Mapping[int, Collection[int]]) -> None:
    """How many there are of a group in all of a round's analyses is taken to be known, and in all of an analysis."""
    for pk, antall in tall.analyser.items():
        _kjent_sum(system, [celle_for(tall, pk, gruppe) for gruppe in antall])
    for egne in runder.values():
        grupper = {g for pk in egne for g in tall.analyser.get(pk, {})}
        for gruppe in grupper:
            _kjent_sum(system, [celle_for(tall, pk, gruppe) for pk in egne if gruppe in tall.analyser.get(pk, {})])


def _kjent_sum(system: System, celler: Collection[Celle]) -> None:
    """A total under five is hidden where it is published, and so tells nothing."""
    if sum(system.verdier[c] for c in celler) >= GRENSE:
        system.relasjoner.append(dict.fromkeys(celler, 1))
