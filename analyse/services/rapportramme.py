"""The employment rows of a plan as the frame that reports compute from, without reading them back from the database.

Reading 250 000 rows back takes a tenth of a whole import.
"""

from datetime import date

import numpy as np
import pandas as pd

from analyse.enums import Telling
from analyse.innlesing.liste import Kodet
from analyse.innlesing.plan import Plan, avdeling_per_rad, enhet_per_rad


def ramme_av(
    *, plan: Plan, ider: dict[str, int], stillinger: dict[str, int], tellinger: dict[str, str]
) -> pd.DataFrame:
    """The same frame as `ansettelsesrader.ansettelsesramme` gives for the stored rows: Grunnlag.ansettelser.

    ider: unit code → id · stillinger: title → id · tellinger: category code → enums.Telling. Rows of categories that
    never count are left out.
    """
    liste = plan.liste
    telling = _tekst(Kodet([tellinger.get(kode, "") for kode in liste.kategori.unike], liste.kategori.koder))
    ramme = pd.DataFrame(
        {
            "person": liste.person,
            "enhet": enhet_per_rad(plan, ider),
            "avdeling": avdeling_per_rad(plan, ider),
            # Titles of rows that were sorted out have no id and no row.
            "stilling": liste.stilling.ta(
                np.array([stillinger.get(t, 0) for t in liste.stilling.unike], dtype="int64")
            ),
            "fodt": _dager(liste.fodt),
            "kjonn": _tekst(liste.kjonn),
            "prosent": liste.prosent.astype("float64") / 100,
            "telling": telling,
            "start": _dager(liste.start),
            "slutt": _dager(liste.slutt),
            "utdanning": _tekst(liste.utdanning) if liste.utdanning else _tekst(_tom(liste.rader)),
        }
    )
    return ramme[(telling != Telling.UTENFOR.value)].reset_index(drop=True)


def _tom(rader: int) -> Kodet:
    return Kodet([""], np.zeros(rader, dtype=np.int32))


def _dager(kolonne: Kodet) -> np.ndarray:
    """Dates as datetime64[s], NaT where there is none."""
    unike: list[date | None] = [dag or None for dag in kolonne.unike]
    return np.array(unike, dtype="datetime64[D]").astype("datetime64[s]")[kolonne.koder]


def _tekst(kolonne: Kodet) -> pd.Categorical:
    """Few distinct texts as a categorical. Two values may be the same text."""
    nye, kategorier = pd.factorize(np.array([str(v) for v in kolonne.unike], dtype=object))
    return pd.Categorical.from_codes(nye[kolonne.koder], categories=list(kategorier))
