"""What must never be kept: national identity numbers, other people's names, plain employee numbers."""

import hashlib
import re
from typing import Any

import numpy as np
from django.conf import settings

from analyse.innlesing.barn import norm
from analyse.innlesing.felt import FNR_OVERSKRIFTER
from analyse.innlesing.lesing import Raatabell

FJERNET = "[fjernet]"
# In one, or split: the date by one sign throughout, the last five digits off by a few signs or split themselves.
_FNR = re.compile(
    r"(?<!\d)(\d{2})(?P<tegn>[ \u00a0\u202f.\-/]?)(\d{2})(?P=tegn)(\d{2})"
    r"(?:[^\w]|_){0,4}\d{3}[ \u00a0\u202f]?\d{2}(?!\d)"
)


def _gyldig_form(dag: int, maaned: int) -> bool:
    """Day 1–31 (D-numbers +40), month 1–12 (synthetic numbers +40, +65 or +80)."""
    return (1 <= dag <= 31 or 41 <= dag <= 71) and any(1 <= maaned - tillegg <= 12 for tillegg in (0, 40, 65, 80))


def ligner_fnr(celle: Any) -> bool:
    """Does the cell hold what has the form of a Norwegian identity number? Check digits are not demanded."""
    if isinstance(celle, float):
        if not (celle.is_integer() and 1e9 <= celle < 1e11):
            return False
        celle = f"{int(celle):011d}"
        return _gyldig_form(int(celle[:2]), int(celle[2:4]))
    if not isinstance(celle, str) or len(celle) < 11:
        return False
    return any(_gyldig_form(int(f[1]), int(f[3])) for f in _FNR.finditer(celle))


def fjern_fnr(tekst: str) -> str:
    """The text with identity numbers replaced."""
    return _FNR.sub(lambda f: FJERNET if _gyldig_form(int(f[1]), int(f[3])) else f[0], tekst)


def rens_fnr(tabell: Raatabell, overskriftsindeks: int) -> None:
    """Drop identity numbers from the table in place: whole columns, single cells elsewhere, and from the names of the
    file and its sheets, which are stored and shown. Counts are kept on it.
    """
    tabell.filnavn, tabell.ark = fjern_fnr(tabell.filnavn), fjern_fnr(tabell.ark)
    tabell.skjulte_ark = [fjern_fnr(n) for n in tabell.skjulte_ark]
    tabell.andre_ark = [fjern_fnr(n) for n in tabell.andre_ark]
    for nr in range(len(tabell.unike)):
        overskrift = tabell.celle(overskriftsindeks, nr) if 0 <= overskriftsindeks < tabell.rader else ""
        unike = tabell.unike[nr]
        treff = [i for i, celle in enumerate(unike) if ligner_fnr(celle)]
        under = tabell.koder[nr][overskriftsindeks + 1 :]
        fylte = int((under > 0).sum())
        hel = norm(overskrift) in FNR_OVERSKRIFTER or (treff and 2 * int(np.isin(under, treff).sum()) >= fylte)
        if hel and fylte:
            _tom_kolonne(tabell, nr, overskriftsindeks)
            tabell.fnr_kolonner.append(fjern_fnr(str(overskrift)) or f"kolonne {nr + 1}")
        elif treff:
            tabell.fnr_celler += int(np.isin(tabell.koder[nr], treff).sum())
            for i in treff:
                unike[i] = FJERNET if isinstance(unike[i], float) else fjern_fnr(unike[i])


def _tom_kolonne(tabell: Raatabell, nr: int, overskriftsindeks: int) -> None:
    """Keep the header only, and count what was dropped."""
    koder = tabell.koder[nr].copy()
    tabell.fnr_celler += int((koder[overskriftsindeks + 1 :] > 0).sum())
    overskrift = tabell.celle(overskriftsindeks, nr)
    koder[:] = 0
    koder[overskriftsindeks] = 1
    tabell.unike[nr] = ["", "" if ligner_fnr(overskrift) else overskrift]
    tabell.koder[nr] = koder


def behold_navn(tabell: Raatabell, kolonner: list[int], behold: np.ndarray) -> None:
    """Empty the given name columns except on the marked rows (mask over all rows, header included)."""
    for nr in kolonner:
        koder = np.where(behold, tabell.koder[nr], 0).astype(np.int32)
        brukte, nye = np.unique(np.append(koder, 0), return_inverse=True)
        tabell.unike[nr] = [tabell.unike[nr][i] for i in brukte]
        tabell.koder[nr] = nye[:-1].astype(np.int32)


def personhash(ansattnr: list[str]) -> np.ndarray:
    """Normalised employee numbers as keyed 64-bit hashes (int64): the same number gives the same person."""
    nokkel = hashlib.sha256(settings.PERSONNOKKEL.encode()).digest()
    data = b"".join(hashlib.blake2b(nr.encode(), key=nokkel, digest_size=8).digest() for nr in ansattnr)
    return np.frombuffer(data, dtype="<i8").copy()
