"""The people employed on the last extract's date: as many, as old and in such positions as the plan prints."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count
from random import Random

from analyse.demodata import navn
from analyse.demodata.fakta import (
    ENHETER,
    LEDERE,
    SISTE,
    STAB,
    TOPPLEDERES_ENHET,
    TURNOVER,
    UTEN_ENHETSLEDER,
    Demoenhet,
    Ledertall,
)
from analyse.demodata.stillinger import SLAG, STILLINGER

DELTID = (80, 80, 75, 75, 60, 60, 50, 50, 50, 40, 33.3, 20, 14.2)
AAR_DAGER = 365.25
MED_FORMANN = {"eiendom", "kommunalteknikk", "brann"}
# These have led throughout the three extracts, save those who are promoted on the way.
FASTE_LEDERE = {"Kommunedirektør", "Assisterende kommunedirektør", "Kommunalsjef", "Enhetsleder"}


@dataclass
class Person:
    """One person as the HR system knows them at a moment. `ansatt` is the first day, `start` the position's first.

    `ekstra` is the percent of a second position in the same unit (0 = none).
    """

    nr: int
    fodt: date
    kvinne: bool
    enhet: Demoenhet
    stilling: str
    kategori: str
    prosent: float
    ansatt: date
    start: date
    avdeling: str = ""
    utdanning: str = ""
    leder: bool = False
    ekstra: float = 0
    etternavn: str = ""
    fornavn: str = ""
    slutt: date | None = None

    @property
    def telles(self) -> bool:
        return self.kategori in {"F", "M", "MT"}


def aldersgruppe(fodt: date, dag: date) -> str:
    """Key of the turnover age group on the day."""
    alder = dag.year - fodt.year - ((dag.month, dag.day) < (fodt.month, fodt.day))
    return next((navn for navn, tall in TURNOVER.items() if alder <= tall.til), ">64")


class Folkeskaper:
    """Makes people from one seeded die. Numbers run on, so that a person keeps theirs through all extracts."""

    def __init__(self, froe: int) -> None:
        self.terning = Random(froe)  # noqa: S311 - a repeatable die, nothing secret
        self._nummer = count(30_001)

    def fodt(self, alder: int, dag: date = SISTE) -> date:
        """A birth date that gives the age on the day."""
        return dag.replace(year=dag.year - alder) - timedelta(days=self.terning.randrange(365))

    def fodt_i_gruppe(self, gruppe: str, fast: bool, dag: date = SISTE) -> date:
        """A birth date within an age group; counted employees seldom stay past 68."""
        tall = TURNOVER[gruppe]
        til = 68 if fast and gruppe == ">64" else tall.til
        fra = 20 if fast and gruppe == "<25" else tall.fra
        return self.fodt(self.terning.randint(fra, til), dag)

    def ansatt(self, fodt: date, dag: date, snitt_aar: float, minst_dager: int = 366) -> date:
        """A first day at least `minst_dager` before the day and not before age 18; the young stay shorter."""
        alder = (dag - fodt).days / AAR_DAGER
        faktor = 0.55 if alder < 30 else 1 if alder < 45 else 2
        dager = minst_dager + self.terning.expovariate(1 / (snitt_aar * faktor * AAR_DAGER))
        eldst = (dag - fodt).days - 18 * AAR_DAGER
        return dag - timedelta(days=int(max(minst_dager, min(dager, eldst))))

    def stillingstall(self) -> float:
        """Percent of a position for someone who is not a leader."""
        return 100 if self.terning.random() < 0.47 else self.terning.choice(DELTID)

    def person(self, fodt: date, enhet: Demoenhet, kategori: str, ansatt: date, **felt) -> Person:
        """A new person with name, sex, position and education fit for the unit, unless given."""
        slag = SLAG[enhet.slag]
        kvinne = felt.pop("kvinne", None)
        if kvinne is None:
            kvinne = self.terning.random() < slag.kvinner
        stilling = felt.pop("stilling", "") or self._stilling(slag, kategori)
        felt.setdefault("avdeling", enhet.avdeling(self.terning.randrange(1000)))
        return Person(
            nr=next(self._nummer),
            fodt=fodt,
            kvinne=kvinne,
            enhet=enhet,
            stilling=stilling,
            kategori=kategori,
            prosent=felt.pop("prosent", self.stillingstall() if kategori != "T" else 0),
            ansatt=ansatt,
            start=ansatt,
            utdanning=self.terning.choice(STILLINGER[stilling].utdanning),
            etternavn=self.terning.choice(navn.ETTERNAVN),
            fornavn=self.terning.choice(navn.KVINNER if kvinne else navn.MENN),
            **felt,
        )

    def _stilling(self, slag, kategori: str) -> str:
        if kategori == "T":
            return self.terning.choice(slag.timelonte)
        return self.terning.choices(list(slag.stillinger), list(slag.stillinger.values()))[0]

    def kategori(self, andel_fast: float = 0.86) -> str:
        """F, M or MT."""
        return self.terning.choices(("F", "M", "MT"), (andel_fast, (1 - andel_fast) * 0.67, (1 - andel_fast) * 0.33))[0]

    def blandet(self, verdier) -> list:
        """The values in random order."""
        liste = list(verdier)
        self.terning.shuffle(liste)
        return liste


def bestand(skaper: Folkeskaper) -> list[Person]:
    """Everyone employed on the last extract's date, joiners of the last year among them in the published numbers."""
    ledere = [p for tall in LEDERE for p in _ledere(skaper, tall)]
    folk = ledere + _faste(skaper, ledere) + _timelonte(skaper)
    _sett_begynt(skaper, folk)
    return folk


def lederplasser(skaper: Folkeskaper, stilling: str, antall: int) -> list[tuple[Demoenhet, str]]:
    """Where the leaders of a function sit: unit and department, as many as there are leaders."""
    if stilling in TOPPLEDERES_ENHET:
        return [(e, "") for e in ENHETER if e.kode == TOPPLEDERES_ENHET[stilling]]
    if stilling == "Enhetsleder":
        return [(e, "") for e in ENHETER if e.kode not in UTEN_ENHETSLEDER]
    if stilling == "Avdelingsleder":
        egne = [(e, e.avdeling(i)) for e in ENHETER if e.sektor != "Tekniske tjenester og kultur" for i in _n(e)]
        rest = [(e, "") for e in ENHETER if not e.avdelinger and e.ansatte >= 33 and e.slag == "skole"]
        return (egne + rest * 3)[:antall]
    if stilling == "Arbeidsleder/formann":
        drift = [
            (e, e.avdeling(i)) for e in ENHETER if e.slag in {"eiendom", "kommunalteknikk", "brann"} for i in _n(e)
        ]
        return (drift * 3)[:antall]
    if stilling == "Fagleder":
        mulige = [(e, e.avdeling(i)) for e in ENHETER if e.ansatte >= 38 and e.slag != "stab" for i in range(2)]
        return skaper.blandet(mulige)[:antall]
    return [(STAB, "")] * antall


def _n(enhet: Demoenhet) -> range:
    return range(enhet.avdelinger)


def _ledere(skaper: Folkeskaper, tall: Ledertall) -> list[Person]:
    """The leaders of one function with the published sexes, position sizes and ages."""
    under, deltid, hele = tall.stoerrelser
    stoerrelser = [skaper.terning.choice((20, 40))] * under + [skaper.terning.choice((50, 60, 80))] * deltid
    aldre = [66] * tall.aldre[0] + [60] * tall.aldre[1] + [54] * tall.aldre[2]
    aldre += [0] * (tall.antall - len(aldre))
    kjonn = skaper.blandet([True] * tall.kvinner + [False] * tall.menn)
    folk = []
    for (enhet, avdeling), kvinne, prosent, fra in zip(
        lederplasser(skaper, tall.stilling, tall.antall),
        kjonn,
        skaper.blandet([*stoerrelser, *[100] * hele]),
        skaper.blandet(aldre),
        strict=True,
    ):
        alder = skaper.terning.randint(*{66: (66, 68), 60: (60, 65), 54: (54, 59), 0: (33, 53)}[fra])
        fodt = skaper.fodt(alder)
        ansatt = skaper.ansatt(fodt, SISTE, 11, minst_dager=1100 if tall.stilling in FASTE_LEDERE else 366)
        felt = {"kvinne": kvinne, "stilling": tall.stilling, "avdeling": avdeling, "prosent": prosent, "leder": True}
        folk.append(skaper.person(fodt, enhet, "F", ansatt, **felt))
    return folk


def _faste(skaper: Folkeskaper, ledere: list[Person]) -> list[Person]:
    """Everyone with a counted position who is not a leader: fills each unit to its size and each age group to its."""
    grupper = [g for g, tall in TURNOVER.items() for _ in range(tall.ub - tall.timelonte)]
    for leder in ledere:
        grupper.remove(aldersgruppe(leder.fodt, SISTE))
    ledige = [e for e in ENHETER for _ in range(e.ansatte - sum(p.enhet is e for p in ledere))]
    folk = []
    for enhet, gruppe in zip(ledige, skaper.blandet(grupper), strict=True):
        fodt = skaper.fodt_i_gruppe(gruppe, fast=True)
        person = skaper.person(fodt, enhet, skaper.kategori(), skaper.ansatt(fodt, SISTE, 10))
        if person.prosent < 60 and skaper.terning.random() < 0.2:
            person.ekstra = skaper.terning.choice((3.8, 11.3, 20))
        folk.append(person)
    return folk


def _timelonte(skaper: Folkeskaper) -> list[Person]:
    """The hourly paid: most in health, schools and kindergartens; they count in turnover only."""
    vekter = [e.ansatte * (0.2 if e.slag in {"stab", "plan", "forvaltning"} else 1) for e in ENHETER]
    folk = []
    for gruppe, tall in TURNOVER.items():
        for enhet in skaper.terning.choices(ENHETER, vekter, k=tall.timelonte):
            fodt = skaper.fodt_i_gruppe(gruppe, fast=False)
            folk.append(skaper.person(fodt, enhet, "T", skaper.ansatt(fodt, SISTE, 8)))
    return folk


def _sett_begynt(skaper: Folkeskaper, folk: list[Person]) -> None:
    """Let the published number of each age group have begun in the last twelve months, after the first day."""
    for gruppe, tall in TURNOVER.items():
        mulige = [p for p in folk if not p.leder and aldersgruppe(p.fodt, SISTE) == gruppe]
        for person in skaper.blandet(mulige)[: tall.begynt]:
            person.ansatt = person.start = SISTE - timedelta(days=skaper.terning.randrange(364))
            if person.kategori == "F" and skaper.terning.random() < 0.35:
                person.kategori = "M"
