"""What the four distributions share: rows per unit, sector and position group out of one calculation."""

from abc import abstractmethod
from collections.abc import Callable
from datetime import date
from typing import Any, ClassVar

import numpy as np
import pandas as pd
from django.utils.translation import gettext as _

from analyse.beregninger.personer import Inndeling, Par, Telte
from analyse.rapporter.base import Grunnlag
from analyse.rapporter.hjelp import Rad, Tabellrapport, enhetsnavn, heltall, sorter
from analyse.rapporter.resultat import Kolonne, Resultat, Tabell


class Fordeling(Tabellrapport):
    """A distribution of the counted employees: rows per unit with sum, tillegg per_stillingsgruppe."""

    # Columns of the frame that are sums with decimals, not persons.
    desimale: ClassVar[tuple[str, ...]] = ()

    @abstractmethod
    def tell(self, telte: Telte, inndeling: Inndeling, par: Par) -> pd.DataFrame:
        """Persons per group, with «ansatte» first."""

    @abstractmethod
    def rad(self, tall: Rad) -> Rad:
        """Measures of one row out of the counted persons."""

    @abstractmethod
    def kolonner(self, resultat: Resultat) -> tuple[Kolonne, ...]:
        """Columns after the name."""

    def beregn(self, grunnlag: Grunnlag, fra: date, til: date) -> Resultat:
        """Rows per unit, sum for the scope, tillegg per_stillingsgruppe."""
        telte = grunnlag.telte
        ett = Inndeling(telte.per_kommune.rad, np.array(["Sum"], dtype=object))
        navngi = enhetsnavn(grunnlag)
        grupper = self.tell(telte, telte.stillingsgruppe, telte.per_gruppe)
        alle = self.tell(telte, ett, telte.per_kommune)
        return self.lag(
            grunnlag,
            fra,
            til,
            rader=self.rader(self.tell(telte, telte.enhet, telte.per_enhet), navngi, "enhet"),
            sum=self.rader(alle, lambda n: {"enhet": n, "kode": None}, "enhet")[0],
            tillegg={
                "per_stillingsgruppe": self.rader(grupper, lambda g: {"stillingsgruppe": g}, "stillingsgruppe"),
                **self.ekstra(alle),
            },
        )

    def ekstra(self, alle: pd.DataFrame) -> dict[str, list[Rad]]:
        """More tables, by key, out of the one row that counts the whole scope."""
        return {}

    def rader(self, ramme: pd.DataFrame, navngi: Callable[[Any], Rad], navn: str) -> list[Rad]:
        """The frame as rows, largest first. Groups without employees are left out."""
        rader = heltall(ramme, unntatt=self.desimale)
        return sorter(({**navngi(r.pop("nokkel")), **self.rad(r)} for r in rader), "ansatte", navn)

    def tabeller(self, resultat: Resultat) -> list[Tabell]:
        """Per unit with sum, per position group."""
        kolonner = self.kolonner(resultat)
        return [
            Tabell(
                "rader",
                _("%s per enhet") % self.tittel,
                (Kolonne("enhet", _("Enhet"), "tekst"), *kolonner),
                resultat.rader,
                resultat.sum,
            ),
            Tabell(
                "per_stillingsgruppe",
                _("%s per stillingsgruppe") % self.tittel,
                (Kolonne("stillingsgruppe", _("Stillingsgruppe"), "tekst"), *kolonner),
                resultat.tillegg["per_stillingsgruppe"],
            ),
        ]
