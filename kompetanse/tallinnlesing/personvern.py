"""Before anything is kept: people's columns are emptied, and everything else that counts do not need.

Kept are the columns we know, columns of marks and small numbers, and columns whose words are units or competences, or
are the same on many rows. The rest is emptied where it stands, so that rows and columns keep their names.
"""

import re
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from analyse.innlesing import personvern
from analyse.innlesing.barn import norm
from analyse.innlesing.lesing import Raatabell
from analyse.innlesing.overskrift import Overskrift
from analyse.innlesing.verdier import rens
from felles.norsk import brett
from felles.tall import tusen
from kompetanse.tallinnlesing.felt import ANDRE_NAVN, om_person
from kompetanse.tallinnlesing.register import Register
from kompetanse.tallinnlesing.verdier import DATO, JA, NEI, er_dato

# No level or count in a person's cell is higher; what is, is a number of something else.
HOYESTE_MERKE = 99
LENGSTE, KORT = 150, 30
FAA, FAA_I_PERSONFIL = 20, 3
_NAVN = re.compile(r"[A-ZÆØÅÁÉ][\w'’.-]*,?( [A-ZÆØÅÁÉ][\w'’.-]*){1,3}")


@dataclass
class Renset:
    """What was taken out: columns about people, other columns, rows that said the same of the same person twice, and
    how many people stand more than once in one unit. Kept with the upload, for the preview.
    """

    person: list[str] = field(default_factory=list)
    andre: list[str] = field(default_factory=list)
    dobbelt: int = 0
    flere_ganger: int = 0

    def meldinger(self) -> list[str]:
        """What the preview says of it."""
        ut = []
        if self.person:
            ut.append(
                _("Fjernet før noe ble lagret, fordi det sier hvem personene er: %(kolonner)s.")
                % {"kolonner": ", ".join(self.person)}
            )
        if self.andre:
            ut.append(
                _("Ikke tatt med, fordi tallene ikke trenger det: %(kolonner)s.") % {"kolonner": ", ".join(self.andre)}
            )
        if self.dobbelt:
            ut.append(
                ngettext(
                    "%(n)s rad sa det samme om samme person en gang til, og er talt én gang.",
                    "%(n)s rader sa det samme om samme person en gang til, og er talt én gang.",
                    self.dobbelt,
                )
                % {"n": tusen(self.dobbelt)}
            )
        if self.flere_ganger:
            ut.append(
                ngettext(
                    "%(n)s person står på flere rader i samme enhet, og telles på hver av dem.",
                    "%(n)s personer står på flere rader i samme enhet, og telles på hver av dem.",
                    self.flere_ganger,
                )
                % {"n": tusen(self.flere_ganger)}
            )
        return ut


def er_personfil(overskrift: Overskrift) -> bool:
    """Does the header name a column about people?"""
    return any(om_person(navn) for navn in overskrift.navn)


def tom_persondata(tabell: Raatabell, overskrift: Overskrift, register: Register) -> Renset:
    """Empty, in place, what must not be kept; the lines above the header too. Rows that say the same of one person are
    left only once, while it can still be seen that they do.
    """
    renset, personer = Renset(), er_personfil(overskrift)
    if personer:
        # When somebody passed a course is no date of the counts.
        overskrift.kart.pop("dato", None)
    kjente = set(overskrift.kart.values())
    tomme, noekkel = [], []
    for nr, navn in enumerate(overskrift.navn):
        if nr in kjente:
            continue
        if om_person(navn):
            noekkel.append(nr)
            renset.person.append(navn)
        elif norm(navn) in ANDRE_NAVN or not _kan_beholdes(tabell, overskrift, nr, personer, register):
            tomme.append(nr)
            if navn and (tabell.koder[nr][overskrift.forste :] > 0).any():
                renset.andre.append(navn)
        else:
            _under_ett_ord(tabell, nr)
    _en_gang(tabell, overskrift, noekkel, renset)
    # The headers go too, so that nobody takes an emptied column for a competence.
    personvern.behold_navn(tabell, [*noekkel, *tomme], np.zeros(tabell.rader, dtype=bool))
    personvern.behold_navn(tabell, list(range(len(tabell.unike))), np.arange(tabell.rader) >= overskrift.rad)
    return renset


def _kan_beholdes(tabell: Raatabell, overskrift: Overskrift, nr: int, personer: bool, register: Register) -> bool:
    """May a column we do not know be kept until somebody has said what it is?"""
    if not overskrift.navn[nr]:
        return False
    koder = tabell.koder[nr][overskrift.forste :]
    antall = np.bincount(koder, minlength=len(tabell.unike[nr]))
    brukt = [c for c, n in zip(tabell.unike[nr][1:], antall[1:].tolist(), strict=True) if n]
    fylte = int(antall[1:].sum())
    tekster = [c for c in brukt if isinstance(c, str) and not er_dato(c) and brett(c) not in JA | NEI and not _tall(c)]
    tall = [t for t in map(_tall, brukt) if t is not None]
    if tall and not _er_antall(tall, fylte, personer):
        return False
    return not tekster or _er_ord(tekster, fylte, personer, register)


def _er_antall(tall: list[float], fylte: int, personer: bool) -> bool:
    """Counts, marks and levels are small, or the same on several rows. Numbers of people are neither."""
    if max(tall) <= HOYESTE_MERKE:
        return True
    alle_ulike = len(tall) == fylte and fylte > 1
    return not personer and not (alle_ulike and min(tall) > HOYESTE_MERKE)


def _er_ord(tekster: list[str], fylte: int, personer: bool, register: Register) -> bool:
    """Words that are units or competences, or stand on many rows; never names, addresses or long texts."""
    if any(len(t) > LENGSTE or "@" in t for t in tekster):
        return False
    kjent = sum(bool(register.finn_enhet(t, t)) or brett(t) in register.kompetanser for t in tekster)
    if 2 * kjent >= len(tekster):
        return True
    if 2 * sum(bool(_NAVN.fullmatch(rens(t))) for t in tekster) > len(tekster):
        return False
    korte = not personer or all(len(t) <= KORT for t in tekster)
    return (korte and len(tekster) <= (FAA_I_PERSONFIL if personer else FAA)) or 2 * len(tekster) <= fylte


def _tall(celle: Any) -> float | None:
    if isinstance(celle, int | float):
        return float(celle)
    tekst = rens(celle) if isinstance(celle, str) else ""
    return float(tekst) if tekst.isascii() and tekst.isdigit() and len(tekst) < 12 else None


def _under_ett_ord(tabell: Raatabell, nr: int) -> None:
    """Dates in a column we do not know become the one word for them."""
    tabell.unike[nr] = [DATO if c != "" and er_dato(c) else c for c in tabell.unike[nr]]


def _en_gang(tabell: Raatabell, overskrift: Overskrift, noekkel: list[int], renset: Renset) -> None:
    """While it can be seen which rows are the same person: empty rows that repeat person, unit and competence. Without
    a column of competences nothing is emptied, only counted.
    """
    steder = [overskrift.kart[n] for n in ("enhetskode", "enhet") if n in overskrift.kart]
    if not noekkel or not steder or tabell.rader <= overskrift.forste:
        return
    lang = "kompetanse" in overskrift.kart
    felt = [*noekkel, *steder, *([overskrift.kart["kompetanse"]] if lang else [])]
    rader = np.stack([tabell.koder[nr][overskrift.forste :] for nr in felt], axis=1)
    har_noekkel = (rader[:, : len(noekkel)] > 0).any(axis=1)
    _unike, foerste, antall = np.unique(rader[har_noekkel], axis=0, return_index=True, return_counts=True)
    if not lang:
        renset.flere_ganger = int((antall > 1).sum())
        return
    igjen = np.ones(int(har_noekkel.sum()), dtype=bool)
    igjen[foerste] = False
    gjentatt = np.flatnonzero(har_noekkel)[igjen] + overskrift.forste
    renset.dobbelt = len(gjentatt)
    for nr, koder in enumerate(tabell.koder):
        tabell.koder[nr] = koder.copy()
        tabell.koder[nr][gjentatt] = 0
