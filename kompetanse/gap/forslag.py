"""What an extract says of each position group: persons, årsverk, and how many may be expected to leave. Pure pandas.

Expected leavers are the sum, over the persons of a group, of the chance that each has left: she is a year older for
each year ahead, and meets the municipality's leaving rate of the age group she is then in. Each age group is rounded to
one decimal, as it is shown; their sum to whole persons, a half upwards, never more than those there are.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import numpy as np
import pandas as pd

from analyse.beregninger.aldersrisiko import sannsynlig_avgang
from analyse.beregninger.personer import Inndeling, Telte, lag_par, tell
from analyse.beregninger.turnover import GRENSER, GRUPPER
from kompetanse.gap.regning import AVGANGSAAR, HORISONTER, HUNDREDEL

# Ages people may retire at, and usually do.
FYLLER = (62, 67)
# Groups with so many persons get a row each, up to so many rows; the others are offered.
MINST, FLEST = 3, 6


@dataclass(frozen=True)
class Aldersdel:
    """One age group of a row: how many, and how many of them may be expected to have left, by years ahead."""

    gruppe: str
    antall: int
    ventet: dict[int, float]


@dataclass(frozen=True)
class Gruppeforslag:
    """A position group. `ventet` are the leavers with one decimal, `fyller` those who reach the age, both by years."""

    gruppe: str
    har: int
    aarsverk: Decimal
    ventet: dict[int, float]
    aldre: tuple[Aldersdel, ...]
    fyller: dict[int, dict[int, int]]

    @property
    def avgang(self) -> dict[int, int]:
        """Leavers in whole persons."""
        return {aar: min(self.har, hele(v)) for aar, v in self.ventet.items()}

    def som_json(self) -> dict[str, Any]:
        """As `Gaprad.forslag` keeps it; years are text there."""
        return {
            "har": self.har,
            "aarsverk": str(self.aarsverk),
            "avgang": _tekstnokler(self.avgang),
            "ventet": _tekstnokler(self.ventet),
            "aldre": [[d.gruppe, d.antall, _tekstnokler(d.ventet)] for d in self.aldre if d.antall],
            "fyller": {str(alder): _tekstnokler(antall) for alder, antall in self.fyller.items()},
        }


@dataclass(frozen=True)
class Enhetsforslag:
    """The position groups of the units, largest first, those of leaders apart; and everybody taken together."""

    grupper: tuple[Gruppeforslag, ...]
    ledere: tuple[Gruppeforslag, ...]
    alle: Gruppeforslag | None


def hele(verdi: float) -> int:
    """To whole persons, a half upwards."""
    return int(Decimal(repr(float(verdi))).quantize(Decimal(1), ROUND_HALF_UP))


def forslag(
    ansettelser: pd.DataFrame, stillinger: pd.DataFrame, dato: date, rater: Mapping[str, float]
) -> Enhetsforslag:
    """Frames as in `analyse.rapporter.base.Grunnlag`. A person with positions in two groups is in both, and once in
    `alle`.
    """
    leder = stillinger.loc[stillinger["funksjon"] != "", "id"]
    er_leder = ansettelser["stilling"].isin(leder).to_numpy()
    vanlige = tell(ansettelser[~er_leder], stillinger, dato)
    ledende = tell(ansettelser[er_leder], stillinger, dato)
    alle = tell(ansettelser, stillinger, dato)
    ett = Inndeling(np.zeros(len(alle.rader), dtype="int64"), np.array([""], dtype=object))
    samlet = _per_gruppe(alle, ett, rater)
    return Enhetsforslag(
        tuple(_per_gruppe(vanlige, vanlige.stillingsgruppe, rater)),
        tuple(_per_gruppe(ledende, ledende.stillingsgruppe, rater)),
        samlet[0] if len(alle.rader) else None,
    )


def _per_gruppe(telte: Telte, inndeling: Inndeling, rater: Mapping[str, float]) -> list[Gruppeforslag]:
    antall_grupper = len(inndeling.nokler)
    par = lag_par(inndeling.kode, telte.person, antall_grupper)
    alder = np.clip(telte.alder[par.foerste], 0, 119)
    prosent = np.bincount(inndeling.kode, weights=telte.rader["prosent"].to_numpy(), minlength=antall_grupper)
    plass = par.gruppe * len(GRUPPER) + np.digitize(alder, GRENSER)

    def fordelt(vekt: np.ndarray | None = None) -> np.ndarray:
        flate = np.bincount(plass, weights=vekt, minlength=antall_grupper * len(GRUPPER))
        return flate.reshape(antall_grupper, len(GRUPPER))

    i_aldersgruppe = fordelt()
    ventet = {aar: np.round(fordelt(sannsynlig_avgang(dict(rater), aar)[alder]), 1) for aar in AVGANGSAAR}
    fyller = {maal: {aar: par.antall((alder >= maal - aar) & (alder < maal)) for aar in AVGANGSAAR} for maal in FYLLER}
    ut = [
        Gruppeforslag(
            gruppe=str(navn),
            har=int(i_aldersgruppe[g].sum()),
            aarsverk=Decimal(repr(float(prosent[g] / 100))).quantize(HUNDREDEL, ROUND_HALF_UP),
            ventet={aar: round(float(v[g].sum()), 1) for aar, v in ventet.items()},
            aldre=tuple(
                Aldersdel(gruppe, int(i_aldersgruppe[g, b]), {aar: float(v[g, b]) for aar, v in ventet.items()})
                for b, gruppe in enumerate(GRUPPER)
            ),
            fyller={maal: {aar: int(n[g]) for aar, n in antall.items()} for maal, antall in fyller.items()},
        )
        for g, navn in enumerate(inndeling.nokler)
    ]
    return sorted(ut, key=lambda f: (-f.har, f.gruppe))


def velg_rader(grupper: Iterable[Gruppeforslag]) -> tuple[list[Gruppeforslag], list[Gruppeforslag]]:
    """Those that get a row of their own from the start, and those that are offered. In a unit where no group is large
    enough, the largest get one all the same.
    """
    alle = sorted(grupper, key=lambda f: (-f.har, f.gruppe))
    egne = [f for f in alle if f.har >= MINST][:FLEST] or alle[:FLEST]
    return egne, [f for f in alle if f not in egne]


def andel_av(alle: Mapping[str, Any], antall: int) -> dict[int, int]:
    """Expected leavers among so many persons, at the pace of everybody in the unit (`Gruppeforslag.som_json`)."""
    har = int(alle.get("har") or 0)
    if not har or not antall:
        return dict.fromkeys(AVGANGSAAR, 0)
    ventet = alle.get("ventet") or {}
    return {aar: min(antall, hele(antall * float(ventet.get(str(aar), 0)) / har)) for aar in AVGANGSAAR}


def behov_fra_foer(svar: Mapping[int, int], aar_foer: int, aar_naa: int) -> dict[int, int]:
    """Need now and ahead, from what was answered for other years (years ahead → persons): the same calendar year where
    there is an answer, a straight line between the nearest where there is not, the last answer after it.
    """
    if not svar:
        return {}
    kjente = sorted((aar_foer + om, antall) for om, antall in svar.items())
    aarene, antall = [k[0] for k in kjente], [k[1] for k in kjente]
    return {om: hele(np.interp(aar_naa + om, aarene, antall)) for om in HORISONTER}


def _tekstnokler(tall: Mapping[int, float]) -> dict[str, float]:
    return {str(nokkel): antall for nokkel, antall in tall.items()}
