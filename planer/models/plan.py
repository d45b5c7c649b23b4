"""The plan itself: what it covers, who stands behind it, and where it stands."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from analyse.models import Uttrekk
from organisasjon.enums import Enhetstype
from organisasjon.models import Enhet
from planer.enums import AAPNE, Deltakerrolle, Planslag, Planstatus
from planer.querysets import PlanQuerySet


class Plan(models.Model):
    """A temaplan, a delplan beneath one, or a template for delplaner; one row per version.

    Versions of the same plan share `stamme`, which with `versjon` is the permanent address. `revisjon_av` is the
    version it was made from, `opphav` the template or other plan it was copied from. `uttrekk` is the extract that its
    figures are taken from. Adopted content is frozen in `Vedtak`.
    """

    slag = models.CharField(_("slag"), max_length=10, choices=Planslag)
    tittel = models.CharField(_("tittel"), max_length=200)
    stamme = models.UUIDField(default=uuid.uuid4, editable=False, db_index=True)
    versjon = models.PositiveSmallIntegerField(_("versjon"), default=1)
    temaplan = models.ForeignKey(
        "self", verbose_name=_("temaplan"), null=True, blank=True, on_delete=models.PROTECT, related_name="delplaner"
    )
    revisjon_av = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="revisjoner", editable=False
    )
    opphav = models.ForeignKey(
        "self", verbose_name=_("laget fra"), null=True, blank=True, on_delete=models.SET_NULL, related_name="avledede"
    )
    fra_aar = models.PositiveSmallIntegerField(_("fra år"))
    til_aar = models.PositiveSmallIntegerField(_("til og med år"))
    nivaa = models.CharField(_("nivå"), max_length=10, choices=Enhetstype, default=Enhetstype.ENHET)
    enheter = models.ManyToManyField(Enhet, through="Planomfang", related_name="planer", verbose_name=_("omfang"))
    uttrekk = models.ForeignKey(
        Uttrekk, verbose_name=_("uttrekk"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    status = models.CharField(_("status"), max_length=12, choices=Planstatus, default=Planstatus.UTKAST, db_index=True)
    opprettet = models.DateTimeField(_("opprettet"))
    opprettet_av = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    endret = models.DateTimeField(_("sist endret"))
    publisert = models.DateTimeField(_("publisert for alle"), null=True, blank=True)
    historie = HistoricalRecords()

    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("plan")
        verbose_name_plural = _("planer")
        ordering = ["tittel", "-versjon", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["stamme", "versjon"], name="plan_en_versjon_av_hver"),
            models.CheckConstraint(
                condition=Q(til_aar__gte=F("fra_aar")),
                name="plan_til_etter_fra",
                violation_error_message=_("Perioden kan ikke slutte før den begynner."),
            ),
            models.CheckConstraint(
                condition=Q(fra_aar__gte=2000) & Q(til_aar__lte=2100),
                name="plan_aar_i_vaar_tid",
                violation_error_message=_("Skriv årstall mellom 2000 og 2100."),
            ),
        ]

    def __str__(self) -> str:
        return self.tittel

    @property
    def er_aapen(self) -> bool:
        """Can its content still be changed?"""
        return self.status in AAPNE

    @property
    def er_temaplan(self) -> bool:
        return self.slag == Planslag.TEMAPLAN

    @property
    def periode(self) -> str:
        """«2026–2029», or one year."""
        return str(self.fra_aar) if self.fra_aar == self.til_aar else f"{self.fra_aar}–{self.til_aar}"


class Planomfang(models.Model):
    """A unit in a plan's scope, with everything beneath it. A unit with plans cannot be deleted, only closed."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="omfang")
    enhet = models.ForeignKey(Enhet, on_delete=models.PROTECT, related_name="planomfang")

    class Meta:
        verbose_name = _("omfang")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["plan", "enhet"], name="omfang_enhet_en_gang")]


class Plandeltaker(models.Model):
    """A named person's part in a plan. Purpose: to know who is asked, told, and may write."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="deltakere")
    bruker = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("person"), on_delete=models.CASCADE, related_name="planroller"
    )
    rolle = models.CharField(_("rolle i planen"), max_length=16, choices=Deltakerrolle)

    class Meta:
        verbose_name = _("deltaker")
        ordering = ["rolle", "bruker__navn", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "bruker", "rolle"],
                name="deltaker_en_gang_per_rolle",
                violation_error_message=_("Personen har allerede denne rollen i planen."),
            )
        ]


class Statusskifte(models.Model):
    """That a plan was moved from one state to another, by whom and with which words."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="statusskifter")
    fra = models.CharField(max_length=12, choices=Planstatus)
    til = models.CharField(max_length=12, choices=Planstatus)
    tid = models.DateTimeField()
    av = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    merknad = models.TextField(_("merknad"), blank=True, max_length=2000)

    class Meta:
        verbose_name = _("statusskifte")
        ordering = ["-tid", "-pk"]
