"""Hearing of a plan: opening it with a deadline, answers, and how each answer was assessed."""

from datetime import date, datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from organisasjon.models import Bruker
from organisasjon.rules import Tilgang
from planer.enums import Planstatus
from planer.models import Horing, Horingssvar, Plan, Statusskifte
from planer.services.aapen import krev_aapen

TEKST_TEGN, VURDERING_TEGN, INVITASJON_TEGN = 20_000, 4000, 4000


@transaction.atomic
def opprett_horing(*, plan: Plan, frist: date, invitasjon: str, av: Bruker, naa: datetime) -> Horing:
    """A hearing with a deadline, the whole of that day included. Raises ValidationError when the deadline is past, one
    is open already, or the plan is adopted. Those asked are told when the plan is set to «på høring».
    """
    krev_aapen(plan)
    dag = timezone.localdate(naa)
    if frist < dag:
        raise ValidationError({"frist": [_("Fristen er allerede ute. Velg en dag fram i tid.")]})
    if plan.horinger.filter(frist__gte=dag).exists():
        raise ValidationError(_("Planen har allerede en høring med frist fram i tid."))
    _krev_lengde("invitasjon", invitasjon, INVITASJON_TEGN)
    horing = Horing(plan=plan, frist=frist, invitasjon=invitasjon.strip(), opprettet=naa, opprettet_av=av)
    horing.full_clean()
    horing.save()
    return horing


@transaction.atomic
def send_paa_horing(
    *,
    plan: Plan,
    frist: date,
    invitasjon: str,
    av: Bruker,
    tilgang: Tilgang,
    naa: datetime,
    merknad: str = "",
    forventet: str | None = None,
) -> Statusskifte:
    """Open a hearing and set the plan to «på høring», both or neither. Raises as `opprett_horing`, `skift_status`."""
    from planer.services.flyt import skift_status

    if not plan.horinger.filter(frist__gte=timezone.localdate(naa)).exists():
        opprett_horing(plan=plan, frist=frist, invitasjon=invitasjon, av=av, naa=naa)
    return skift_status(
        plan=plan, til=Planstatus.HORING, av=av, tilgang=tilgang, naa=naa, merknad=merknad, forventet=forventet
    )


@transaction.atomic
def flytt_frist(*, horing: Horing, frist: date, naa: datetime) -> Horing:
    """Give more time, or less, but never a day that has passed. Raises ValidationError."""
    krev_aapen(horing.plan)
    if frist < timezone.localdate(naa):
        raise ValidationError({"frist": [_("Fristen er allerede ute. Velg en dag fram i tid.")]})
    horing.frist = frist
    horing.full_clean()
    horing.save()
    return horing


@transaction.atomic
def svar_paa_horing(*, horing: Horing, avsender: str, tekst: str, av: Bruker, naa: datetime) -> Horingssvar:
    """Answer, or change the person's own answer, while the deadline has not passed. Raises ValidationError."""
    krev_aapen(horing.plan)
    if horing.frist < timezone.localdate(naa):
        raise ValidationError(_("Høringsfristen er ute. Be HR registrere svaret."))
    mitt = Horingssvar.objects.select_for_update().filter(horing=horing, av=av, fra_brev=False).first()
    mitt = mitt or Horingssvar(horing=horing, av=av)
    return _lagre(mitt, avsender, tekst, naa)


@transaction.atomic
def registrer_brev(*, horing: Horing, avsender: str, tekst: str, av: Bruker, naa: datetime) -> Horingssvar:
    """Record an answer that came by letter, also after the deadline. The caller has checked the right."""
    krev_aapen(horing.plan)
    return _lagre(Horingssvar(horing=horing, av=av, fra_brev=True), avsender, tekst, naa)


@transaction.atomic
def vurder_svar(*, svar: Horingssvar, vurdering: str, av: Bruker, naa: datetime) -> Horingssvar:
    """How the answer was assessed. Raises ValidationError. The caller has checked the right."""
    if av.pk is None:
        raise PermissionDenied
    krev_aapen(svar.horing.plan)
    _krev_lengde("vurdering", vurdering, VURDERING_TEGN)
    svar.vurdering = vurdering.strip()
    svar.full_clean()
    svar.save()
    return svar


def _lagre(svar: Horingssvar, avsender: str, tekst: str, naa: datetime) -> Horingssvar:
    _krev_lengde("tekst", tekst, TEKST_TEGN)
    svar.avsender, svar.tekst, svar.tid = avsender.strip(), tekst.strip(), naa
    svar.full_clean()
    svar.save()
    return svar


def _krev_lengde(felt: str, tekst: str, tegn: int) -> None:
    if len(tekst) > tegn:
        raise ValidationError({felt: [_("Teksten er for lang: høyst %(tegn)s tegn.") % {"tegn": tegn}]})
