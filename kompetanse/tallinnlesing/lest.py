"""A file read and cleaned: the table without people, and what could be seen while they still were there."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
from django.utils import timezone
from django.utils.translation import gettext as _

from analyse.innlesing.lesing import Raatabell, les_fil
from analyse.innlesing.overskrift import Overskrift, kjente_overskrifter, les_overskrift, uttrekksdato_fra
from analyse.innlesing.personvern import rens_fnr
from analyse.innlesing.problem import Innlesingsfeil
from analyse.innlesing.verdier import tolk_dato, tolk_tall
from kompetanse.enums import Radslag
from kompetanse.tallinnlesing.felt import TALLSETT
from kompetanse.tallinnlesing.personvern import Renset, er_personfil, tom_persondata
from kompetanse.tallinnlesing.profil import Kompetanseprofil
from kompetanse.tallinnlesing.register import Register

# Two sheets with this many of the known headers both look like the list.
ARK_TREFF = 3


@dataclass(frozen=True)
class Lest:
    """The cleaned table, what was taken out, the kind of row it looks like, and the day it seems to be from."""

    tabell: Raatabell
    renset: Renset
    radslag: Radslag
    dato: date | None
    datokilde: str


def les_og_rens(sti: Path, *, filnavn: str = "", profil: Kompetanseprofil, register: Register) -> Lest:
    """Read a file in the limited child process, and take out everything about people; nothing before this point is
    stored or logged. Raises Innlesingsfeil, also when no header is found: without it nobody knows which columns name
    people.
    """
    tabell = les_fil(
        sti, filnavn=filnavn, kjente=kjente_overskrifter(profil, TALLSETT), minst_treff=ARK_TREFF,
        skilletegn=profil.skilletegn, tegnkoding=profil.tegnkoding, ark=profil.ark,
    )  # fmt: skip
    overskrift = les_overskrift(tabell, profil, TALLSETT)
    rens_fnr(tabell, overskrift.rad)
    if overskrift.problemer:
        raise Innlesingsfeil(overskrift.problemer)
    radslag = Radslag(profil.radslag) if profil.radslag else foresla_radslag(tabell, overskrift)
    dato, kilde = _dato(tabell, overskrift, radslag)
    return Lest(tabell, tom_persondata(tabell, overskrift, register), radslag, dato, kilde)


def foresla_radslag(tabell: Raatabell, overskrift: Overskrift) -> Radslag:
    """What one row seems to be. A proposal: a person confirms it."""
    if "kompetanse" in overskrift.kart:
        return Radslag.TELLING if "antall" in overskrift.kart else Radslag.PERSONKOMPETANSE
    if er_personfil(overskrift):
        return Radslag.PERSON
    sted = next((overskrift.kart[n] for n in ("enhetskode", "enhet") if n in overskrift.kart), None)
    koder = tabell.koder[sted][overskrift.forste :] if sted is not None else np.zeros(0, np.int32)
    enheter_gjentas = len(np.unique(koder[koder > 0])) < int((koder > 0).sum())
    return Radslag.PERSON if enheter_gjentas and not _har_antall(tabell, overskrift) else Radslag.ENHET


def _har_antall(tabell: Raatabell, overskrift: Overskrift) -> bool:
    """Does a column that is no field of ours hold numbers above 1?"""
    felt = set(overskrift.kart.values())
    for nr in range(len(tabell.unike)):
        if nr not in felt and any((tolk_tall(c)[0] or 0) > 1 for c in tabell.unike[nr][1:200]):
            return True
    return False


def _dato(tabell: Raatabell, overskrift: Overskrift, radslag: Radslag) -> tuple[date | None, str]:
    """The day in the lines above the header or in the file's name; else the newest in the column of dates."""
    dato, kilde = uttrekksdato_fra(overskrift.titler, tabell.filnavn)
    if dato is None and radslag == Radslag.TELLING and "dato" in overskrift.kart:
        tolket = (tolk_dato(c, tabell.dato1904).dato for c in tabell.unike[overskrift.kart["dato"]][1:5000])
        kjente = [d for d in tolket if d and d <= timezone.localdate()]
        dato, kilde = max(kjente, default=None), _("kolonnen med dato")
    return dato, kilde if dato else ""
