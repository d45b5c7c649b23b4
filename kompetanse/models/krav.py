"""What law, agreements and the municipality itself demand of those who hold a position."""

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from analyse.enums import Lederfunksjon
from kompetanse.enums import Kravkilde
from kompetanse.querysets import KravQuerySet, i_samme_tid
from kompetanse.regler import Regel, RegelFeil, fra_json, kontroller, motsier, som_setning

KUN_HTTPS = URLValidator(schemes=["https"], message=_("Skriv hele adressen, med https først."))


class Krav(models.Model):
    """A requirement of competence, in own words, with where it stands (`hjemmel`).

    It applies to positions whose title has one of the words in `stillinger`, to the leader functions in `funksjoner`
    (values of Lederfunksjon with a comma between) and to the position groups in `grupper`; the two last only in units
    with one of the words of `enhetsord` in their name, when there are any. Words stand one a line and are compared
    casefolded. With none of it the requirement applies to no position by itself. One that has been decided but is not
    in force yet has a `gyldig_fra` in the future. `regel` is the requirement as a checkable rule
    (kompetanse.regler, JSON); empty = it cannot be checked, and whoever it applies to is «ikke vurdert».
    """

    gjelder_for = models.CharField(_("gjelder for"), max_length=200)
    kilde = models.CharField(_("kilde"), max_length=10, choices=Kravkilde)
    hjemmel = models.CharField(_("hjemmel"), max_length=200)
    lenke = models.CharField(_("lenke"), max_length=300, blank=True, validators=[KUN_HTTPS])
    tekst = models.TextField(_("krav"), max_length=3000)
    funksjoner = models.CharField(_("lederfunksjoner"), max_length=200, blank=True)
    stillinger = models.TextField(_("ord i stillingstittelen"), blank=True, max_length=1000)
    grupper = models.TextField(_("stillingsgrupper"), blank=True, max_length=1000)
    enhetsord = models.TextField(_("ord i enhetens navn"), blank=True, max_length=1000)
    gyldig_fra = models.DateField(_("gjelder fra"), null=True, blank=True)
    gyldig_til = models.DateField(_("gjelder til og med"), null=True, blank=True)
    merknad = models.CharField(_("merknad"), max_length=500, blank=True)
    regel = models.JSONField(_("regel"), default=dict, blank=True)
    historie = HistoricalRecords()

    objects = KravQuerySet.as_manager()

    class Meta:
        verbose_name = _("krav")
        verbose_name_plural = _("krav")
        ordering = ["gjelder_for", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(gyldig_til__isnull=True) | Q(gyldig_fra__isnull=True) | Q(gyldig_til__gte=F("gyldig_fra")),
                name="krav_til_etter_fra",
                violation_error_message=_("Kravet kan ikke slutte å gjelde før det begynner."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.gjelder_for}: {self.hjemmel}"

    def clean(self) -> None:
        """The same requirement holds once at a time. Its rule can be read, can hold, fits the days it holds, and does
        not contradict another requirement of the same position.
        """
        andre = Krav.objects.filter(gjelder_for__iexact=self.gjelder_for).exclude(pk=self.pk)
        samtidige = i_samme_tid(andre, self.gyldig_fra, self.gyldig_til)
        if samtidige.filter(kilde=self.kilde, hjemmel__iexact=self.hjemmel).exists():
            tekst = _("Det samme kravet står alt i registeret i samme tid. La det ene slutte før det andre begynner.")
            raise ValidationError({"gyldig_fra": tekst})
        if self.regel and (feil := self._regelfeil(samtidige)):
            raise ValidationError({"regel": feil})

    def _regelfeil(self, samtidige: Iterable["Krav"]) -> list[str]:
        try:
            regel = fra_json(self.regel)
        except RegelFeil as e:
            return [f.melding for f in e.feil]
        if feil := kontroller(regel, self.gyldig_fra, self.gyldig_til):
            return [f.melding for f in feil]
        tekst = _("Motsier kravet etter %(hjemmel)s, som gjelder samtidig: ingen kan oppfylle begge.")
        mot = [k for k in samtidige if (annen := k.lest_regel) is not None and motsier(regel, annen)]
        return [tekst % {"hjemmel": k.hjemmel} for k in mot]

    @property
    def lest_regel(self) -> Regel | None:
        """The rule, or None when there is none or it cannot be read any more."""
        try:
            return fra_json(self.regel) if self.regel else None
        except RegelFeil:
            return None

    @property
    def setning(self) -> str:
        """The rule in words, or ''."""
        regel = self.lest_regel
        return som_setning(regel) if regel else ""

    @property
    def funksjonsnavn(self) -> list[str]:
        """The leader functions as they are read."""
        return [str(Lederfunksjon(f).label) for f in self.funksjoner.split(",") if f in Lederfunksjon.values]

    def kommer(self, dag: date) -> bool:
        """Decided, but not in force on the day?"""
        return self.gyldig_fra is not None and self.gyldig_fra > dag
