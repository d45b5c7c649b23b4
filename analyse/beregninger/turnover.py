"""Turnover between two days (domain § 5, definitions).

Leaver: employed on the first day, not on the last. Joiner: the reverse. Mean-headcount measure: leavers / mean of the
two headcounts. Cohort measure: leavers / those employed on the first day. Age is taken on the last day.
"""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
import pandas as pd

from analyse.beregninger.personer import (
    I_TURNOVER,
    Inndeling,
    alder,
    ansatt_paa,
    grupper_av_stilling,
    har_telling,
    lag_par,
)

GRUPPER = ("<25", "25–34", "35–44", "45–54", "55–64", ">64")
GRENSER = (25, 35, 45, 55, 65)
KOLONNER = ["sluttet", "begynt", "ib", "ub", "intern_inn", "intern_ut"]


@dataclass(frozen=True)
class Bevegelse:
    """Rows that may count in turnover, and who of the persons was employed anywhere on the two days."""

    rader: pd.DataFrame
    fra: date
    til: date
    # Employments of the same persons outside the scope: they tell a move from a departure.
    andre: pd.DataFrame | None = None

    @cached_property
    def _faktor(self) -> tuple[np.ndarray, np.ndarray]:
        return pd.factorize(self.rader["person"].to_numpy())

    @cached_property
    def person(self) -> np.ndarray:
        """Person code per row."""
        return self._faktor[0]

    @cached_property
    def paa_fra(self) -> np.ndarray:
        """Row mask: in force on the first day."""
        return ansatt_paa(self.rader, self.fra)

    @cached_property
    def paa_til(self) -> np.ndarray:
        """Row mask: in force on the last day."""
        return ansatt_paa(self.rader, self.til)

    @cached_property
    def var_ansatt(self) -> np.ndarray:
        """Per person: employed somewhere in the municipality on the first day."""
        return self._personer(self.paa_fra, self.fra)

    @cached_property
    def er_ansatt(self) -> np.ndarray:
        """Per person: employed somewhere in the municipality on the last day."""
        return self._personer(self.paa_til, self.til)

    def _personer(self, maske: np.ndarray, dag: date) -> np.ndarray:
        ut = np.zeros(len(self._faktor[1]), dtype=bool)
        ut[self.person[maske]] = True
        if self.andre is not None and len(self.andre):
            kode = pd.Index(self._faktor[1]).get_indexer(self.andre["person"].to_numpy())
            ut[kode[(kode >= 0) & ansatt_paa(self.andre, dag)]] = True
        return ut

    @cached_property
    def aldersgruppe(self) -> Inndeling:
        """Rows by age group on the last day."""
        kode = np.digitize(alder(self.rader["fodt"].to_numpy(), self.til), GRENSER)
        return Inndeling(kode, np.array(GRUPPER, dtype=object))

    @cached_property
    def per_aldersgruppe(self) -> pd.DataFrame:
        """Flows per age group; two reports ask for them."""
        return self.strommer(self.aldersgruppe)

    def strommer(self, inndeling: Inndeling) -> pd.DataFrame:
        """Per group: sluttet, begynt, ib, ub, intern_inn, intern_ut (persons). Index: the groups' keys.

        ib + begynt + intern_inn − sluttet − intern_ut = ub in every group.
        """
        par = lag_par(inndeling.kode, self.person, len(inndeling.nokler))
        foer, naa = (np.zeros(len(par.gruppe), dtype=bool) for _ in range(2))
        foer[par.rad[self.paa_fra]] = True
        naa[par.rad[self.paa_til]] = True
        var, er = self.var_ansatt[par.person], self.er_ansatt[par.person]
        masker = [foer & ~er, naa & ~var, foer, naa, naa & ~foer & var, foer & ~naa & er]
        tall = {navn: par.antall(maske) for navn, maske in zip(KOLONNER, masker, strict=True)}
        return pd.DataFrame(tall, index=pd.Index(inndeling.nokler, dtype=object))


def bevegelse(ansettelser: pd.DataFrame, fra: date, til: date, andre: pd.DataFrame | None = None) -> Bevegelse:
    """Narrow to rows in force on either day, of categories that take part in turnover."""

    def snevre(rader: pd.DataFrame) -> pd.DataFrame:
        med = har_telling(rader, I_TURNOVER) & (ansatt_paa(rader, fra) | ansatt_paa(rader, til))
        return rader[med].reset_index(drop=True)

    return Bevegelse(snevre(ansettelser), fra, til, None if andre is None else snevre(andre))


def etter_alder(flyt: Bevegelse) -> pd.DataFrame:
    """Flows per age group."""
    return flyt.per_aldersgruppe


def alle(flyt: Bevegelse) -> pd.DataFrame:
    """Flows for the whole scope, one row."""
    ett = Inndeling(np.zeros(len(flyt.rader), dtype="int64"), np.array(["Alle"], dtype=object))
    return flyt.strommer(ett)


def etter_enhet(flyt: Bevegelse) -> pd.DataFrame:
    """Flows per unit id; a move between units is intern_inn/intern_ut, never a leaver."""
    return flyt.strommer(Inndeling(*pd.factorize(flyt.rader["enhet"].to_numpy())))


def etter_sektor(flyt: Bevegelse, enheter: pd.DataFrame) -> pd.DataFrame:
    """Flows per sector id (0 = no sector)."""
    plass = pd.Index(enheter["id"].to_numpy()).get_indexer(flyt.rader["enhet"].to_numpy())
    sektor = enheter["sektor"].to_numpy()[plass]
    return flyt.strommer(Inndeling(*pd.factorize(sektor)))


def etter_stillingsgruppe(flyt: Bevegelse, stillinger: pd.DataFrame) -> pd.DataFrame:
    """Flows per position group; a change of group is intern_inn/intern_ut."""
    return flyt.strommer(grupper_av_stilling(flyt.rader, stillinger))
