"""The plan's text: sections of cleaned rich text with versions, who is writing, and live figures."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from analyse.models import Uttrekk
from organisasjon.models import Enhet
from planer.models.omraader import Innsatsomraade
from planer.models.plan import Plan


class Seksjon(models.Model):
    """One piece of rich text. All rich text of a plan is sections, so that saving, locking, history, comments and
    figures are one thing everywhere.

    `html` has passed the allow-list (`felles.riktekst`). `kapittel` is the step (1–8) or part (1–5). `nokkel` is
    stable over versions: «mandat», or «omraade-<nokkel>-hva» and «grep-<nokkel>» for those that belong to an
    innsatsområde. `lopenummer` counts saves and is the optimistic lock. `sok` is the folded plain text for search.
    """

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="seksjoner")
    kapittel = models.PositiveSmallIntegerField(_("kapittel"))
    nokkel = models.SlugField(max_length=80)
    overskrift = models.CharField(_("overskrift"), max_length=200)
    html = models.TextField(_("tekst"), blank=True)
    sok = models.TextField(blank=True, editable=False)
    paakrevd = models.BooleanField(_("må fylles ut"), default=False)
    omraade = models.ForeignKey(
        Innsatsomraade, null=True, blank=True, on_delete=models.CASCADE, related_name="seksjoner"
    )
    rekkefolge = models.PositiveSmallIntegerField(default=0)
    lopenummer = models.PositiveIntegerField(default=1)
    endret = models.DateTimeField()
    endret_av = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("seksjon")
        verbose_name_plural = _("seksjoner")
        ordering = ["kapittel", "rekkefolge", "pk"]
        constraints = [models.UniqueConstraint(fields=["plan", "nokkel"], name="seksjon_nokkel_en_gang")]
        # The stamp of the plans (`planer.stempel`) sums the numbers without reading the texts.
        indexes = [models.Index(fields=["plan", "lopenummer"], name="seksjon_plan_lopenummer")]

    def __str__(self) -> str:
        return self.overskrift

    @property
    def er_tom(self) -> bool:
        """Has nobody written anything here?"""
        return not self.sok.strip()


class Seksjonsversjon(models.Model):
    """A section as it was after a save. Autosaves by the same person within a few minutes share one row."""

    seksjon = models.ForeignKey(Seksjon, on_delete=models.CASCADE, related_name="versjoner")
    lopenummer = models.PositiveIntegerField()
    overskrift = models.CharField(max_length=200)
    html = models.TextField(blank=True)
    tid = models.DateTimeField()
    av = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    grunn = models.CharField(max_length=120, blank=True)

    class Meta:
        verbose_name = _("seksjonsversjon")
        ordering = ["-tid", "-pk"]


class Redigering(models.Model):
    """That somebody has a section open right now; a sign of life every few seconds, forgotten soon after."""

    seksjon = models.ForeignKey(Seksjon, on_delete=models.CASCADE, related_name="redigeringer")
    bruker = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    sist = models.DateTimeField()

    class Meta:
        verbose_name = _("redigering")
        constraints = [models.UniqueConstraint(fields=["seksjon", "bruker"], name="redigering_en_gang")]


class Tallreferanse(models.Model):
    """A live figure in a plan's text: where it comes from, never just what it was.

    In the text it is `<span data-tall="nokkel">`. `rapport`, `enhet`, `tabell`, `rad` (value of the row's first
    column, «sum» for the sum row) and `kolonne` point to one cell. When the plan is adopted, what readers with and
    without access to small numbers see is frozen.
    """

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="tall")
    nokkel = models.SlugField(max_length=16)
    rapport = models.CharField(max_length=40)
    enhet = models.ForeignKey(Enhet, on_delete=models.PROTECT, related_name="+")
    tabell = models.CharField(max_length=40, default="rader")
    rad = models.CharField(max_length=150)
    kolonne = models.CharField(max_length=40)
    tekst = models.CharField(_("hva tallet er"), max_length=300)
    frosset = models.CharField(max_length=40, blank=True)
    frosset_prikket = models.CharField(max_length=40, blank=True)
    frosset_uttrekk = models.ForeignKey(Uttrekk, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        verbose_name = _("tall i plan")
        verbose_name_plural = _("tall i planer")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["plan", "nokkel"], name="tall_nokkel_en_gang")]
