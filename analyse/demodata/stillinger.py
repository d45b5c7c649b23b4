"""Positions of the demo municipality: title, code, position group, usual education, and who works where."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Demostilling:
    """A position title with its code in the pay system, the group it is reported under, and educations (weighted by
    repetition).
    """

    navn: str
    kode: str
    gruppe: str
    utdanning: tuple[str, ...]


BACHELOR, MASTER, FAGBREV = "Bachelor", "Master", "Fagbrev"
VGS, GRUNN, FAGSKOLE, VIDERE = "Videregående", "Grunnskole", "Fagskole", "Videreutdanning"

_ALLE = (
    Demostilling("Kommunedirektør", "9401", "Ledere", (MASTER,)),
    Demostilling("Assisterende kommunedirektør", "9402", "Ledere", (MASTER,)),
    Demostilling("Kommunalsjef", "9403", "Ledere", (MASTER,)),
    Demostilling("Økonomisjef", "9404", "Ledere", (MASTER,)),
    Demostilling("IT-sjef", "9405", "Ledere", (MASTER,)),
    Demostilling("Enhetsleder", "9451", "Ledere", (BACHELOR, MASTER, VIDERE)),
    Demostilling("Avdelingsleder", "7451", "Ledere", (BACHELOR, BACHELOR, VIDERE, MASTER)),
    Demostilling("Fagleder", "7453", "Ledere", (BACHELOR, VIDERE)),
    Demostilling("Arbeidsleder/formann", "7003", "Ledere", (FAGBREV, FAGBREV, FAGSKOLE)),
    Demostilling("Pedagogisk leder", "7637", "Barnehagelærere", (BACHELOR, BACHELOR, VIDERE)),
    Demostilling("Sykepleier", "7174", "Sykepleiere", (BACHELOR,)),
    Demostilling("Spesialsykepleier", "7523", "Sykepleiere", (VIDERE, VIDERE, MASTER)),
    Demostilling("Helsesykepleier", "7522", "Sykepleiere", (VIDERE,)),
    Demostilling("Vernepleier", "6455", "Vernepleiere og miljøterapeuter", (BACHELOR,)),
    Demostilling("Miljøterapeut", "6675", "Vernepleiere og miljøterapeuter", (BACHELOR,)),
    Demostilling("Helsefagarbeider", "7076", "Helsefagarbeidere", (FAGBREV,)),
    Demostilling("Assistent", "6572", "Assistenter", (VGS, VGS, GRUNN)),
    Demostilling("Fysioterapeut", "7168", "Terapeuter og leger", (BACHELOR, BACHELOR, MASTER)),
    Demostilling("Ergoterapeut", "7166", "Terapeuter og leger", (BACHELOR,)),
    Demostilling("Kommunelege", "8527", "Terapeuter og leger", (MASTER,)),
    Demostilling("Barnehagelærer", "6709", "Barnehagelærere", (BACHELOR,)),
    Demostilling("Barne- og ungdomsarbeider", "6517", "Barne- og ungdomsarbeidere", (FAGBREV,)),
    Demostilling("Lærer", "7961", "Lærere", (BACHELOR,)),
    Demostilling("Adjunkt", "7962", "Lærere", (BACHELOR,)),
    Demostilling("Adjunkt med tilleggsutdanning", "7963", "Lærere", (BACHELOR, VIDERE)),
    Demostilling("Lektor", "7965", "Lærere", (MASTER,)),
    Demostilling("Kulturskolelærer", "6814", "Lærere", (BACHELOR,)),
    Demostilling("Barnevernspedagog", "6508", "Barnevern og PPT", (BACHELOR, BACHELOR, MASTER)),
    Demostilling("PP-rådgiver", "8536", "Barnevern og PPT", (MASTER,)),
    Demostilling("Renholder", "6014", "Renholdere", (FAGBREV, GRUNN, VGS)),
    Demostilling("Fagarbeider", "7517", "Fagarbeidere teknisk", (FAGBREV,)),
    Demostilling("Brannkonstabel", "7238", "Fagarbeidere teknisk", (FAGSKOLE, FAGBREV)),
    Demostilling("Ingeniør", "8084", "Ingeniører og planleggere", (BACHELOR, BACHELOR, MASTER)),
    Demostilling("Arealplanlegger", "8085", "Ingeniører og planleggere", (MASTER,)),
    Demostilling("Bibliotekar", "7026", "Kultur", (BACHELOR,)),
    Demostilling("Kulturkonsulent", "7030", "Kultur", (BACHELOR,)),
    Demostilling("Rådgiver", "8530", "Rådgivere og saksbehandlere", (MASTER, BACHELOR)),
    Demostilling("Saksbehandler", "7531", "Rådgivere og saksbehandlere", (BACHELOR,)),
    Demostilling("Sekretær", "6863", "Kontor", (VGS, FAGBREV)),
    Demostilling("Honorar", "", "", ("",)),
    Demostilling("Oppdragstaker", "", "", ("",)),
    Demostilling("Folkevalgt", "", "", ("",)),
    Demostilling("Omsorgsstønad", "", "", ("",)),
)
STILLINGER = {s.navn: s for s in _ALLE}


@dataclass(frozen=True)
class Arbeidsslag:
    """Who works in a kind of unit: titles with weights, titles of the hourly paid, and the share of women."""

    stillinger: dict[str, int]
    timelonte: tuple[str, ...]
    kvinner: float


SLAG = {
    "stab": Arbeidsslag({"Rådgiver": 60, "Saksbehandler": 25, "Sekretær": 15}, ("Sekretær", "Rådgiver"), 0.6),
    "barnehage": Arbeidsslag(
        {"Barnehagelærer": 20, "Pedagogisk leder": 30, "Barne- og ungdomsarbeider": 28, "Assistent": 22},
        ("Assistent", "Barne- og ungdomsarbeider"),
        0.9,
    ),
    "skole": Arbeidsslag(
        {
            "Lærer": 10,
            "Adjunkt": 26,
            "Adjunkt med tilleggsutdanning": 26,
            "Lektor": 12,
            "Barne- og ungdomsarbeider": 14,
            "Miljøterapeut": 5,
            "Assistent": 5,
            "Sekretær": 2,
        },
        ("Assistent", "Lærer", "Barne- og ungdomsarbeider"),
        0.74,
    ),
    "barnevern": Arbeidsslag({"Barnevernspedagog": 75, "Rådgiver": 15, "Sekretær": 10}, ("Miljøterapeut",), 0.82),
    "pp": Arbeidsslag({"PP-rådgiver": 80, "Sekretær": 10, "Rådgiver": 10}, ("PP-rådgiver",), 0.84),
    "kulturskole": Arbeidsslag({"Kulturskolelærer": 95, "Sekretær": 5}, ("Kulturskolelærer",), 0.5),
    "bo": Arbeidsslag(
        {"Vernepleier": 20, "Miljøterapeut": 9, "Helsefagarbeider": 36, "Sykepleier": 6, "Assistent": 29},
        ("Assistent", "Assistent", "Helsefagarbeider"),
        0.78,
    ),
    "pleie": Arbeidsslag(
        {"Sykepleier": 30, "Spesialsykepleier": 6, "Helsefagarbeider": 42, "Assistent": 22},
        ("Assistent", "Assistent", "Helsefagarbeider", "Sykepleier"),
        0.88,
    ),
    "psykisk": Arbeidsslag(
        {"Vernepleier": 24, "Miljøterapeut": 22, "Spesialsykepleier": 20, "Sykepleier": 14, "Helsefagarbeider": 20},
        ("Helsefagarbeider", "Assistent"),
        0.76,
    ),
    "rehab": Arbeidsslag(
        {"Fysioterapeut": 30, "Ergoterapeut": 26, "Sykepleier": 16, "Helsefagarbeider": 28},
        ("Helsefagarbeider", "Assistent"),
        0.82,
    ),
    "helsestasjon": Arbeidsslag(
        {"Helsesykepleier": 50, "Kommunelege": 18, "Fysioterapeut": 14, "Sykepleier": 10, "Sekretær": 8},
        ("Helsesykepleier", "Kommunelege"),
        0.85,
    ),
    "forvaltning": Arbeidsslag({"Saksbehandler": 70, "Rådgiver": 20, "Sekretær": 10}, ("Saksbehandler",), 0.85),
    "eiendom": Arbeidsslag(
        {"Renholder": 66, "Fagarbeider": 22, "Ingeniør": 10, "Sekretær": 2}, ("Renholder", "Fagarbeider"), 0.58
    ),
    "kommunalteknikk": Arbeidsslag(
        {"Fagarbeider": 64, "Ingeniør": 32, "Sekretær": 4}, ("Fagarbeider", "Assistent"), 0.18
    ),
    "brann": Arbeidsslag({"Brannkonstabel": 88, "Ingeniør": 8, "Sekretær": 4}, ("Brannkonstabel",), 0.1),
    "kultur": Arbeidsslag(
        {"Bibliotekar": 38, "Kulturkonsulent": 44, "Fagarbeider": 12, "Sekretær": 6}, ("Assistent", "Sekretær"), 0.6
    ),
    "plan": Arbeidsslag(
        {"Arealplanlegger": 35, "Ingeniør": 35, "Saksbehandler": 25, "Sekretær": 5}, ("Saksbehandler",), 0.52
    ),
    "service": Arbeidsslag({"Sekretær": 80, "Saksbehandler": 20}, ("Sekretær",), 0.8),
}
