"""A delplan's choice of innsatsområder, and keeping it in step with its temaplan's."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from organisasjon.models import Bruker
from planer.enums import Grep
from planer.models import Grepvalg, Innsatsomraade, Plan
from planer.services.aapen import krev_aapen
from planer.services.planer import merk_endret
from planer.services.ramme import sikre_grep


@transaction.atomic
def velg_grep(*, valg: Grepvalg, valgt: bool | None, av: Bruker | None, naa: datetime) -> Grepvalg:
    """Decide on a støttegrep: True, False, or None for not decided.

    Raises ValidationError for a kjernegrep, which every delplan follows up, and when the plan is adopted.
    """
    krev_aapen(valg.plan)
    return _velg(valg, valgt, av, naa)


@transaction.atomic
def velg_omraade(
    *, plan: Plan, omraade: Innsatsomraade, valgt: bool | None, av: Bruker | None, naa: datetime
) -> Grepvalg:
    """The same by innsatsområde; a choice and a section that the plan lacks are made first. Raises ValidationError."""
    krev_aapen(plan)
    sikre_grep(plan=plan, naa=naa)
    valg = Grepvalg.objects.select_related("omraade", "plan").get(plan=plan, omraade=omraade)
    return _velg(valg, valgt, av, naa)


@transaction.atomic
def sikre_grepvalg(*, plan: Plan, av: Bruker | None, naa: datetime) -> int:
    """Give an open delplan or template a choice and a section for each innsatsområde of its temaplan that it lacks.
    What is there is left alone. Returns how many areas were new. Raises ValidationError when the plan is adopted.
    """
    krev_aapen(plan)
    foer = plan.grepvalg.count()
    sikre_grep(plan=plan, naa=naa)
    nye = plan.grepvalg.count() - foer
    if nye:
        merk_endret(plan, naa, av)
    return nye


def _velg(valg: Grepvalg, valgt: bool | None, av: Bruker | None, naa: datetime) -> Grepvalg:
    if valg.omraade.grep == Grep.KJERNE and valgt is not True:
        raise ValidationError(_("Et kjernegrep følges opp i alle delplaner og kan ikke velges bort."))
    valg.valgt = valgt
    valg.full_clean(exclude=["valgt"] if valgt is None else None)  # None is a choice of its own here
    valg.save()
    merk_endret(valg.plan, naa, av)
    return valg
