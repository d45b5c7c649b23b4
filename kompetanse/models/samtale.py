"""The municipality's own template for the utviklingssamtale. The original is in kompetanse.samtalemal."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords


class Samtalemal(models.Model):
    """The questions of the template, one per line in each part. One row at most; none = the original is in use.

    What is said in a conversation is never stored: the form is filled in by hand. `linjer` are the lines to write on
    under each question. Every version is in the history.
    """

    innledning = models.TextField(_("innledning"), max_length=1500)
    kompetanse = models.TextField(_("kompetanse og mål"), max_length=2000)
    ubrukt = models.TextField(_("kompetanse som ikke er i bruk"), max_length=2000)
    forventninger = models.TextField(_("forventninger"), max_length=2000)
    oppfolging = models.TextField(_("oppfølging"), max_length=2000)
    linjer = models.PositiveSmallIntegerField(
        _("linjer å skrive på"), validators=[MinValueValidator(2), MaxValueValidator(8)]
    )
    historie = HistoricalRecords()

    class Meta:
        verbose_name = _("mal for utviklingssamtalen")
        verbose_name_plural = _("mal for utviklingssamtalen")
        constraints = [models.CheckConstraint(condition=Q(id=1), name="samtalemal_bare_en")]
