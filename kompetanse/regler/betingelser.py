"""The parts a rule is built of. Each condition is frozen, and says one thing about what a person has documented."""

from dataclasses import dataclass
from datetime import date
from enum import IntEnum


class Nivaa(IntEnum):
    """Levels of education, the lowest first (NKR 2–8, in words)."""

    GRUNNSKOLE = 1
    VIDEREGAAENDE = 2
    FAGSKOLE = 3
    BACHELOR = 4
    MASTER = 5
    DOKTORGRAD = 6

    @property
    def kode(self) -> str:
        """As it is stored."""
        return self.name.lower()


NIVAANAVN = {
    Nivaa.GRUNNSKOLE: "grunnskole",
    Nivaa.VIDEREGAAENDE: "videregående eller fagbrev",
    Nivaa.FAGSKOLE: "fagskole",
    Nivaa.BACHELOR: "bachelor",
    Nivaa.MASTER: "master",
    Nivaa.DOKTORGRAD: "doktorgrad",
}


@dataclass(frozen=True)
class Utdanning:
    """An education of at least a level, and/or no education above a level. `fag`: words with a comma between, one is
    enough. `relevant`: the employer must have judged it relevant for the position.
    """

    minst: Nivaa | None = None
    hoyst: Nivaa | None = None
    fag: str = ""
    relevant: bool = False


@dataclass(frozen=True)
class Fagretning:
    """Education in a field, at any level."""

    fag: str


@dataclass(frozen=True)
class Lederutdanning:
    """Leadership education. With `forpliktelse` a commitment to take it within a deadline is a way there;
    `maaneder`: how far ahead the deadline may be set from the day of the commitment (0 = no limit).
    """

    forpliktelse: bool = False
    maaneder: int = 0


@dataclass(frozen=True)
class Erfaring:
    """Years in a role («som brannsjef») or a field («i barnevernet»). `sted` narrows it in words, and then the
    employer must have judged the experience relevant. Only what lies before `innen` counts.
    """

    rolle: str
    aar: int
    ord: str = "som"
    sted: str = ""
    innen: date | None = None


@dataclass(frozen=True)
class Kurs:
    """A named course that has not run out."""

    navn: str


@dataclass(frozen=True)
class Studiepoeng:
    """Credits of further education, in a field or in any. Only what was taken by `innen` counts."""

    minst: int
    fag: str = ""
    relevant: bool = False
    innen: date | None = None


@dataclass(frozen=True)
class Bekreftet:
    """What only a person can judge: the employer has assessed it, and written down the result."""

    tekst: str


Betingelse = Utdanning | Fagretning | Lederutdanning | Erfaring | Kurs | Studiepoeng | Bekreftet


@dataclass(frozen=True)
class Gruppe:
    """Conditions and groups of which all (`og`) or at least one (`eller`) must hold."""

    ord: str
    deler: tuple["Regel", ...]


Regel = Betingelse | Gruppe
Sti = tuple[int, ...]

SLAG: dict[str, type] = {
    "utdanning": Utdanning,
    "fagretning": Fagretning,
    "lederutdanning": Lederutdanning,
    "erfaring": Erfaring,
    "kurs": Kurs,
    "studiepoeng": Studiepoeng,
    "bekreftet": Bekreftet,
}
SLAG_AV = {klasse: slag for slag, klasse in SLAG.items()}
