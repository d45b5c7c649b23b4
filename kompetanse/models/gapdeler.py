"""What a gap analysis asks about besides its rows: task sharing, SWOT, HR's own questions; and what came too late."""

from decimal import ROUND_HALF_UP, Decimal

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kompetanse.enums import Planomraade, Swotslag
from kompetanse.models.gap import Gapanalyse, Gapsporsmaal
from kompetanse.querysets import AlleManager, InneManager


class Gapoppgave(models.Model):
    """Task sharing: a task, who does it today and who could, and what that would free, by stated assumptions.

    `tatt_ut` as on a row.
    """

    analyse = models.ForeignKey(Gapanalyse, on_delete=models.CASCADE, related_name="oppgaver")
    nummer = models.PositiveSmallIntegerField(_("rekkefølge"))
    oppgave = models.CharField(_("oppgave"), max_length=200)
    utfoeres_av = models.CharField(_("hvem gjør den i dag"), max_length=150)
    kan_utfoeres_av = models.CharField(_("hvem kunne gjort den"), max_length=150, blank=True)
    timer_per_uke = models.DecimalField(
        _("timer i uka til sammen"), max_digits=6, decimal_places=1, null=True, blank=True,
        validators=[MinValueValidator(0)],
    )  # fmt: skip
    andel = models.PositiveSmallIntegerField(
        _("hvor mye kan flyttes, prosent"), null=True, blank=True, validators=[MaxValueValidator(100)]
    )
    forutsetning = models.CharField(_("hva anslaget bygger på"), max_length=300, blank=True)
    tatt_ut = models.DateTimeField(_("tatt ut"), null=True, blank=True)
    lopenummer = models.PositiveIntegerField(default=0)

    objects = InneManager()
    alle = AlleManager()

    class Meta:
        verbose_name = _("oppgave som kan deles")
        verbose_name_plural = _("oppgaver som kan deles")
        ordering = ["nummer", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(andel__isnull=True) | Q(andel__lte=100), name="gapoppgave_andel_prosent")
        ]

    def __str__(self) -> str:
        return self.oppgave

    @property
    def frigjort(self) -> Decimal | None:
        """Hours a week freed: hours × share, a half upwards. None without both."""
        if self.timer_per_uke is None or self.andel is None:
            return None
        return (self.timer_per_uke * self.andel / 100).quantize(Decimal("0.1"), ROUND_HALF_UP)


class Gapswot(models.Model):
    """Strengths, weaknesses, opportunities or threats of a unit within one area."""

    analyse = models.ForeignKey(Gapanalyse, on_delete=models.CASCADE, related_name="swot")
    omraade = models.CharField(_("område"), max_length=12, choices=Planomraade)
    slag = models.CharField(_("slag"), max_length=8, choices=Swotslag)
    tekst = models.TextField(_("tekst"), blank=True, max_length=2000)
    lopenummer = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("felt i SWOT")
        verbose_name_plural = _("felter i SWOT")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["analyse", "omraade", "slag"], name="gapswot_ett_felt")]


class Gapsvar(models.Model):
    """The answer to one of HR's own questions."""

    analyse = models.ForeignKey(Gapanalyse, on_delete=models.CASCADE, related_name="svar")
    sporsmaal = models.ForeignKey(Gapsporsmaal, on_delete=models.CASCADE, related_name="svar")
    tekst = models.TextField(_("svar"), blank=True, max_length=2000)
    lopenummer = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("svar på eget spørsmål")
        verbose_name_plural = _("svar på egne spørsmål")
        ordering = ["sporsmaal__nummer", "pk"]
        constraints = [models.UniqueConstraint(fields=["analyse", "sporsmaal"], name="gapsvar_ett_svar")]


class Gapsentsvar(models.Model):
    """What somebody typed after the round was closed or the analysis sent: kept apart, so that nothing is lost.

    So is what was typed in a task or a question that others took out meanwhile. `gjelder` names the row it was meant
    for («rad:12», «oppgave:3», «swot:tjenester:styrke», «svar:4», or «nye:rader» and «nye:oppgave» for something new),
    `verdier` are the fields as they were typed. Shown to the leader and HR; taken in or thrown away when the round
    opens again.
    """

    analyse = models.ForeignKey(Gapanalyse, on_delete=models.CASCADE, related_name="sene_svar")
    gjelder = models.CharField(max_length=60)
    verdier = models.JSONField(default=dict)
    av = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    tid = models.DateTimeField()

    class Meta:
        verbose_name = _("svar etter stenging")
        verbose_name_plural = _("svar etter stenging")
        ordering = ["tid", "pk"]
