"""How the files of one competence system are read: the same keys in TOML, in the database and in the browser."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from analyse.innlesing.problem import Innlesingsfeil
from analyse.innlesing.profil import Lesevalg, fyll
from felles.norsk import brett
from kompetanse.enums import Radslag
from kompetanse.tallinnlesing.felt import TALLFELT_FOR

UTELAT, NY = "-", "+"
HAR, HAR_IKKE = "har", "har ikke"


@dataclass
class Kompetanseprofil(Lesevalg):
    """kilde: the name of the system · radslag: enums.Radslag · enheter: spelling or code in the file → our unit, or «-»
    to leave it out · kompetanser: spelling → name in the catalogue, «+» to add it, «-» to leave it out · merker: what
    stands in a person's cell → «har» or «har ikke». Spellings are compared folded.
    """

    kilde: str = ""
    radslag: str = ""
    enheter: dict[str, str] = field(default_factory=dict)
    kompetanser: dict[str, str] = field(default_factory=dict)
    merker: dict[str, str] = field(default_factory=dict)


def fra_dict(data: dict[str, Any], navn: str = "") -> Kompetanseprofil:
    """A checked profile. Raises Innlesingsfeil that names the wrong key."""
    profil = fyll(Kompetanseprofil(navn=navn), data, TALLFELT_FOR, ("kolonner", "enheter", "kompetanser", "merker"))
    for del_ in ("enheter", "kompetanser", "merker"):
        setattr(profil, del_, {brett(k): v for k, v in getattr(profil, del_).items()})
    profil.kilde = str(data.get("kilde", "")).strip()[:120]
    profil.radslag = str(data.get("radslag", ""))
    if profil.radslag and profil.radslag not in Radslag.values:
        raise Innlesingsfeil(_("radslag i profilen må være en av %(valg)s.") % {"valg": ", ".join(Radslag.values)})
    if ukjente := set(profil.merker.values()) - {HAR, HAR_IKKE}:
        raise Innlesingsfeil(
            _("[merker] i profilen må være «har» eller «har ikke», ikke «%(verdi)s».") % {"verdi": min(ukjente)}
        )
    return profil
