"""Checks every row of a sheet against our rules, in numpy on codes, and gathers every problem by row and column."""

from datetime import date

import numpy as np
from django.utils.translation import gettext as _

from analyse.innlesing import enhetsfelt, felteller, personvern, radvalg
from analyse.innlesing.lesing import Raatabell
from analyse.innlesing.liste import Ansattliste, Kodet, Referanser
from analyse.innlesing.overskrift import Overskrift
from analyse.innlesing.problem import Problem
from analyse.innlesing.profil import Profil
from analyse.innlesing.verdier import rens

MAKS_LIKE = 400


class Kontroll:
    """The state of one check: the sheet, its columns, the rows that are employments, and what has been found."""

    def __init__(
        self, tabell: Raatabell, overskrift: Overskrift, profil: Profil, referanser: Referanser, dato: date
    ) -> None:
        self.tabell, self.overskrift, self.profil, self.ref, self.dato = tabell, overskrift, profil, referanser, dato
        self.rader = np.arange(overskrift.forste, tabell.rader)
        self.renset: dict[int, list[str]] = {}
        self.ut = Ansattliste(dato=dato, radnr=tabell.radnr[self.rader])

    def har(self, nokkel: str) -> bool:
        """Does the file have this field?"""
        return nokkel in self.overskrift.kart

    def koder(self, nokkel: str) -> np.ndarray:
        """Codes of the field for the employment rows."""
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
        """Mask of employment rows where the cell is empty."""
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

    def samle(self, nokkel: str, maks: int) -> Kodet:
        """The text column with spellings that differ only in case brought together, the commonest spelling kept."""
        tekster, koder = self.tekster(nokkel), self.koder(nokkel)
        self.meld_koder(nokkel, {i: _("er for lang") for i, t in enumerate(tekster) if len(t) > maks})
        antall = np.bincount(koder, minlength=len(tekster))
        beste: dict[str, int] = {}
        for i in sorted(range(len(tekster)), key=lambda i: (-antall[i], tekster[i])):
            beste.setdefault(tekster[i].casefold(), i)
        plass = {nokkel_: nr for nr, nokkel_ in enumerate(beste)}
        oversett = np.array([plass[t.casefold()] for t in tekster], dtype=np.int32)
        return Kodet([tekster[i] for i in beste.values()], oversett[koder])


def kontroller(
    tabell: Raatabell, overskrift: Overskrift, profil: Profil, referanser: Referanser, dato: date
) -> Ansattliste:
    """Check the sheet. Never raises for content: problems and decisions to make stand on the result.

    Requires that the header was found without problems.
    """
    k = Kontroll(tabell, overskrift, profil, referanser, dato)
    radvalg.velg_rader(k)
    if not len(k.rader):
        k.ut.meld(Problem(None, "", "", _("Filen har overskrifter, men ingen rader med ansatte.")))
        return k.ut
    felteller.les_kategori(k)
    felteller.les_personer(k)
    felteller.les_datoer(k)
    felteller.les_prosent(k)
    enhetsfelt.les_enheter(k)
    felteller.les_stillinger(k)
    felteller.les_valgfrie(k)
    k.ut.problemer.sort(key=lambda p: (p.rad is None, p.rad or 0))
    return k.ut
