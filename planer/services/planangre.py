"""Undoing the making of many delplaner: those that nobody has touched since are deleted."""

from collections.abc import Iterable

from django.core import signing
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from felles.laas import Borte, Foreldet, avtrykk
from organisasjon.models import Bruker
from planer.models import Plan
from planer.services.planer import FELTER_SLETT, slett_plan

ANGREFRIST = 3600
_SALT = "planer.nye"


def angremerke(planer: Iterable[Plan], av: Bruker) -> str:
    """A signed token that lets the person, and nobody else, undo within an hour. One query."""
    rader = Plan.objects.filter(pk__in=[p.pk for p in planer]).order_by("pk")
    return signing.dumps([[p.pk, avtrykk(p, FELTER_SLETT)] for p in rader], salt=f"{_SALT}.{av.pk}", compress=True)


@transaction.atomic
def angre_nye(*, merke: str, av: Bruker) -> tuple[int, list[str]]:
    """Delete the plans of the token. Returns how many, and the titles of those that stay because of what has been done
    in them since. Raises ValidationError when the token is not the person's own or an hour has passed.
    """
    try:
        rader = signing.loads(merke, salt=f"{_SALT}.{av.pk}", max_age=ANGREFRIST)
    except signing.BadSignature as feil:
        raise ValidationError(_("Det er gått mer enn en time. Slett planene hver for seg.")) from feil
    planer, antall, staar = Plan.objects.in_bulk([pk for pk, _laas in rader]), 0, []
    for pk, laas in rader:
        if pk not in planer:
            continue
        try:
            slett_plan(plan=planer[pk], forventet=laas, av=av)
            antall += 1
        except (Foreldet, Borte, ValidationError):
            staar.append(planer[pk].tittel)
    return antall, staar
