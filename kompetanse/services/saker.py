"""Writes to the register of cases that must be anchored higher up."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from felles.laas import krev_uendret
from kompetanse.matrise.enums import Matriserolle
from kompetanse.models import Forankringssak, Matriseoppgave
from organisasjon.models import Bruker

FELTER_SAK = ("tittel", "beskrivelse", "omraade", "forankres", "begrunnelse", "i_bruk")


@transaction.atomic
def lagre_sak(
    *,
    sak: Forankringssak | None,
    verdier: dict[str, Any],
    oppgaver: Sequence[Matriseoppgave],
    av: Bruker,
    forventet: str | None = None,
) -> Forankringssak:
    """Make a case, or change one; `verdier` by the names in FELTER_SAK. Raises Foreldet and ValidationError.

    Leaves a version in the history, with who did it.
    """
    sak = krev_uendret(sak, FELTER_SAK, forventet) if sak else Forankringssak()
    for felt in FELTER_SAK:
        if felt in verdier:
            setattr(sak, felt, verdier[felt])
    sak.forankres = ",".join(r.value for r in Matriserolle if r.value in set(sak.forankres.split(",")))
    if not oppgaver:
        raise ValidationError({"oppgaver": _("Velg minst én rad i matrisen.")})
    sak.full_clean()
    sak._history_user = av
    sak.save()
    sak.oppgaver.set(oppgaver)
    return sak


@transaction.atomic
def slett_sak(*, sak: Forankringssak, av: Bruker) -> None:
    """Take a case out of the register."""
    sak._history_user = av
    sak.delete()
