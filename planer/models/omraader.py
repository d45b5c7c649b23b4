"""Innsatsområder of the temaplan, and how each delplan follows them up."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from planer.enums import Grep
from planer.models.plan import Plan


class Innsatsomraade(models.Model):
    """An area the municipality puts effort into (6.1–6.11). Its texts hva–derfor–slik are sections of the temaplan.

    `nokkel` is the same in every version of the temaplan.
    """

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="omraader")
    nokkel = models.SlugField(max_length=40)
    tittel = models.CharField(_("tittel"), max_length=150)
    grep = models.CharField(_("slag"), max_length=8, choices=Grep)
    rekkefolge = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("innsatsområde")
        verbose_name_plural = _("innsatsområder")
        ordering = ["rekkefolge", "pk"]
        constraints = [models.UniqueConstraint(fields=["plan", "nokkel"], name="omraade_nokkel_en_gang")]

    def __str__(self) -> str:
        return self.tittel

    @property
    def nummer(self) -> str:
        """«6.1», from its place in step 6."""
        return f"6.{self.rekkefolge}"


class Grepvalg(models.Model):
    """A delplan's choice for one innsatsområde. A kjernegrep is always chosen; `valgt` None means not decided.

    The justification is the delplan's section «grep-<nokkel>».
    """

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="grepvalg")
    omraade = models.ForeignKey(Innsatsomraade, on_delete=models.PROTECT, related_name="valg")
    valgt = models.BooleanField(_("følges opp"), null=True)

    class Meta:
        verbose_name = _("valg av grep")
        ordering = ["omraade__rekkefolge", "pk"]
        constraints = [models.UniqueConstraint(fields=["plan", "omraade"], name="grepvalg_en_gang")]
