"""Writes to the delegation register."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from felles.laas import krev_uendret
from kompetanse.matrise.kjede import kjede
from kompetanse.models import Delegering
from organisasjon.models import Bruker, Enhet

FELTER_DELEGERING = (
    "hva",
    "fra_rolle",
    "til_rolle",
    "kan_videre",
    "gyldig_fra",
    "gyldig_til",
    "dokument",
    "bygger_paa",
)


@transaction.atomic
def lagre_delegering(
    *, delegering: Delegering | None, enhet: Enhet, verdier: dict[str, Any], av: Bruker, forventet: str | None = None
) -> Delegering:
    """Make a delegation in the unit, or change one; `verdier` by the names in FELTER_DELEGERING.

    What is wrong in the chain is shown, not refused: the register tells what has been done. A ring is refused.
    Leaves a version in the history. Raises Foreldet and ValidationError.
    """
    d = krev_uendret(delegering, FELTER_DELEGERING, forventet) if delegering else Delegering(enhet=enhet)
    for felt in FELTER_DELEGERING:
        if felt in verdier:
            setattr(d, felt, verdier[felt])
    d.full_clean()
    if d.pk and d.bygger_paa_id and _i_ring(d):
        raise ValidationError({"bygger_paa": _("Den du valgte, bygger selv på denne.")})
    d._history_user = av
    d.save()
    return d


def _i_ring(d: Delegering) -> bool:
    if d.bygger_paa_id == d.pk:
        return True
    alle = {a.pk: a for a in Delegering.objects.exclude(pk=d.pk)}
    return d.pk in {ledd.bygger_paa_id for ledd in kjede(alle[d.bygger_paa_id], alle)}


@transaction.atomic
def slett_delegering(*, delegering: Delegering, av: Bruker) -> None:
    """Delete a delegation entered by mistake. Raises ValidationError when others build on it."""
    delegering._history_user = av
    try:
        delegering.delete()
    except ProtectedError as feil:
        raise ValidationError(_("Andre delegeringer bygger på denne. Sett en sluttdato i stedet.")) from feil
