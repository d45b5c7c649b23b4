"""Fixed vocabularies of the competence requirements."""

from collections.abc import Iterable

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kravkilde(models.TextChoices):
    """Who has set a requirement, the strongest first."""

    LOV = "lov", _("Lov")
    FORSKRIFT = "forskrift", _("Forskrift")
    FORARBEID = "forarbeid", _("Lovforarbeid")
    HTA = "hta", _("Hovedtariffavtalen")
    KOMMUNAL = "kommunal", _("Kommunens eget krav")


class Kompetansetype(models.TextChoices):
    """The four parts competence is made of (Lai)."""

    KUNNSKAP = "kunnskap", _("Kunnskap")
    FERDIGHET = "ferdighet", _("Ferdighet")
    EVNE = "evne", _("Evne")
    HOLDNING = "holdning", _("Holdning")


class Kompetanseform(models.TextChoices):
    """How it is shown: papers from education, or what practice and life have given."""

    FORMELL = "formell", _("Formell")
    REAL = "real", _("Realkompetanse")


class Kompetansenivaa(models.TextChoices):
    """What many need to do the work, or what few have and the service depends on."""

    BASIS = "basis", _("Basis")
    SPISS = "spiss", _("Spiss")


class Dokumentslag(models.TextChoices):
    """Kinds of documentation for a leader; the values are those of regler.Bevisslag."""

    UTDANNING = "utdanning", _("Utdanning")
    LEDERUTDANNING = "lederutdanning", _("Lederutdanning")
    KURS = "kurs", _("Kurs")
    ERFARING = "erfaring", _("Erfaring")
    STUDIEPOENG = "studiepoeng", _("Studiepoeng")
    BEKREFTELSE = "bekreftelse", _("Arbeidsgivers vurdering")
    FORPLIKTELSE = "forpliktelse", _("Avtale med frist")


class Ledernivaa(models.TextChoices):
    """The municipality's three levels of leaders, the leaders of teams, and key positions that lead nobody."""

    TOPP = "topp", _("Toppledere")
    ENHET = "enhet", _("Enhetsledere")
    AVDELING = "avdeling", _("Avdelingsledere og fagledere")
    ARBEIDSLEDER = "arbeidsleder", _("Arbeidsledere")
    NOEKKEL = "noekkel", _("Nøkkelstillinger")


class Vei(models.TextChoices):
    """The way a gap in competence is closed [G, K 6.6]; a tiltak takes one of them."""

    BEHOLDE = "beholde", _("Beholde")
    MOBILISERE = "mobilisere", _("Mobilisere")
    ANSKAFFE = "anskaffe", _("Anskaffe")
    UTVIKLE = "utvikle", _("Utvikle")
    AVVIKLE = "avvikle", _("Avvikle")

    @classmethod
    def i_ord(cls, veier: Iterable["Vei"]) -> str:
        """«Beholde, utvikle»."""
        tekst = ", ".join(str(vei.label).lower() for vei in veier)
        return tekst[:1].upper() + tekst[1:]


class Rundestatus(models.TextChoices):
    """A round is prepared, open for answers, or closed."""

    UTKAST = "utkast", _("Forberedes")
    AAPEN = "aapen", _("Åpen for svar")
    STENGT = "stengt", _("Stengt")


class Gapstatus(models.TextChoices):
    """Where one analysis stands. A returned one is answered again."""

    IKKE_BEGYNT = "ikke_begynt", _("Ikke begynt")
    I_ARBEID = "i_arbeid", _("I arbeid")
    LEVERT = "levert", _("Sendt til godkjenning")
    RETURNERT = "returnert", _("Sendt tilbake")
    GODKJENT = "godkjent", _("Godkjent")


# The leader may still change the answers.
GAP_AAPNE = (Gapstatus.IKKE_BEGYNT, Gapstatus.I_ARBEID, Gapstatus.RETURNERT)


class Gapradslag(models.TextChoices):
    """What a row is about. A position group is filled in from the extract."""

    STILLING = "stilling", _("Stillingsgruppe")
    KOMPETANSE = "kompetanse", _("Kompetanse")
    OPPGAVE = "oppgave", _("Oppgave")


class Kritisk(models.IntegerChoices):
    """What it means for the service if this is lacking."""

    LITE = 1, _("Lite kritisk: det kan vente")
    NOE = 2, _("Noe kritisk: det går ut over kvaliteten")
    MEGET = 3, _("Svært kritisk: noen får ikke tjenesten i tide")
    HELT = 4, _("Helt kritisk: tjenesten blir ikke forsvarlig")


class Planomraade(models.TextChoices):
    """The areas a unit is looked at from [G]: the balanced perspectives of municipal management."""

    SAMFUNN = "samfunn", _("Samfunn")
    TJENESTER = "tjenester", _("Tjenester")
    MEDARBEIDERE = "medarbeidere", _("Medarbeidere")
    OKONOMI = "okonomi", _("Økonomi")


class Swotslag(models.TextChoices):
    """The four fields of a SWOT."""

    STYRKE = "styrke", _("Styrker")
    SVAKHET = "svakhet", _("Svakheter")
    MULIGHET = "mulighet", _("Muligheter")
    TRUSSEL = "trussel", _("Trusler")


class Modenhetsmodell(models.TextChoices):
    """Whose list a point of the checklist is from. The two look at the same work from each side."""

    NORDHAUG = "nordhaug", _("Nordhaug: fra behov til gjennomføring")
    LAI = "lai", _("Lai: kompetanse som kommer i bruk")


class Svarvalg(models.TextChoices):
    """Is it in place? The values are those of modenhet.regning.Svar."""

    JA = "ja", _("Ja")
    DELVIS = "delvis", _("Delvis")
    NEI = "nei", _("Nei")
    IKKE_VURDERT = "ikke_vurdert", _("Ikke vurdert")


class Kortgruppe(models.TextChoices):
    """What a reflection card is about."""

    KJENNE = "kjenne", _("Kjenner vi kompetansen vår")
    ALDER = "alder", _("Bemanning og alder")
    REKRUTTERING = "rekruttering", _("Rekruttering og omdømme")
    LAERING = "laering", _("Utvikling og læring")
    OPPGAVER = "oppgaver", _("Oppgaver og organisering")
    LEDELSE = "ledelse", _("Ledelse og rolleklarhet")


class Sannsynlighet(models.IntegerChoices):
    """How likely it is that it goes wrong."""

    LITEN = 1, _("1 – Lite sannsynlig")
    NOE = 2, _("2 – Kan skje")
    STOR = 3, _("3 – Sannsynlig")
    SVAERT = 4, _("4 – Svært sannsynlig")


class Konsekvens(models.IntegerChoices):
    """What it leads to for those who get the service."""

    LITEN = 1, _("1 – Liten: det merkes knapt")
    NOE = 2, _("2 – Noe: det går ut over kvaliteten")
    STOR = 3, _("3 – Stor: noen får ikke tjenesten i tide")
    SVAERT = 4, _("4 – Svært stor: tjenesten blir ikke forsvarlig")


class Risikonivaa(models.TextChoices):
    """Probability × consequence in words: up to 3, up to 8, above."""

    LAV = "lav", _("Lav")
    MIDDELS = "middels", _("Middels")
    HOEY = "hoey", _("Høy")


class Erdetnok(models.TextChoices):
    """Is what is done about a risk enough?"""

    JA = "ja", _("Ja")
    NEI = "nei", _("Nei")
    VET_IKKE = "vet_ikke", _("Vet ikke")


class Radslag(models.TextChoices):
    """What one row of a file from a competence system is."""

    TELLING = "telling", _("En enhet og en kompetanse, med antallet")
    ENHET = "enhet", _("En enhet, med en kolonne for hver kompetanse")
    PERSON = "person", _("En person, med en kolonne for hver kompetanse")
    PERSONKOMPETANSE = "personkompetanse", _("En person og en kompetanse")


# Every competence has a column of its own.
BREDE = (Radslag.ENHET, Radslag.PERSON)
# The rows are people, who are counted and forgotten.
PERSONRADER = (Radslag.PERSON, Radslag.PERSONKOMPETANSE)
