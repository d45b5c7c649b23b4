"""Writes to the population figures and the class of centrality."""

from datetime import date

from django.db import transaction

from analyse.models import Befolkningstall, Sentralitet
from felles.laas import krev_uendret

FELTER_BEFOLKNING = ("aar", "unge", "voksne", "eldre", "kilde", "hentet")


@transaction.atomic
def lagre_befolkning(
    *,
    rad: Befolkningstall | None,
    aar: int,
    unge: int,
    voksne: int,
    eldre: int,
    kilde: str,
    hentet: date,
    forventet: str | None = None,
) -> Befolkningstall:
    """Enter the figures of a year, or change them. Raises Foreldet and ValidationError."""
    rad = krev_uendret(rad, FELTER_BEFOLKNING, forventet) if rad else Befolkningstall()
    rad.aar, rad.unge, rad.voksne, rad.eldre = aar, unge, voksne, eldre
    rad.kilde, rad.hentet = kilde.strip(), hentet
    rad.full_clean()
    rad.save()
    return rad


@transaction.atomic
def slett_befolkning(*, rad: Befolkningstall) -> None:
    """Remove the figures of a year. Its history stays."""
    rad.delete()


@transaction.atomic
def sett_sentralitet(*, klasse: int | None) -> None:
    """Set the municipality's class of centrality; None removes it. Raises ValidationError."""
    if klasse is None:
        for rad in Sentralitet.objects.all():
            rad.delete()
        return
    rad = Sentralitet.objects.select_for_update().first() or Sentralitet()
    rad.klasse = klasse
    rad.full_clean()
    rad.save()
