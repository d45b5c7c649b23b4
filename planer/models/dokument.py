"""What is frozen when a plan is adopted, and PDFs made in the background."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from analyse.enums import Jobbstatus
from planer.enums import Dokumentslag
from planer.models.plan import Plan


class Vedtak(models.Model):
    """An adopted version: all content as it was (`planer.innhold`), for readers with and without small numbers, with
    the SHA-256 of the former as canonical JSON. The PDFs are made once from them, by a job, and served ever after;
    `pdf_hash` is the SHA-256 of the one with all figures. `utelatt` names what is said of persons that HR has taken out
    of the open edition (`planer.innhold.personer`); the frozen content stays as it was.
    """

    plan = models.OneToOneField(Plan, on_delete=models.PROTECT, related_name="vedtak")
    tid = models.DateTimeField(_("vedtatt"))
    av = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    sak = models.CharField(_("saksnummer"), max_length=40, blank=True)
    innhold = models.JSONField()
    innhold_prikket = models.JSONField()
    hash = models.CharField(max_length=64)
    pdf = models.BinaryField(null=True)
    pdf_hash = models.CharField(max_length=64, blank=True)
    pdf_prikket = models.BinaryField(null=True)
    utelatt = models.JSONField(_("tatt ut av den åpne utgaven"), default=list, blank=True)

    class Meta:
        verbose_name = _("vedtak")
        verbose_name_plural = _("vedtak")
        ordering = ["-tid", "-pk"]


class Plandokument(models.Model):
    """A PDF of one or several plans, made in the background. `livstegn` is the worker's last sign of life; `nokkel` is
    the hash of what the document says, so that an identical one is made once.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slag = models.CharField(max_length=8, choices=Dokumentslag)
    bruker = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="plandokumenter")
    opprettet = models.DateTimeField()
    planer = models.JSONField(default=list, help_text="ids of the plans, in their order in the document")
    prikket = models.BooleanField(_("små tall skjult"), default=False)
    status = models.CharField(max_length=12, choices=Jobbstatus, default=Jobbstatus.I_KO)
    fremdrift = models.PositiveSmallIntegerField(default=0)
    melding = models.CharField(max_length=300, blank=True)
    pdf = models.BinaryField(null=True)
    filnavn = models.CharField(max_length=120, blank=True)
    nokkel = models.CharField(max_length=64, blank=True)
    livstegn = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("plandokument")
        ordering = ["-opprettet"]
        constraints = [models.CheckConstraint(condition=Q(fremdrift__lte=100), name="plandokument_fremdrift_prosent")]
