"""Small counts of competence: what stands instead of a count, for those who may not see it."""

from collections import defaultdict
from collections.abc import Sequence

from analyse.rapporter.resultat import PRIKKET, SKJULT
from felles.prikking import GRENSE, System, beskytt
from kompetanse.queries.kompetansetall import Tallrad


def skjulte(rader: Sequence[Tallrad], over: dict[int, int | None]) -> dict[Tallrad, str]:
    """What stands instead of the count, for those who may not see small numbers. `rader`: all counts there are, so that
    everybody is shown the same whatever part they see.

    Counts under five are hidden, and those by which one could be worked out: where a unit's count is the sum of the
    counts beneath it.
    """
    grupper: dict[tuple[int, str], dict[int, Tallrad]] = defaultdict(dict)
    for rad in rader:
        grupper[rad.kompetanse_id, rad.kilde][rad.enhet_id] = rad
    ut: dict[Tallrad, str] = {}
    for gruppe in grupper.values():
        for pk in _skjulte_i(gruppe, over):
            ut[gruppe[pk]] = PRIKKET if gruppe[pk].antall < GRENSE else SKJULT
    return ut


def _skjulte_i(gruppe: dict[int, Tallrad], over: dict[int, int | None]) -> set[int]:
    """Units whose count of one competence, from one source, is hidden."""
    smaa = {pk for pk, rad in gruppe.items() if rad.antall < GRENSE}
    under: dict[int, list[int]] = defaultdict(list)
    for pk in gruppe if smaa else ():
        foran = over.get(pk)
        while foran is not None and foran not in gruppe:
            foran = over.get(foran)
        if foran is not None:
            under[foran].append(pk)
    summer = {pk: deler for pk, deler in under.items() if gruppe[pk].antall == sum(gruppe[d].antall for d in deler)}
    if not summer:
        return smaa
    system = System()
    for pk, rad in gruppe.items():
        system.legg_til(pk, rad.antall)
    for pk, deler in summer.items():
        system.summer(pk, deler)
    return beskytt(system)
