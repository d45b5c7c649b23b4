"""Who a delplan's people are likely to be: read from the roles of the units it covers."""

from collections.abc import Collection
from datetime import date

from organisasjon.enums import Rolle
from organisasjon.models import Bruker, Enhet, Rolletildeling
from organisasjon.queries import forfedre
from planer.enums import Deltakerrolle

# Role in the organisation → part in the plan, whether held for the unit or for one above it.
FRA_ROLLE = {
    Rolle.ENHETSLEDER: Deltakerrolle.ANSVARLIG,
    Rolle.KOMMUNALSJEF: Deltakerrolle.KOMMUNALSJEF,
    Rolle.HR: Deltakerrolle.KOMPETANSELEDER,
    Rolle.AVDELINGSLEDER: Deltakerrolle.MEDFORFATTER,
    Rolle.TILLITSVALGT: Deltakerrolle.TILLITSVALGT,
    Rolle.VERNEOMBUD: Deltakerrolle.VERNEOMBUD,
}


def foreslaatte_deltakere(enheter: Collection[Enhet], dag: date) -> list[tuple[Bruker, str]]:
    """Pairs of person and part in the plan, in the order of the parts: those with a role for one of the units or for
    a unit above it. Two queries.
    """
    over = dict(Enhet.objects.order_by().values_list("pk", "parent_id"))
    beroert = {e.pk for e in enheter}.union(*(forfedre(over, e.pk) for e in enheter))
    tildelinger = (
        Rolletildeling.objects.gyldige(dag)
        .filter(enhet_id__in=beroert, rolle__in=list(FRA_ROLLE), bruker__is_active=True)
        .select_related("bruker")
        .order_by("bruker__navn", "pk")
    )
    par = dict.fromkeys((t.bruker, FRA_ROLLE[Rolle(t.rolle)]) for t in tildelinger)
    rekkefolge = list(Deltakerrolle)
    return sorted(par, key=lambda p: rekkefolge.index(p[1]))
