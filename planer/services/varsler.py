"""Telling people: rows that the person sees in the product, and the digest by e-mail.

A notice says what happened and where, never what somebody wrote. It is said once per person and `nokkel`.
"""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from felles.tall import dato_lang
from organisasjon.models import Bruker
from planer.enums import AAPNE, GJELDENDE, Deltakerrolle, Planslag, Varselslag
from planer.models import Plan, Tiltak, Varsel, Varselvalg

FRIST_DAGER = 7


def varsle(
    *,
    til: Iterable[Bruker],
    slag: Varselslag,
    nokkel: str,
    tekst: str,
    adresse: str,
    naa: datetime,
    plan: Plan | None = None,
    tiltak: Tiltak | None = None,
    unntatt: Bruker | None = None,
) -> None:
    """Tell these people, except the one who did it. Somebody who has been told the same before is not told again."""
    mottakere = {b.pk: b for b in til if b.is_active and (unntatt is None or b.pk != unntatt.pk)}
    rader = [
        Varsel(
            bruker=bruker,
            slag=slag,
            nokkel=nokkel[:80],
            tekst=tekst[:300],
            adresse=adresse[:300],
            plan=plan,
            tiltak=tiltak,
            opprettet=naa,
        )
        for bruker in mottakere.values()
    ]
    Varsel.objects.bulk_create(rader, ignore_conflicts=True)


def meld_ansvarlige(*, plan: Plan, nye: Iterable[tuple[Bruker, str]], av: Bruker | None, naa: datetime) -> None:
    """Tell those who have been made responsible for a delplan. Said once a day about the same plan, whatever version
    of it; of many plans made at once the digest has one line for each.
    """
    if plan.slag != Planslag.DELPLAN:
        return
    varsle(
        til=[bruker for bruker, rolle in nye if rolle == Deltakerrolle.ANSVARLIG],
        slag=Varselslag.PLAN_VENTER,
        nokkel=f"ansvarlig-{plan.stamme.hex}-{timezone.localdate(naa):%Y%m%d}",
        tekst=_("Du har fått ansvaret for «%(plan)s».") % {"plan": plan.tittel},
        adresse=reverse("planer:plan", args=[plan.pk]),
        plan=plan,
        naa=naa,
        unntatt=av,
    )


def merk_lest(*, varsel: Varsel, naa: datetime) -> None:
    """The person has seen it. A notice that has been seen is not sent."""
    Varsel.objects.filter(pk=varsel.pk, lest=None).update(lest=naa)


def merk_alle_lest(*, bruker: Bruker, naa: datetime) -> int:
    """All of the person's notices have been seen. The number that had not been before."""
    return Varsel.objects.filter(bruker=bruker, lest=None).update(lest=naa)


@transaction.atomic
def velg_epost(*, bruker: Bruker, epost: bool) -> Varselvalg:
    """Whether the person gets the digest by e-mail. What came while it was off is not sent later."""
    valg, _ny = Varselvalg.objects.get_or_create(bruker=bruker)
    valg.epost = epost
    valg.full_clean()
    valg.save()
    return valg


def lag_fristvarsler(*, dag: date, naa: datetime) -> int:
    """Notices of tiltak with a deadline: a week before, on the day, and each week after. How many were made.

    The keys carry the tiltak's id, which versions of a plan share, so that a revision repeats nothing.
    """
    gjelder = Q(plan__status__in=GJELDENDE) | Q(plan__status__in=AAPNE, plan__revisjon_av=None)
    aktuelle = (
        Tiltak.objects.i_arbeid()
        .filter(gjelder, ansvarlig__isnull=False, frist__isnull=False, plan__slag__in=["temaplan", "delplan"])
        .select_related("plan", "ansvarlig")
    )
    foer = Varsel.objects.count()
    for tiltak in aktuelle:
        if anledning := _anledning(tiltak, dag):
            merke, tekst = anledning
            varsle(
                til=[tiltak.ansvarlig],
                slag=Varselslag.TILTAK_FRIST,
                nokkel=f"frist-{tiltak.ident}-{tiltak.frist:%Y%m%d}-{merke}",
                tekst=tekst,
                adresse=reverse("planer:tiltak_en", args=[tiltak.pk]),
                naa=naa,
                plan=tiltak.plan,
                tiltak=tiltak,
            )
    return Varsel.objects.count() - foer


def _anledning(tiltak: Tiltak, dag: date) -> tuple[str, str] | None:
    """Mark for the key, and the words, when there is something to say on the day."""
    dager = (tiltak.frist - dag).days
    ord_ = {"tittel": tiltak.tittel[:180], "frist": dato_lang(tiltak.frist)}
    if dager > FRIST_DAGER:
        return None
    if dager > 0:
        return "snart", _("Tiltaket «%(tittel)s» har frist %(frist)s.") % ord_
    if dager == 0:
        return "idag", _("Tiltaket «%(tittel)s» har frist i dag.") % ord_
    return f"over{-dager // 7}", _("Fristen for tiltaket «%(tittel)s» var %(frist)s.") % ord_
