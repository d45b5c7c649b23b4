"""One year back: from the people employed on a date to those employed a year before, and what happened between."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from analyse.demodata.fakta import ENHETER, TURNOVER
from analyse.demodata.folk import Folkeskaper, Person, aldersgruppe

FLYTTINGER = 36
FIKK_FAST = 28
OEKTE_STILLING = 70
INNOM = 14
LEDERE_SLUTTET = {"Enhetsleder": 2, "Avdelingsleder": 8, "Fagleder": 2, "Arbeidsleder/formann": 2}
FOER_LEDER = {"barnehage": "Barnehagelærer", "skole": "Adjunkt med tilleggsutdanning", "bo": "Vernepleier"}


@dataclass(frozen=True)
class Aar:
    """Twelve months: people on the first day, leavers (with end date), and the old positions of those who moved unit.

    `innom` are people who both began and left within the year; they are in no headcount on either day.
    """

    folk: list[Person]
    sluttet: list[Person]
    flyttet: list[Person]
    innom: list[Person]


def ett_aar_tilbake(skaper: Folkeskaper, folk: list[Person], dag: date, sluttet: dict[str, int]) -> Aar:
    """People of the day a year earlier, given those employed on `dag` and how many of each age group (on `dag`) left.

    Unit sizes, positions and ages of the earlier day follow from who joined, left, moved, was promoted.
    """
    foer = dag.replace(year=dag.year - 1)
    tidligere = [replace(p) for p in folk if p.ansatt <= foer]
    flyttet = _flytt(skaper, tidligere, {p.nr: p for p in folk}, foer)
    _endre_vilkaar(skaper, tidligere)
    gikk = _sluttet(skaper, sluttet, foer)
    _lederskifter(skaper, tidligere, gikk)
    tidligere += [replace(p, slutt=None) for p in gikk]
    return Aar(tidligere, gikk, flyttet, _innom(skaper, foer))


def _sluttdag(skaper: Folkeskaper, foer: date) -> date:
    """A last day of work within the year, mostly at the end of a month."""
    dag = foer + timedelta(days=skaper.terning.randrange(364))
    ned = dag.replace(day=1) - timedelta(days=1)
    return ned if ned >= foer and skaper.terning.random() < 0.7 else dag


def _flytt(skaper: Folkeskaper, tidligere: list[Person], naa: dict[int, Person], foer: date) -> list[Person]:
    """Let some have worked in another unit of the same kind of sector: old position ended, new one began."""
    mulige = [p for p in tidligere if p.telles and not p.leder and p.enhet.sektor != "Sentraladministrasjonen"]
    gamle = []
    for person in skaper.blandet(mulige)[:FLYTTINGER]:
        andre = [e for e in ENHETER if e.sektor == person.enhet.sektor and e is not person.enhet and e.ansatte > 30]
        sluttdag = _sluttdag(skaper, foer)
        person.enhet = skaper.terning.choice(andre)
        person.avdeling = person.enhet.avdeling(skaper.terning.randrange(1000))
        person.ekstra = 0
        gamle.append(replace(person, slutt=sluttdag))
        naa[person.nr].start = sluttdag + timedelta(days=1)
    return gamle


def _endre_vilkaar(skaper: Folkeskaper, tidligere: list[Person]) -> None:
    """A year earlier some were hourly paid or temporary, and some had a smaller position."""
    faste = skaper.blandet(p for p in tidligere if p.kategori == "F" and not p.leder)
    for nummer, person in enumerate(faste[:FIKK_FAST]):
        person.kategori = "T" if nummer % 3 == 0 else "M"
        if person.kategori == "T":
            person.prosent, person.ekstra = 0, 0
    for person in faste[FIKK_FAST : FIKK_FAST + OEKTE_STILLING]:
        if person.prosent >= 75:
            person.prosent = skaper.terning.choice((50, 60, 75))


def _sluttet(skaper: Folkeskaper, antall: dict[str, int], foer: date) -> list[Person]:
    """People employed a year ago who left, with age group taken at the year's end."""
    dag = foer.replace(year=foer.year + 1)
    vekter = [e.ansatte for e in ENHETER]
    folk = []
    for gruppe, sluttere in antall.items():
        tall = TURNOVER[gruppe]
        faste = round(sluttere * tall.sluttet_fast / tall.sluttet)
        for nummer, enhet in enumerate(skaper.terning.choices(ENHETER, vekter, k=sluttere)):
            fast = nummer < faste
            fodt = skaper.fodt_i_gruppe(gruppe, fast, dag)
            ansatt = skaper.ansatt(fodt, dag, 12 if gruppe in {"55–64", ">64"} else 6)
            kategori = skaper.kategori(0.75) if fast else "T"
            folk.append(skaper.person(fodt, enhet, kategori, ansatt, slutt=_sluttdag(skaper, foer)))
    return folk


def _lederskifter(skaper: Folkeskaper, tidligere: list[Person], gikk: list[Person]) -> None:
    """Some leavers were leaders: the one who leads now had the profession's own title a year ago, in the same place."""
    for stilling, antall in LEDERE_SLUTTET.items():
        etterfoelgere = [p for p in tidligere if p.stilling == stilling and p.prosent == 100]
        avgaatte = [p for p in gikk if p.telles and not p.leder and aldersgruppe(p.fodt, p.slutt) in {"45–54", "55–64"}]
        for ny, gammel in zip(skaper.blandet(etterfoelgere)[:antall], avgaatte, strict=False):
            gammel.stilling, gammel.leder, gammel.kategori, gammel.prosent = stilling, True, "F", 100
            gammel.enhet, gammel.avdeling = ny.enhet, ny.avdeling
            ny.stilling, ny.leder = FOER_LEDER.get(ny.enhet.slag, "Rådgiver"), False


def _innom(skaper: Folkeskaper, foer: date) -> list[Person]:
    """Summer and season workers who came and went within the year."""
    folk = []
    for _ in range(INNOM):
        start = foer + timedelta(days=skaper.terning.randrange(10, 250))
        slutt = start + timedelta(days=skaper.terning.randrange(20, 80))
        enhet = skaper.terning.choice([e for e in ENHETER if e.ansatte > 50])
        fodt = skaper.fodt(skaper.terning.randint(19, 24), foer)
        folk.append(skaper.person(fodt, enhet, "T", start, slutt=slutt))
    return folk
