"""Who is in the plan, and what came of drøfting and hearing."""

from collections import Counter
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from felles.tall import dato_kort
from planer.enums import Syn
from planer.models import Drofting, Plan


def deltakere(plan: Plan) -> list[dict[str, str]]:
    """Name and part of everybody named in the plan."""
    rader = plan.deltakere.select_related("bruker")
    return [{"rolle": str(d.get_rolle_display()), "navn": str(d.bruker)} for d in rader]


def droftinger(plan: Plan, *, uprikket: bool) -> list[dict[str, Any]]:
    """Drøftinger, oldest first. Names and protocol texts only in the full edition."""
    rader = plan.droftinger.prefetch_related("syn__bruker").order_by("dato", "pk")
    return [_drofting(d, uprikket) for d in rader]


def _drofting(drofting: Drofting, uprikket: bool) -> dict[str, Any]:
    syn = list(drofting.syn.all())
    antall = Counter(s.syn for s in syn)
    return {
        "dato": drofting.dato.isoformat(),
        "tema": drofting.tema,
        "utfall": _utfall(antall),
        "andre_deltakere": drofting.andre_deltakere if uprikket else "",
        "syn": [
            {
                "navn": str(s.bruker),
                "syn": str(Syn(s.syn).label) if s.syn else "",
                "protokoll": s.protokoll,
            }
            for s in syn
            if uprikket
        ],
    }


def _utfall(antall: Counter) -> str:
    """«3 enige, 1 uenig»."""
    deler = []
    if enige := antall[Syn.ENIG]:
        deler.append(_("%d enig") % enige if enige == 1 else _("%d enige") % enige)
    if uenige := antall[Syn.UENIG]:
        deler.append(_("%d uenig") % uenige if uenige == 1 else _("%d uenige") % uenige)
    if uten := antall[""]:
        deler.append(_("%d har ikke ført syn") % uten)
    return ", ".join(deler)


def horinger(plan: Plan) -> list[dict[str, Any]]:
    """Hearings, oldest first: the deadline and how many answered. The answers themselves are not in the document."""
    vurdert = Count("svar", filter=~Q(svar__vurdering=""))
    rader = plan.horinger.annotate(antall=Count("svar"), vurdert=vurdert).order_by("frist", "pk")
    return [
        {"frist": h.frist.isoformat(), "sporsmaal": h.invitasjon, "svar": h.antall, "vurdert": h.vurdert} for h in rader
    ]


def datoer(fra: Any, til: Any) -> str:
    """«01.02.2025», or «01.02.2025 – 15.03.2025»."""
    return dato_kort(fra) + (f" – {dato_kort(til)}" if til else "")
