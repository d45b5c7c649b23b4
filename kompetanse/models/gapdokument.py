"""PDFs of a round's results, made in the background."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from felles.jobbstatus import Jobbstatus
from kompetanse.models.gap import Gaprunde


class Gapdokument(models.Model):
    """A PDF of a round's results for the units beneath `enheter` (ids of the topmost ones), in the horizon `om`.

    `nokkel` is the hash of what the document says, so that an identical one is made once; `livstegn` is the worker's
    last sign of life. `prikket`: small numbers are hidden.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    runde = models.ForeignKey(Gaprunde, on_delete=models.CASCADE, related_name="dokumenter")
    bruker = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="gapdokumenter")
    opprettet = models.DateTimeField()
    enheter = models.JSONField(default=list)
    om = models.PositiveSmallIntegerField(default=5)
    prikket = models.BooleanField(_("små tall skjult"), default=False)
    status = models.CharField(max_length=12, choices=Jobbstatus, default=Jobbstatus.I_KO)
    fremdrift = models.PositiveSmallIntegerField(default=0)
    melding = models.CharField(max_length=300, blank=True)
    pdf = models.BinaryField(null=True)
    filnavn = models.CharField(max_length=120, blank=True)
    nokkel = models.CharField(max_length=64, blank=True)
    livstegn = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("dokument om en runde")
        verbose_name_plural = _("dokumenter om runder")
        ordering = ["-opprettet"]
        constraints = [models.CheckConstraint(condition=Q(fremdrift__lte=100), name="gapdokument_fremdrift_prosent")]
