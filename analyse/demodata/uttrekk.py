"""The three extracts as an HR system would hand them out: one row per employment, leavers of the year among them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache

from analyse.demodata import navn
from analyse.demodata.aar import Aar, ett_aar_tilbake
from analyse.demodata.fakta import (
    BIBLIOTEK_FOER,
    ENHETER,
    KOMMUNE,
    KULTUR_FOER,
    OMORGANISERT,
    SERVICE_FOER,
    SISTE,
    TURNOVER,
    UTENFOR,
    Demoenhet,
)
from analyse.demodata.folk import Folkeskaper, Person, bestand
from analyse.demodata.stillinger import STILLINGER

FROE = 20250701
DATOER = (date(2023, 7, 1), date(2024, 7, 1), SISTE)
KOLONNER = (
    "Ansattnr",
    "Etternavn",
    "Fornavn",
    "Fødselsnr",
    "Fødselsdato",
    "Kjønn",
    "Ansvar",
    "Ansvar navn",
    "Sektor",
    "Enhet",
    "Avdeling",
    "Stillingskode",
    "Stilling",
    "St.størrelse %",
    "Ansattkategori",
    "Startdato",
    "Sluttdato",
    "Utdanning",
)
# Leavers of the two earlier years, by age group at the year's end. Our own, a little lower than the last year's.
SLUTTET_2024 = {"<25": 38, "25–34": 112, "35–44": 74, "45–54": 72, "55–64": 88, ">64": 49}
SLUTTET_2023 = {"<25": 35, "25–34": 104, "35–44": 66, "45–54": 70, "55–64": 84, ">64": 46}


@dataclass(frozen=True)
class Demouttrekk:
    """One extract: date, title lines, column names, rows of plain values (str, int, float, date, None)."""

    dato: date
    tittellinjer: tuple[str, ...]
    kolonner: tuple[str, ...]
    rader: list[tuple]

    @property
    def filnavn(self) -> str:
        return f"ansattliste_demo_{self.dato:%Y-%m-%d}.xlsx"


@cache
def lag_uttrekk() -> dict[date, Demouttrekk]:
    """All extracts by date, oldest first. The same rows every time."""
    skaper = Folkeskaper(FROE)
    foerste, midten, siste = DATOER
    folk = bestand(skaper)
    til_siste = ett_aar_tilbake(skaper, folk, siste, {g: tall.sluttet for g, tall in TURNOVER.items()})
    til_midten = ett_aar_tilbake(skaper, til_siste.folk, midten, SLUTTET_2024)
    til_foerste = ett_aar_tilbake(skaper, til_midten.folk, foerste, SLUTTET_2023)
    utenfor = _utenfor(skaper)
    return {
        foerste: _uttrekk(foerste, til_midten.folk, til_foerste, utenfor),
        midten: _uttrekk(midten, til_siste.folk, til_midten, utenfor),
        siste: _uttrekk(siste, folk, til_siste, utenfor),
    }


def _utenfor(skaper: Folkeskaper) -> list[Person]:
    """Honorar, oppdragstakere, politikere, stønadsmottakere: in the file, never in a figure."""
    steder = {"Stønadsmottaker": ENHETER[20:27], "Oppdragstaker": ENHETER[23:26]}
    folk = []
    for stilling, kategori, antall in UTENFOR:
        for enhet in skaper.terning.choices(steder.get(kategori, ENHETER[:1]), k=antall):
            fodt = skaper.fodt(skaper.terning.randint(22, 70))
            ansatt = skaper.ansatt(fodt, SISTE, 9, minst_dager=30)
            person = skaper.person(fodt, enhet, "T", ansatt, stilling=stilling, prosent=0)
            person.kategori = kategori
            folk.append(person)
    return folk


def _uttrekk(dato: date, folk: Iterable[Person], aar: Aar, utenfor: Iterable[Person]) -> Demouttrekk:
    rader = [_rad(p, dato) for p in folk]
    rader += [_rad(p, dato, prosent=p.ekstra) for p in folk if p.ekstra]
    rader += [_rad(p, dato, kategori="Sluttet") for p in (*aar.sluttet, *aar.flyttet, *aar.innom)]
    rader += [_rad(p, dato) for p in utenfor if p.ansatt <= dato]
    rader.sort(key=lambda r: (r[1], r[2], r[0], r[6], r[14], -r[13]))
    tittel = (f"{KOMMUNE} – ansattliste", f"Uttrekksdato: {dato:%d.%m.%Y}", "Skrevet ut av personalseksjonen")
    return Demouttrekk(dato, tittel, KOLONNER, rader)


def _rad(person: Person, dato: date, kategori: str = "", prosent: float | None = None) -> tuple:
    """The row as it stood on the date, with the unit names of that time."""
    kode, enhetsnavn = _enhet_paa(person, dato)
    return (
        person.nr,
        person.etternavn,
        person.fornavn,
        navn.fodselsnummer(person.fodt, person.nr, person.kvinne),
        person.fodt,
        "K" if person.kvinne else "M",
        int(kode),
        enhetsnavn,
        person.enhet.sektor,
        enhetsnavn,
        person.avdeling if enhetsnavn == person.enhet.navn else "",
        STILLINGER[person.stilling].kode,
        person.stilling,
        person.prosent if prosent is None else prosent,
        kategori or person.kategori,
        person.start,
        person.slutt,
        person.utdanning,
    )


def _enhet_paa(person: Person, dato: date) -> tuple[str, str]:
    """Code and name of the person's unit on the date: before the reorganisation one had another name, one was two."""
    enhet: Demoenhet = person.enhet
    if dato < OMORGANISERT:
        if enhet.kode == SERVICE_FOER[0]:
            return SERVICE_FOER
        if enhet.kode == KULTUR_FOER[0]:
            bibliotek = person.stilling == "Bibliotekar" or (person.nr % 5 == 0 and person.stilling != "Enhetsleder")
            return (BIBLIOTEK_FOER.kode, BIBLIOTEK_FOER.navn) if bibliotek else KULTUR_FOER
    return enhet.kode, enhet.navn
