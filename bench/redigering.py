"""People who write in the same sections at the same time, and the count of what became of their words.

A `Skriver` behaves like the editor in the browser: opens a section, writes paragraphs, saves with the number the text
was written from, and when others have saved in between takes the product's own merged proposal and saves again. Every
paragraph carries a mark. An edit is lost when its save was accepted and its mark is not in the text at the end.
"""

import random
import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Protocol

MERKE = re.compile(r"merke-[a-z0-9]+-\d+")
FLEST_FORSOK = 40


@dataclass(frozen=True)
class Svar:
    """What came back: HTTP status, the lopenummer and text that stand there now, and the merged proposal."""

    kode: int
    lopenummer: int = 0
    html: str = ""
    flettet: str = ""


class Tjener(Protocol):
    """The product as one logged-in person reaches it."""

    def aapne(self, seksjon: int) -> tuple[str, int]:
        """The text of the section, and its lopenummer."""

    def lagre(self, seksjon: int, html: str, forventet: int) -> Svar:
        """Save; 200 and 409 are both answers."""

    def flett(self, seksjon: int, html: str, grunnlag: str) -> Svar:
        """The merged proposal, with the text and lopenummer it holds for."""


@dataclass
class Regnskap:
    """What happened: accepted marks by section, conflicts, seconds per save, and answers that should not come."""

    godtatt: dict[int, list[str]] = field(default_factory=dict)
    konflikter: int = 0
    tider: list[float] = field(default_factory=list)
    feil: Counter = field(default_factory=Counter)

    @property
    def lagringer(self) -> int:
        return sum(map(len, self.godtatt.values()))

    def legg_til(self, annet: "Regnskap") -> None:
        """Add another person's account to this one."""
        for seksjon, merker in annet.godtatt.items():
            self.godtatt.setdefault(seksjon, []).extend(merker)
        self.konflikter += annet.konflikter
        self.tider += annet.tider
        self.feil += annet.feil


class Skriver:
    """One person with one section open at a time."""

    def __init__(self, navn: str, tjener: Tjener, seksjoner: list[int], naa: Callable[[], float]) -> None:
        self.navn, self.tjener, self.seksjoner, self.naa = navn, tjener, seksjoner, naa
        self.terning = random.Random(navn)  # noqa: S311 - the same every time
        self.regnskap, self.antall = Regnskap(), 0
        self.bytt()

    def bytt(self) -> None:
        """Open a section."""
        self.seksjon = self.terning.choice(self.seksjoner)
        self.grunnlag, self.laas = self.tjener.aapne(self.seksjon)

    def skriv(self) -> None:
        """Write a paragraph somewhere in the text as it was when opened, and save it."""
        self.antall += 1
        merke = f"merke-{self.navn}-{self.antall}"
        avsnitt = re.findall(r"<p>.*?</p>", self.grunnlag, re.DOTALL)
        avsnitt.insert(self.terning.randint(0, len(avsnitt)), f"<p>Nytt avsnitt, {merke}, om arbeidet.</p>")
        self._lagre("".join(avsnitt), merke)

    def _lagre(self, html: str, merke: str) -> None:
        for _ in range(FLEST_FORSOK):
            start = self.naa()
            svar = self.tjener.lagre(self.seksjon, html, self.laas)
            self.regnskap.tider.append(self.naa() - start)
            if svar.kode == 200:
                self.grunnlag, self.laas = html, svar.lopenummer
                self.regnskap.godtatt.setdefault(self.seksjon, []).append(merke)
                return
            if svar.kode != 409:
                self.regnskap.feil[f"lagre {svar.kode}"] += 1
                return
            self.regnskap.konflikter += 1
            flettet = self.tjener.flett(self.seksjon, html, self.grunnlag)
            if flettet.kode != 200:
                self.regnskap.feil[f"flett {flettet.kode}"] += 1
                return
            html, self.laas, self.grunnlag = flettet.flettet, flettet.lopenummer, flettet.html
        self.regnskap.feil["ga opp"] += 1


def tapt(godtatt: dict[int, list[str]], tekster: dict[int, str]) -> list[str]:
    """Accepted marks that the text of their section does not hold."""
    return [
        merke
        for seksjon, merker in godtatt.items()
        for merke in sorted(set(merker) - set(MERKE.findall(tekster[seksjon])))
    ]


def doblet(tekster: Iterable[str]) -> list[str]:
    """Marks that stand twice: a merge that repeats what both texts have."""
    return [merke for tekst in tekster for merke, antall in Counter(MERKE.findall(tekst)).items() if antall > 1]
