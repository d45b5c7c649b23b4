"""Changes to many tiltak at once, and undoing them for ten minutes."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core import signing
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from organisasjon.models import Bruker
from planer.enums import Tiltakstatus
from planer.models import Plan, Tiltak
from planer.services.aapen import laas_versjoner
from planer.services.tiltak import kontroller, skriv, speil_status

FELTER = ("ansvarlig_id", "frist", "status", "statusgrunn")
ANGREFRIST = 600
_SALT = "planer.tiltak.angre"


@dataclass(frozen=True)
class Fellesverdier:
    """What all chosen tiltak shall have. None leaves the field as it is; `uten_ansvarlig` takes the person off."""

    ansvarlig: Bruker | None = None
    uten_ansvarlig: bool = False
    frist: date | None = None
    status: str | None = None
    statusgrunn: str = ""

    @property
    def innhold(self) -> bool:
        """Does it touch what an adopted plan has frozen?"""
        return bool(self.ansvarlig or self.uten_ansvarlig or self.frist)

    @property
    def tom(self) -> bool:
        return not (self.innhold or self.status)


def sett_felles(tiltak: Tiltak, verdier: Fellesverdier) -> bool:
    """Put the values on the tiltak in memory. True when anything changed."""
    foer = [getattr(tiltak, f) for f in FELTER]
    if verdier.ansvarlig or verdier.uten_ansvarlig:
        tiltak.ansvarlig = verdier.ansvarlig
    if verdier.frist:
        tiltak.frist = verdier.frist
    if verdier.status:
        tiltak.status, tiltak.statusgrunn = verdier.status, verdier.statusgrunn
    return foer != [getattr(tiltak, f) for f in FELTER]


@transaction.atomic
def endre_samlet(
    *, tiltak_ider: Collection[int], verdier: Fellesverdier, av: Bruker | None, naa: datetime
) -> tuple[int, str]:
    """Change them all or none. Returns how many changed, and a signed token that undoes it.

    The caller has checked the person's right to each. Raises ValidationError with the tiltak that stops it.
    """
    foer: list[list[Any]] = []
    for tiltak in _laast(tiltak_ider):
        gammelt = _verdier(tiltak)
        if not sett_felles(tiltak, verdier):
            continue
        try:
            krev_lov(tiltak, verdier)
        except ValidationError as feil:
            raise ValidationError(f"{tiltak.ident} {tiltak.tittel}: {' '.join(feil.messages)}") from feil
        skriv(tiltak, av=av, naa=naa, grunn=_("Endret for flere samlet"))
        if tiltak.status != gammelt[2]:
            speil_status(tiltak, av=av, naa=naa)
        foer.append([tiltak.pk, gammelt, _verdier(tiltak)])
    _merk_planer([pk for pk, _g, _n in foer], naa)
    return len(foer), signing.dumps(foer, salt=_SALT, compress=True)


def krev_lov(tiltak: Tiltak, verdier: Fellesverdier) -> None:
    """Raises ValidationError when the tiltak cannot have the values."""
    if verdier.innhold and not tiltak.plan.er_aapen:
        raise ValidationError(_("Planen er vedtatt, så bare status kan endres."))
    kontroller(tiltak)


def les_angremerke(merke: str) -> list[list[Any]]:
    """What the token holds. Raises ValidationError when it is not ours or ten minutes have passed."""
    try:
        return signing.loads(merke, salt=_SALT, max_age=ANGREFRIST)
    except signing.BadSignature as feil:
        raise ValidationError(_("Det er gått mer enn ti minutter. Endre tiltakene på vanlig måte.")) from feil


@transaction.atomic
def angre_samlet(*, merke: str, lov: Mapping[int, bool], av: Bruker | None, naa: datetime) -> int:
    """Put back what the token remembers, all or nothing. `lov`: tiltak id → may this person.

    Raises ValidationError when somebody has changed one of them since.
    """
    linjer = {pk: (gammelt, nytt) for pk, gammelt, nytt in les_angremerke(merke)}
    funnet = list(_laast(linjer))
    if len(funnet) != len(linjer) or not all(lov.get(pk) for pk in linjer):
        raise ValidationError(_("Noen av tiltakene finnes ikke lenger, eller kan ikke endres av deg."))
    for tiltak in funnet:
        gammelt, nytt = linjer[tiltak.pk]
        if _verdier(tiltak) != nytt:
            raise ValidationError(
                _("%(ident)s er endret av noen andre etterpå. Ingenting er angret.") % {"ident": tiltak.ident}
            )
        status = tiltak.status
        tiltak.ansvarlig_id, frist, tiltak.status, tiltak.statusgrunn = gammelt
        tiltak.frist = date.fromisoformat(frist) if frist else None
        skriv(tiltak, av=av, naa=naa, grunn=_("Samlet endring angret"))
        if tiltak.status != status:
            speil_status(tiltak, av=av, naa=naa)
    _merk_planer(linjer, naa)
    return len(linjer)


def _laast(ider: Collection[int]) -> Any:
    laas_versjoner(Plan.objects.filter(tiltak__in=list(ider)))
    rader = Tiltak.objects.filter(pk__in=list(ider)).order_by("pk")
    return rader.select_related("plan", "omraade").select_for_update(of=("self",))


def _verdier(tiltak: Tiltak) -> list[Any]:
    frist = tiltak.frist.isoformat() if tiltak.frist else None
    return [tiltak.ansvarlig_id, frist, str(Tiltakstatus(tiltak.status).value), tiltak.statusgrunn]


def _merk_planer(tiltak_ider: Collection[int], naa: datetime) -> None:
    Plan.objects.filter(tiltak__in=list(tiltak_ider)).update(endret=naa)
