"""Tiltak: what is to be done, by whom, when, and how it went."""

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from kompetanse.enums import Vei
from kompetanse.models import Gaprad
from planer.enums import Hovedmaal, Tiltakstatus
from planer.models.omraader import Innsatsomraade
from planer.models.plan import Plan
from planer.querysets import TiltakQuerySet


class Tiltaksmal(models.Model):
    """A measure in the catalogue that new tiltak can start from."""

    tittel = models.CharField(_("tittel"), max_length=150, unique=True)
    hva = models.TextField(_("hva"), blank=True, max_length=2000)
    vei = models.CharField(_("vei"), max_length=12, choices=Vei)
    omraade = models.SlugField(_("innsatsområde"), max_length=40, blank=True)
    kilde = models.CharField(_("kilde"), max_length=150, blank=True)

    class Meta:
        verbose_name = _("tiltak i katalogen")
        verbose_name_plural = _("tiltakskatalog")
        ordering = ["tittel", "pk"]

    def __str__(self) -> str:
        return self.tittel


class Tiltak(models.Model):
    """A measure in a plan. `ident` («T-0042») is the same in every revision and in every export.

    Money in whole kroner. `nullpunkt` and `maaltall` in the unit named in `maalenhet`. `gaprad`: the row of the gap
    analysis it was made from. Late, due soon and unassigned are computed (`TiltakQuerySet`), never stored.
    """

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="tiltak")
    ident = models.CharField(_("id"), max_length=12, db_index=True)
    tittel = models.CharField(_("tittel"), max_length=200)
    hva = models.TextField(_("hva skal gjøres"), blank=True, max_length=5000)
    omraade = models.ForeignKey(
        Innsatsomraade, verbose_name=_("innsatsområde"), on_delete=models.PROTECT, related_name="tiltak"
    )
    hovedmaal = models.PositiveSmallIntegerField(_("mål"), choices=Hovedmaal)
    vei = models.CharField(_("vei"), max_length=12, choices=Vei)
    ansvarlig = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("ansvarlig"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="tiltak",
    )
    deltakere = models.CharField(_("hvem er med"), max_length=300, blank=True)
    start = models.DateField(_("start"), null=True, blank=True)
    frist = models.DateField(_("frist"), null=True, blank=True)
    status = models.CharField(_("status"), max_length=12, choices=Tiltakstatus, default=Tiltakstatus.PLANLAGT)
    statusgrunn = models.CharField(_("hvorfor utsatt eller avbrutt"), max_length=500, blank=True)
    kostnad = models.DecimalField(
        _("kostnad i kroner"),
        max_digits=12,
        decimal_places=0,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    finansiering = models.CharField(_("finansieres av"), max_length=200, blank=True)
    soknadsfrist = models.DateField(_("søknadsfrist"), null=True, blank=True)
    kriterie_resultat = models.CharField(_("slik ser vi at det virket"), max_length=500, blank=True)
    kriterie_prosess = models.CharField(_("slik ser vi at det ble gjort godt"), max_length=500, blank=True)
    maalenhet = models.CharField(_("måles i"), max_length=80, blank=True)
    nullpunkt = models.DecimalField(_("nullpunkt"), max_digits=12, decimal_places=2, null=True, blank=True)
    maaltall = models.DecimalField(_("mål å nå"), max_digits=12, decimal_places=2, null=True, blank=True)
    fra_mal = models.ForeignKey(Tiltaksmal, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    gaprad = models.ForeignKey(
        Gaprad,
        verbose_name=_("fra gapanalysen"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="tiltak",
    )
    sok = models.TextField(blank=True, editable=False)
    endret = models.DateTimeField()
    historie = HistoricalRecords(excluded_fields=["sok"])

    objects = TiltakQuerySet.as_manager()

    class Meta:
        verbose_name = _("tiltak")
        verbose_name_plural = _("tiltak")
        ordering = ["frist", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "ident"], name="tiltak_ident_en_gang"),
            models.CheckConstraint(
                condition=Q(frist__isnull=True) | Q(start__isnull=True) | Q(frist__gte=F("start")),
                name="tiltak_frist_etter_start",
                violation_error_message=_("Fristen kan ikke være før starten."),
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["utsatt", "avbrutt"]) | ~Q(statusgrunn=""),
                name="tiltak_grunn_naar_utsatt",
                violation_error_message=_("Skriv hvorfor tiltaket er utsatt eller avbrutt."),
            ),
        ]

    def __str__(self) -> str:
        return self.tittel


class Tiltaksoppfolging(models.Model):
    """An entry in a tiltak's log: how it goes, and the measured value when there is one."""

    tiltak = models.ForeignKey(Tiltak, on_delete=models.CASCADE, related_name="oppfolginger")
    dato = models.DateField(_("dato"))
    tekst = models.TextField(_("hvordan går det"), max_length=4000)
    status = models.CharField(_("status"), max_length=12, choices=Tiltakstatus)
    verdi = models.DecimalField(_("målt verdi"), max_digits=12, decimal_places=2, null=True, blank=True)
    av = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    tid = models.DateTimeField()

    class Meta:
        verbose_name = _("oppfølging av tiltak")
        ordering = ["-dato", "-pk"]
