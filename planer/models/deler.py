"""The structured parts of a plan's chapters: roles, forankring, goals, links, follow-up, effects."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from planer.enums import Forankringsslag, Hovedmaal, Rytme
from planer.models.plan import Plan
from planer.models.tekst import Tallreferanse


class Rollelinje(models.Model):
    """Step 1: a group or role in the work on the plan, who it is (titles, not people), and what it does."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="rollelinjer")
    gruppe = models.CharField(_("gruppe eller rolle"), max_length=120)
    hvem = models.CharField(_("hvem"), max_length=300)
    oppgave = models.CharField(_("oppgave"), max_length=500, blank=True)
    rekkefolge = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("rolle i arbeidet")
        verbose_name_plural = _("roller i arbeidet")
        ordering = ["rekkefolge", "pk"]

    def __str__(self) -> str:
        return self.gruppe


class Forankring(models.Model):
    """Step 2: a meeting, drøfting or hearing about the plan. `steg` lists the steps it covered, «1,2,5».

    `merknad` is what the plan's own check has been answered with, so that a doubtful date can be explained.
    """

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="forankringer")
    dato = models.DateField(_("dato"))
    til_dato = models.DateField(_("til og med"), null=True, blank=True)
    slag = models.CharField(_("slag"), max_length=10, choices=Forankringsslag, default=Forankringsslag.MOTE)
    organ = models.CharField(_("organ"), max_length=150)
    tema = models.CharField(_("tema"), max_length=300)
    steg = models.CharField(_("steg som ble behandlet"), max_length=20, blank=True)
    deltakere = models.CharField(_("deltakere"), max_length=500, blank=True)
    utfall = models.TextField(_("utfall"), blank=True, max_length=4000)
    merknad = models.CharField(_("merknad til datoen"), max_length=300, blank=True)
    vedlegg = models.BinaryField(null=True, blank=True)
    vedlegg_navn = models.CharField(max_length=200, blank=True)
    vedlegg_type = models.CharField(max_length=80, blank=True)
    historie = HistoricalRecords(excluded_fields=["vedlegg"])

    class Meta:
        verbose_name = _("forankring")
        verbose_name_plural = _("forankring")
        ordering = ["dato", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(til_dato__isnull=True) | Q(til_dato__gte=models.F("dato")),
                name="forankring_til_etter_fra",
                violation_error_message=_("Til og med kan ikke være før datoen."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.organ} {self.dato:%d.%m.%Y}"


class Maal(models.Model):
    """Step 3: one of the three overall goals, or a sub-goal beneath one."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="maal")
    hovedmaal = models.PositiveSmallIntegerField(_("hovedmål"), choices=Hovedmaal)
    overordnet = models.ForeignKey("self", null=True, blank=True, on_delete=models.CASCADE, related_name="delmaal")
    tittel = models.CharField(_("mål"), max_length=200)
    beskrivelse = models.TextField(_("beskrivelse"), blank=True, max_length=4000)
    rekkefolge = models.PositiveSmallIntegerField(default=0)
    historie = HistoricalRecords()

    class Meta:
        verbose_name = _("mål")
        verbose_name_plural = _("mål")
        ordering = ["hovedmaal", "rekkefolge", "pk"]

    def __str__(self) -> str:
        return self.tittel


class Planlenke(models.Model):
    """Steps 4 and 5: a link from a chapter to requirements, matrix, reports or projections, or to a page outside."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="lenker")
    kapittel = models.PositiveSmallIntegerField(_("kapittel"))
    tittel = models.CharField(_("tittel"), max_length=200)
    adresse = models.CharField(_("adresse"), max_length=500)
    merknad = models.CharField(_("merknad"), max_length=300, blank=True)
    rekkefolge = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("lenke")
        ordering = ["kapittel", "rekkefolge", "pk"]

    def __str__(self) -> str:
        return self.tittel


class Oppfolgingspunkt(models.Model):
    """Step 7 (part 5): what is followed up, by whom, how often."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="oppfolging")
    hva = models.CharField(_("hva følges opp"), max_length=300)
    ansvarlig = models.CharField(_("ansvarlig rolle"), max_length=150)
    rytme = models.CharField(_("hvor ofte"), max_length=10, choices=Rytme)
    arena = models.CharField(_("hvor det tas opp"), max_length=200, blank=True)
    rekkefolge = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("oppfølging")
        ordering = ["rekkefolge", "pk"]

    def __str__(self) -> str:
        return self.hva


class Effekt(models.Model):
    """Step 8: an effect the plan shall have, and the indicator it is read from."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="effekter")
    tittel = models.CharField(_("effekt"), max_length=200)
    indikator = models.CharField(_("indikator"), max_length=300, blank=True)
    kilde = models.CharField(_("kilde til tallet"), max_length=200, blank=True)
    nullpunkt = models.CharField(_("nullpunkt"), max_length=120, blank=True)
    maal = models.CharField(_("mål"), max_length=120, blank=True)
    tall = models.ForeignKey(Tallreferanse, null=True, blank=True, on_delete=models.SET_NULL, related_name="effekter")
    rekkefolge = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("effekt")
        verbose_name_plural = _("effekter")
        ordering = ["rekkefolge", "pk"]

    def __str__(self) -> str:
        return self.tittel
