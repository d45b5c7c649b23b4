"""Staffing facts: categories, positions, snapshots with their rows, kept reports, norms and published figures."""

import uuid

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from analyse.enums import Importslag, Innlesingsstatus, Jobbstatus, Kjonn, Lederfunksjon, Telling
from organisasjon.models import Enhet, Tjeneste


class Ansattkategori(models.Model):
    """An employment category and how it counts. `verdier` are the spellings files use, one a line, compared
    casefolded.
    """

    kode = models.CharField(_("kode"), max_length=20, unique=True)
    navn = models.CharField(_("navn"), max_length=60)
    telling = models.CharField(_("slik telles den"), max_length=10, choices=Telling)
    verdier = models.TextField(_("skrivemåter i filene"), blank=True)
    historie = HistoricalRecords()

    class Meta:
        verbose_name = _("ansattkategori")
        verbose_name_plural = _("ansattkategorier")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.navn


class Stilling(models.Model):
    """A position title. HR decides whether it is a leader function, and which position group it belongs to.

    `ledervurdert` tells that a title which looks like a leader («pedagogisk leder») has been decided on.
    """

    navn = models.CharField(_("stilling"), max_length=150, unique=True)
    kode = models.CharField(_("stillingskode"), max_length=20, blank=True)
    funksjon = models.CharField(_("lederfunksjon"), max_length=24, choices=Lederfunksjon, blank=True)
    ledervurdert = models.BooleanField(_("ledervurdert"), default=False)
    gruppe = models.CharField(_("stillingsgruppe"), max_length=80, blank=True)
    historie = HistoricalRecords()

    class Meta:
        verbose_name = _("stilling")
        verbose_name_plural = _("stillinger")
        ordering = ["navn", "pk"]

    def __str__(self) -> str:
        return self.navn


class Importprofil(models.Model):
    """A named way of reading one system's files: the same keys as the TOML profile of the command that reads them."""

    navn = models.CharField(_("navn"), max_length=80)
    slag = models.CharField(_("gjelder"), max_length=10, choices=Importslag, default=Importslag.ANSATTE)
    oppsett = models.JSONField(_("oppsett"), default=dict)
    historie = HistoricalRecords()

    class Meta:
        verbose_name = _("importprofil")
        verbose_name_plural = _("importprofiler")
        ordering = ["navn", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["slag", "navn"],
                name="importprofil_ett_navn",
                violation_error_message=_("Det finnes allerede en profil med dette navnet."),
            )
        ]

    def __str__(self) -> str:
        return self.navn


class Uttrekk(models.Model):
    """One staffing extract as it was on its date. Immutable once stored; undone as a whole until another follows.

    `tellinger` holds the counts by category, the changes since the last extract and what was left out, without
    personal data.
    """

    dato = models.DateField(_("uttrekksdato"), unique=True)
    kilde = models.CharField(_("fil"), max_length=200)
    profil = models.CharField(_("profil"), max_length=80, blank=True)
    fil_hash = models.CharField(max_length=64)
    opprettet = models.DateTimeField(_("lest inn"))
    opprettet_av = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("lest inn av"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    antall_rader = models.PositiveIntegerField(_("rader"))
    antall_ansatte = models.PositiveIntegerField(_("ansatte"))
    tellinger = models.JSONField(default=dict)
    publisert = models.DateTimeField(_("publisert for lesere"), null=True, blank=True)
    rader_slettet = models.DateTimeField(_("personrader slettet"), null=True, blank=True)

    class Meta:
        verbose_name = _("uttrekk")
        verbose_name_plural = _("uttrekk")
        ordering = ["-dato"]

    def __str__(self) -> str:
        return f"Uttrekk {self.dato:%d.%m.%Y}"


class UttrekkEnhet(models.Model):
    """The organisation as it was in the extract, so that old figures keep their names, levels and parents."""

    uttrekk = models.ForeignKey(Uttrekk, on_delete=models.CASCADE, related_name="enheter")
    enhet = models.ForeignKey(Enhet, on_delete=models.PROTECT, related_name="+")
    forelder = models.ForeignKey(Enhet, null=True, on_delete=models.PROTECT, related_name="+")
    kode = models.CharField(max_length=64)
    navn = models.CharField(max_length=150)
    type = models.CharField(max_length=10)

    class Meta:
        verbose_name = _("enhet i uttrekk")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["uttrekk", "enhet"], name="uttrekkenhet_en_gang")]


# References of an employment row that the import itself vouches for: neither index nor check per row.
UTEN_SJEKK = {"db_index": False, "db_constraint": False}


class Ansettelse(models.Model):
    """One employment row of an extract. Written around the ORM (COPY/executemany), read with the plain driver.

    Purpose of each field: `person` (keyed hash of the employee number) counts distinct people; birth date gives age;
    sex, education, percent, position and dates are what the reports are sorted on. No name and no
    national identity number.

    The database checks the reference to the extract only. Checking five more per row takes as long as reading the
    file; the ids are looked up in the same transaction, UttrekkEnhet holds the units, and categories are locked.
    """

    uttrekk = models.ForeignKey(Uttrekk, on_delete=models.CASCADE, related_name="ansettelser", db_constraint=True)
    person = models.BigIntegerField()
    fodt = models.DateField()
    kjonn = models.CharField(max_length=1, choices=Kjonn, blank=True)
    enhet = models.ForeignKey(Enhet, on_delete=models.PROTECT, related_name="+", **UTEN_SJEKK)
    avdeling = models.ForeignKey(Enhet, null=True, on_delete=models.PROTECT, related_name="+", **UTEN_SJEKK)
    stilling = models.ForeignKey(Stilling, on_delete=models.PROTECT, related_name="+", **UTEN_SJEKK)
    kategori = models.ForeignKey(Ansattkategori, on_delete=models.PROTECT, related_name="+", **UTEN_SJEKK)
    tjeneste = models.ForeignKey(Tjeneste, null=True, on_delete=models.PROTECT, related_name="+", **UTEN_SJEKK)
    prosent = models.PositiveIntegerField(help_text="hundredels prosent: 8000 = 80,00 %")
    start = models.DateField(null=True)
    slutt = models.DateField(null=True)
    utdanning = models.CharField(max_length=60, blank=True)

    class Meta:
        verbose_name = _("ansettelse")
        ordering = ["pk"]


class Leder(models.Model):
    """A leader named in an extract. The name is kept only to connect the leader to a user account."""

    uttrekk = models.ForeignKey(Uttrekk, on_delete=models.CASCADE, related_name="ledere")
    person = models.BigIntegerField()
    navn = models.CharField(max_length=150)
    enhet = models.ForeignKey(Enhet, on_delete=models.PROTECT, related_name="+")
    avdeling = models.ForeignKey(Enhet, null=True, on_delete=models.PROTECT, related_name="+")
    funksjon = models.CharField(max_length=24, choices=Lederfunksjon)

    class Meta:
        verbose_name = _("leder")
        ordering = ["navn", "pk"]


class Rapportresultat(models.Model):
    """A computed report, kept: once per extract, report, unit, period and protection. Deleted only with its extract,
    or when what it was computed with (norms, categories, positions) has changed: `oppsett` is the hash of that.
    """

    uttrekk = models.ForeignKey(Uttrekk, on_delete=models.CASCADE, related_name="resultater")
    slug = models.CharField(max_length=40)
    enhet = models.ForeignKey(Enhet, on_delete=models.CASCADE, related_name="+")
    fra = models.DateField()
    til = models.DateField()
    prikket = models.BooleanField(default=False)
    oppsett = models.CharField(max_length=32)
    data = models.JSONField()
    beregnet = models.DateTimeField()

    class Meta:
        verbose_name = _("rapportresultat")
        constraints = [
            models.UniqueConstraint(
                fields=["uttrekk", "slug", "enhet", "fra", "til", "prikket"], name="resultat_en_gang"
            )
        ]


class Norm(models.Model):
    """A limit that figures are held against, with its source (domain: 43, 39, 20–25, 10). Edited by HR."""

    nokkel = models.SlugField(max_length=40, unique=True)
    navn = models.CharField(_("norm"), max_length=120)
    verdi = models.DecimalField(_("verdi"), max_digits=8, decimal_places=2)
    kilde = models.CharField(_("kilde"), max_length=200)
    forklaring = models.TextField(_("hva den brukes til"), blank=True)
    historie = HistoricalRecords()

    class Meta:
        verbose_name = _("norm")
        verbose_name_plural = _("normer")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.navn


class PublisertTall(models.Model):
    """A figure as it stands printed in an adopted document, shown beside the computed one with the difference."""

    uttrekk = models.ForeignKey(Uttrekk, verbose_name=_("uttrekk"), on_delete=models.CASCADE, related_name="publiserte")
    rapport = models.CharField(_("rapport"), max_length=40)
    rad = models.CharField(_("rad"), max_length=150, help_text="verdien i radens første kolonne, f.eks. sektorens navn")
    maal = models.CharField(_("mål"), max_length=40, help_text="radnøkkelen, f.eks. snitt")
    verdi = models.DecimalField(_("publisert verdi"), max_digits=12, decimal_places=2)
    kilde = models.CharField(_("kilde"), max_length=200)
    historie = HistoricalRecords()

    class Meta:
        verbose_name = _("publisert tall")
        verbose_name_plural = _("publiserte tall")
        ordering = ["rapport", "rad", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["uttrekk", "rapport", "rad", "maal"],
                name="publisert_tall_en_gang",
                violation_error_message=_("Det er allerede ført et publisert tall her."),
            )
        ]


class Innlesing(models.Model):
    """An upload on its way to becoming a snapshot, or counts of competence (`slag`). The content is cleaned of identity
    numbers and of people's names (leaders' aside, in a staffing list) before it is stored, encrypted, and deleted when
    the upload is confirmed, cancelled or a day old.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slag = models.CharField(max_length=10, choices=Importslag, default=Importslag.ANSATTE)
    bruker = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="innlesinger")
    opprettet = models.DateTimeField()
    filnavn = models.CharField(max_length=200)
    fil_hash = models.CharField(max_length=64)
    innhold = models.BinaryField(null=True)
    oppsett = models.JSONField(default=dict)
    forhaandsvisning = models.JSONField(null=True)
    status = models.CharField(max_length=12, choices=Innlesingsstatus, default=Innlesingsstatus.KARTLEGGES)
    fremdrift = models.PositiveSmallIntegerField(default=0)
    melding = models.CharField(max_length=300, blank=True)
    uttrekk = models.ForeignKey(Uttrekk, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        verbose_name = _("innlesing")
        ordering = ["-opprettet"]
        constraints = [
            models.CheckConstraint(condition=Q(fremdrift__lte=100), name="innlesing_fremdrift_prosent"),
        ]


class Dokumentjobb(models.Model):
    """A PDF that is made in the background: progress while it runs, the file when it is done.

    `nokkel` is the hash of what the document says, so that an identical one is made once. `livstegn` is the worker's
    last sign of life; a job without one for some minutes has stopped.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    bruker = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="dokumenter")
    opprettet = models.DateTimeField()
    uttrekk = models.ForeignKey(Uttrekk, on_delete=models.CASCADE, related_name="+")
    status = models.CharField(max_length=12, choices=Jobbstatus, default=Jobbstatus.I_KO)
    fremdrift = models.PositiveSmallIntegerField(default=0)
    melding = models.CharField(max_length=300, blank=True)
    pdf = models.BinaryField(null=True)
    filnavn = models.CharField(max_length=120, blank=True)
    prikket = models.BooleanField(_("små tall skjult"), default=False)
    nokkel = models.CharField(max_length=64, blank=True)
    livstegn = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("dokument")
        ordering = ["-opprettet"]


class Befolkningstall(models.Model):
    """The municipality's inhabitants in one year, counted or projected, by the three ages that plans speak of."""

    aar = models.PositiveSmallIntegerField(_("år"), unique=True)
    unge = models.PositiveIntegerField(_("0–19 år"))
    voksne = models.PositiveIntegerField(_("20–66 år"))
    eldre = models.PositiveIntegerField(_("67 år og mer"))
    kilde = models.CharField(_("kilde"), max_length=200)
    hentet = models.DateField(_("kilden er fra"))
    historie = HistoricalRecords()

    class Meta:
        verbose_name = _("befolkningstall")
        verbose_name_plural = _("befolkningstall")
        ordering = ["aar"]
        constraints = [
            models.CheckConstraint(
                condition=Q(aar__gte=1990) & Q(aar__lte=2100),
                name="befolkning_aar_i_vaar_tid",
                violation_error_message=_("Skriv et årstall mellom 1990 og 2100."),
            )
        ]

    def __str__(self) -> str:
        return str(self.aar)


class Sentralitet(models.Model):
    """The municipality's class of centrality (SSB), 1 (most central) to 6. One row, or none when it is not entered."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    klasse = models.PositiveSmallIntegerField(
        _("sentralitetsklasse"), validators=[MinValueValidator(1), MaxValueValidator(6)]
    )
    historie = HistoricalRecords()

    class Meta:
        verbose_name = _("sentralitetsklasse")
        constraints = [models.CheckConstraint(condition=Q(id=1), name="sentralitet_en_rad")]

    def __str__(self) -> str:
        return str(self.klasse)
