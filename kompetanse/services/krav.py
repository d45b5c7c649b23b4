"""Writes to the register of requirements."""

from typing import Any

from django.db import transaction

from felles.laas import krev_uendret
from felles.norsk import brett
from kompetanse.models import Krav
from organisasjon.models import Bruker

FELTER = (
    "gjelder_for",
    "kilde",
    "hjemmel",
    "lenke",
    "tekst",
    "funksjoner",
    "stillinger",
    "grupper",
    "enhetsord",
    "gyldig_fra",
    "gyldig_til",
    "merknad",
)


@transaction.atomic
def lagre_krav(*, krav: Krav | None, verdier: dict[str, Any], av: Bruker, forventet: str | None = None) -> Krav:
    """Make a requirement, or change one. `verdier` by the names in FELTER; what is left out stays.

    Leaves a version in the history, with who did it. Raises Foreldet and ValidationError.
    """
    krav = krev_uendret(krav, FELTER, forventet) if krav else Krav()
    for felt in FELTER:
        if felt in verdier:
            setattr(krav, felt, _ren(felt, verdier[felt]))
    krav.full_clean()
    krav._history_user = av
    krav.save()
    return krav


@transaction.atomic
def slett_krav(*, krav: Krav, av: Bruker) -> None:
    """Delete a requirement that was entered by mistake. One that no longer applies gets an end date instead."""
    krav._history_user = av
    krav.delete()


def _ren(felt: str, verdi: Any) -> Any:
    if felt in {"stillinger", "grupper", "enhetsord"}:
        rene = {brett(linje): linje.strip() for linje in reversed(verdi.splitlines()) if linje.strip()}
        return "\n".join(reversed(rene.values()))
    return verdi.strip() if isinstance(verdi, str) else verdi
