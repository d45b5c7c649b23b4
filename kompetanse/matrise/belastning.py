"""How much each role carries: in how many tasks it has each code."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kompetanse.matrise.enums import Kode, Matriserolle
from kompetanse.matrise.regler import Rad


@dataclass(frozen=True)
class Last:
    """A role's tasks by code; a task counts once for each code the role has in it."""

    rolle: Matriserolle
    antall: dict[Kode, int]

    @property
    def per_kode(self) -> list[int]:
        return [self.antall[kode] for kode in Kode]


def belastning(rader: Iterable[Rad], roller: Sequence[Matriserolle]) -> list[Last]:
    """The load of each role, in column order."""
    rader = list(rader)
    return [
        Last(rolle, {k: sum(any(a.kode == k for a in rad.get(rolle, ())) for rad in rader) for k in Kode})
        for rolle in roller
    ]
