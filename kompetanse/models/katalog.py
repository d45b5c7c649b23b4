"""The catalogue of competence names that gap analyses and profiles choose from."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from kompetanse.enums import Kompetanseform, Kompetansenivaa, Kompetansetype


class Kompetanse(models.Model):
    """A competence by name. `tatt_ut`: no longer offered for new use; what already points to it stays."""

    navn = models.CharField(_("navn"), max_length=120)
    type = models.CharField(_("type"), max_length=10, choices=Kompetansetype)
    form = models.CharField(_("form"), max_length=8, choices=Kompetanseform)
    nivaa = models.CharField(_("nivå"), max_length=6, choices=Kompetansenivaa)
    omraade = models.CharField(_("område"), max_length=80, blank=True)
    beskrivelse = models.CharField(_("beskrivelse"), max_length=300, blank=True)
    tatt_ut = models.DateField(_("tatt ut"), null=True, blank=True)
    historie = HistoricalRecords()

    class Meta:
        verbose_name = _("kompetanse")
        verbose_name_plural = _("kompetanser")
        ordering = ["navn", "pk"]
        constraints = [
            models.UniqueConstraint(
                Lower("navn"),
                condition=Q(tatt_ut__isnull=True),
                name="kompetanse_ett_navn",
                violation_error_message=_("Det finnes allerede en kompetanse med dette navnet."),
            )
        ]

    def __str__(self) -> str:
        return self.navn
