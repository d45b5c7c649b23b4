"""Age risk: seniors, who reach which age when, and expected leavers by the municipality's own leaving rates."""

from datetime import date

import numpy as np
import pandas as pd

from analyse.beregninger.personer import Inndeling, Par, Telte
from analyse.beregninger.turnover import GRENSER, GRUPPER

FYLLER = (62, 67, 70, 72)
AAR = (5, 10)
# Every figure of the report is a union of these age bands: [grense i, grense i+1).
BAANDGRENSER = (52, 55, 57, 60, 62, 65, 67, 70, 72)


def maalnavn(alder: int, aar: int) -> str:
    """The row key of «reaches `alder` within `aar` years»."""
    return f"{alder}_{aar}aar"


def tell(telte: Telte, inndeling: Inndeling, par: Par, rater: dict[str, float]) -> pd.DataFrame:
    """Per group: ansatte, 55+, 60+, 62_5aar … 72_10aar, avgang_5aar, avgang_10aar (expected leavers, float).

    Reaches 67 within five years: younger than 67 today, at least 67 on the same day in five years.
    """
    alder = telte.alder[par.foerste]
    ut = {"ansatte": par.antall(), "55+": par.antall(alder >= 55), "60+": par.antall(alder >= 60)}
    for maal in FYLLER:
        for aar in AAR:
            ut[maalnavn(maal, aar)] = par.antall((alder >= maal - aar) & (alder < maal))
    for aar in AAR:
        ut[f"avgang_{aar}aar"] = par.sum(sannsynlig_avgang(rater, aar)[np.clip(alder, 0, 119)])
    return pd.DataFrame(ut, index=pd.Index(inndeling.nokler, dtype=object))


def baand(telte: Telte, inndeling: Inndeling, par: Par) -> pd.DataFrame:
    """Persons per group and age band (columns 0…9), for the protection of small numbers."""
    band = np.digitize(telte.alder[par.foerste], BAANDGRENSER)
    flate = np.bincount(par.gruppe * 10 + band, minlength=par.grupper * 10).reshape(par.grupper, 10)
    return pd.DataFrame(flate, index=pd.Index(inndeling.nokler, dtype=object))


def avgangsrater(strommer: pd.DataFrame, fra: date, til: date) -> dict[str, float]:
    """Leaving rate per year and age group: leavers / start cohort. A period that is not a year is scaled to one."""
    aar = max((til - fra).days, 1) / 365.25
    ut = {}
    for gruppe in GRUPPER:
        sluttet, ib = (float(strommer.at[gruppe, navn]) for navn in ("sluttet", "ib"))
        rate = sluttet / ib if ib else 0.0
        ut[gruppe] = rate if 0.98 <= aar <= 1.02 else 1 - (1 - rate) ** (1 / aar)
    return ut


def sannsynlig_avgang(rater: dict[str, float], aar: int) -> np.ndarray:
    """Chance of having left within `aar` years, by age today (0…119).

    Each year the person is a year older and meets the rate of the age group she is then in.
    """
    alder = np.arange(120)
    per_gruppe = np.array([rater.get(g, 0.0) for g in GRUPPER])
    blir = np.ones(120)
    for i in range(1, aar + 1):
        blir = blir * (1 - per_gruppe[np.digitize(alder + i, GRENSER)])
    return 1 - blir
