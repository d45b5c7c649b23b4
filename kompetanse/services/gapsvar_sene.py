"""What somebody typed after the round was closed or the analysis sent: kept, shown, taken in or thrown away."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from kompetanse.models import Gapanalyse, Gapsentsvar
from organisasjon.models import Bruker

LENGST = 4000
# What a late answer is about when it is something new.
NYE_RADER, NY_OPPGAVE = "nye:rader", "nye:oppgave"


@transaction.atomic
def ta_vare_paa(
    *, analyse: Gapanalyse, gjelder: str, verdier: Mapping[str, str], av: Bruker, naa: datetime
) -> Gapsentsvar | None:
    """Keep the texts of the fields as they were typed; what the same person typed of the same thing before is replaced
    field by field. None when there is nothing to keep.
    """
    tekster = {felt[:60]: tekst.replace("\x00", "")[:LENGST] for felt, tekst in verdier.items()}
    if not tekster:
        return None
    Gapanalyse.objects.select_for_update(of=("self",)).get(pk=analyse.pk)
    svar = Gapsentsvar.objects.filter(analyse=analyse, gjelder=gjelder[:60], av=av).first()
    svar = svar or Gapsentsvar(analyse=analyse, gjelder=gjelder[:60], av=av, verdier={})
    svar.verdier, svar.tid = svar.verdier | tekster, naa
    svar.full_clean()
    svar.save()
    return svar


def forkast(*, svar: Gapsentsvar) -> None:
    """Throw a late answer away, or put it behind us when it has been taken in."""
    Gapsentsvar.objects.filter(pk=svar.pk).delete()
