"""Row selection on requirements."""

from datetime import date

from django.db import models
from django.db.models import Q


class KravQuerySet(models.QuerySet):
    """Requirements."""

    def gjelder(self, dag: date) -> "KravQuerySet":
        """In force on the day."""
        return self.ikke_utloept(dag).filter(Q(gyldig_fra__isnull=True) | Q(gyldig_fra__lte=dag))

    def ikke_utloept(self, dag: date) -> "KravQuerySet":
        """In force on the day, or coming later."""
        return self.filter(Q(gyldig_til__isnull=True) | Q(gyldig_til__gte=dag))
