"""The notation of a cell: «HA: tjeneste; BS». One code or more, each with what it is limited to.

`HA: HR, HMS (nærmeste leder for personalseksjonen)` is the code HA for the areas HR and HMS, with a note.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from felles.norsk import brett
from kompetanse.matrise.enums import Kode

LENGST = 300
_DEL = re.compile(r"^(OA|HA|BS|U)\s*(?:(?::\s*(?P<etter>.*))|(?:\((?P<inni>[^()]*)\)))?$", re.IGNORECASE | re.DOTALL)
_MERKNAD = re.compile(r"^(?P<hva>[^()]*?)\s*(?:\((?P<merknad>[^()]*)\))?$", re.DOTALL)
_MELLOM = re.compile(r"\s*(?:[+/,&]|\bog\b)\s*|\s+", re.IGNORECASE)


class Skrivefeil(ValueError):  # noqa: N818 - a Norwegian domain word, not an English error name
    """What was typed in a cell cannot be read. The message is meant for the person who typed."""


@dataclass(frozen=True)
class Ansvar:
    """One code in a cell, the areas it is limited to (none = the whole task), and a note."""

    kode: Kode
    omraader: tuple[str, ...] = ()
    merknad: str = ""

    def __str__(self) -> str:
        hva = ", ".join(self.omraader)
        halen = f"{hva} ({self.merknad})" if hva and self.merknad else hva or (self.merknad and f"({self.merknad})")
        return f"{self.kode.value}: {halen}" if halen else self.kode.value

    @property
    def forklart(self) -> str:
        """What stands after the code, as it is read."""
        return ", ".join(filter(None, [", ".join(self.omraader), self.merknad]))

    def gjelder(self, omraade: str) -> bool:
        """For this area? An unlimited responsibility is for every area."""
        return not self.omraader or brett(omraade) in {brett(o) for o in self.omraader}


def les(tekst: str) -> tuple[Ansvar, ...]:
    """The responsibilities in what was typed, equal ones once, in the order OA, HA, BS, U. Raises Skrivefeil."""
    tekst = " ".join(tekst.replace("\x00", "").split())
    if len(tekst) > LENGST:
        raise Skrivefeil(_("Teksten er for lang. Bruk høyst %(antall)d tegn.") % {"antall": LENGST})
    funnet = [ansvar for del_ in tekst.split(";") if del_.strip() for ansvar in _les_del(del_.strip())]
    rekkefolge = list(Kode)
    return tuple(sorted(dict.fromkeys(funnet), key=lambda a: rekkefolge.index(a.kode)))


def skriv(ansvar: Sequence[Ansvar]) -> str:
    """The notation, always the same for the same responsibilities."""
    return "; ".join(map(str, ansvar))


def _les_del(tekst: str) -> list[Ansvar]:
    treff = _DEL.match(tekst)
    if treff:
        return [_ansvar(treff)]
    biter = [b for b in _MELLOM.split(tekst) if b]
    if all(b.upper() in Kode.values for b in biter):
        return [Ansvar(Kode(b.upper())) for b in biter]
    raise Skrivefeil(
        _("Vi forstår ikke «%(tekst)s». Skriv OA, HA, BS eller U, for eksempel «HA: tjeneste; BS».") % {"tekst": tekst}
    )


def _ansvar(treff: re.Match[str]) -> Ansvar:
    kode = Kode(treff[1].upper())
    if treff["inni"] is not None:
        return Ansvar(kode, _deler(treff["inni"]))
    hva = _MERKNAD.match((treff["etter"] or "").strip())
    if hva is None:
        raise Skrivefeil(_("Skriv merknaden i én parentes til slutt, for eksempel «HA: tjeneste (merknad)»."))
    return Ansvar(kode, _deler(hva["hva"]), (hva["merknad"] or "").strip())


def _deler(tekst: str) -> tuple[str, ...]:
    """Areas with a comma between, equal ones once."""
    return tuple({brett(d): d.strip() for d in reversed(tekst.split(",")) if d.strip()}.values())[::-1]
