"""Two people answering at once: which answers really collide. Pure Python; answers are the text of their fields."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Endret:
    """What one person did to a field: from what was on the page to what was sent."""

    foer: str
    etter: str


def endringer(grunnlag: Mapping[str, str], sendt: Mapping[str, str]) -> dict[str, Endret]:
    """The fields that differ from what the page was made from. A field the page did not know counts as changed."""
    ut = {felt: Endret(grunnlag.get(felt, ""), etter) for felt, etter in sendt.items()}
    return {felt: e for felt, e in ut.items() if felt not in grunnlag or e.foer != e.etter}


def kollisjoner(endret: Mapping[str, Endret], naa: Mapping[str, str]) -> list[str]:
    """The fields that somebody else has changed since, to something else."""
    return [felt for felt, e in endret.items() if naa.get(felt, "") not in (e.foer, e.etter)]
