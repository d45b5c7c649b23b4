"""Statuses read in from a file: kept signed between preview and confirmation, then all or nothing."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core import signing
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from organisasjon.models import Bruker
from planer.enums import KREVER_GRUNN, Tiltakstatus
from planer.models import Plan, Tiltak
from planer.services.aapen import laas_versjoner
from planer.services.tiltak import loggfor
from planer.tiltaksfil import Forslag

GYLDIG = 3600
_SALT = "planer.tiltak.innlesing"


@dataclass(frozen=True)
class Statusendring:
    """One tiltak's status, from what the preview showed."""

    tiltak_id: int
    fra: str
    til: str
    grunn: str


def pakk(forslag: Sequence[Forslag], *, bruker: Bruker, filnavn: str) -> str:
    """The changes of a preview as a signed text that only this person can confirm, for an hour."""
    linjer = [[f.tiltak.pk, f.tiltak.status, f.til, f.rad.grunn] for f in forslag if f.slag == "endres"]
    return signing.dumps([bruker.pk, filnavn[:100], linjer], salt=_SALT, compress=True)


def pakk_ut(merke: str, *, bruker: Bruker) -> tuple[str, list[Statusendring]]:
    """File name and changes. Raises ValidationError when the text is not ours, too old, or another's."""
    try:
        eier, filnavn, linjer = signing.loads(merke, salt=_SALT, max_age=GYLDIG)
    except signing.BadSignature as feil:
        raise ValidationError(_("Forhåndsvisningen er for gammel. Last opp filen på nytt.")) from feil
    if eier != bruker.pk:
        raise ValidationError(_("Forhåndsvisningen er laget av en annen. Last opp filen på nytt."))
    return filnavn, [Statusendring(*linje) for linje in linjer]


@transaction.atomic
def lagre_statuser(
    *, endringer: Sequence[Statusendring], filnavn: str, mine: Collection[int], av: Bruker | None, naa: datetime
) -> int:
    """Give every tiltak its status with a line in its log, all or nothing. Returns how many.

    `mine`: ids the person may follow up now. Raises ValidationError that names the tiltak that has been changed since
    the preview, or may not be changed.
    """
    ider = [e.tiltak_id for e in endringer]
    laas_versjoner(Plan.objects.filter(tiltak__in=ider))
    laast = Tiltak.objects.filter(pk__in=ider).select_related("plan").select_for_update(of=("self",)).order_by("pk")
    rader: dict[int, Any] = {t.pk: t for t in laast}
    for endring in endringer:
        tiltak = rader.get(endring.tiltak_id)
        if tiltak is None or tiltak.pk not in set(mine):
            raise ValidationError(_("Et av tiltakene kan ikke lenger endres av deg. Ingenting er lagret."))
        if tiltak.status != endring.fra:
            raise ValidationError(
                _("%(ident)s er endret av noen andre siden forhåndsvisningen. Ingenting er lagret. Last opp på nytt.")
                % {"ident": tiltak.ident}
            )
        loggfor(
            tiltak,
            dato=timezone.localdate(naa),
            tekst=_tekst(endring, filnavn),
            status=endring.til,
            verdi=None,
            statusgrunn=endring.grunn if endring.til in KREVER_GRUNN else "",
            av=av,
            naa=naa,
        )
    return len(endringer)


def _tekst(endring: Statusendring, filnavn: str) -> str:
    navn = {"status": Tiltakstatus(endring.til).label, "fil": filnavn}
    tekst = _("Status «%(status)s» lest inn fra filen %(fil)s.") % navn
    return f"{tekst} {endring.grunn}".strip()
