"""The pages of the results drawn before anyone asks: after an approval, when a round is opened or closed, and when an
extract comes or goes. Who opens the page in between draws it for themselves.
"""

from datetime import date

from django.db import transaction
from django.utils import timezone

from analyse.visning.bevart import pakk
from felles.jobb import venter
from kompetanse.enums import Rundestatus
from kompetanse.models import Gaprunde, Gapside
from kompetanse.queries.gapkart import Analysekart
from kompetanse.visning.gapresultatside import tegn
from kompetanse.visning.gapstempel import lesernokkel, runder_med_stempel
from organisasjon.enums import Handling
from organisasjon.queries import tilganger
from organisasjon.rules import Tilgang

# Earlier rounds are seldom opened, and the results of a few analyses are soon drawn.
FLEST_RUNDER = 3
FAERREST_ANALYSER = 10


def bestill() -> None:
    """Have the pages drawn. Side effect: a job in the queue after commit, unless one is waiting there."""
    transaction.on_commit(_ko)


def _ko() -> None:
    from kompetanse.tasks import tegn_gapsider  # the task imports this module

    if not venter(tegn_gapsider):
        tegn_gapsider.enqueue()


def tegn_alle(*, dag: date | None = None) -> int:
    """Draw what is out of date of the newest rounds, once for all who see the same; called by the worker. Returns how
    many were drawn. Pages of readers there are no more of are deleted.
    """
    lesere = {lesernokkel(t): t for t in tilganger(dag or timezone.localdate()) if t.kan(Handling.SE_GAP)}
    Gapside.objects.exclude(leser__in=lesere).delete()
    runder = Gaprunde.objects.exclude(status=Rundestatus.UTKAST).order_by("-aar", "-pk")[:FLEST_RUNDER]
    kart = Analysekart.les()
    return sum(
        _tegn_runde(runde, {n: t for n, t in lesere.items() if _ser_mange(t, runde, kart)})
        for runde in runder_med_stempel(runder)
    )


def _tegn_runde(runde: Gaprunde, lesere: dict[str, Tilgang]) -> int:
    ferske = set(Gapside.objects.filter(runde=runde, merke=runde.merke).values_list("leser", flat=True))
    sider = [
        Gapside(runde=runde, leser=nokkel, merke=runde.merke, pakket=pakk(tegn(runde, tilgang, runde.merke)))
        for nokkel, tilgang in lesere.items()
        if nokkel not in ferske
    ]
    Gapside.objects.bulk_create(
        sider, update_conflicts=True, unique_fields=["runde", "leser"], update_fields=["merke", "pakket"]
    )
    return len(sider)


def _ser_mange(tilgang: Tilgang, runde: Gaprunde, kart: Analysekart) -> bool:
    omfang = tilgang.omfang(Handling.SE_GAP)
    mine = (a for a in kart.analyser.values() if a.runde == runde.pk and a.enheter <= omfang)
    return sum(1 for _ in mine) >= FAERREST_ANALYSER
