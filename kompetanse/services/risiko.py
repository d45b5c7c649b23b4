"""Writes to the register of risks."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from felles.laas import krev_uendret
from kompetanse.models import Refleksjonsnotat, Risiko
from organisasjon.models import Bruker, Enhet

FELTER_RISIKO = (
    *("hva", "viktig", "vanlig", "vanskelig", "variasjon", "sannsynlighet", "konsekvens"),
    *("gjoeres", "nok", "ansvarlig", "frist"),
)


@transaction.atomic
def lagre_risiko(
    *,
    risiko: Risiko | None,
    enhet: Enhet,
    verdier: dict[str, Any],
    av: Bruker | None,
    notat: Refleksjonsnotat | None = None,
    forventet: str | None = None,
) -> Risiko:
    """Enter a risk in the unit, or change one; `verdier` by the names in FELTER_RISIKO. `notat` is what a new one was
    made from. Leaves a version in the history. Raises Foreldet and ValidationError.
    """
    rad = krev_uendret(risiko, FELTER_RISIKO, forventet) if risiko else Risiko(enhet=enhet, notat=notat)
    for felt in FELTER_RISIKO:
        setattr(rad, felt, verdier[felt])
    return _skriv(rad, av)


@transaction.atomic
def lukk_risiko(*, risiko: Risiko, grunn: str, dag: date, av: Bruker | None) -> Risiko:
    """Close a risk, with why. Leaves a version in the history. Raises ValidationError without a reason."""
    rad = Risiko.objects.select_for_update().get(pk=risiko.pk)
    if not grunn.strip():
        raise ValidationError({"grunn": _("Skriv hvorfor risikoen lukkes.")})
    rad.lukket, rad.lukkegrunn = dag, grunn.strip()
    return _skriv(rad, av)


@transaction.atomic
def gjenaapne_risiko(*, risiko: Risiko, av: Bruker | None) -> Risiko:
    """Open a closed risk. Leaves a version in the history, where the reason it was closed stays."""
    rad = Risiko.objects.select_for_update().get(pk=risiko.pk)
    rad.lukket, rad.lukkegrunn = None, ""
    return _skriv(rad, av)


def _skriv(rad: Risiko, av: Bruker | None) -> Risiko:
    rad.full_clean()
    rad._history_user = av
    rad.save()
    return rad
