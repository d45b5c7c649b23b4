"""Moving a plan from one state to another, adopting it, and beginning a revision."""

from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from felles.laas import laas_rad
from organisasjon.models import Bruker
from organisasjon.rules import Tilgang
from planer.enums import Planstatus, Varselslag
from planer.flytkrav import Kravsvar, grunnlag, svar_paa_krav
from planer.flytparter import deltakere_med, horingsparter, neste_ut, parter_i, skrivende
from planer.flytregler import OVERGANGER, Overgang, overgang, overganger_fra
from planer.models import Plan, Statusskifte, Vedtak
from planer.rules import DROFTENDE
from planer.services.aapen import laas_versjoner
from planer.services.revisjon import forkast_revisjon, start_revisjon
from planer.services.varsler import varsle
from planer.services.vedtak import frys, meld_vedtatt

__all__ = ["Mulighet", "forkast_revisjon", "overganger", "skift_status", "start_revisjon", "vedta"]


@dataclass(frozen=True)
class Mulighet:
    """A move from where the plan stands: the rule, what must be in place, and whether this person may do it."""

    regel: Overgang
    krav: tuple[Kravsvar, ...]
    kan: bool

    @property
    def hindret(self) -> bool:
        """Is something missing that must be there before the page of the move?"""
        return any(k.stopper and not k.ok and not k.paa_siden for k in self.krav)


def overganger(
    plan: Plan, tilgang: Tilgang, bruker: Bruker, dag: date | None = None, *, beholdt: bool = False
) -> list[Mulighet]:
    """The moves from where the plan stands, also those that others do. Forward ones first. `beholdt`: what the plan
    lacks may be as it was kept when the plan was last changed, for a page that only shows it.
    """
    regler = overganger_fra(plan.slag, plan.status)
    if not regler:
        return []
    g = grunnlag(plan, regler, dag or timezone.localdate(), beholdt=beholdt)
    mine = parter_i(plan, tilgang, bruker.pk)
    return [Mulighet(regel, tuple(svar_paa_krav(regel, g)), bool(regel.parter & mine)) for regel in regler]


@transaction.atomic
def skift_status(
    *,
    plan: Plan,
    til: str,
    av: Bruker,
    tilgang: Tilgang,
    naa: datetime,
    merknad: str = "",
    forventet: str | None = None,
) -> Statusskifte:
    """Move the plan. `forventet` is the state the person saw (default: that of `plan`).

    Raises PermissionDenied when this person may not, ValidationError when somebody was first or something is missing.
    Side effects: people are told; adoption freezes the plan (see `vedta`).
    """
    laast = _laas(plan, forventet)
    regel = overgang(laast.slag, laast.status, til)
    if regel is None:
        raise ValidationError(_("Planen kan ikke flyttes dit fra «%(naa)s».") % {"naa": laast.get_status_display()})
    if not regel.parter & parter_i(laast, tilgang, av.pk):
        raise PermissionDenied(regel.navn)
    _krev_paa_plass(laast, regel, merknad, timezone.localdate(naa))
    if til == Planstatus.VEDTATT:
        skifte = _vedta(laast, av, merknad, "", naa)[1]
    else:
        skifte = _flytt(laast, til, av, merknad, naa)
        _si_fra(laast, skifte, regel, naa)
    plan.status = laast.status
    return skifte


@transaction.atomic
def vedta(
    *, plan: Plan, av: Bruker, sak: str, naa: datetime, merknad: str = "", forventet: str | None = None
) -> Vedtak:
    """Adopt the plan; the caller has checked `rett.vedta`. Raises ValidationError when it does not stand to be decided,
    somebody was first, or something is missing.

    Side effects: figures and content are frozen with their hash, the version it revises is marked as replaced, people
    are told, and the PDF is ordered when the transaction is through.
    """
    laast = _laas(plan, forventet)
    regel = overgang(laast.slag, laast.status, Planstatus.VEDTATT)
    if regel is None:
        raise ValidationError(_("Bare en plan som er til beslutning, kan vedtas."))
    _krev_paa_plass(laast, regel, merknad, timezone.localdate(naa))
    vedtak = _vedta(laast, av, merknad, sak, naa)[0]
    plan.status = laast.status
    return vedtak


def _vedta(plan: Plan, av: Bruker, merknad: str, sak: str, naa: datetime) -> tuple[Vedtak, Statusskifte]:
    skifte = _flytt(plan, Planstatus.VEDTATT, av, merknad, naa)
    vedtak = frys(plan=plan, av=av, sak=sak, naa=naa)
    meld_vedtatt(plan=plan, skifte=skifte, av=av, naa=naa)
    return vedtak, skifte


def _laas(plan: Plan, forventet: str | None) -> Plan:
    """The plan as it is now, locked, if it still stands where the person saw it."""
    laas_versjoner(Plan.objects.filter(pk=plan.pk))
    laast = laas_rad(plan)
    if laast.status == (forventet or plan.status):
        return laast
    siste = Statusskifte.objects.filter(plan=plan).select_related("av").first()
    ord_ = {"hvem": siste.av if siste and siste.av else _("Noen andre"), "naa": laast.get_status_display()}
    raise ValidationError(
        _("%(hvem)s kom deg i forkjøpet: planen er nå «%(naa)s». Ingenting er gjort om igjen.") % ord_
    )


def _krev_paa_plass(plan: Plan, regel: Overgang, merknad: str, dag: date) -> None:
    """Raise ValidationError with all that is missing."""
    feil = []
    if regel.grunn and not merknad.strip():
        feil.append(regel.grunn)
    if len(merknad) > 2000:
        feil.append(_("Merknaden kan ha høyst 2 000 tegn."))
    for krav in svar_paa_krav(regel, grunnlag(plan, [regel], dag)):
        if krav.stopper and not krav.ok:
            feil += [krav.tekst, *(tekst for tekst, _adresse in krav.lenker)]
    if feil:
        raise ValidationError(feil)


def _flytt(plan: Plan, til: str, av: Bruker, merknad: str, naa: datetime) -> Statusskifte:
    skifte = Statusskifte(plan=plan, fra=plan.status, til=til, tid=naa, av=av, merknad=merknad.strip())
    plan.status, plan.endret, plan._history_user = til, naa, av
    plan.full_clean(validate_unique=False)
    plan.save()
    skifte.full_clean()
    skifte.save()
    return skifte


def _si_fra(plan: Plan, skifte: Statusskifte, regel: Overgang, naa: datetime) -> None:
    """Those who act next have a plan waiting; the others in it hear that it has moved."""
    adresse, ord_ = reverse("planer:plan", args=[plan.pk]), {"plan": plan.tittel}
    felles = {"adresse": adresse, "plan": plan, "naa": naa, "unntatt": skifte.av}
    if regel.til == Planstatus.DROFTING and not regel.tilbake:
        tekst = _("«%(plan)s» er sendt til drøfting.") % ord_
        varsle(
            til=deltakere_med(plan, DROFTENDE), slag=Varselslag.DROFTING, nokkel=f"drofting-s{skifte.pk}", tekst=tekst,
            **felles | {"adresse": reverse("planer:samarbeid", args=[plan.pk])},
        )  # fmt: skip
    if regel.til == Planstatus.HORING:
        _meld_horing(plan, skifte, naa)
    tekst, venter = _venter(plan, regel, timezone.localdate(naa))
    varsle(til=venter, slag=Varselslag.PLAN_VENTER, nokkel=f"status-{skifte.pk}", tekst=tekst % ord_, **felles)
    tekst = _("«%(plan)s» har fått status «%(status)s».") % (ord_ | {"status": skifte.get_til_display()})
    if regel.til != Planstatus.UTKAST:
        varsle(til=skrivende(plan), slag=Varselslag.PLAN_ENDRET, nokkel=f"status-{skifte.pk}", tekst=tekst, **felles)


def _venter(plan: Plan, regel: Overgang, dag: date) -> tuple[str, list[Bruker]]:
    """The words, and the people who act next."""
    if regel.til == Planstatus.UTKAST:
        return _("«%(plan)s» er sendt tilbake til utkast. Grunnen står på planens side."), skrivende(plan)
    if regel.til == Planstatus.BESLUTNING:
        neste = next(o for o in OVERGANGER[plan.slag] if o.til == Planstatus.VEDTATT)
        return _("«%(plan)s» venter på at du vedtar den."), neste_ut(plan, neste.parter, dag)
    neste = next(o for o in OVERGANGER[plan.slag] if o.fra == regel.til and not o.tilbake)
    ord_ = {
        Planstatus.DROFTING: _("«%(plan)s» er til drøfting. Kall inn de tillitsvalgte, og send planen videre etterpå."),
        Planstatus.HORING: _("«%(plan)s» er på høring. Send den videre når fristen er ute."),
    }
    return ord_[regel.til], neste_ut(plan, neste.parter, dag)


def _meld_horing(plan: Plan, skifte: Statusskifte, naa: datetime) -> None:
    dag = timezone.localdate(naa)
    horing = plan.horinger.filter(frist__gte=dag).first()
    varsle(
        til=horingsparter(plan, dag),
        slag=Varselslag.HORING,
        nokkel=f"horing-{horing.pk}",
        tekst=_("«%(plan)s» er på høring. Du kan svare til og med %(frist)s.")
        % {"plan": plan.tittel, "frist": f"{horing.frist:%d.%m.%Y}"},
        adresse=reverse("planer:horing", args=[horing.pk]),
        plan=plan,
        naa=naa,
        unntatt=skifte.av,
    )
