"""Distributions of the counted employees: full time, gender, education, seniority."""

from datetime import date

import numpy as np
import pandas as pd

from analyse.beregninger.personer import Inndeling, Par, Telte, aar_foer, dag64

ANSIENNITET = ("Under 2 år", "2–4 år", "5–9 år", "10–19 år", "20 år og mer")
ANSIENNITETSGRENSER = (2, 5, 10, 20)
KJONN = ("menn", "kvinner", "ikke_oppgitt")
# From the lowest to the highest; names as HR systems and NUS use them. Other names keep their own row.
UTDANNINGSNIVAA = (
    "Grunnskole",
    "Videregående",
    "Fagbrev",
    "Fagskole",
    "Bachelor",
    "Videreutdanning",
    "Master",
    "Doktorgrad",
)
UOPPGITT = "Ikke oppgitt"
FULL_STILLING = 99.995


def _ramme(inndeling: Inndeling, kolonner: dict[str, np.ndarray]) -> pd.DataFrame:
    return pd.DataFrame(kolonner, index=pd.Index(inndeling.nokler, dtype=object))


def _kryss(par: Par, verdi: np.ndarray, bredde: int) -> np.ndarray:
    flate = np.bincount(par.gruppe * bredde + verdi, minlength=par.grupper * bredde)
    return flate.reshape(par.grupper, bredde)


def heltid(telte: Telte, inndeling: Inndeling, par: Par) -> pd.DataFrame:
    """Per group: ansatte, heltid (the person's positions in the group make up 100 % or more), deltid, prosentsum."""
    prosent = par.radsum(telte.rader["prosent"].to_numpy())
    full = prosent >= FULL_STILLING
    tall = {"ansatte": par.antall(), "heltid": par.antall(full), "deltid": par.antall(~full)}
    return _ramme(inndeling, {**tall, "prosentsum": par.sum(prosent)})


def kjonn(telte: Telte, inndeling: Inndeling, par: Par) -> pd.DataFrame:
    """Per group: ansatte, menn, kvinner, ikke_oppgitt."""
    tall = _kryss(par, telte.kjonn[par.foerste], 3)
    return _ramme(inndeling, {"ansatte": par.antall(), **{n: tall[:, i] for i, n in enumerate(KJONN)}})


def utdanningsnivaaer(telte: Telte) -> list[str]:
    """The levels found, lowest first, unknown names alphabetically after, «Ikke oppgitt» last."""
    funnet = {str(u) for u in pd.unique(telte.rader["utdanning"])} - {""}
    kjente = [n for n in UTDANNINGSNIVAA if n in funnet]
    return [*kjente, *sorted(funnet - set(kjente)), UOPPGITT]


def utdanning(telte: Telte, inndeling: Inndeling, par: Par, nivaaer: list[str]) -> pd.DataFrame:
    """Per group: ansatte and one column per level. A person with several takes the last in the list of levels."""
    nummer = {n: i for i, n in enumerate(nivaaer[:-1])}
    kode, navn = pd.factorize(telte.rader["utdanning"])
    rang = np.array([nummer.get(str(n), -1) for n in navn], dtype="int64")[kode] if len(kode) else kode
    hoyest = np.full(len(par.gruppe), -1, dtype="int64")
    np.maximum.at(hoyest, par.rad, rang)
    tall = _kryss(par, np.where(hoyest < 0, len(nivaaer) - 1, hoyest), len(nivaaer))
    return _ramme(inndeling, {"ansatte": par.antall(), **{n: tall[:, i] for i, n in enumerate(nivaaer)}})


def ansiennitet(telte: Telte, inndeling: Inndeling, par: Par, dag: date) -> pd.DataFrame:
    """Per group: ansatte, one column per seniority group, aarsum (sum of years). From the earliest start in force.

    A row without a start date counts in `uten_start` and not in the groups.
    """
    start = telte.rader["start"].to_numpy().astype("datetime64[s]").astype("int64")
    uendelig = np.iinfo("int64").max
    start = np.where(start == np.iinfo("int64").min, uendelig, start)
    tidligst = np.full(len(par.gruppe), uendelig, dtype="int64")
    np.minimum.at(tidligst, par.rad, start)
    kjent = tidligst != uendelig
    grenser = np.array([dag64(aar_foer(dag, aar)).astype("int64") for aar in ANSIENNITETSGRENSER])
    gruppe = np.where(kjent, (tidligst[:, None] <= grenser[None, :]).sum(axis=1), len(ANSIENNITET))
    tall = _kryss(par, gruppe, len(ANSIENNITET) + 1)
    aar = np.where(kjent, (dag64(dag).astype("int64") - np.where(kjent, tidligst, 0)) / (365.25 * 86400), 0.0)
    kolonner = {navn: tall[:, i] for i, navn in enumerate(ANSIENNITET)}
    return _ramme(inndeling, {"ansatte": par.antall(), **kolonner, "uten_start": tall[:, -1], "aarsum": par.sum(aar)})
