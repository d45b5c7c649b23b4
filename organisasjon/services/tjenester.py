"""Writes to services (tjenester) that span units."""

from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from felles.laas import krev_uendret
from felles.norsk import sorteringsnokkel
from organisasjon.models import Bruker, Enhet, Tjeneste
from organisasjon.services.hendelser import skriv_hendelse

FELTER_TJENESTE = ("navn",)


@transaction.atomic
def lagre_tjeneste(
    *,
    tjeneste: Tjeneste | None,
    navn: str,
    enheter: Collection[Enhet],
    utfoert_av: Bruker | None = None,
    forventet: str | None = None,
) -> Tjeneste:
    """Create (tjeneste None) or change a service and the units it spans. Raises Foreldet and ValidationError.

    Side effect: a line in the log that names the units that came and went.
    """
    tjeneste = Tjeneste() if tjeneste is None else krev_uendret(tjeneste, FELTER_TJENESTE, forventet)
    if tjeneste.navn != navn.strip() or tjeneste.pk is None:
        tjeneste.navn = navn.strip()
        tjeneste.full_clean()
        tjeneste.save()
    foer, naa = set(tjeneste.enheter.all()), set(enheter)
    tjeneste.enheter.set(naa)
    endringer = [(_("Lagt til"), "–", _navn(naa - foer)), (_("Tatt ut"), _navn(foer - naa), "–")]
    endringer = [e for e in endringer if e[1] != e[2]]
    if endringer:
        skriv_hendelse(
            slag="tjeneste", hva=tjeneste, hendelse=_("Enheter endret"), utfoert_av=utfoert_av, endringer=endringer
        )
    return tjeneste


@transaction.atomic
def slett_tjeneste(*, tjeneste: Tjeneste) -> None:
    """Delete a service. Raises ValidationError when an extract refers to it."""
    tjeneste = Tjeneste.objects.select_for_update().get(pk=tjeneste.pk)
    try:
        tjeneste.delete()
    except ProtectedError as feil:
        raise ValidationError(_("Tjenesten er brukt i et uttrekk og kan ikke slettes.")) from feil


def _navn(enheter: Collection[Enhet]) -> str:
    return ", ".join(sorted((e.navn for e in enheter), key=sorteringsnokkel)) or "–"
