"""How long person rows are kept, and the deletion of those that have been kept for that long."""

import calendar
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from analyse.kilder import bestill_etterarbeid
from analyse.models import Uttrekk
from analyse.services import lagring
from organisasjon.services import skriv_hendelse


def maaneder_for(dag: date, maaneder: int) -> date:
    """The same day so many months earlier, or the last of that month."""
    aar, maaned = divmod(dag.year * 12 + dag.month - 1 - maaneder, 12)
    siste = calendar.monthrange(aar, maaned + 1)[1]
    return date(aar, maaned + 1, min(dag.day, siste))


def slett_personrader(*, for_dato: date, proev: bool = False) -> list[Uttrekk]:
    """Delete person rows and leader names of extracts older than the date; kept reports stay. Returns the extracts.

    With `proev` nothing is deleted.
    """
    with transaction.atomic():
        gamle = list(Uttrekk.objects.filter(dato__lt=for_dato, rader_slettet__isnull=True))
        for uttrekk in gamle if not proev else ():
            lagring.slett_ansettelser(uttrekk.pk)
            uttrekk.ledere.all().delete()
            uttrekk.rader_slettet = timezone.now()
            uttrekk.save(update_fields=["rader_slettet"])
            skriv_hendelse(slag="uttrekk", hva=uttrekk, hendelse=_("Personrader slettet"), utfoert_av=None)
        if gamle and not proev:
            bestill_etterarbeid()
    return gamle
