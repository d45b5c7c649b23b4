"""Row selection on requirements."""

from datetime import date

from django.db import models
from django.db.models import Q

from organisasjon.enums import Handling
from organisasjon.rules import Tilgang


class KravQuerySet(models.QuerySet):
    """Requirements."""

    def gjelder(self, dag: date) -> "KravQuerySet":
        """In force on the day."""
        return self.ikke_utloept(dag).filter(Q(gyldig_fra__isnull=True) | Q(gyldig_fra__lte=dag))

    def ikke_utloept(self, dag: date) -> "KravQuerySet":
        """In force on the day, or coming later."""
        return self.filter(Q(gyldig_til__isnull=True) | Q(gyldig_til__gte=dag))


class LederQuerySet(models.QuerySet):
    """Leaders and key positions."""

    def innehar(self, dag: date) -> "LederQuerySet":
        """Those who hold the position on the day."""
        return self.filter(Q(gyldig_fra__isnull=True) | Q(gyldig_fra__lte=dag)).filter(
            Q(gyldig_til__isnull=True) | Q(gyldig_til__gte=dag)
        )

    def synlig_for(self, tilgang: Tilgang, bruker_id: int) -> "LederQuerySet":
        """Own scope with the right to see leaders, and always oneself."""
        return self.filter(Q(enhet__in=tilgang.omfang(Handling.SE_LEDERKRAV)) | Q(bruker=bruker_id))
