"""The organisation: users, units as a tree, services across units, and roles with a scope."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords
from tree_queries.models import TreeNode

from organisasjon.enums import Enhetstype, Rolle
from organisasjon.querysets import EnhetQuerySet, RolleQuerySet


class Bruker(AbstractUser):
    """A person who can log in. Name and e-mail are needed to say who did what and to send notice; no more is kept."""

    first_name = None
    last_name = None
    navn = models.CharField(_("navn"), max_length=150, blank=True)

    class Meta:
        verbose_name = _("bruker")
        verbose_name_plural = _("brukere")
        ordering = ["navn", "pk"]

    def __str__(self) -> str:
        return self.navn or self.username

    def get_full_name(self) -> str:
        return str(self)

    def get_short_name(self) -> str:
        return str(self)


class Enhet(TreeNode):
    """A unit at any level. The code is the accounting code («ansvar») where the HR system has one.

    A unit that has been closed keeps its row (`gyldig_til`), and `erstattet_av` points to the unit that took over,
    so that a trend can follow it. Old snapshots hold their own copy of names and parents.
    """

    kode = models.CharField(_("kode"), max_length=64, unique=True)
    navn = models.CharField(_("navn"), max_length=150)
    type = models.CharField(_("nivå"), max_length=10, choices=Enhetstype)
    gyldig_fra = models.DateField(_("gyldig fra"), null=True, blank=True)
    gyldig_til = models.DateField(_("gyldig til"), null=True, blank=True)
    erstattet_av = models.ForeignKey(
        "self",
        verbose_name=_("slått sammen med"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="erstatter",
    )
    historie = HistoricalRecords()

    objects = EnhetQuerySet.as_manager(with_tree_fields=False)

    class Meta:
        verbose_name = _("enhet")
        verbose_name_plural = _("enheter")
        ordering = ["navn", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["type"],
                condition=Q(type=Enhetstype.KOMMUNE),
                name="enhet_en_kommune",
                violation_error_message=_("Det finnes allerede en kommune."),
            ),
            models.CheckConstraint(
                condition=Q(gyldig_til__isnull=True) | Q(gyldig_fra__isnull=True) | Q(gyldig_til__gte=F("gyldig_fra")),
                name="enhet_til_etter_fra",
                violation_error_message=_("Gyldig til kan ikke være før gyldig fra."),
            ),
        ]

    def __str__(self) -> str:
        return self.navn


class Kommuneprofil(models.Model):
    """What a document needs to know of the municipality beyond its name: the coat of arms on the cover."""

    enhet = models.OneToOneField(Enhet, on_delete=models.CASCADE, related_name="profil")
    logo = models.BinaryField(_("logo"), null=True, blank=True)
    logo_type = models.CharField(max_length=20, blank=True)

    class Meta:
        verbose_name = _("kommuneprofil")


class Tjeneste(models.Model):
    """A service, which may span several units (all primary schools are one service)."""

    navn = models.CharField(_("navn"), max_length=150, unique=True)
    enheter = models.ManyToManyField(Enhet, verbose_name=_("enheter"), related_name="tjenester", blank=True)
    historie = HistoricalRecords()

    class Meta:
        verbose_name = _("tjeneste")
        verbose_name_plural = _("tjenester")
        ordering = ["navn", "pk"]

    def __str__(self) -> str:
        return self.navn


class Rolletildeling(models.Model):
    """That a person has a role for a unit and all beneath it, from and to a date. Every change is kept in history."""

    bruker = models.ForeignKey(Bruker, verbose_name=_("person"), on_delete=models.CASCADE, related_name="roller")
    rolle = models.CharField(_("rolle"), max_length=24, choices=Rolle)
    enhet = models.ForeignKey(Enhet, verbose_name=_("område"), on_delete=models.PROTECT, related_name="roller")
    gyldig_fra = models.DateField(_("gyldig fra"))
    gyldig_til = models.DateField(_("gyldig til"), null=True, blank=True)
    historie = HistoricalRecords()

    objects = RolleQuerySet.as_manager()

    class Meta:
        verbose_name = _("rolle")
        verbose_name_plural = _("roller")
        ordering = ["bruker__navn", "rolle", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["bruker", "rolle", "enhet"],
                name="rolle_en_gang_per_omraade",
                violation_error_message=_("Personen har allerede denne rollen for dette området."),
            ),
            models.CheckConstraint(
                condition=Q(gyldig_til__isnull=True) | Q(gyldig_til__gte=F("gyldig_fra")),
                name="rolle_til_etter_fra",
                violation_error_message=_("Gyldig til kan ikke være før gyldig fra."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_rolle_display()}, {self.enhet}"


class Hendelse(models.Model):
    """Something that was done and that no row's own history tells: an account changed, an extract read in or undone.

    `innhold` is JSON: hva, hendelse, and endringer as lists of field, before, after. Text, so that the log can be
    searched and paged in one query together with the histories. Never personal data beyond a name and an e-mail.
    """

    tid = models.DateTimeField(_("når"), db_index=True)
    utfoert_av = models.ForeignKey(
        Bruker, verbose_name=_("hvem"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    slag = models.CharField(_("slag"), max_length=20)
    innhold = models.TextField(_("innhold"))

    class Meta:
        verbose_name = _("hendelse")
        verbose_name_plural = _("hendelser")
        ordering = ["-tid", "-pk"]
        indexes = [
            # The newest of a kind: stamps of finished pages ask for it each time.
            models.Index(fields=["slag", "id"], name="hendelse_nyeste_av_slaget")
        ]
