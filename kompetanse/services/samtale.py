"""Writes to the template for the utviklingssamtale. Nothing from a conversation is ever stored."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from felles.laas import Foreldet, avtrykk
from kompetanse.models import Samtalemal
from kompetanse.samtalemal import FELTER, ORIGINAL
from organisasjon.models import Bruker
from organisasjon.services.hendelser import skriv_hendelse

LOGGSLAG = "samtalemal"
# There is one row at most.
DEN_ENE = 1


@transaction.atomic
def lagre_samtalemal(
    *, verdier: dict[str, Any], av: Bruker, forventet: str | None = None, hendelse: str = ""
) -> Samtalemal:
    """Change the template, from the original or from the municipality's own. Leaves a version in the history and an
    entry in the log. Raises Foreldet and ValidationError.
    """
    rad, _ny = Samtalemal.objects.select_for_update().get_or_create(pk=DEN_ENE, defaults=ORIGINAL)
    if forventet is not None and avtrykk(rad, FELTER) != forventet:
        raise Foreldet(rad)
    foer = {f: str(getattr(rad, f)) for f in FELTER}
    for felt in FELTER:
        verdi = verdier[felt]
        setattr(rad, felt, _ryddig(verdi) if isinstance(verdi, str) else verdi)
    rad.full_clean()
    rad._history_user = av
    rad.save()
    endret = [
        (rad._meta.get_field(f).verbose_name.capitalize(), foer[f], getattr(rad, f))
        for f in FELTER
        if foer[f] != str(getattr(rad, f))
    ]
    hva, hendelse = _("Mal for utviklingssamtalen"), hendelse or _("Endret")
    skriv_hendelse(slag=LOGGSLAG, hva=hva, hendelse=hendelse, utfoert_av=av, endringer=endret)
    return rad


def gjenopprett_original(*, av: Bruker) -> Samtalemal:
    """Put the original back, as a new version. Leaves an entry in the log."""
    return lagre_samtalemal(verdier=ORIGINAL, av=av, hendelse=_("Satt tilbake til den opprinnelige"))


def _ryddig(tekst: str) -> str:
    """Lines without blanks around them, and no empty ones."""
    return "\n".join(linje for raa in tekst.splitlines() if (linje := " ".join(raa.split())))
