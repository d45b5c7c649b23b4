"""Reads of the register of risks: the list, and how many there are in each square of the matrix."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from felles.norsk import sorteringsnokkel, treffer
from kompetanse.enums import Konsekvens, Risikonivaa, Sannsynlighet
from kompetanse.models import Risiko
from kompetanse.models.risiko import nivaa
from organisasjon.enums import Handling
from organisasjon.lister import sorter
from organisasjon.models import Enhet
from organisasjon.queries import barnekart, undertre
from organisasjon.rules import Tilgang

SORTERING = {
    "risiko": lambda r: r.produkt,
    "hva": lambda r: sorteringsnokkel(r.hva),
    "enhet": lambda r: sorteringsnokkel(r.enhet.navn),
    "ansvarlig": lambda r: sorteringsnokkel(r.ansvarlig),
    "frist": lambda r: r.frist or date.max,
}
STANDARD = "-risiko"


@dataclass(frozen=True)
class Risikovalg:
    """What the list is narrowed to. `enhet` with everything beneath it; `rute` is «3x4»: probability, consequence."""

    sok: str = ""
    enhet: int | None = None
    status: str = "aapne"
    rute: str = ""

    def slipper(self, r: Risiko) -> bool:
        """Does the risk fit, apart from the unit?"""
        return (
            treffer(self.sok, r.hva, r.gjoeres, r.ansvarlig, r.enhet.navn)
            and (self.status == "alle" or (r.lukket is not None) == (self.status == "lukkede"))
            and self.rute in ("", f"{r.sannsynlighet}x{r.konsekvens}")
        )


@dataclass(frozen=True)
class Rute:
    """A square of the matrix."""

    sannsynlighet: int
    konsekvens: int
    antall: int

    @property
    def nokkel(self) -> str:
        return f"{self.sannsynlighet}x{self.konsekvens}"

    @property
    def nivaa(self) -> Risikonivaa:
        return nivaa(self.sannsynlighet * self.konsekvens)


def risikoliste(tilgang: Tilgang, valg: Risikovalg, sortering: str = "") -> list[Risiko]:
    """The risks that fit, the worst first. One query, and one more when a unit is chosen."""
    rader = Risiko.objects.synlig_for(tilgang).select_related("enhet", "notat__oekt")
    if valg.enhet:
        rader = rader.filter(enhet__in=undertre(barnekart(), valg.enhet))
    return sorter([r for r in rader if valg.slipper(r)], sortering or STANDARD, SORTERING, STANDARD)


def risikomatrise(risikoer: list[Risiko]) -> list[tuple[Sannsynlighet, list[Rute]]]:
    """The most likely on top, consequence from left to right."""
    antall = Counter((r.sannsynlighet, r.konsekvens) for r in risikoer)
    return [
        (s, [Rute(s.value, k.value, antall[s.value, k.value]) for k in Konsekvens]) for s in reversed(Sannsynlighet)
    ]


def enheter_med_risiko(tilgang: Tilgang) -> list[Enhet]:
    """Units in the person's scope with a risk in them or right beneath, by name. One query."""
    ser = tilgang.omfang(Handling.SE_RISIKO)
    enheter = (
        Enhet.objects.filter(pk__in=ser, risikoer__isnull=False).select_related("parent").distinct().order_by("pk")
    )
    alle = {u.pk: u for e in enheter for u in (e, e.parent) if u is not None and u.pk in ser}
    return sorted(alle.values(), key=lambda e: (sorteringsnokkel(e.navn), e.pk))
