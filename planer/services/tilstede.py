"""Who has a section open right now."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from organisasjon.models import Bruker
from planer.models import Redigering, Seksjon

GLEMT = timedelta(seconds=40)
RYDD = timedelta(hours=1)


def meld(*, seksjon: Seksjon, bruker: Bruker, naa: datetime) -> list[str]:
    """A sign of life. Returns the names of the others who have the section open. Two queries."""
    if not Redigering.objects.filter(seksjon=seksjon, bruker=bruker).update(sist=naa):
        _ny(seksjon, bruker, naa)
    return andre(seksjon=seksjon, bruker=bruker, naa=naa)


def andre(*, seksjon: Seksjon, bruker: Bruker, naa: datetime) -> list[str]:
    """Names of the others who have the section open."""
    rader = Redigering.objects.filter(seksjon=seksjon, sist__gte=naa - GLEMT).exclude(bruker=bruker)
    return [str(r.bruker) for r in rader.select_related("bruker").order_by("bruker__navn", "pk")]


def gaa(*, seksjon: Seksjon, bruker: Bruker) -> None:
    """The person closed the section."""
    Redigering.objects.filter(seksjon=seksjon, bruker=bruker).delete()


def _ny(seksjon: Seksjon, bruker: Bruker, naa: datetime) -> None:
    """The first sign; two tabs at once make one row. Clears away what is long forgotten."""
    Redigering.objects.filter(sist__lt=naa - RYDD).delete()
    try:
        with transaction.atomic():
            Redigering.objects.create(seksjon=seksjon, bruker=bruker, sist=naa)
    except IntegrityError:
        pass
