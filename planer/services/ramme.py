"""What every plan begins with: the sections of its chapters, and a place for each innsatsområde."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from planer.enums import Grep
from planer.kapitler import kapitler_for
from planer.models import Grepvalg, Innsatsomraade, Plan, Seksjon

# The sections of an innsatsområde, in their order, as (end of the key, heading).
OMRAADEDELER = (("hva", _("Hva vi vil styrke")), ("derfor", _("Derfor er det viktig")), ("slik", _("Slik gjør vi det")))
OMRAADEKAPITTEL, GREPKAPITTEL = 6, 4
# Room between places, so that the sections of innsatsområder come after the chapter's own.
TRINN = 10


def sikre_seksjoner(*, plan: Plan, naa: datetime) -> None:
    """Make the sections of the chapters that the plan does not have."""
    har = set(plan.seksjoner.values_list("nokkel", flat=True))
    Seksjon.objects.bulk_create(
        Seksjon(
            plan=plan,
            kapittel=kapittel.nummer,
            nokkel=nokkel,
            overskrift=str(overskrift),
            paakrevd=paakrevd,
            rekkefolge=plass,
            endret=naa,
        )
        for kapittel in kapitler_for(plan.slag)
        for plass, (nokkel, overskrift, paakrevd) in enumerate(kapittel.seksjoner, 1)
        if nokkel not in har
    )


def sikre_grep(*, plan: Plan, naa: datetime) -> None:
    """Make the grepvalg and the section «grep-<nokkel>» that the delplan lacks; a kjernegrep is always chosen."""
    har = set(plan.grepvalg.values_list("omraade_id", flat=True))
    tekster = set(plan.seksjoner.values_list("nokkel", flat=True))
    omraader = list(plan.temaplan.omraader.all()) if plan.temaplan else []
    Grepvalg.objects.bulk_create(_grepvalg(plan, o) for o in omraader if o.pk not in har)
    Seksjon.objects.bulk_create(_grepseksjon(plan, o, naa) for o in omraader if f"grep-{o.nokkel}" not in tekster)


def sikre_omraadeseksjoner(*, omraade: Innsatsomraade, naa: datetime) -> None:
    """Make the sections hva, derfor and slik of an innsatsområde that it lacks."""
    har = set(omraade.plan.seksjoner.values_list("nokkel", flat=True))
    Seksjon.objects.bulk_create(
        Seksjon(
            plan=omraade.plan,
            kapittel=OMRAADEKAPITTEL,
            nokkel=nokkel,
            overskrift=str(overskrift),
            omraade=omraade,
            rekkefolge=plass_i_kapittel(omraade) + nr,
            endret=naa,
        )
        for nr, (del_, overskrift) in enumerate(OMRAADEDELER)
        if (nokkel := f"omraade-{omraade.nokkel}-{del_}") not in har
    )


def plass_i_kapittel(omraade: Innsatsomraade) -> int:
    """Where the sections of the innsatsområde begin."""
    return (omraade.rekkefolge + 1) * TRINN


def _grepvalg(plan: Plan, omraade: Innsatsomraade) -> Grepvalg:
    return Grepvalg(plan=plan, omraade=omraade, valgt=True if omraade.grep == Grep.KJERNE else None)


def _grepseksjon(plan: Plan, omraade: Innsatsomraade, naa: datetime) -> Seksjon:
    return Seksjon(
        plan=plan,
        kapittel=GREPKAPITTEL,
        nokkel=f"grep-{omraade.nokkel}",
        overskrift=omraade.tittel,
        omraade=omraade,
        rekkefolge=plass_i_kapittel(omraade),
        endret=naa,
    )
