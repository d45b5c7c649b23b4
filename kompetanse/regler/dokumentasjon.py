"""What a person has documented, in the shape the rules need. No name, no date of birth."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

from kompetanse.regler.betingelser import Nivaa


class Bevisslag(StrEnum):
    """Kinds of documentation."""

    UTDANNING = "utdanning"
    LEDERUTDANNING = "lederutdanning"
    KURS = "kurs"
    ERFARING = "erfaring"
    STUDIEPOENG = "studiepoeng"
    BEKREFTELSE = "bekreftelse"
    FORPLIKTELSE = "forpliktelse"


@dataclass(frozen=True)
class Bevis:
    """One documented thing. `tekst`: field, course, role, what was assessed, or what the commitment is about.

    `fra`: the day it was finished, began (experience) or was agreed (commitment); None = known, but not when.
    `til`: the day the experience ended, the proof runs out, or the deadline of the commitment.
    """

    slag: Bevisslag
    tekst: str = ""
    nivaa: Nivaa | None = None
    poeng: int = 0
    fra: date | None = None
    til: date | None = None
    relevant: bool = False


@dataclass(frozen=True)
class Dokumentasjon:
    """All a person has documented. `kartlagt` False: nobody has asked yet, so nothing can be said."""

    bevis: tuple[Bevis, ...] = ()
    kartlagt: bool = True

    @cached_property
    def _etter_slag(self) -> dict[Bevisslag, list[Bevis]]:
        ut: dict[Bevisslag, list[Bevis]] = {slag: [] for slag in Bevisslag}
        for b in self.bevis:
            ut[b.slag].append(b)
        return ut

    def av(self, slag: Bevisslag) -> list[Bevis]:
        """The documentation of one kind."""
        return self._etter_slag[slag]
