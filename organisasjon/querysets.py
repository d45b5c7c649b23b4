"""Row selection on units and roles. Everything a user sees is filtered here, never in a template."""

from datetime import date

from django.db import models
from django.db.models import Q
from tree_queries.query import TreeQuerySet


class EnhetQuerySet(TreeQuerySet):
    """Units of the organisation tree."""

    def gyldige(self, dag: date) -> "EnhetQuerySet":
        """Units that exist on the day."""
        return self.filter(Q(gyldig_til__isnull=True) | Q(gyldig_til__gte=dag)).filter(
            Q(gyldig_fra__isnull=True) | Q(gyldig_fra__lte=dag)
        )


class RolleQuerySet(models.QuerySet):
    """Role assignments."""

    def gyldige(self, dag: date) -> "RolleQuerySet":
        """Assignments in force on the day."""
        return self.filter(Q(gyldig_til__isnull=True) | Q(gyldig_til__gte=dag), gyldig_fra__lte=dag)
