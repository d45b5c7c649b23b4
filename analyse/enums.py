"""Fixed vocabularies of the staffing analysis."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from felles.jobbstatus import Jobbstatus as Jobbstatus  # the same life for every document


class Telling(models.TextChoices):
    """How rows of an ansattkategori count (domain rule: fast and midlertidig count, timelønt only in turnover)."""

    TELLES = "telles", _("Telles som ansatt")
    TURNOVER = "turnover", _("Teller bare i turnover")
    SLUTTET = "sluttet", _("Sluttet: teller i turnover fram til sluttdato")
    UTENFOR = "utenfor", _("Telles aldri")


class Lederfunksjon(models.TextChoices):
    """Leader functions in the order the plan prints them. The first six are arbeidsgiverfunksjoner."""

    KOMMUNEDIREKTOR = "kommunedirektor", _("Kommunedirektør")
    ASS_KOMMUNEDIREKTOR = "ass_kommunedirektor", _("Assisterende kommunedirektør")
    KOMMUNALSJEF = "kommunalsjef", _("Kommunalsjef")
    OKONOMISJEF = "okonomisjef", _("Økonomisjef")
    IT_SJEF = "it_sjef", _("IT-sjef")
    ENHETSLEDER = "enhetsleder", _("Enhetsleder")
    AVDELINGSLEDER = "avdelingsleder", _("Avdelingsleder")
    FAGLEDER = "fagleder", _("Fagleder")
    ARBEIDSLEDER = "arbeidsleder", _("Arbeidsleder/formann")


class Kjonn(models.TextChoices):
    """As the HR system states it; published figures are split by it."""

    KVINNE = "K", _("Kvinne")
    MANN = "M", _("Mann")
    UKJENT = "", _("Ikke oppgitt")


class Importslag(models.TextChoices):
    """What a file holds. Each kind has its own fields; the way from file to stored rows is the same."""

    ANSATTE = "ansatte", _("Ansattlister")
    KOMPETANSE = "kompetanse", _("Kompetansetall")


class Innlesingsstatus(models.TextChoices):
    """The life of an upload, from file to stored snapshot."""

    KARTLEGGES = "kartlegges", _("Kolonner må bekreftes")
    KLAR = "klar", _("Klar til å leses inn")
    I_KO = "i_ko", _("Venter på tur")
    KJORER = "kjorer", _("Leses inn")
    FERDIG = "ferdig", _("Lest inn")
    UENDRET = "uendret", _("Lest inn fra før")
    FEILET = "feilet", _("Stoppet")
