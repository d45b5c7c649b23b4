"""Gap analyses that wait for somebody's approval, for the front page: one query."""

from datetime import date

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from kompetanse.enums import Gapstatus
from kompetanse.models import Gapanalyse
from organisasjon.enums import Rolle
from organisasjon.models import Rolletildeling
from organisasjon.rules import TOPPLEDELSE, Tilgang

_Kobling = Gapanalyse.enheter.through
# The levels above a unit: a unit lies at most three steps beneath the municipality.
_OVER = ("enhet__parent_id", "enhet__parent__parent_id", "enhet__parent__parent__parent_id")


def venter_paa_godkjenning(tilgang: Tilgang, bruker_id: int, dag: date) -> QuerySet[Gapanalyse]:
    """Those that are sent and the person is the one to approve: all units strictly beneath the own role as
    kommunalsjef; for the top, those no kommunalsjef stands over. Not those the person sent.
    """
    sendt = Gapanalyse.objects.filter(status=Gapstatus.LEVERT).exclude(levert_av=bruker_id)
    under = frozenset().union(*(omfang - {rot} for rolle, rot, omfang in tilgang.roller if rolle == Rolle.KOMMUNALSJEF))
    utenfor = _Kobling.objects.filter(gapanalyse=OuterRef("pk")).exclude(enhet__in=under)
    mine = Q(pk__in=sendt.filter(enheter__in=under).filter(~Exists(utenfor)).values("pk"))
    if any(rolle in TOPPLEDELSE for rolle, _rot, _omfang in tilgang.roller):
        mine |= Q(pk__in=sendt.filter(~Exists(_kommunalsjef_over_alle(dag))).values("pk"))
    return sendt.filter(mine)


def _kommunalsjef_over_alle(dag: date) -> QuerySet[Rolletildeling]:
    """Roles as kommunalsjef whose unit lies above every unit of the analysis (the outer query's row)."""
    rot = OuterRef("enhet_id")
    over = {f"over{nr}": Coalesce(F(sti), 0) for nr, sti in enumerate(_OVER, 1)}
    ikke_under = (
        _Kobling.objects.filter(gapanalyse=OuterRef(OuterRef("pk")))
        .annotate(**over)
        .filter(~(Q(over1=rot) | Q(over2=rot) | Q(over3=rot)))
    )
    sjefer = Rolletildeling.objects.gyldige(dag).filter(rolle=Rolle.KOMMUNALSJEF, bruker__is_active=True)
    return sjefer.filter(~Exists(ikke_under))
