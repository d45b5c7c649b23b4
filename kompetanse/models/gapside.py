"""Pages of a round's results that are drawn before anyone asks."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kompetanse.models.gap import Gaprunde


class Gapside(models.Model):
    """The results of a round as those who see the same of it are shown them first. Nothing here but what can be drawn
    again.

    `leser`: what they see, as `visning.gapstempel.lesernokkel` · `merke`: the round's stamp when it was drawn; with
    another one the page is out of date · `pakket`: the HTML, compressed.
    """

    runde = models.ForeignKey(Gaprunde, on_delete=models.CASCADE, related_name="sider")
    leser = models.CharField(max_length=64)
    merke = models.TextField()
    pakket = models.BinaryField()

    class Meta:
        verbose_name = _("tegnet side av en runde")
        verbose_name_plural = _("tegnede sider av runder")
        constraints = [models.UniqueConstraint(fields=["runde", "leser"], name="gapside_en_per_leser")]

    def __str__(self) -> str:
        return f"{self.runde_id}/{self.leser[:8]}"
