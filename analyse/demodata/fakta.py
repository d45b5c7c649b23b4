"""What the last extract must reproduce, and the demo municipality's units.

Totals: Kristiansund kommune, Temaplan om kompetansebehov og rekruttering (2025), 5.4.1, 5.4.2, 5.4.3 and 5.5.
The plan prints sector totals and the smallest and largest unit; the other units' names and sizes are our own.
"""

from dataclasses import dataclass
from datetime import date

SISTE = date(2025, 7, 1)
KOMMUNE = "Kristiansund kommune"


@dataclass(frozen=True)
class Demoenhet:
    """A unit: accounting code, name, sector, kind of work (key in stillinger.PROFILER), counted employees, and the
    departments' name stem with how many there are (0 = the unit has none).
    """

    kode: str
    navn: str
    sektor: str
    slag: str
    ansatte: int
    avdelingsnavn: str = ""
    avdelinger: int = 0

    def avdeling(self, nummer: int) -> str:
        """Name of department number 0, 1, …; empty when the unit has no departments."""
        return f"{self.avdelingsnavn} {nummer % self.avdelinger + 1}" if self.avdelinger else ""


@dataclass(frozen=True)
class Ledertall:
    """Published figures for one leader function: men, women; 1–49, 50–99, 100 % position; 66+, 60–65, 54–59 years."""

    stilling: str
    menn: int
    kvinner: int
    stoerrelser: tuple[int, int, int]
    aldre: tuple[int, int, int]

    @property
    def antall(self) -> int:
        return self.menn + self.kvinner


@dataclass(frozen=True)
class Turnovertall:
    """One age group: years from and to, published leavers, joiners and percent, employed on the first and last day.

    The plan prints leavers, joiners and percent; the two headcounts are the pair that fits all three. `timelonte` and
    `sluttet_fast` are ours: how many of the employed are hourly, and how many of the leavers had a counted position.
    """

    fra: int
    til: int
    sluttet: int
    begynt: int
    prosent: float
    ib: int
    ub: int
    timelonte: int
    sluttet_fast: int


SENTRAL = "Sentraladministrasjonen"
HELSE = "Helse og omsorg"
OPPVEKST = "Oppvekst"
TEKNISK = "Tekniske tjenester og kultur"
SEKTORER = (SENTRAL, OPPVEKST, HELSE, TEKNISK)

ENHETER = (
    Demoenhet("1000", "Kommunedirektørens stab", SENTRAL, "stab", 41),
    Demoenhet("1010", "Økonomiseksjonen", SENTRAL, "stab", 28),
    Demoenhet("1020", "IT-enheten", SENTRAL, "stab", 25),
    Demoenhet("1030", "Personalseksjonen", SENTRAL, "stab", 22),
    Demoenhet("2000", "Barnehager", OPPVEKST, "barnehage", 153, "Barnehage", 11),
    Demoenhet("2010", "Solsiden ungdomsskole", OPPVEKST, "skole", 64, "Trinn", 3),
    Demoenhet("2020", "Bakken barneskole", OPPVEKST, "skole", 57, "Team", 3),
    Demoenhet("2030", "Barnevern og familie", OPPVEKST, "barnevern", 51, "Barnevern, team", 3),
    Demoenhet("2040", "Vågen barneskole", OPPVEKST, "skole", 42, "Team", 2),
    Demoenhet("2050", "Varden ungdomsskole", OPPVEKST, "skole", 41, "Trinn", 2),
    Demoenhet("2060", "Myra barneskole", OPPVEKST, "skole", 40, "Team", 2),
    Demoenhet("2070", "Fjordgløtt ungdomsskole", OPPVEKST, "skole", 39),
    Demoenhet("2080", "Haugen barneskole", OPPVEKST, "skole", 38),
    Demoenhet("2090", "Voksenopplæringen", OPPVEKST, "skole", 37),
    Demoenhet("2100", "Viken barneskole", OPPVEKST, "skole", 35),
    Demoenhet("2110", "Tangen barneskole", OPPVEKST, "skole", 33),
    Demoenhet("2120", "PP-tjenesten", OPPVEKST, "pp", 30),
    Demoenhet("2130", "Lia barneskole", OPPVEKST, "skole", 28),
    Demoenhet("2140", "Kulturskolen", OPPVEKST, "kulturskole", 23),
    Demoenhet("2150", "Innlandet skole", OPPVEKST, "skole", 16),
    Demoenhet("3000", "Bo og habilitering", HELSE, "bo", 359, "Bofellesskap", 28),
    Demoenhet("3010", "Hjemmetjenesten", HELSE, "pleie", 241, "Hjemmetjenesten, sone", 18),
    Demoenhet("3020", "Sykehjem vest", HELSE, "pleie", 171, "Sykehjem vest, post", 12),
    Demoenhet("3030", "Sykehjem øst", HELSE, "pleie", 124, "Sykehjem øst, post", 8),
    Demoenhet("3040", "Psykisk helse og rus", HELSE, "psykisk", 93, "Psykisk helse, team", 6),
    Demoenhet("3050", "Rehabilitering", HELSE, "rehab", 71, "Rehabilitering, team", 4),
    Demoenhet("3060", "Helsestasjon og legetjeneste", HELSE, "helsestasjon", 53, "Helsestasjon", 3),
    Demoenhet("3070", "Forvaltning helse og omsorg", HELSE, "forvaltning", 18),
    Demoenhet("4000", "Eiendomsdrift", TEKNISK, "eiendom", 113, "Renhold, område", 8),
    Demoenhet("4010", "Kommunalteknikk", TEKNISK, "kommunalteknikk", 84, "Vei, vann og avløp, lag", 6),
    Demoenhet("4020", "Brann og redning", TEKNISK, "brann", 73, "Vaktlag", 5),
    Demoenhet("4030", "Kultur og bibliotek", TEKNISK, "kultur", 60, "Kultur, avdeling", 3),
    Demoenhet("4040", "Plan og byggesak", TEKNISK, "plan", 38),
    Demoenhet("4050", "Servicetorget", TEKNISK, "service", 11),
)
STAB = ENHETER[0]
# Between the extracts of 2023 and 2024 one unit changed its name, and one was merged into another.
SERVICE_FOER = ("4050", "Servicekontoret")
BIBLIOTEK_FOER = Demoenhet("4035", "Biblioteket", TEKNISK, "kultur", 0)
KULTUR_FOER = ("4030", "Kultur")
OMORGANISERT = date(2024, 1, 1)

LEDERE = (
    Ledertall("Kommunedirektør", 1, 0, (0, 0, 1), (0, 0, 0)),
    Ledertall("Assisterende kommunedirektør", 0, 1, (0, 0, 1), (0, 0, 0)),
    Ledertall("Kommunalsjef", 1, 2, (0, 0, 3), (0, 1, 1)),
    Ledertall("Økonomisjef", 0, 1, (0, 0, 1), (0, 0, 0)),
    Ledertall("IT-sjef", 1, 0, (0, 0, 1), (0, 0, 0)),
    Ledertall("Enhetsleder", 12, 19, (1, 1, 29), (0, 4, 5)),
    Ledertall("Avdelingsleder", 36, 75, (3, 17, 91), (4, 8, 13)),
    Ledertall("Fagleder", 11, 20, (1, 1, 29), (0, 2, 5)),
    Ledertall("Arbeidsleder/formann", 26, 14, (2, 7, 31), (2, 5, 10)),
)
# The units that these functions lead; every other unit has an enhetsleder of its own.
UTEN_ENHETSLEDER = {"1000", "1010", "1020"}
TOPPLEDERES_ENHET = {"Økonomisjef": "1010", "IT-sjef": "1020"}

TURNOVER = {
    "<25": Turnovertall(18, 24, 43, 70, 13.5, 305, 332, 240, 10),
    "25–34": Turnovertall(25, 34, 124, 154, 14.5, 840, 870, 420, 55),
    "35–44": Turnovertall(35, 44, 76, 79, 8.7, 872, 875, 290, 40),
    "45–54": Turnovertall(45, 54, 79, 69, 8.1, 980, 970, 290, 42),
    "55–64": Turnovertall(55, 64, 95, 25, 12.5, 795, 725, 220, 52),
    ">64": Turnovertall(65, 72, 47, 1, 27.0, 197, 151, 111, 20),
}
# Rows that never count: title, category as the file writes it, how many.
UTENFOR = (
    ("Honorar", "Honorar", 60),
    ("Oppdragstaker", "Oppdragstaker", 35),
    ("Folkevalgt", "Politiker", 45),
    ("Omsorgsstønad", "Stønadsmottaker", 80),
)
