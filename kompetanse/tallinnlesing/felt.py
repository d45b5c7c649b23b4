"""The fields of a file from a competence system, and the headers they are known by."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from analyse.innlesing.barn import norm
from analyse.innlesing.felt import FELT, FELT_FOR, FNR_OVERSKRIFTER, NAVNEFELT, Felt, Feltsett

TALLFELT = (
    replace(FELT_FOR["enhetskode"], paakrevd=False, hjelp=_("Hvis filen har den. Da trenger den ikke ha navnet.")),
    Felt("enhet", _("Enhet"), False, (*FELT_FOR["enhet"].overskrifter, *FELT_FOR["avdeling"].overskrifter)),
    Felt(
        "kompetanse",
        _("Kompetanse"),
        False,
        (
            "Kompetanse", "Kompetansenavn", "Kompetanse navn", "Kompetanseelement", "Kompetansekrav", "Kurs",
            "Kursnavn", "Sertifikat", "Sertifisering", "Kvalifikasjon", "Ferdighet", "Godkjenning", "Autorisasjon",
            "Competence", "Skill",
        ),
    ),
    Felt(
        "antall",
        _("Antall"),
        False,
        (
            "Antall", "Antall ansatte", "Antall personer", "Antall med kompetansen", "Antall med", "Ant", "Ant.",
            "Personer", "Count", "Number",
        ),
    ),
    Felt(
        "dato",
        _("Dato"),
        False,
        ("Dato", "Per dato", "Status per", "Uttrekksdato", "Tallene gjelder", "Måledato", "Date"),
        _("Bare når tallene i filen gjelder flere datoer."),
    ),
)  # fmt: skip
TALLFELT_FOR = {f.nokkel: f for f in TALLFELT}
# Who the row is about: emptied before anything is kept.
PERSONFELT = tuple(FELT_FOR[n] for n in ("ansattnr", "fodselsdato", "fodselsaar", "kjonn")) + NAVNEFELT
# What a staffing system has on the row beside: no competence, and nobody needs it here.
ANDRE_FELT = tuple(f for f in FELT if f not in PERSONFELT and f.nokkel not in {"enhetskode", "enhet", "avdeling"})
PERSONNAVN = frozenset(
    {
        *(norm(o) for f in PERSONFELT for o in f.overskrifter), *FNR_OVERSKRIFTER,
        "bruker", "brukernavn", "brukerid", "ident", "personid", "initialer", "leder", "nermesteleder",
        "naermesteleder", "ledersnavn", "epost", "epostadresse", "email", "emailaddress", "mail", "mobil", "mobilnr",
        "mobilnummer", "mobiltelefon", "telefon", "telefonnr", "telefonnummer", "tlf", "tlfnr", "adresse",
        "gateadresse", "bostedsadresse", "postnr", "postnummer", "poststed", "kontonr", "kontonummer", "bankkonto",
        "lonn", "lonnstrinn", "arslonn", "sivilstand", "parorende", "fagforening",
    }
)  # fmt: skip
NAVN_SLUTT = ("etternavn", "fornavn", "mellomnavn", "fulltnavn", "ansattnavn", "ressursnavn", "medarbeidernavn")
ANDRE_NAVN = frozenset(norm(o) for f in ANDRE_FELT for o in f.overskrifter) | {"sum", "total", "totalt", "merknad"}


def om_person(overskrift: str) -> bool:
    """Does the header say that the column is about who the person is?"""
    navn = norm(overskrift)
    return navn in PERSONNAVN or navn.endswith(NAVN_SLUTT)


TALLSETT = Feltsett(
    TALLFELT,
    1,
    _(
        "Fant ingen overskriftsrad. En av de 60 første radene må ha navnet på kolonnen med enheter. "
        "Heter den noe vi ikke kjenner, oppgir du hvilken rad som har kolonnenavnene (overskriftsrad)."
    ),
    PERSONNAVN,
)
