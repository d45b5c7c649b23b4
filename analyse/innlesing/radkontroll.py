"""A list on its way through the checks, in numpy on codes: which rows count, and every problem by row and column."""

from dataclasses import replace

import numpy as np
from django.utils.translation import gettext as _

from analyse.innlesing import personvern
from analyse.innlesing.lesing import Raatabell
from analyse.innlesing.liste import Avgjorelse, Funnliste
from analyse.innlesing.overskrift import Overskrift
from analyse.innlesing.problem import Problem
from analyse.innlesing.verdier import rens

MAKS_LIKE = 400


class Radkontroll:
    """The state of one check, whatever the list holds: the sheet, its columns, the rows that count, and what has been
    found. `ut` gets the problems.
    """

    def __init__(self, tabell: Raatabell, overskrift: Overskrift, ut: Funnliste) -> None:
        self.tabell, self.overskrift, self.ut = tabell, overskrift, ut
        self.rader = np.arange(overskrift.forste, tabell.rader)
        self.renset: dict[int, list[str]] = {}
        ut.radnr = tabell.radnr[self.rader]

    def har(self, nokkel: str) -> bool:
        """Does the file have this field?"""
        return nokkel in self.overskrift.kart

    def koder(self, nokkel: str) -> np.ndarray:
        """Codes of the field for the rows."""
        return self.tabell.koder[self.overskrift.kart[nokkel]][self.rader]

    def raa(self, nokkel: str) -> list:
        """Unique cells of the field as they were read."""
        return self.tabell.unike[self.overskrift.kart[nokkel]]

    def tekster(self, nokkel: str) -> list[str]:
        """Unique cells of the field as clean text."""
        kolonne = self.overskrift.kart[nokkel]
        if kolonne not in self.renset:
            self.renset[kolonne] = [rens(c) for c in self.tabell.unike[kolonne]]
        return self.renset[kolonne]

    def tom(self, nokkel: str) -> np.ndarray:
        """Mask of the rows where the cell is empty."""
        return np.array([not t for t in self.tekster(nokkel)])[self.koder(nokkel)]

    def velg(self, behold: np.ndarray) -> None:
        """Narrow to the rows of the mask."""
        self.rader = self.rader[behold]
        self.ut.radnr = self.tabell.radnr[self.rader]

    def meld_rader(self, nokkel: str, maske: np.ndarray, melding: str, *, vis: bool = True) -> None:
        """One problem per row of the mask, with the cell's value unless told not to show it."""
        treff = np.flatnonzero(maske)
        tekster = self.tekster(nokkel) if vis and self.har(nokkel) else None
        koder = self.koder(nokkel) if tekster is not None else None
        navn = self.overskrift.kolonnenavn(nokkel)
        for i in treff[:MAKS_LIKE]:
            verdi = personvern.fjern_fnr(tekster[koder[i]])[:60] if tekster is not None else ""
            self.ut.meld(Problem(int(self.ut.radnr[i]), navn, verdi, melding))
        self.ut.antall_problemer += max(0, len(treff) - MAKS_LIKE)

    def meld_koder(self, nokkel: str, feil: dict[int, str], maske: np.ndarray | None = None) -> None:
        """One problem per row whose code has a message."""
        if not feil:
            return
        har_feil = np.zeros(len(self.raa(nokkel)), dtype=bool)
        har_feil[list(feil)] = True
        koder = self.koder(nokkel)
        rammet = har_feil[koder] if maske is None else har_feil[koder] & maske
        for kode in np.unique(koder[rammet]):
            self.meld_rader(nokkel, rammet & (koder == kode), feil[int(kode)])
            if self.ut.antall_problemer > 50 * MAKS_LIKE:
                return

    def forste_rad(self, rader: np.ndarray) -> int:
        """Number of the first row of the mask."""
        return int(self.ut.radnr[int(np.argmax(rader))])

    def avgjor(self, avgjorelse: Avgjorelse, nokkel: str, vist: str, melding: str) -> None:
        """Note a decision to make: once per thing to decide, at its first row, with how many rows it concerns."""
        kolonne = self.overskrift.kolonnenavn(nokkel)
        self.ut.avgjorelser.append(replace(avgjorelse, kolonne=kolonne))
        if avgjorelse.antall > 1:
            melding += " " + _("(gjelder %(antall)s rader)") % {"antall": avgjorelse.antall}
        self.ut.meld(Problem(avgjorelse.rad, kolonne, personvern.fjern_fnr(vist)[:60], melding, avgjores=True))
