"""Checks every row of a sheet against our rules, in numpy on codes, and gathers every problem by row and column."""

from datetime import date

import numpy as np
from django.utils.translation import gettext as _

from analyse.innlesing import enhetsfelt, felteller, radvalg
from analyse.innlesing.lesing import Raatabell
from analyse.innlesing.liste import Ansattliste, Kodet, Referanser
from analyse.innlesing.overskrift import Overskrift
from analyse.innlesing.problem import Problem
from analyse.innlesing.profil import Profil
from analyse.innlesing.radkontroll import Radkontroll


class Kontroll(Radkontroll):
    """The check of a staffing list: what the municipality has decided on, and the checked list so far."""

    ut: Ansattliste

    def __init__(
        self, tabell: Raatabell, overskrift: Overskrift, profil: Profil, referanser: Referanser, dato: date
    ) -> None:
        super().__init__(tabell, overskrift, Ansattliste(dato=dato))
        self.profil, self.ref, self.dato = profil, referanser, dato

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
    radvalg.velg_rader(k, radvalg.uten_ansattnr)
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
