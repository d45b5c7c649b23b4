"""Writes to the catalogue of competence."""

from datetime import date
from typing import Any

from django.db import transaction

from felles.laas import krev_uendret
from kompetanse.models import Kompetanse
from organisasjon.models import Bruker

KATALOGFELTER = ("navn", "type", "form", "nivaa", "omraade", "beskrivelse")


@transaction.atomic
def lagre_kompetanse(
    *, kompetanse: Kompetanse | None, verdier: dict[str, Any], av: Bruker, forventet: str | None = None
) -> Kompetanse:
    """Add a competence, or change one. Raises Foreldet and ValidationError."""
    rad = krev_uendret(kompetanse, KATALOGFELTER, forventet) if kompetanse else Kompetanse()
    for felt in KATALOGFELTER:
        if felt in verdier:
            setattr(rad, felt, " ".join(verdier[felt].split()))
    return _lagre(rad, av)


@transaction.atomic
def ta_ut_kompetanse(*, kompetanse: Kompetanse, tatt_ut: date | None, av: Bruker) -> Kompetanse:
    """Retire a competence from new use, or (None) offer it again. Raises ValidationError when the name is taken."""
    rad = Kompetanse.objects.select_for_update().get(pk=kompetanse.pk)
    rad.tatt_ut = tatt_ut
    return _lagre(rad, av)


def _lagre(rad: Kompetanse, av: Bruker) -> Kompetanse:
    rad.full_clean()
    rad._history_user = av
    rad.save()
    return rad
