"""Saving the rule of a requirement."""

from typing import Any

from django.db import transaction

from felles.laas import krev_uendret
from kompetanse.models import Krav
from kompetanse.regler import RegelFeil, fra_json, kontroller, til_json
from organisasjon.models import Bruker

REGELFELTER = ("regel",)


@transaction.atomic
def lagre_regel(*, krav: Krav, data: dict[str, Any], av: Bruker, forventet: str | None = None) -> Krav:
    """Give a requirement its rule; an empty group takes the rule away. Leaves a version in the history.

    Raises RegelFeil with every error and its place, and Foreldet.
    """
    krav = krev_uendret(krav, REGELFELTER, forventet)
    if data.get("deler") == []:
        krav.regel = {}
    else:
        regel = fra_json(data)
        if feil := kontroller(regel, krav.gyldig_fra, krav.gyldig_til):
            raise RegelFeil(feil)
        krav.regel = til_json(regel)
    krav.full_clean()
    krav._history_user = av
    krav.save()
    return krav
