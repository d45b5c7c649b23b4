"""Who and how many hold a competence: named key persons, and counts per unit from a competence system."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from kompetanse.models.gap import TIL_FLEST
from kompetanse.models.katalog import Kompetanse
from kompetanse.models.ledere import Lederpost
from organisasjon.models import Enhet


class Kompetansehaver(models.Model):
    """That a named leader or key person holds a competence. Purpose: to see what is lost when that person leaves.

    Only those in `Lederpost` are named; everybody else is a count.
    """

    leder = models.ForeignKey(Lederpost, on_delete=models.CASCADE, related_name="kompetanser")
    kompetanse = models.ForeignKey(Kompetanse, on_delete=models.PROTECT, related_name="havere")

    class Meta:
        verbose_name = _("nøkkelperson med kompetanse")
        verbose_name_plural = _("nøkkelpersoner med kompetanse")
        ordering = ["kompetanse__navn", "pk"]
        constraints = [models.UniqueConstraint(fields=["leder", "kompetanse"], name="kompetansehaver_en_gang")]


class Kompetanseinnlesing(models.Model):
    """Counts per unit and competence from a competence system, as they were on a date. Immutable; undone as a whole."""

    dato = models.DateField(_("tallene er fra"))
    kilde = models.CharField(_("kilde"), max_length=120)
    fil = models.CharField(_("fil"), max_length=200)
    fil_hash = models.CharField(max_length=64)
    profil = models.CharField(_("profil"), max_length=80, blank=True)
    opprettet = models.DateTimeField(_("lest inn"))
    opprettet_av = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    antall_rader = models.PositiveIntegerField(_("rader"))
    tellinger = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("innlesing av kompetansetall")
        verbose_name_plural = _("innlesinger av kompetansetall")
        ordering = ["-dato", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["dato", "kilde"],
                name="kompetanseinnlesing_en_gang",
                violation_error_message=_("Tall fra denne kilden og datoen er lest inn fra før."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kilde} {self.dato:%d.%m.%Y}"


class Kompetansetall(models.Model):
    """How many in a unit hold a competence, by one reading."""

    innlesing = models.ForeignKey(Kompetanseinnlesing, on_delete=models.CASCADE, related_name="tall")
    enhet = models.ForeignKey(Enhet, on_delete=models.PROTECT, related_name="+")
    kompetanse = models.ForeignKey(Kompetanse, on_delete=models.PROTECT, related_name="tall")
    antall = models.PositiveIntegerField(_("antall"), validators=TIL_FLEST)

    class Meta:
        verbose_name = _("kompetansetall")
        verbose_name_plural = _("kompetansetall")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["innlesing", "enhet", "kompetanse"], name="kompetansetall_en_gang")
        ]
