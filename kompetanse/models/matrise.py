"""The role and responsibility matrix (temaplanen, punkt 5.6): matrices, versions, rows, cells, what was changed."""

from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from kompetanse.matrise.enums import Gjelder, Kode, Matriserolle, Regel
from kompetanse.matrise.koder import LENGST, Ansvar, les
from organisasjon.models import Bruker, Enhet, Tjeneste


class Matrise(models.Model):
    """Who has which part in which task: for the municipality, for a sector or unit, or for a service."""

    navn = models.CharField(_("navn"), max_length=120)
    gjelder = models.CharField(_("gjelder for"), max_length=10, choices=Gjelder)
    enhet = models.OneToOneField(Enhet, verbose_name=_("enhet"), null=True, blank=True, on_delete=models.PROTECT)
    tjeneste = models.OneToOneField(
        Tjeneste, verbose_name=_("tjeneste"), null=True, blank=True, on_delete=models.PROTECT
    )

    class Meta:
        verbose_name = _("matrise")
        verbose_name_plural = _("matriser")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["gjelder"],
                condition=Q(gjelder=Gjelder.KOMMUNE),
                name="matrise_en_for_kommunen",
                violation_error_message=_("Kommunen har allerede en matrise."),
            ),
            models.CheckConstraint(
                condition=Q(gjelder=Gjelder.KOMMUNE, enhet__isnull=True, tjeneste__isnull=True)
                | Q(gjelder=Gjelder.ENHET, enhet__isnull=False, tjeneste__isnull=True)
                | Q(gjelder=Gjelder.TJENESTE, enhet__isnull=True, tjeneste__isnull=False),
                name="matrise_gjelder_ett",
                violation_error_message=_("Velg hva matrisen gjelder for."),
            ),
        ]

    def __str__(self) -> str:
        return self.navn


class Matriseversjon(models.Model):
    """One edition of a matrix. Without `gyldig_fra` it is a draft; a matrix has one draft at most."""

    matrise = models.ForeignKey(Matrise, on_delete=models.CASCADE, related_name="versjoner")
    nummer = models.PositiveSmallIntegerField(_("utgave"))
    gyldig_fra = models.DateField(_("gjelder fra"), null=True, blank=True)
    gyldig_til = models.DateField(_("gjelder til og med"), null=True, blank=True)
    roller = models.CharField(_("roller"), max_length=60)
    innledning = models.TextField(_("innledning"), blank=True, validators=[MaxLengthValidator(2000)])
    tekst_oa = models.TextField(_("OA"), validators=[MaxLengthValidator(600)])
    tekst_ha = models.TextField(_("HA"), validators=[MaxLengthValidator(600)])
    tekst_bs = models.TextField(_("BS"), validators=[MaxLengthValidator(600)])
    tekst_u = models.TextField(_("U"), validators=[MaxLengthValidator(600)])

    class Meta:
        verbose_name = _("utgave av matrisen")
        verbose_name_plural = _("utgaver av matrisen")
        ordering = ["matrise", "-nummer"]
        constraints = [
            models.UniqueConstraint(fields=["matrise", "nummer"], name="matriseversjon_nummer_en_gang"),
            models.UniqueConstraint(
                fields=["matrise"],
                condition=Q(gyldig_fra__isnull=True),
                name="matriseversjon_ett_utkast",
                violation_error_message=_("Matrisen har allerede et utkast."),
            ),
            models.CheckConstraint(
                condition=Q(gyldig_til__isnull=True) | Q(gyldig_til__gte=F("gyldig_fra")),
                name="matriseversjon_til_etter_fra",
                violation_error_message=_("Utgaven kan ikke slutte å gjelde før den begynner."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.matrise}, {_('utgave')} {self.nummer}"

    @property
    def er_utkast(self) -> bool:
        return self.gyldig_fra is None

    @property
    def rolleliste(self) -> list[Matriserolle]:
        """The columns, in the order of the enum."""
        har = set(self.roller.split(","))
        return [rolle for rolle in Matriserolle if rolle.value in har]

    @property
    def forklaring(self) -> list[tuple[Kode, str]]:
        """The legend."""
        return [(kode, getattr(self, f"tekst_{kode.value.lower()}")) for kode in Kode]


class Matriseoppgave(models.Model):
    """A task through all editions of a matrix, so that a case stays linked to it when the wording changes."""

    matrise = models.ForeignKey(Matrise, on_delete=models.CASCADE, related_name="oppgaver")
    nokkel = models.SlugField(max_length=80)

    class Meta:
        verbose_name = _("oppgave")
        verbose_name_plural = _("oppgaver")
        constraints = [models.UniqueConstraint(fields=["matrise", "nokkel"], name="matriseoppgave_en_gang")]

    def __str__(self) -> str:
        return self.nokkel


class Matriserad(models.Model):
    """A task in one edition."""

    versjon = models.ForeignKey(Matriseversjon, on_delete=models.CASCADE, related_name="rader")
    oppgave = models.ForeignKey(Matriseoppgave, on_delete=models.RESTRICT, related_name="rader")
    navn = models.CharField(_("ansvar eller oppgave"), max_length=120)
    rekkefolge = models.PositiveSmallIntegerField(_("plass"))

    class Meta:
        verbose_name = _("rad")
        verbose_name_plural = _("rader")
        ordering = ["rekkefolge", "pk"]
        constraints = [models.UniqueConstraint(fields=["versjon", "oppgave"], name="matriserad_en_per_oppgave")]

    def __str__(self) -> str:
        return self.navn


class Matrisecelle(models.Model):
    """What one role has in one task, in the notation of kompetanse.matrise.koder. `lopenummer` grows by each change:
    who saves says which number was read, so that nobody writes over somebody else.
    """

    rad = models.ForeignKey(Matriserad, on_delete=models.CASCADE, related_name="celler")
    rolle = models.CharField(_("rolle"), max_length=4, choices=Matriserolle)
    innhold = models.CharField(_("ansvar"), max_length=LENGST, blank=True)
    lopenummer = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("celle")
        verbose_name_plural = _("celler")
        constraints = [models.UniqueConstraint(fields=["rad", "rolle"], name="matrisecelle_en_per_rolle")]

    def __str__(self) -> str:
        return self.innhold

    @property
    def ansvar(self) -> tuple[Ansvar, ...]:
        return les(self.innhold)


class Godkjentfunn(models.Model):
    """HR has accepted what a rule says about a row, and why. Holds as long as the row says the same (`gjelder`)."""

    rad = models.ForeignKey(Matriserad, on_delete=models.CASCADE, related_name="godkjente")
    regel = models.CharField(_("regel"), max_length=12, choices=Regel)
    gjelder = models.CharField(max_length=64)
    grunn = models.CharField(_("begrunnelse"), max_length=500)
    av = models.ForeignKey(Bruker, null=True, on_delete=models.SET_NULL, related_name="+")
    tid = models.DateTimeField()

    class Meta:
        verbose_name = _("godkjent merknad")
        verbose_name_plural = _("godkjente merknader")
        constraints = [models.UniqueConstraint(fields=["rad", "regel"], name="godkjentfunn_en_per_regel")]

    def __str__(self) -> str:
        return self.grunn


class Matriseendring(models.Model):
    """Who changed what in a matrix, and when. Kept for every edition."""

    versjon = models.ForeignKey(Matriseversjon, on_delete=models.CASCADE, related_name="endringer")
    tid = models.DateTimeField(_("når"))
    av = models.ForeignKey(Bruker, verbose_name=_("hvem"), null=True, on_delete=models.SET_NULL, related_name="+")
    hva = models.CharField(_("hva"), max_length=250)
    foer = models.TextField(_("før"), blank=True)
    etter = models.TextField(_("etter"), blank=True)

    class Meta:
        verbose_name = _("endring i matrisen")
        verbose_name_plural = _("endringer i matrisen")
        ordering = ["-tid", "-pk"]

    def __str__(self) -> str:
        return self.hva


class Forankringssak(models.Model):
    """A typical case that must be anchored higher up before an enhetsleder acts. Used for training too.

    `forankres` are the roles that must be asked (values of Matriserolle with a comma between).
    """

    tittel = models.CharField(_("sak"), max_length=150)
    beskrivelse = models.TextField(_("hva saken er"), validators=[MaxLengthValidator(2000)])
    oppgaver = models.ManyToManyField(Matriseoppgave, verbose_name=_("rader i matrisen"), related_name="saker")
    omraade = models.CharField(_("område"), max_length=80, blank=True)
    forankres = models.CharField(_("forankres hos"), max_length=60)
    begrunnelse = models.TextField(_("hvorfor"), validators=[MaxLengthValidator(2000)])
    i_bruk = models.BooleanField(_("brukes i øving"), default=True)
    historie = HistoricalRecords()

    class Meta:
        verbose_name = _("sak som må forankres")
        verbose_name_plural = _("saker som må forankres")
        ordering = ["tittel", "pk"]

    def __str__(self) -> str:
        return self.tittel

    @property
    def forankres_hos(self) -> list[Matriserolle]:
        har = set(self.forankres.split(","))
        return [rolle for rolle in Matriserolle if rolle.value in har]
