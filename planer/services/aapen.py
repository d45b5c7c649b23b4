"""Whether a plan can still be changed, asked of the row itself and locked, so that no write slips in behind an
adoption.
"""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from planer.models import Plan


def krev_aapen(plan: Plan) -> None:
    """Raise ValidationError when the plan has been adopted. Call inside the transaction that writes."""
    naa = Plan.objects.select_for_update().only("status").get(pk=plan.pk)
    if not naa.er_aapen:
        raise ValidationError(_("Planen er vedtatt og kan ikke endres. Start en revisjon for å arbeide videre."))
