"""Our fields, which of them a file must have, and the headers they are known by in Norwegian HR and payroll systems."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from analyse.innlesing.barn import norm


def _navn(tekst: str) -> tuple[str, ...]:
    """Headers written as one text with semicolons between."""
    return tuple(tekst.split("; "))


@dataclass(frozen=True)
class Felt:
    """A field: key in profiles, name for people, whether a file must have it, known headers in order of preference."""

    nokkel: str
    navn: str
    paakrevd: bool
    overskrifter: tuple[str, ...]
    hjelp: str = ""


@dataclass(frozen=True)
class Feltsett:
    """The fields of one kind of list. `minst_treff`: how many different headers a row must have to be the header row;
    `ellers`: what is said when no row has. `flere`: further headers (compared by barn.norm) that count among them.
    """

    felt: tuple[Felt, ...]
    minst_treff: int
    ellers: str
    flere: frozenset[str] = frozenset()

    def navn(self, nokkel: str) -> str:
        """The name of one of the fields."""
        return next((str(f.navn) for f in self.felt if f.nokkel == nokkel), nokkel)

    @property
    def normerte(self) -> dict[str, list[str]]:
        """Key → its known headers as they are compared, in order of preference."""
        return {f.nokkel: [norm(o) for o in f.overskrifter if norm(o)] for f in self.felt}


FELT = (
    Felt(
        "ansattnr",
        _("Ansattnummer"),
        True,
        _navn(
            "Ansattnr; Ansattnummer; Ansatt nr; Ansatt-id; AnsattID; Ressursnr; Ressursnummer; Ressurs; "
            "Medarbeidernr; Medarbeidernummer; Arbeidstakernr; Arbeidstakernummer; Lønnsnummer; Lønnsnr; "
            "Employee number; Employee ID; EmployeeNo; AnsNr; Tilsettnr; Tilsattnr; Tilsettnummer"
        ),
        _("Lagres bare som en nøklet sjekksum."),
    ),
    Felt(
        "fodselsdato",
        _("Fødselsdato"),
        False,
        _navn(
            "Fødselsdato; Født; Født dato; Fødselsdag; F.dato; Fdato; Fødd; Fødselsdato (dd.mm.åååå); "
            "Birth date; Date of birth; Fødd dato"
        ),
    ),
    Felt(
        "fodselsaar",
        _("Fødselsår"),
        False,
        _navn("Fødselsår; Født år; Fødeår; Fødd år; Fodselsaar; Year of birth"),
    ),
    Felt("kjonn", _("Kjønn"), True, _navn("Kjønn; Kjonn; Gender; Sex; M/K; K/M; Kjønn (M/K); Kjønnskode")),
    Felt(
        "enhetskode",
        _("Enhetskode"),
        True,
        _navn(
            "Ansvar; Ansvarskode; Ansvarsnr; Ansvarsnummer; Enhetskode; Enhetsnr; Enhetsnummer; Enhet nr; "
            "Enhet kode; Enhetsid; Enhet-id; Organisasjonskode; Org.kode; Orgkode; Org.enhet kode; "
            "Org.nr enhet; Orgenhetnr; Kostnadssted; Koststed; Koststed nr; Kostnadsstednr; Avdelingskode; "
            "Avdelingsnr; Ansvarssted; Tjenestested kode; Arbeidsstedskode; Virksomhetskode; Unit code; "
            "K.sted; Ksted"
        ),
        _("Kontoplanens ansvar eller tilsvarende."),
    ),
    Felt(
        "enhet",
        _("Enhet"),
        True,
        _navn(
            "Enhet; Enhetsnavn; Enhet navn; Enhet (navn); Ansvar navn; Ansvarsnavn; Ansvar (T); "
            "Ansvar tekst; Organisasjonsenhet; Org.enhet; Orgenhet; Org.enhet navn; Virksomhet; "
            "Virksomhetsnavn; Arbeidssted; Arbeidssted navn; Tjenestested; Tjenestested navn; Koststed navn; "
            "Kostnadssted navn; Unit; Unit name; Eining; Einingsnavn; Einingsnamn; Resultatenhet"
        ),
    ),
    Felt(
        "sektor",
        _("Sektor"),
        False,
        _navn(
            "Sektor; Sektornavn; Sektor navn; Tjenesteområde; Kommunalområde; Kommunalavdeling; Hovedområde; "
            "Virksomhetsområde; Etat; Direktørområde; Sector; Rammeområde"
        ),
    ),
    Felt(
        "avdeling",
        _("Avdeling"),
        False,
        _navn("Avdeling; Avdelingsnavn; Avdeling navn; Seksjon; Seksjonsnavn; Gruppe; Department; Avd; Avd."),
    ),
    Felt(
        "stillingskode",
        _("Stillingskode"),
        False,
        _navn(
            "Stillingskode; Stillingskode nr; St.kode; Stkode; Stillingsnr; Stilling kode; Kode; KS-kode; "
            "Position code; Stillingskode KS; Stillingsnummer"
        ),
    ),
    Felt(
        "stilling",
        _("Stilling"),
        True,
        _navn(
            "Stilling; Stillingsbetegnelse; Stillingstittel; Stillingsnavn; Stilling navn; Stilling tekst; "
            "Tittel; Stilling (T); Stillingstekst; Stillingskode tekst; Stillingskode navn; "
            "Stillingskode (T); Job title; Position; Yrke; Stillingsnamn; Arbeidstittel"
        ),
    ),
    Felt(
        "stillingsprosent",
        _("Stillingsprosent"),
        True,
        _navn(
            "St.størrelse %; Stillingsprosent; Stillingspros; Stillings %; Stillings-%; Stilling %; "
            "Stillingsstørrelse; Stillingsstørrelse %; St.størrelse; Stillingsandel; St.prosent; St.%; "
            "Stpst; Prosent; Pst; %; Still.%; Still.pst; Stillingsbrøk; Ansettelsesprosent; FTE; Årsverk; "
            "Stillingsstr"
        ),
    ),
    Felt(
        "ansattkategori",
        _("Ansattkategori"),
        True,
        _navn(
            "Ansattkategori; Kategori; Ansattgruppe; Ansettelsesforhold; Ansettelsestype; Ansettelsesform; "
            "Arbeidsforhold; Arbeidsforholdstype; Type arbeidsforhold; Stillingsforhold; Stillingstype; "
            "Ansatt kategori; Ansattype; Type ansettelse; Tilsettingstype; Tilsettingsforhold; "
            "Employment type; Fast/midlertidig; Forhold; Lønnskategori"
        ),
    ),
    Felt(
        "startdato",
        _("Startdato"),
        True,
        _navn(
            "Startdato; Ansattdato; Ansatt dato; Ansatt fra; Fra dato; Fradato; Dato fra; Gyldig fra; "
            "Tiltredelse; Tiltrådt; Tiltredelsesdato; Begynt; Begynt dato; Start; Ansettelsesdato; "
            "Start date; Tilsatt dato; Stilling fra; Stilling fra dato; Tilsett fra; Startet"
        ),
    ),
    Felt(
        "sluttdato",
        _("Sluttdato"),
        True,
        _navn(
            "Sluttdato; Slutt dato; Sluttet; Sluttet dato; Ansatt til; Til dato; Tildato; Dato til; "
            "Gyldig til; Fratredelse; Fratrådt; Fratredelsesdato; Slutt; Opphørsdato; End date; "
            "Stilling til; Stilling til dato; Tilsett til; Opphør"
        ),
    ),
    Felt(
        "utdanning",
        _("Utdanning"),
        False,
        _navn(
            "Utdanning; Utdanningsnivå; Utdanningskode; Høyeste utdanning; Utdannelse; Education; "
            "Utdanning navn; Utdanningsnamn"
        ),
    ),
    Felt(
        "tjeneste",
        _("Tjeneste"),
        False,
        _navn(
            "Tjeneste; Tjenestenavn; Tjeneste navn; Funksjon navn; KOSTRA-funksjon; Funksjon; Service; "
            "Tjeneste (T); Tenestenamn; Teneste"
        ),
    ),
)
# Names are read only to connect a leader to a user account; they can be left out.
NAVNEFELT = (
    Felt("etternavn", _("Etternavn"), False, _navn("Etternavn; Etternamn; Last name; Surname; Slektsnavn")),
    Felt("fornavn", _("Fornavn"), False, _navn("Fornavn; Førenamn; First name; For- og mellomnavn")),
    Felt(
        "navn",
        _("Navn"),
        False,
        _navn("Navn; Namn; Ansattnavn; Ansatt navn; Fullt navn; Name; Ansatt; Medarbeider; Ressurs navn; Ressursnavn"),
    ),
)
ALLE_FELT = FELT + NAVNEFELT
FELT_FOR = {f.nokkel: f for f in ALLE_FELT}
ANSATTFELT = Feltsett(
    ALLE_FELT,
    4,
    _("Fant ingen overskriftsrad. En av de 60 første radene må ha navn som Ansattnr, Stilling og Enhet."),
)
DATOFELT = frozenset({"fodselsdato", "startdato", "sluttdato"})
# Headers that by themselves tell that a column holds national identity numbers (compared by overskrift.norm).
FNR_OVERSKRIFTER = frozenset(
    {
        "fodselsnr",
        "fodselsnummer",
        "fnr",
        "personnr",
        "personnummer",
        "fodselsogpersonnummer",
        "dnr",
        "dnummer",
        "fdnr",
        "fodselsnrdnr",
        "fodselsnummerdnummer",
        "norskident",
        "nin",
        "fodselsnummer11siffer",
        "nasjonalid",
        "ssn",
        "fodselspersonnr",
        "pnr",
        "nationalid",
        "fodselsdatoogpersonnummer",
        "fodsel11",
        "personid11",
    }
)
