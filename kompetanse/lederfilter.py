"""What the list of leaders is asked for: the day, the search, the filters and the order."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from felles.norsk import sorteringsnokkel, treffer
from kompetanse.dagvalg import les_dag
from kompetanse.queries.ledere import Lederresultat
from kompetanse.regler import Utfall
from kompetanse.visning.lederkrav import UTFALL
from kompetanse.visning.steg import frist, stegene

I_ORDEN = "i_orden"
UTFALLSVALG = ((I_ORDEN, _("Oppfyller, også med unntak")), *((u.value, navn) for u, (navn, *_merke) in UTFALL.items()))
# The most pressing first.
REKKE = (Utfall.IKKE_OPPFYLT, Utfall.PAA_VEI, Utfall.IKKE_VURDERT, Utfall.UNNTAK, Utfall.OPPFYLT)
SORTERING = {
    "utfall": lambda r: (REKKE.index(r.utfall), not r.svikter, frist(r) or date.max, sorteringsnokkel(r.leder.navn)),
    "navn": lambda r: sorteringsnokkel(r.leder.navn),
    "enhet": lambda r: (sorteringsnokkel(r.enhet), sorteringsnokkel(r.leder.navn)),
    "frist": lambda r: (frist(r) or date.max, sorteringsnokkel(r.leder.navn)),
}


@dataclass(frozen=True)
class Valg:
    """The choices, read from the address."""

    dag: date
    idag: date
    sok: str = ""
    utfall: str = ""
    nivaa: str = ""
    sektor: str = ""
    krav: str = ""
    steg: str = ""
    sortering: str = ""

    @property
    def er_idag(self) -> bool:
        """Is it as of today?"""
        return self.dag == self.idag

    @property
    def aktivt(self) -> bool:
        """Does it narrow the list?"""
        return any((self.sok, self.utfall, self.nivaa, self.sektor, self.krav, self.steg))

    @property
    def skjulte(self) -> list[tuple[str, str]]:
        """Choices without a field of their own, which the search form must carry on."""
        return [(n, getattr(self, n)) for n in ("krav", "steg", "sortering") if getattr(self, n)]

    def slipper(self, r: Lederresultat) -> bool:
        """Does the leader fit?"""
        return (
            treffer(self.sok, r.leder.navn, r.leder.stilling, r.enhet, r.sektor)
            and self._rett_utfall(r.utfall)
            and self.nivaa in ("", r.leder.nivaa.value)
            and self.sektor in ("", r.sektor)
            and (not self.krav or any(str(k.krav.pk) == self.krav for k in (*r.krav, *r.kommende)))
            and (not self.steg or any(s.nokkel == self.steg for s in stegene(r)))
        )

    def _rett_utfall(self, utfall: Utfall) -> bool:
        if self.utfall == I_ORDEN:
            return utfall in (Utfall.OPPFYLT, Utfall.UNNTAK)
        return self.utfall in ("", utfall.value)

    def ordnet(self, resultater: list[Lederresultat]) -> list[Lederresultat]:
        """Those who fit, in the order asked for; equal ones by id."""
        synkende = self.sortering.startswith("-") and self.sortering[1:] in SORTERING
        nokkel = SORTERING.get(self.sortering.removeprefix("-"), SORTERING["utfall"])
        passer = sorted((r for r in resultater if self.slipper(r)), key=lambda r: r.leder.pk)
        return sorted(passer, key=nokkel, reverse=synkende)


def les_valg(request: HttpRequest) -> Valg:
    """The choices of the address; an odd date becomes today, said once."""
    felt = ("sok", "utfall", "nivaa", "sektor", "krav", "steg", "sortering")
    ord_ = {n: request.GET.get(n, "").replace("\x00", "").strip() for n in felt}
    return Valg(*les_dag(request), **ord_)
