"""Unit code and name, sector and department of the rows; one name and one sector per unit, or a decision."""

from typing import TYPE_CHECKING

import numpy as np
from django.utils.translation import gettext as _

from analyse.enums import Telling
from analyse.innlesing.liste import Avgjorelse, Kodet
from analyse.innlesing.problem import Problem

if TYPE_CHECKING:
    from analyse.innlesing.kontroll import Kontroll


def les_enheter(k: "Kontroll") -> None:
    """Unit code and name, sector, department."""
    k.ut.enhetskode = k.samle("enhetskode", 48)
    navn = k.samle("enhet", 150)
    mangler_kode = k.tom("enhetskode") & (k.ut.telling != Telling.UTENFOR.value)
    k.meld_rader("enhetskode", mangler_kode, _("mangler"), vis=False)
    k.ut.enhetsnavn = _ett_navn_per_kode(k, "enhet", navn)
    if k.har("sektor"):
        k.ut.sektor = _ett_navn_per_kode(k, "sektor", k.samle("sektor", 150))
    if k.har("avdeling"):
        k.ut.avdeling = k.samle("avdeling", 150)


def _ett_navn_per_kode(k: "Kontroll", nokkel: str, navn: Kodet) -> dict[str, str]:
    """Unit code → its one name (or sector). Several names for one code stop for a decision."""
    kode = k.ut.enhetskode
    par, antall = np.unique(kode.koder.astype(np.int64) * len(navn.unike) + navn.koder, return_counts=True)
    funnet: dict[str, list[tuple[int, int]]] = {}
    for p, n in zip(par.tolist(), antall.tolist(), strict=True):
        c, t = divmod(p, len(navn.unike))
        if kode.unike[c] and navn.unike[t]:
            funnet.setdefault(kode.unike[c], []).append((n, t))
    ut = {}
    for c, valg in funnet.items():
        valg.sort(reverse=True)
        ut[c] = navn.unike[valg[0][1]]
        if nokkel == "enhet" and c in k.profil.enheter:
            ut[c] = k.profil.enheter[c]
        elif len(valg) > 1:
            _meld_flere_navn(k, nokkel, c, navn, valg)
    if nokkel == "enhet":
        uten = [c for c in kode.unike if c and c not in ut]
        ut |= {c: k.profil.enheter.get(c, c) for c in uten}
        for c in (c for c in uten if c not in k.profil.enheter):
            rader = kode.koder == kode.unike.index(c)
            if rader.any():
                k.meld_rader("enhet", rader, _("mangler"), vis=False)
    return ut


def _meld_flere_navn(k: "Kontroll", nokkel: str, kode: str, navn: Kodet, valg: list[tuple[int, int]]) -> None:
    tekster = tuple(navn.unike[t] for _n, t in valg)
    rader = (k.ut.enhetskode.koder == k.ut.enhetskode.unike.index(kode)) & (navn.koder == valg[-1][1])
    melding = (
        _("enhet %(kode)s har flere navn i filen (%(navn)s). Rett filen, eller velg navnet under [enheter] i profilen")
        if nokkel == "enhet"
        else _("enhet %(kode)s står under flere sektorer i filen (%(navn)s)")
    ) % {"kode": kode, "navn": ", ".join(tekster)}
    if nokkel == "enhet":
        avgjorelse = Avgjorelse("enhetsnavn", kode, int(rader.sum()), k.forste_rad(rader), "", tekster)
        k.avgjor(avgjorelse, nokkel, tekster[-1], melding)
    else:
        k.ut.meld(Problem(k.forste_rad(rader), k.overskrift.kolonnenavn(nokkel), tekster[-1], melding))
