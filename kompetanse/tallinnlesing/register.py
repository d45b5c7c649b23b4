"""What the municipality has: its open units and its catalogue, looked up by what a file calls them. Two queries."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches

from felles.norsk import brett, sorteringsnokkel
from kompetanse.models import Kompetanse
from organisasjon.lister import KORT_KODE
from organisasjon.models import Enhet

LIKHET = 0.75


@dataclass(frozen=True)
class Register:
    """enheter: id → (code, name) · kode and navn: folded text → ids · kompetanser: folded name → (id, name)."""

    enheter: dict[int, tuple[str, str]]
    kode: dict[str, int]
    navn: dict[str, list[int]]
    kompetanser: dict[str, tuple[int, str]] = field(default_factory=dict)

    def finn_enhet(self, kode: str, navn: str) -> list[int]:
        """The units meant: one when it is clear, several when the name is shared, none when it is unknown. A code in
        the column of names is a code.
        """
        for tekst in filter(None, (brett(kode), brett(navn))):
            if tekst in self.kode:
                return [self.kode[tekst]]
        return self.navn.get(brett(navn), []) if navn else []

    def enhet(self, tekst: str) -> int | None:
        """A unit by its code, its name when it is the only one, or «Navn (kode)» as it is chosen from a list."""
        foran, _sep, bak = tekst.rpartition("(")
        for kandidat in (tekst, bak.rstrip(")") if foran else ""):
            treff = self.finn_enhet(kandidat, kandidat) if kandidat.strip() else []
            if len(treff) == 1:
                return treff[0]
        return None

    def vist(self, pk: int) -> str:
        """A unit as it is chosen from a list: with its code when the name is shared, or the code is worth knowing."""
        kode, navn = self.enheter[pk]
        delt = len(self.navn[brett(navn)]) > 1
        return f"{navn} ({kode})" if delt or len(kode) <= KORT_KODE else navn

    def enhetsvalg(self) -> list[str]:
        """All units as they are chosen, for a list."""
        rekke = sorted(self.enheter, key=lambda pk: (sorteringsnokkel(self.enheter[pk][1]), self.enheter[pk][0]))
        return [self.vist(pk) for pk in rekke]

    def ligner_enhet(self, tekst: str) -> str:
        """A unit with a name much like the text, as it is chosen; '' when there is none."""
        like = get_close_matches(brett(tekst), self.navn, 1, LIKHET)
        return self.vist(self.navn[like[0]][0]) if like else ""

    def ligner_kompetanse(self, tekst: str) -> str:
        """The name of a competence much like the text; '' when there is none."""
        like = get_close_matches(brett(tekst), self.kompetanser, 1, LIKHET)
        return self.kompetanser[like[0]][1] if like else ""

    def katalognavn(self) -> list[str]:
        """The names in the catalogue, in order."""
        return sorted((navn for _pk, navn in self.kompetanser.values()), key=sorteringsnokkel)


def les_register(dag: date) -> Register:
    """The units open on the day, and the competences that are offered."""
    rader = list(Enhet.objects.gyldige(dag).order_by("pk").values_list("pk", "kode", "navn"))
    navn: dict[str, list[int]] = defaultdict(list)
    for pk, _kode, ett in rader:
        navn[brett(ett)].append(pk)
    tilbudt = Kompetanse.objects.filter(tatt_ut__isnull=True).order_by("pk").values_list("pk", "navn")
    return Register(
        {pk: (kode, ett) for pk, kode, ett in rader},
        {brett(kode): pk for pk, kode, _navn in rader},
        dict(navn),
        {brett(ett): (pk, ett) for pk, ett in tilbudt},
    )
