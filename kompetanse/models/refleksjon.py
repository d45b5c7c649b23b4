"""Reflection cards, and the sessions where a group talks about them."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kompetanse.enums import Kortgruppe
from kompetanse.querysets import OektQuerySet
from organisasjon.models import Enhet

FLEST_TIL_STEDE = 500


class Refleksjonskort(models.Model):
    """A question to talk about. `tatt_ut`: no longer drawn; sessions that have drawn it keep it."""

    gruppe = models.CharField(_("tema"), max_length=14, choices=Kortgruppe)
    sporsmaal = models.CharField(_("spørsmål"), max_length=200)
    hjelp = models.CharField(_("hjelp til samtalen"), max_length=300, blank=True)
    tatt_ut = models.DateField(_("tatt ut"), null=True, blank=True)

    class Meta:
        verbose_name = _("refleksjonskort")
        verbose_name_plural = _("refleksjonskort")
        ordering = ["gruppe", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["sporsmaal"],
                condition=Q(tatt_ut__isnull=True),
                name="refleksjonskort_ett_av_hvert",
                violation_error_message=_("Det finnes allerede et kort med dette spørsmålet."),
            )
        ]

    def __str__(self) -> str:
        return self.sporsmaal


class Refleksjonsoekt(models.Model):
    """A group's session with the cards.

    Purpose: keep what the group came to, so that it can become tiltak and risks. Who was there is a number or roles,
    never names. `temaer` are the groups of cards drawn from, with a comma between; empty = all.
    """

    enhet = models.ForeignKey(Enhet, verbose_name=_("enhet"), on_delete=models.PROTECT, related_name="refleksjoner")
    formaal = models.CharField(_("hva er samtalen til"), max_length=200)
    dato = models.DateField(_("dato"))
    antall = models.PositiveSmallIntegerField(
        _("antall til stede"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(FLEST_TIL_STEDE)],
    )
    roller = models.CharField(_("roller til stede"), max_length=200, blank=True)
    temaer = models.CharField(_("temaer"), max_length=100, blank=True)
    oppsummering = models.TextField(_("oppsummering"), blank=True, max_length=4000)
    avsluttet = models.DateTimeField(_("avsluttet"), null=True, blank=True)
    startet = models.DateTimeField(_("startet"))
    startet_av = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = OektQuerySet.as_manager()

    class Meta:
        verbose_name = _("refleksjonsøkt")
        verbose_name_plural = _("refleksjonsøkter")
        ordering = ["-dato", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(antall__isnull=False) | ~Q(roller=""),
                name="refleksjonsoekt_antall_eller_roller",
                violation_error_message=_("Skriv hvor mange som er til stede, eller hvilke roller de har."),
            )
        ]

    def __str__(self) -> str:
        return self.formaal

    @property
    def temaliste(self) -> list[Kortgruppe]:
        """The groups drawn from, in the order of the enum; all when none are chosen."""
        valgt = set(filter(None, self.temaer.split(",")))
        return [gruppe for gruppe in Kortgruppe if not valgt or gruppe.value in valgt]


class Refleksjonsnotat(models.Model):
    """A card drawn in a session, as it read then, with what the group noted.

    `tiltak` are the ids of tiltak made from it, with a comma between. `lopenummer` is the lock of the note.
    """

    oekt = models.ForeignKey(Refleksjonsoekt, on_delete=models.CASCADE, related_name="notater")
    kort = models.ForeignKey(Refleksjonskort, on_delete=models.PROTECT, related_name="notater")
    nummer = models.PositiveSmallIntegerField(_("nummer"))
    gruppe = models.CharField(_("tema"), max_length=14, choices=Kortgruppe)
    sporsmaal = models.CharField(_("spørsmål"), max_length=200)
    hjelp = models.CharField(_("hjelp til samtalen"), max_length=300, blank=True)
    notat = models.TextField(_("notat"), blank=True, max_length=4000)
    tiltak = models.CharField(_("tiltak"), max_length=120, blank=True)
    lopenummer = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("kort i økten")
        verbose_name_plural = _("kort i økten")
        ordering = ["nummer", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["oekt", "kort"], name="refleksjonsnotat_kort_en_gang"),
            models.UniqueConstraint(fields=["oekt", "nummer"], name="refleksjonsnotat_nummer_en_gang"),
        ]

    def __str__(self) -> str:
        return self.sporsmaal

    @property
    def tiltaksliste(self) -> list[str]:
        return [ident for ident in self.tiltak.split(",") if ident]
