"""What a plan still lacks: shown chapter by chapter while it is written, and what stops it from going on."""

from collections.abc import Sequence
from datetime import date

from planer.enums import Planslag
from planer.kontroll import delplan, temaplan
from planer.kontroll.mangel import Mangel
from planer.models import Plan
from planer.stempel import behold_flere

__all__ = ["Mangel", "beholdte_mangler", "mangler"]


def mangler(plan: Plan) -> list[Mangel]:
    """Everything that is missing, in the order of the chapters. Empty when the plan is complete."""
    return _ordnet(temaplan.mangler(plan) if plan.er_temaplan else delplan.mangler(plan))


def beholdte_mangler(planer: Sequence[Plan], dag: date) -> dict[int, list[Mangel]]:
    """Plan id → what is missing, kept until the plan or its temaplan is changed. Delplaner that have changed are read
    together, in four queries; a temaplan in six.

    Reads temaplan, omfang and deltakere; fetch them with the plans. For pages: what decides whether a plan may go on,
    asks `mangler`.
    """
    return behold_flere({p.pk: ("mangler", *_merke(p), dag) for p in planer}, lambda ider: _regn_ut(planer, ider))


def _regn_ut(planer: Sequence[Plan], ider: set[int]) -> dict[int, list[Mangel]]:
    delplaner = [p for p in planer if p.pk in ider and p.slag == Planslag.DELPLAN]
    grunnlag = delplan.les_grunnlag(delplaner) if delplaner else {}
    ut = {p.pk: _ordnet(delplan.mangler(p, grunnlag[p.pk])) for p in delplaner}
    return ut | {p.pk: mangler(p) for p in planer if p.pk in ider and p.pk not in ut}


def _merke(plan: Plan) -> tuple:
    """What the check depends on: every write to a plan stamps `endret`."""
    tema = plan.temaplan
    folk = sorted((d.bruker_id, d.rolle) for d in plan.deltakere.all())
    omfang = sorted(o.enhet_id for o in plan.omfang.all())
    return (plan.pk, plan.endret, plan.status, plan.uttrekk_id, tema and (tema.pk, tema.endret), folk, omfang)


def _ordnet(funnet: Sequence[Mangel]) -> list[Mangel]:
    return sorted(funnet, key=lambda m: m.kapittel)
