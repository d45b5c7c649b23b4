"""What a reader with a linear program can work out: all relations and all bounds at once.

The unknown cells are taken as real numbers, so what is found free here has at least a fractional solution that far from
the truth; whole numbers can be narrower still. The true values are a feasible point, so everything is written as the
distance from them: relations × distance = 0, and the truth is the zero vector.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from felles.likninger import Celle

Form = tuple[Celle, ...]
# A cell has another whole value when some solution is this far from the true one.
ANNEN_VERDI = 1 - 1e-6
# An open bound is closed this far from the truth, so that no program is unbounded.
LANGT_UNNA = 1_000.0
TILFELDIGE = 30
# Random programs in a row that free nothing new before the rest are judged one by one.
TAALMODIGHET = 4
# The solver's number for the primal simplex method.
PRIMAL = 4


class Lineaerprogram:
    """One part of a system: unknown cells, the relations between them, and how far each can be from its true value.

    rader: coefficients per cell, unknown cells only · avstand: cell → (lowest ≤ 0, highest ≥ 0), ±∞ allowed.
    """

    def __init__(
        self, rader: Sequence[Mapping[Celle, int]], avstand: Mapping[Celle, tuple[float, float]], froe: int = 20250701
    ) -> None:
        self.rader = rader
        self.nummer = {celle: i for i, celle in enumerate(sorted(avstand, key=repr))}
        grenser = [avstand[celle] for celle in self.nummer]
        self.grenser = np.clip(np.array(grenser, dtype=float).reshape(-1, 2), -LANGT_UNNA, LANGT_UNNA)
        self.loeser = self._loeser()
        self.trekk = np.random.default_rng(froe)

    def _loeser(self) -> Any:
        """HiGHS with the whole program in it. Each time it goes on from the corner it found last, so nothing is taken
        out beforehand, and the primal simplex method is the quick one.
        """
        import highspy  # needed only when protection is computed

        program = highspy.HighsLp()
        program.num_row_, program.num_col_ = len(self.rader), len(self.nummer)
        program.col_cost_ = np.zeros(len(self.nummer))
        program.col_lower_, program.col_upper_ = self.grenser.T.copy()
        program.row_lower_ = program.row_upper_ = np.zeros(len(self.rader))
        ledd = [[(self.nummer[c], k) for c, k in rad.items() if k] for rad in self.rader]
        program.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        program.a_matrix_.start_ = np.cumsum([0, *map(len, ledd)])
        program.a_matrix_.index_ = np.array([nr for rad in ledd for nr, _k in rad], dtype=np.int32)
        program.a_matrix_.value_ = np.array([k for rad in ledd for _nr, k in rad], dtype=float)
        loeser = highspy.Highs()
        for valg, verdi in {"output_flag": False, "threads": 1, "presolve": "off", "simplex_strategy": PRIMAL}.items():
            loeser.setOptionValue(valg, verdi)
        loeser.passModel(program)
        return loeser

    def avslorte(self, former: Sequence[Form]) -> dict[Form, set[int]]:
        """Forms whose sum cannot be another whole number → the relations that prove it (indices into `rader`)."""
        indekser = {form: [self.nummer[c] for c in form] for form in former}
        aapne = self._uten_tilfeldige(dict(sorted(indekser.items(), key=lambda p: repr(p[0]))))
        funnet: dict[Form, set[int]] = {}
        while aapne:
            form, celler = next(iter(aapne.items()))
            bevis: set[int] = set()
            # Upwards first: what is still open is most often a small number with no room below it.
            for retning in (-1.0, 1.0):
                losning, priser = self._los(self._maal(celler, retning))
                bevis |= self._grunner(priser, celler)
                aapne = _gjenstaar(aapne, losning)
                if form not in aapne:
                    break
            else:
                funnet[form] = bevis
                del aapne[form]
        return funnet

    def _uten_tilfeldige(self, aapne: dict[Form, list[int]]) -> dict[Form, list[int]]:
        """The forms that are at their true value, or nearly, in every one of some random corners."""
        forgjeves = 0
        for nr in range(TILFELDIGE):
            if not aapne or forgjeves >= TAALMODIGHET:
                break
            if nr % 2 == 0:
                maal = np.zeros(len(self.nummer))
                berort = sorted({i for celler in aapne.values() for i in celler})
                maal[berort] = self.trekk.normal(size=len(berort))
            foer, aapne = len(aapne), _gjenstaar(aapne, self._los(maal if nr % 2 == 0 else -maal)[0])
            forgjeves = forgjeves + 1 if len(aapne) == foer else 0
        return aapne

    def _maal(self, celler: list[int], retning: float) -> np.ndarray:
        maal = np.zeros(len(self.nummer))
        np.add.at(maal, celler, retning)
        return maal

    def _los(self, maal: np.ndarray) -> tuple[np.ndarray | None, np.ndarray | None]:
        """The corner with the least of `maal`, and what each relation costs there; nothing when it was not found."""
        self.loeser.changeColsCost(len(maal), np.arange(len(maal), dtype=np.int32), maal)
        self.loeser.run()
        svar = self.loeser.getSolution()
        if self.loeser.modelStatusToString(self.loeser.getModelStatus()) != "Optimal":
            return None, None
        return np.array(svar.col_value), np.array(svar.row_dual)

    def _grunner(self, priser: np.ndarray | None, celler: list[int]) -> set[int]:
        """Relations with a price in the program's dual; those the cells stand in if it was not solved."""
        if priser is None:
            return {i for i, rad in enumerate(self.rader) if any(self.nummer[c] in celler for c in rad)}
        return {int(i) for i in np.flatnonzero(np.abs(priser) > 1e-7)}


def _gjenstaar(aapne: dict[Form, list[int]], losning: np.ndarray | None) -> dict[Form, list[int]]:
    """Those whose sum has no other whole value in this solution."""
    if losning is None:
        return aapne
    return {form: celler for form, celler in aapne.items() if abs(losning[celler].sum()) < ANNEN_VERDI}
