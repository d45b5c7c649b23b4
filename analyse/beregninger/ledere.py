"""Leaders by function: gender, position size, age (domain § 5.4.1–5.4.2). One person once per function."""

import numpy as np
import pandas as pd

from analyse.beregninger.personer import Telte, lag_par

STORRELSER = ("1-49", "50-99", "100")
ALDERSGRUPPER = ("under 54", "54-59", "60-65", "66+")


def ledere(telte: Telte, funksjoner: list[str]) -> pd.DataFrame:
    """One row per (function, person): funksjon (place in `funksjoner`), kjonn (0 man, 1 woman, 2 not stated), alder,
    prosent (sum of the person's position sizes in the function).
    """
    stillinger = telte.stillinger
    plass = pd.Index(stillinger["id"].to_numpy()).get_indexer(telte.rader["stilling"].to_numpy())
    nummer = {f: i for i, f in enumerate(funksjoner)}
    funksjon = np.array([nummer.get(f, -1) for f in stillinger["funksjon"]], dtype="int64")[plass]
    med = funksjon >= 0
    par = lag_par(funksjon[med], telte.person[med], len(funksjoner))
    return pd.DataFrame(
        {
            "funksjon": par.gruppe,
            "kjonn": telte.kjonn[med][par.foerste],
            "alder": telte.alder[med][par.foerste],
            "prosent": par.radsum(telte.rader["prosent"].to_numpy()[med]),
        }
    )


def etter_kjonn(liste: pd.DataFrame, funksjoner: int) -> np.ndarray:
    """Matrix function × (men, women, not stated)."""
    return _kryss(liste["funksjon"], liste["kjonn"], funksjoner, 3)


def etter_storrelse(liste: pd.DataFrame, funksjoner: int) -> np.ndarray:
    """Matrix function × STORRELSER. Under 50 % is the first group, 100 % or more the last."""
    gruppe = np.digitize(liste["prosent"].round(2), [50, 100])
    return _kryss(liste["funksjon"], gruppe, funksjoner, len(STORRELSER))


def etter_alder(liste: pd.DataFrame, funksjoner: int) -> np.ndarray:
    """Matrix function × ALDERSGRUPPER."""
    return _kryss(liste["funksjon"], np.digitize(liste["alder"], [54, 60, 66]), funksjoner, len(ALDERSGRUPPER))


def _kryss(rad: pd.Series, kolonne: pd.Series, rader: int, kolonner: int) -> np.ndarray:
    flate = rad.to_numpy() * kolonner + np.asarray(kolonne)
    return np.bincount(flate, minlength=rader * kolonner).reshape(rader, kolonner)
