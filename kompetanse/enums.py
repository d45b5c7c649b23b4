"""Fixed vocabularies of the competence requirements."""

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
