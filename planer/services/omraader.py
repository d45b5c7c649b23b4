"""Writes to the innsatsområder of a temaplan. The open delplaner beneath it follow along."""

from collections import Counter
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from felles.laas import krev_uendret, laas_rad
from organisasjon.models import Bruker
from planer.enums import AAPNE, Grep
from planer.models import Grepvalg, Innsatsomraade, Plan, Seksjon, Tiltak
from planer.services.planer import krev_aapen, merk_endret
from planer.services.ramme import plass_i_kapittel, sikre_grep, sikre_omraadeseksjoner

FELTER_OMRAADE = ("tittel", "grep")
MAKS_OMRAADER = 60
_ASCII = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "Æ": "ae", "Ø": "o", "Å": "a"})


@transaction.atomic
def lagre_omraade(
    *,
    omraade: Innsatsomraade | None,
    plan: Plan,
    tittel: str,
    grep: str,
    av: Bruker | None,
    naa: datetime,
    forventet: str | None = None,
    nokkel: str = "",
) -> Innsatsomraade:
    """Create (`omraade` None, last in the list) or change an innsatsområde with its three sections; open delplaner get
    a place for it. `nokkel`: the key of a new one, made from the title when empty. Raises Foreldet, ValidationError.
    """
    plan = _laas_plan(plan)
    if omraade is None:
        omraade = Innsatsomraade(plan=plan, rekkefolge=plan.omraader.count() + 1)
        if omraade.rekkefolge > MAKS_OMRAADER:
            raise ValidationError(_("En temaplan kan ha høyst %(maks)d innsatsområder.") % {"maks": MAKS_OMRAADER})
        omraade.nokkel = nokkel or _ledig_nokkel(plan, tittel)
    else:
        omraade = krev_uendret(omraade, FELTER_OMRAADE, forventet)
    omraade.tittel, omraade.grep = tittel.strip(), grep
    omraade.full_clean()
    omraade.save()
    sikre_omraadeseksjoner(omraade=omraade, naa=naa)
    _oppdater_delplaner(omraade, naa)
    merk_endret(plan, naa, av)
    return omraade


@transaction.atomic
def flytt_omraade(*, omraade: Innsatsomraade, opp: bool, av: Bruker | None, naa: datetime) -> bool:
    """Swap with the one above or below. False when it is already first or last. Raises ValidationError."""
    plan = _laas_plan(omraade.plan)
    alle = list(plan.omraader.all())
    fra = next(i for i, o in enumerate(alle) if o.pk == omraade.pk)
    til = fra + (-1 if opp else 1)
    if not 0 <= til < len(alle):
        return False
    alle[fra], alle[til] = alle[til], alle[fra]
    _nummerer(alle)
    merk_endret(plan, naa, av)
    return True


@transaction.atomic
def slett_omraade(*, omraade: Innsatsomraade, forventet: str | None = None, av: Bruker | None, naa: datetime) -> None:
    """Remove an innsatsområde with its texts. Raises ValidationError naming the delplaner that use it, and Foreldet
    when it has been changed since the person saw it.
    """
    plan = _laas_plan(omraade.plan)
    omraade = krev_uendret(omraade, FELTER_OMRAADE, forventet)
    if bruk := brukt_av(omraade):
        raise ValidationError(
            _("«%(omraade)s» er i bruk i %(planer)s, og kan ikke fjernes.")
            % {"omraade": omraade.tittel, "planer": ", ".join(f"«{navn}»" for navn in bruk)}
        )
    Grepvalg.objects.filter(omraade=omraade).delete()
    omraade.delete()
    _nummerer(list(plan.omraader.all()))
    merk_endret(plan, naa, av)


def brukt_av(omraade: Innsatsomraade) -> list[str]:
    """Titles of the plans that build on the innsatsområde: they have chosen it, written about it, or have tiltak in
    it, or are adopted with it.
    """
    valgt = Grepvalg.objects.filter(omraade=omraade)
    planer = {
        *valgt.filter(valgt=True).values_list("plan__tittel", flat=True),
        *valgt.exclude(plan__status__in=AAPNE).values_list("plan__tittel", flat=True),
        *Tiltak.objects.filter(omraade=omraade).values_list("plan__tittel", flat=True),
        *Seksjon.objects.filter(omraade=omraade)
        .exclude(plan_id=omraade.plan_id)
        .exclude(sok="")
        .values_list("plan__tittel", flat=True),
    }
    return sorted(planer)


def _laas_plan(plan: Plan) -> Plan:
    plan = laas_rad(plan)
    krev_aapen(plan)
    return plan


def _ledig_nokkel(plan: Plan, tittel: str) -> str:
    rot = slugify(tittel.translate(_ASCII))[:34].strip("-") or "omraade"
    tatt = set(plan.omraader.values_list("nokkel", flat=True))
    mulige = [rot, *(f"{rot}-{nr}" for nr in range(2, MAKS_OMRAADER + 2))]
    return next(nokkel for nokkel in mulige if nokkel not in tatt)


def _nummerer(omraader: list[Innsatsomraade]) -> None:
    """Give them their numbers in this order, and let the sections follow, also those of open delplaner."""
    endret = {}
    for nr, omraade in enumerate(omraader, 1):
        if omraade.rekkefolge != nr:
            omraade.rekkefolge, endret[omraade.pk] = nr, omraade
    Innsatsomraade.objects.bulk_update(endret.values(), ["rekkefolge"])
    seksjoner = list(Seksjon.objects.filter(omraade__in=endret, plan__status__in=AAPNE).order_by("rekkefolge", "pk"))
    brukt: Counter = Counter()
    for seksjon in seksjoner:
        sted = (seksjon.plan_id, seksjon.omraade_id)
        seksjon.rekkefolge = plass_i_kapittel(endret[seksjon.omraade_id]) + brukt[sted]
        brukt[sted] += 1
    Seksjon.objects.bulk_update(seksjoner, ["rekkefolge"])


def _oppdater_delplaner(omraade: Innsatsomraade, naa: datetime) -> None:
    """Open delplaner and templates get a place for it; a kjernegrep is chosen in all of them."""
    for delplan in omraade.plan.delplaner.filter(status__in=AAPNE):
        sikre_grep(plan=delplan, naa=naa)
    aapne = omraade.valg.filter(plan__status__in=AAPNE)
    if omraade.grep == Grep.KJERNE:
        aapne.update(valgt=True)
    Seksjon.objects.filter(nokkel=f"grep-{omraade.nokkel}", omraade=omraade, plan__status__in=AAPNE).update(
        overskrift=omraade.tittel
    )
