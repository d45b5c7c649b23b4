"""Who counts, once, and where: the ground every calculation stands on (domain definitions, § 5).

A person is one `person` value. Employed on a day: start ≤ day and (no end or end ≥ day). A row without a start date
is taken as started. All functions are pure and vectorised; frames have the columns of `rapporter.base.Grunnlag`.
"""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
import pandas as pd

TELLES = ("telles",)
I_TURNOVER = ("telles", "turnover", "sluttet")


def dag64(dag: date) -> np.datetime64:
    """The day as numpy's datetime64[s], the unit of the frames."""
    return np.datetime64(dag.isoformat(), "s")


def aar_foer(dag: date, aar: int) -> date:
    """The same day `aar` years earlier (later when negative). 29 February becomes the 28th in a common year."""
    try:
        return dag.replace(year=dag.year - aar)
    except ValueError:
        return dag.replace(year=dag.year - aar, day=28)


def alder(fodt: np.ndarray, dag: date) -> np.ndarray:
    """Whole years on the day, int64, from birth dates (datetime64). Born 29 February: a year older on 1 March."""
    mnd = fodt.astype("datetime64[M]")
    aar = mnd.astype("int64") // 12 + 1970
    mnd_nr = mnd.astype("int64") % 12 + 1
    dag_nr = (fodt.astype("datetime64[D]") - mnd.astype("datetime64[D]")).astype("int64") + 1
    ikke_fylt = mnd_nr * 100 + dag_nr > dag.month * 100 + dag.day
    return dag.year - aar - ikke_fylt


def ansatt_paa(rader: pd.DataFrame, dag: date) -> np.ndarray:
    """Row mask: the employment is in force on the day."""
    d = dag64(dag)
    start, slutt = rader["start"].to_numpy(), rader["slutt"].to_numpy()
    return ((start <= d) | np.isnat(start)) & ((slutt >= d) | np.isnat(slutt))


def har_telling(rader: pd.DataFrame, tellinger: tuple[str, ...]) -> np.ndarray:
    """Row mask: the category counts in one of these ways. `telling` may be strings or a categorical."""
    return rader["telling"].isin(tellinger).to_numpy()


@dataclass(frozen=True)
class Par:
    """Distinct pairs of group and person. `rad`: pair number per row · `gruppe`, `person`, `foerste` row: per pair."""

    rad: np.ndarray
    gruppe: np.ndarray
    person: np.ndarray
    foerste: np.ndarray
    grupper: int

    def antall(self, maske: np.ndarray | None = None) -> np.ndarray:
        """Persons per group, those whose pair is in the mask."""
        gruppe = self.gruppe if maske is None else self.gruppe[maske]
        return np.bincount(gruppe, minlength=self.grupper)

    def sum(self, vekt: np.ndarray) -> np.ndarray:
        """Sum of a weight per pair, by group."""
        return np.bincount(self.gruppe, weights=vekt, minlength=self.grupper)

    def radsum(self, verdi: np.ndarray) -> np.ndarray:
        """Sum of a row value per pair."""
        return np.bincount(self.rad, weights=verdi, minlength=len(self.gruppe))


def lag_par(gruppe: np.ndarray, person: np.ndarray, grupper: int) -> Par:
    """Pairs from group codes (0…grupper-1) and person codes, one of each per row."""
    personer = int(person.max()) + 1 if len(person) else 1
    rad, nokler = pd.factorize(gruppe.astype("int64") * personer + person)
    nokler = np.asarray(nokler, dtype="int64")
    foerste = np.empty(len(nokler), dtype="int64")
    foerste[rad[::-1]] = np.arange(len(rad) - 1, -1, -1)
    return Par(rad, nokler // personer, nokler % personer, foerste, grupper)


@dataclass(frozen=True)
class Inndeling:
    """A way to group rows: code per row (-1 = outside) and the key of each group."""

    kode: np.ndarray
    nokler: np.ndarray


@dataclass(frozen=True)
class Telte:
    """The counted employments on a day and what is asked of them again and again, computed at most once.

    Built by `tell`; rows are those of category «telles» in force on `dag`.
    """

    rader: pd.DataFrame
    stillinger: pd.DataFrame
    dag: date

    @cached_property
    def person(self) -> np.ndarray:
        """Person code per row, 0…n-1."""
        return pd.factorize(self.rader["person"].to_numpy())[0]

    @cached_property
    def alder(self) -> np.ndarray:
        """Age per row on the day."""
        return alder(self.rader["fodt"].to_numpy(), self.dag)

    @cached_property
    def kjonn(self) -> np.ndarray:
        """0 man, 1 woman, 2 not stated, per row."""
        kjonn = self.rader["kjonn"]
        return np.where(kjonn == "M", 0, np.where(kjonn == "K", 1, 2))

    @cached_property
    def enhet(self) -> Inndeling:
        """Rows by unit."""
        return Inndeling(*pd.factorize(self.rader["enhet"].to_numpy()))

    @cached_property
    def stillingsgruppe(self) -> Inndeling:
        """Rows by position group."""
        return grupper_av_stilling(self.rader, self.stillinger)

    @cached_property
    def per_kommune(self) -> Par:
        """Distinct persons in the whole scope."""
        return lag_par(np.zeros(len(self.rader), dtype="int64"), self.person, 1)

    @cached_property
    def per_enhet(self) -> Par:
        """Distinct (unit, person)."""
        return lag_par(self.enhet.kode, self.person, len(self.enhet.nokler))

    @cached_property
    def per_gruppe(self) -> Par:
        """Distinct (position group, person)."""
        return lag_par(self.stillingsgruppe.kode, self.person, len(self.stillingsgruppe.nokler))


def tell(ansettelser: pd.DataFrame, stillinger: pd.DataFrame, dag: date) -> Telte:
    """The counted employments in force on the day."""
    maske = har_telling(ansettelser, TELLES) & ansatt_paa(ansettelser, dag)
    return Telte(ansettelser[maske].reset_index(drop=True), stillinger, dag)


def grupper_av_stilling(rader: pd.DataFrame, stillinger: pd.DataFrame) -> Inndeling:
    """Rows by position group, those in use; a position without a group is its own group."""
    navn = stillinger["gruppe"].where(stillinger["gruppe"] != "", stillinger["navn"]).to_numpy(dtype=object)
    kode, nokler = pd.factorize(navn)
    plass = pd.Index(stillinger["id"].to_numpy()).get_indexer(rader["stilling"].to_numpy())
    brukt, utvalg = pd.factorize(kode[plass])
    return Inndeling(brukt, np.asarray(nokler, dtype=object)[utvalg])
