"""Work on an adopted plan goes on in a new version beside it."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, ProtectedError
from django.urls import reverse
from django.utils.translation import gettext as _

from felles.laas import krev_uendret
from organisasjon.models import Bruker
from planer.enums import AAPNE, GJELDENDE, Planslag, Planstatus, Varselslag
from planer.flytparter import skrivende
from planer.models import Plan, Plandeltaker, Planomfang, Statusskifte
from planer.services.aapen import laas_versjoner
from planer.services.kopiering import kopier_plan
from planer.services.planer import FELTER_SLETT
from planer.services.varsler import varsle


@transaction.atomic
def start_revisjon(*, plan: Plan, forventet: str | None = None, av: Bruker, naa: datetime) -> Plan:
    """A new version of an adopted plan, as a draft with the same content and people. The caller has checked the right.

    A delplan's revision is made against the newest adopted temaplan. Raises ValidationError when the plan is not in
    force or is being revised already, Foreldet when it has been changed since the person saw it. Side effect: those who
    write the plan are told.
    """
    laast = krev_uendret(plan, FELTER_SLETT, forventet)
    if laast.status == Planstatus.REVISJON:
        raise ValidationError(_("Planen er allerede under revisjon."))
    if laast.status != Planstatus.VEDTATT:
        raise ValidationError(_("Bare en vedtatt plan kan revideres."))
    ny = _ny_versjon(laast, av, naa)
    kopier_plan(kilde=laast, til=ny)
    _skift(laast, Planstatus.REVISJON, av, naa)
    plan.status = laast.status
    varsle(
        til=skrivende(ny),
        slag=Varselslag.PLAN_ENDRET,
        nokkel=f"revisjon-{ny.pk}",
        tekst=_("«%(plan)s» er under revisjon.") % {"plan": ny.tittel},
        adresse=reverse("planer:plan", args=[ny.pk]),
        plan=ny,
        naa=naa,
        unntatt=av,
    )
    return ny


def _ny_versjon(gammel: Plan, av: Bruker, naa: datetime) -> Plan:
    siste = Plan.objects.filter(stamme=gammel.stamme).aggregate(siste=Max("versjon"))["siste"]
    ny = Plan(
        slag=gammel.slag,
        tittel=gammel.tittel,
        stamme=gammel.stamme,
        versjon=siste + 1,
        temaplan=_nyeste_temaplan(gammel),
        revisjon_av=gammel,
        opphav=gammel.opphav,
        fra_aar=gammel.fra_aar,
        til_aar=gammel.til_aar,
        nivaa=gammel.nivaa,
        uttrekk=gammel.uttrekk,
        opprettet=naa,
        opprettet_av=av,
        endret=naa,
    )
    ny._history_user = av
    ny.full_clean()
    ny.save()
    Planomfang.objects.bulk_create(Planomfang(plan=ny, enhet_id=o.enhet_id) for o in gammel.omfang.all())
    Plandeltaker.objects.bulk_create(
        Plandeltaker(plan=ny, bruker_id=d.bruker_id, rolle=d.rolle) for d in gammel.deltakere.all()
    )
    return ny


def _nyeste_temaplan(plan: Plan) -> Plan | None:
    """The adopted temaplan to build on: of the plan's own stamme, newest first, else the one it has."""
    if plan.slag != Planslag.DELPLAN or plan.temaplan is None:
        return plan.temaplan
    samme = Plan.objects.filter(stamme=plan.temaplan.stamme, status__in=GJELDENDE).order_by("-versjon")
    return samme.first() or plan.temaplan


@transaction.atomic
def forkast_revisjon(*, plan: Plan, forventet: str | None = None, av: Bruker, naa: datetime) -> Plan:
    """Delete an open revision with all that was written in it, and put the version it revised back in force. Gives
    that version. Raises ValidationError when it is no open revision, or delplaner build on it, and
    Foreldet when something in it has been changed since the person saw it.
    """
    laas_versjoner(Plan.objects.filter(pk=plan.pk))
    ny = krev_uendret(plan, FELTER_SLETT, forventet)
    if ny.revisjon_av_id is None or ny.status not in AAPNE:
        raise ValidationError(_("Bare en revisjon som ikke er vedtatt, kan forkastes."))
    gammel = Plan.objects.select_for_update().get(pk=ny.revisjon_av_id)
    try:
        ny.tiltak.all().delete()
        ny.grepvalg.all().delete()
        ny._history_user = av
        ny.delete()
    except ProtectedError as feil:
        raise ValidationError(_("Delplaner bygger på denne versjonen. Flytt dem først.")) from feil
    if gammel.status == Planstatus.REVISJON:
        _skift(gammel, Planstatus.VEDTATT, av, naa, _("Revisjonen ble forkastet."))
    return gammel


def _skift(plan: Plan, til: str, av: Bruker, naa: datetime, merknad: str = "") -> None:
    Statusskifte.objects.create(plan=plan, fra=plan.status, til=til, tid=naa, av=av, merknad=merknad)
    plan.status, plan._history_user = til, av
    plan.save(update_fields=["status"])
