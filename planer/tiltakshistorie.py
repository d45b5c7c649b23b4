"""Who changed a tiltak, when, and what."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from felles.tall import dato_kort
from kompetanse.enums import Vei
from organisasjon.models import Bruker
from planer.enums import Hovedmaal, Tiltakstatus
from planer.models import Innsatsomraade, Tiltak
from planer.services.tiltak import FELTER_TILTAK

MEST = 50
TALLFELT = ("kostnad", "nullpunkt", "maaltall")


@dataclass(frozen=True)
class Endring:
    """One save: the changes as (field, before, after)."""

    tid: datetime
    hvem: str
    grunn: str
    endringer: list[tuple[str, str, str]]


def historie(tiltak: Tiltak) -> list[Endring]:
    """The latest saves, newest first, only those that changed something. At most three queries."""
    versjoner = list(tiltak.historie.order_by("-history_id").select_related("history_user")[: MEST + 1])
    navn = _navn(versjoner)
    ut = []
    for nyere, eldre in zip(versjoner, [*versjoner[1:], None], strict=False):
        endringer = [] if eldre is None else _ulikt(eldre, nyere, navn)
        if eldre is None and len(versjoner) > MEST:
            break
        if endringer or eldre is None:
            grunn = nyere.history_change_reason or ("" if eldre else _("Lagt til"))
            ut.append(Endring(nyere.history_date, str(nyere.history_user or _("Systemet")), grunn, endringer))
    return ut


def _navn(versjoner: list[Any]) -> dict[str, dict[int, str]]:
    folk = {v.ansvarlig_id for v in versjoner} - {None}
    omraader = {v.omraade_id for v in versjoner} - {None}
    return {
        "ansvarlig": {b.pk: str(b) for b in Bruker.objects.filter(pk__in=folk)},
        "omraade": {o.pk: str(o) for o in Innsatsomraade.objects.filter(pk__in=omraader)},
    }


def _ulikt(eldre: Any, nyere: Any, navn: dict[str, dict[int, str]]) -> list[tuple[str, str, str]]:
    ut = []
    for felt in FELTER_TILTAK:
        modellfelt = Tiltak._meta.get_field(felt)
        foer, naa = getattr(eldre, modellfelt.attname), getattr(nyere, modellfelt.attname)
        if foer != naa:
            ut.append((str(modellfelt.verbose_name).capitalize(), _vis(felt, foer, navn), _vis(felt, naa, navn)))
    return ut


def _vis(felt: str, verdi: Any, navn: dict[str, dict[int, str]]) -> str:
    if verdi is None or verdi == "":
        return "–"
    if felt in navn:
        return navn[felt].get(verdi, "–")
    if felt in ("start", "frist", "soknadsfrist"):
        return dato_kort(verdi)
    valg = {"status": Tiltakstatus, "vei": Vei, "hovedmaal": Hovedmaal}.get(felt)
    if valg:
        return str(valg(verdi).label)
    return f"{verdi:f}".rstrip("0").rstrip(".") if felt in TALLFELT and "." in f"{verdi:f}" else str(verdi)
