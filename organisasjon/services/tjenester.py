"""Writes to services (tjenester) that span units."""

from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from felles.laas import krev_uendret
from organisasjon.models import Enhet, Tjeneste

FELTER_TJENESTE = ("navn",)


@transaction.atomic
def lagre_tjeneste(
    *, tjeneste: Tjeneste | None, navn: str, enheter: Collection[Enhet], forventet: str | None = None
) -> Tjeneste:
    """Create (tjeneste None) or change a service and the units it spans. Raises Foreldet and ValidationError."""
    tjeneste = Tjeneste() if tjeneste is None else krev_uendret(tjeneste, FELTER_TJENESTE, forventet)
    tjeneste.navn = navn.strip()
    antall = len(enheter)
    tjeneste._change_reason = ngettext("%(antall)d enhet", "%(antall)d enheter", antall) % {"antall": antall}
    tjeneste.full_clean()
    tjeneste.save()
    tjeneste.enheter.set(enheter)
    return tjeneste


@transaction.atomic
def slett_tjeneste(*, tjeneste: Tjeneste) -> None:
    """Delete a service. Raises ValidationError when an extract refers to it."""
    tjeneste = Tjeneste.objects.select_for_update().get(pk=tjeneste.pk)
    try:
        tjeneste.delete()
    except ProtectedError as feil:
        raise ValidationError(_("Tjenesten er brukt i et uttrekk og kan ikke slettes.")) from feil
