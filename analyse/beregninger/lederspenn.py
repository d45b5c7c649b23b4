"""Leader span: how many persons each unit, sector and department has (domain § 5.5)."""

import numpy as np
import pandas as pd

from analyse.beregninger.personer import Telte, lag_par


def per_enhet(telte: Telte, enheter: pd.DataFrame) -> pd.DataFrame:
    """Units with counted employees, largest first: id, kode, navn, sektor, sektornavn, ansatte, aarsverk.

    ansatte: distinct persons with at least one counted employment there. aarsverk: sum of position size / 100.
    """
    par = telte.per_enhet
    tall = pd.DataFrame(
        {
            "id": telte.enhet.nokler,
            "ansatte": par.antall(),
            "aarsverk": par.sum(par.radsum(telte.rader["prosent"].to_numpy())) / 100,
        }
    )
    ut = tall.merge(enheter[["id", "kode", "navn", "sektor", "sektornavn"]], on="id", how="left")
    return ut.sort_values(["ansatte", "navn", "id"], ascending=[False, True, True]).reset_index(drop=True)


def per_avdeling(telte: Telte, enheter: pd.DataFrame) -> pd.DataFrame:
    """Departments with counted employees, largest first: id, kode, navn, forelder (unit id), ansatte, aarsverk."""
    avdeling = telte.rader["avdeling"].to_numpy()
    med = avdeling > 0
    kode, nokler = pd.factorize(avdeling[med])
    par = lag_par(kode, telte.person[med], len(nokler))
    aarsverk = par.sum(par.radsum(telte.rader["prosent"].to_numpy()[med])) / 100
    tall = pd.DataFrame({"id": nokler.astype("int64"), "ansatte": par.antall(), "aarsverk": aarsverk})
    ut = tall.merge(enheter[["id", "kode", "navn", "forelder"]], on="id", how="left")
    return ut.sort_values(["ansatte", "navn", "id"], ascending=[False, True, True]).reset_index(drop=True)


def per_sektor(telte: Telte, enhetstall: pd.DataFrame) -> pd.DataFrame:
    """Distinct persons per sector: sektor (id, 0 = none), ansatte. `enhetstall` is the result of `per_enhet`."""
    sektor_av = pd.Series(enhetstall["sektor"].to_numpy(), index=enhetstall["id"].to_numpy())
    sektor = sektor_av.reindex(telte.enhet.nokler).to_numpy()[telte.enhet.kode]
    kode, nokler = pd.factorize(sektor)
    antall = lag_par(kode, telte.person, len(nokler)).antall()
    return pd.DataFrame({"sektor": np.asarray(nokler, dtype="int64"), "ansatte": antall})


def personer(telte: Telte) -> int:
    """Distinct persons in the whole scope."""
    return int(telte.per_kommune.antall()[0]) if len(telte.rader) else 0
