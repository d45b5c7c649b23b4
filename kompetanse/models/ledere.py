"""Leaders and key positions: who holds them, what is documented, and which exceptions have been made.

Only those whose position has a requirement are named, so that the employer can see to it that the requirement is met.
Kept are name, position and what the requirements ask about; no number, birth date, address or grades. A row of somebody
who has left is deleted when it is no longer needed.
"""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from analyse.enums import Lederfunksjon
from kompetanse.enums import Dokumentslag, Ledernivaa
from kompetanse.models.krav import Krav
from kompetanse.querysets import LederQuerySet, i_samme_tid
from kompetanse.regler import Nivaa
from kompetanse.regler.betingelser import NIVAANAVN
from organisasjon.models import Enhet

NIVAAVALG = tuple((int(n), NIVAANAVN[n].capitalize()) for n in Nivaa)
NIVAA_AV = {
    Lederfunksjon.ENHETSLEDER: Ledernivaa.ENHET,
    Lederfunksjon.AVDELINGSLEDER: Ledernivaa.AVDELING,
    Lederfunksjon.FAGLEDER: Ledernivaa.AVDELING,
    Lederfunksjon.ARBEIDSLEDER: Ledernivaa.ARBEIDSLEDER,
    "": Ledernivaa.NOEKKEL,
}


def _til_etter_fra(navn: str, fra: str, til: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(**{f"{til}__isnull": True}) | Q(**{f"{fra}__isnull": True}) | Q(**{f"{til}__gte": F(fra)}),
        name=navn,
        violation_error_message=_("Sluttdatoen kan ikke være før startdatoen."),
    )


class Lederpost(models.Model):
    """Who holds a leader function or a key position in a unit, from and to a day.

    Purpose: to see whether the requirements of the position are met. `funksjon` is empty for a key position.
    `kartlagt`: the day somebody last went through the documentation; empty = nothing can be said yet.
    `bruker`: the leader's own login, so that the leader sees own row.
    """

    enhet = models.ForeignKey(Enhet, verbose_name=_("enhet"), on_delete=models.PROTECT, related_name="lederposter")
    funksjon = models.CharField(_("lederfunksjon"), max_length=24, choices=Lederfunksjon, blank=True)
    stilling = models.CharField(_("stilling"), max_length=150)
    navn = models.CharField(_("navn"), max_length=150)
    bruker = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("innlogging"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="lederposter",
    )
    gyldig_fra = models.DateField(_("i stillingen fra"), null=True, blank=True)
    gyldig_til = models.DateField(_("i stillingen til og med"), null=True, blank=True)
    kartlagt = models.DateField(_("dokumentasjonen gått gjennom"), null=True, blank=True)
    historie = HistoricalRecords()

    objects = LederQuerySet.as_manager()

    class Meta:
        verbose_name = _("leder eller nøkkelstilling")
        verbose_name_plural = _("ledere og nøkkelstillinger")
        ordering = ["navn", "pk"]
        constraints = [_til_etter_fra("lederpost_til_etter_fra", "gyldig_fra", "gyldig_til")]

    def __str__(self) -> str:
        return f"{self.navn}, {self.stilling}"

    def clean(self) -> None:
        """Nobody holds the same position twice at the same time."""
        if self.enhet_id is None:
            return
        samme = Lederpost.objects.filter(navn__iexact=self.navn, stilling__iexact=self.stilling, enhet=self.enhet_id)
        if i_samme_tid(samme.exclude(pk=self.pk), self.gyldig_fra, self.gyldig_til).exists():
            tekst = _("%(navn)s står alt i denne stillingen i samme tid. Endre den raden i stedet.")
            raise ValidationError({"gyldig_fra": tekst % {"navn": self.navn}})

    @property
    def nivaa(self) -> Ledernivaa:
        """The level the overview counts the leader under."""
        return NIVAA_AV.get(self.funksjon, Ledernivaa.TOPP)


class Dokument(models.Model):
    """One thing a leader has documented, or a commitment with a deadline. Purpose: to check it against requirements.

    The fields are those of regler.Bevis. `referanse` says where the paper lies (the case system); the paper itself, and
    grades, are never kept here.
    """

    leder = models.ForeignKey(Lederpost, on_delete=models.CASCADE, related_name="dokumenter")
    slag = models.CharField(_("hva er det"), max_length=16, choices=Dokumentslag)
    tekst = models.CharField(_("fag, kurs, rolle eller hva avtalen gjelder"), max_length=200, blank=True)
    nivaa = models.PositiveSmallIntegerField(_("nivå"), choices=NIVAAVALG, null=True, blank=True)
    poeng = models.PositiveSmallIntegerField(
        _("studiepoeng"), null=True, blank=True, validators=[MaxValueValidator(600)]
    )
    fra = models.DateField(_("fullført, begynte eller avtalt"), null=True, blank=True)
    til = models.DateField(_("frist, slutt eller utløp"), null=True, blank=True)
    relevant = models.BooleanField(_("vurdert som relevant"), default=False)
    referanse = models.CharField(_("hvor papiret ligger"), max_length=120, blank=True)
    historie = HistoricalRecords()

    class Meta:
        verbose_name = _("dokumentasjon")
        verbose_name_plural = _("dokumentasjon")
        ordering = ["slag", "pk"]
        constraints = [_til_etter_fra("dokument_til_etter_fra", "fra", "til")]

    def __str__(self) -> str:
        return " ".join(filter(None, (str(self.get_slag_display()), self.tekst)))

    def clean(self) -> None:
        """What the kind cannot do without."""
        mangler = {felt: _("Fyll ut dette.") for felt in PAAKREVD.get(self.slag, ()) if not getattr(self, felt)}
        if mangler:
            raise ValidationError(mangler)


PAAKREVD = {
    Dokumentslag.UTDANNING: ("nivaa", "tekst"),
    Dokumentslag.KURS: ("tekst",),
    Dokumentslag.ERFARING: ("tekst", "fra"),
    Dokumentslag.STUDIEPOENG: ("tekst", "poeng"),
    Dokumentslag.BEKREFTELSE: ("tekst",),
    Dokumentslag.FORPLIKTELSE: ("tekst", "til"),
}


class Unntak(models.Model):
    """A decision that a leader holds the position without meeting a requirement. Needs a reason and a reference."""

    leder = models.ForeignKey(Lederpost, on_delete=models.CASCADE, related_name="unntak")
    krav = models.ForeignKey(Krav, verbose_name=_("krav"), on_delete=models.CASCADE, related_name="unntak")
    grunn = models.TextField(_("begrunnelse"), max_length=1000)
    referanse = models.CharField(_("sak eller dokument"), max_length=120)
    fra = models.DateField(_("gjelder fra"))
    til = models.DateField(_("gjelder til og med"), null=True, blank=True)
    historie = HistoricalRecords()

    class Meta:
        verbose_name = _("unntak")
        verbose_name_plural = _("unntak")
        ordering = ["-fra", "pk"]
        constraints = [_til_etter_fra("unntak_til_etter_fra", "fra", "til")]

    def __str__(self) -> str:
        return f"{self.krav} ({self.referanse})"

    def clean(self) -> None:
        """Two exceptions from the same requirement may not hold at the same time."""
        if self.leder_id is None or self.krav_id is None or self.fra is None:
            return
        andre = Unntak.objects.filter(leder=self.leder_id, krav=self.krav_id).exclude(pk=self.pk)
        if i_samme_tid(andre, self.fra, self.til, "fra", "til").exists():
            raise ValidationError({"fra": _("Det finnes alt et unntak fra dette kravet i samme tid.")})
