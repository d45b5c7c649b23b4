"""Working together: comments, drøfting, hearing, and telling people."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from planer.enums import Kommentarstatus, Syn, Varselslag
from planer.models.plan import Plan
from planer.models.tekst import Seksjon
from planer.models.tiltak import Tiltak

BRUKER = settings.AUTH_USER_MODEL


class Kommentar(models.Model):
    """What somebody says of a section, or of the plan as a whole (`seksjon` None). Answers point to the first one."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="kommentarer")
    seksjon = models.ForeignKey(Seksjon, null=True, blank=True, on_delete=models.CASCADE, related_name="kommentarer")
    svar_paa = models.ForeignKey("self", null=True, blank=True, on_delete=models.CASCADE, related_name="svar")
    tekst = models.TextField(_("kommentar"), max_length=5000)
    av = models.ForeignKey(BRUKER, null=True, on_delete=models.SET_NULL, related_name="+")
    tid = models.DateTimeField()
    status = models.CharField(max_length=8, choices=Kommentarstatus, default=Kommentarstatus.AAPEN)
    avsluttet = models.DateTimeField(null=True, blank=True)
    avsluttet_av = models.ForeignKey(BRUKER, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        verbose_name = _("kommentar")
        verbose_name_plural = _("kommentarer")
        ordering = ["tid", "pk"]


class Drofting(models.Model):
    """A drøfting with union and safety representatives (HTA chapter 3, item 3.3)."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="droftinger")
    dato = models.DateField(_("dato"))
    tema = models.CharField(_("tema"), max_length=300)
    andre_deltakere = models.CharField(_("andre som deltok"), max_length=500, blank=True)
    opprettet = models.DateTimeField()
    opprettet_av = models.ForeignKey(BRUKER, null=True, on_delete=models.SET_NULL, related_name="+")
    avsluttet = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("drøfting")
        verbose_name_plural = _("drøftinger")
        ordering = ["-dato", "-pk"]

    def __str__(self) -> str:
        return f"{self.tema} {self.dato:%d.%m.%Y}"


class Droftingssyn(models.Model):
    """A representative in a drøfting, and the view they have recorded themselves (`syn` empty = not yet). `invitert`:
    when they were called; None in rows from before this was kept, which were called with the drøfting itself.
    """

    drofting = models.ForeignKey(Drofting, on_delete=models.CASCADE, related_name="syn")
    bruker = models.ForeignKey(BRUKER, on_delete=models.PROTECT, related_name="droftingssyn")
    syn = models.CharField(_("syn"), max_length=6, choices=Syn, blank=True)
    protokoll = models.TextField(_("protokolltekst"), blank=True, max_length=8000)
    invitert = models.DateTimeField(_("kalt inn"), null=True, blank=True)
    tid = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("syn i drøfting")
        ordering = ["bruker__navn", "pk"]
        constraints = [models.UniqueConstraint(fields=["drofting", "bruker"], name="droftingssyn_en_gang")]


class Horing(models.Model):
    """A hearing of the plan with a deadline (a date, the whole of it counts)."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="horinger")
    frist = models.DateField(_("høringsfrist"))
    invitasjon = models.TextField(_("hva dere spør om"), blank=True, max_length=4000)
    opprettet = models.DateTimeField()
    opprettet_av = models.ForeignKey(BRUKER, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        verbose_name = _("høring")
        verbose_name_plural = _("høringer")
        ordering = ["-frist", "-pk"]


class Horingssvar(models.Model):
    """An answer to a hearing, given by somebody logged in, or recorded by HR for a body that wrote by letter."""

    horing = models.ForeignKey(Horing, on_delete=models.CASCADE, related_name="svar")
    avsender = models.CharField(_("hvem svarer"), max_length=150)
    tekst = models.TextField(_("høringssvar"), max_length=20000)
    vurdering = models.TextField(_("slik er svaret vurdert"), blank=True, max_length=4000)
    tid = models.DateTimeField()
    av = models.ForeignKey(BRUKER, null=True, on_delete=models.SET_NULL, related_name="+")
    fra_brev = models.BooleanField(_("kom som brev"), default=False)

    class Meta:
        verbose_name = _("høringssvar")
        ordering = ["tid", "pk"]


class Varsel(models.Model):
    """Something a person should know, shown on the front page and sent in the digest. Said once per `nokkel`."""

    bruker = models.ForeignKey(BRUKER, on_delete=models.CASCADE, related_name="varsler")
    slag = models.CharField(max_length=12, choices=Varselslag)
    nokkel = models.CharField(max_length=80)
    tekst = models.CharField(max_length=300)
    adresse = models.CharField(max_length=300)
    plan = models.ForeignKey(Plan, null=True, on_delete=models.CASCADE, related_name="+")
    tiltak = models.ForeignKey(Tiltak, null=True, on_delete=models.CASCADE, related_name="+")
    opprettet = models.DateTimeField()
    lest = models.DateTimeField(null=True, blank=True)
    sendt = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("varsel")
        verbose_name_plural = _("varsler")
        ordering = ["-opprettet", "-pk"]
        constraints = [models.UniqueConstraint(fields=["bruker", "nokkel"], name="varsel_en_gang")]


class Varselvalg(models.Model):
    """Whether a person wants the digest by e-mail. Without a row they do."""

    bruker = models.OneToOneField(BRUKER, on_delete=models.CASCADE, related_name="varselvalg")
    epost = models.BooleanField(_("send meg e-post"), default=True)

    class Meta:
        verbose_name = _("varselvalg")
