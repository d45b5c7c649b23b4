"""Delegated authority in each unit: what, from whom, to whom, with or without the right to pass it on."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from kompetanse.matrise.enums import Delegeringsrolle
from kompetanse.querysets import i_samme_tid
from organisasjon.models import Enhet


class Delegering(models.Model):
    """A delegation in a unit. It is given in writing; `dokument` says where that is.

    `bygger_paa` is the delegation the giver passes on from. Without one, the giver holds the authority by law.
    """

    enhet = models.ForeignKey(Enhet, verbose_name=_("enhet"), on_delete=models.PROTECT, related_name="delegeringer")
    hva = models.CharField(_("hva som er delegert"), max_length=300)
    fra_rolle = models.CharField(_("delegert av"), max_length=14, choices=Delegeringsrolle)
    til_rolle = models.CharField(_("delegert til"), max_length=14, choices=Delegeringsrolle)
    kan_videre = models.BooleanField(_("kan delegeres videre"), default=False)
    gyldig_fra = models.DateField(_("fra"))
    gyldig_til = models.DateField(_("til og med"), null=True, blank=True)
    dokument = models.CharField(_("dokument"), max_length=200)
    bygger_paa = models.ForeignKey(
        "self", verbose_name=_("bygger på"), null=True, blank=True, on_delete=models.PROTECT, related_name="videre"
    )
    historie = HistoricalRecords()

    class Meta:
        verbose_name = _("delegering")
        verbose_name_plural = _("delegeringer")
        ordering = ["hva", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(gyldig_til__isnull=True) | Q(gyldig_til__gte=F("gyldig_fra")),
                name="delegering_til_etter_fra",
                violation_error_message=_("Delegeringen kan ikke slutte å gjelde før den begynner."),
            ),
            models.CheckConstraint(
                condition=~Q(fra_rolle=F("til_rolle")),
                name="delegering_til_en_annen",
                violation_error_message=_("Velg en annen rolle enn den som delegerer."),
            ),
        ]

    def __str__(self) -> str:
        return self.hva

    def clean(self) -> None:
        """The same is not delegated twice, from and to the same roles, at the same time."""
        if self.gyldig_fra is None:
            return
        samme = Delegering.objects.filter(
            enhet=self.enhet_id, hva__iexact=self.hva, fra_rolle=self.fra_rolle, til_rolle=self.til_rolle
        )
        if i_samme_tid(samme.exclude(pk=self.pk), self.gyldig_fra, self.gyldig_til).exists():
            tekst = _(
                "Dette er alt delegert mellom de samme rollene i samme tid. La det ene slutte før det andre begynner."
            )
            raise ValidationError({"gyldig_fra": tekst})

    def utloept(self, dag: date) -> bool:
        return self.gyldig_til is not None and self.gyldig_til < dag
