"""The register of risks in a unit: what can go wrong, how bad, what is done, and who follows it up."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from kompetanse.enums import Erdetnok, Konsekvens, Risikonivaa, Sannsynlighet
from kompetanse.models.refleksjon import Refleksjonsnotat
from kompetanse.querysets import RisikoQuerySet
from organisasjon.models import Enhet

# Highest product of each level.
LAV_TIL, MIDDELS_TIL = 3, 8


class Risiko(models.Model):
    """Something that can go wrong [G, risk and control matrix]. The four V-s say why it is worth looking at.

    Responsible is a role, not a person. A closed risk keeps why it was closed, and can be opened again.
    """

    enhet = models.ForeignKey(Enhet, verbose_name=_("enhet"), on_delete=models.PROTECT, related_name="risikoer")
    hva = models.CharField(_("hva kan gå galt"), max_length=200)
    viktig = models.BooleanField(_("viktig"), default=False)
    vanlig = models.BooleanField(_("vanlig"), default=False)
    vanskelig = models.BooleanField(_("vanskelig"), default=False)
    variasjon = models.BooleanField(_("variasjon"), default=False)
    sannsynlighet = models.PositiveSmallIntegerField(_("sannsynlighet"), choices=Sannsynlighet)
    konsekvens = models.PositiveSmallIntegerField(_("konsekvens"), choices=Konsekvens)
    gjoeres = models.TextField(_("hva gjør dere"), blank=True, max_length=2000)
    nok = models.CharField(_("er det nok"), max_length=8, choices=Erdetnok)
    ansvarlig = models.CharField(_("ansvarlig rolle"), max_length=80)
    frist = models.DateField(_("frist"), null=True, blank=True)
    lukket = models.DateField(_("lukket"), null=True, blank=True)
    lukkegrunn = models.CharField(_("hvorfor lukket"), max_length=300, blank=True)
    notat = models.ForeignKey(
        Refleksjonsnotat,
        verbose_name=_("fra refleksjon"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="risikoer",
    )
    historie = HistoricalRecords()

    objects = RisikoQuerySet.as_manager()

    class Meta:
        verbose_name = _("risiko")
        verbose_name_plural = _("risikoer")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(sannsynlighet__range=(1, 4), konsekvens__range=(1, 4)), name="risiko_fra_en_til_fire"
            ),
            models.CheckConstraint(
                condition=Q(lukket__isnull=True) | ~Q(lukkegrunn=""),
                name="risiko_lukket_med_grunn",
                violation_error_message=_("Skriv hvorfor risikoen lukkes."),
            ),
        ]

    def __str__(self) -> str:
        return self.hva

    @property
    def produkt(self) -> int:
        """Probability × consequence, 1–16."""
        return self.sannsynlighet * self.konsekvens

    @property
    def nivaa(self) -> Risikonivaa:
        return nivaa(self.produkt)

    @property
    def fire_v(self) -> list[str]:
        """Those of the four V-s that hold, as words."""
        navn = ("viktig", "vanlig", "vanskelig", "variasjon")
        return [str(self._meta.get_field(n).verbose_name) for n in navn if getattr(self, n)]

    def forfalt(self, dag: date) -> bool:
        """Open past its deadline?"""
        return self.lukket is None and self.frist is not None and self.frist < dag


def nivaa(produkt: int) -> Risikonivaa:
    """The level of a product of probability and consequence."""
    if produkt <= LAV_TIL:
        return Risikonivaa.LAV
    return Risikonivaa.MIDDELS if produkt <= MIDDELS_TIL else Risikonivaa.HOEY
