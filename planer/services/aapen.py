"""Whether a plan can still be changed, asked of the row itself and locked, so that no write slips in behind an
adoption.

Every write locks in the same order, so that two never wait for each other: plans by key, then what is in them.
"""

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from felles.laas import Borte
from planer.enums import AAPNE
from planer.models import Plan


def laas_versjoner(planer: QuerySet[Plan]) -> None:
    """Lock these plans with all their versions, for writes that reach into several. Call in a transaction."""
    stammer = planer.order_by().values("stamme")
    list(Plan.objects.select_for_update().filter(stamme__in=stammer).order_by("pk").values_list("pk"))


def er_aapen_naa(plan: Plan) -> bool:
    """Can the plan be changed now, whatever was true when `plan` was read? Locks its row; call in a transaction.

    Raises Borte when it has been deleted.
    """
    laast = Plan.objects.select_for_update().filter(pk=plan.pk).order_by()
    status = laast.values_list("status", flat=True).first()
    if status is None:
        raise Borte(plan)
    return status in AAPNE


def krev_aapen(plan: Plan) -> None:
    """Raise ValidationError when the plan has been adopted. Call inside the transaction that writes."""
    if not er_aapen_naa(plan):
        raise ValidationError(_("Planen er vedtatt og kan ikke endres. Start en revisjon for å arbeide videre."))
