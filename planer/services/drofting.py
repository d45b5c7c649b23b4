"""Drøfting with union and safety representatives: calling it, each recording their own view, closing it."""

from collections.abc import Iterable
from datetime import date, datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from organisasjon.models import Bruker
from planer.enums import Forankringsslag, Planstatus, Syn, Varselslag
from planer.flytkrav import frist_for, svarfrist
from planer.flytparter import neste_ut
from planer.flytregler import OVERGANGER
from planer.models import Drofting, Droftingssyn, Forankring, Plan
from planer.services.aapen import krev_aapen
from planer.services.varsler import varsle

PROTOKOLL_TEGN = 8000


@transaction.atomic
def opprett_drofting(
    *,
    plan: Plan,
    dato: date,
    tema: str,
    inviterte: Iterable[Bruker],
    av: Bruker,
    naa: datetime,
    andre_deltakere: str = "",
) -> Drofting:
    """Call a drøfting. Raises ValidationError on an adopted plan, or when nobody is called.

    Side effect: those called are told.
    """
    krev_aapen(plan)
    inviterte = list({b.pk: b for b in inviterte}.values())
    if not inviterte:
        raise ValidationError({"inviterte": [_("Velg minst én representant.")]})
    drofting = Drofting(
        plan=plan,
        dato=dato,
        tema=tema.strip(),
        andre_deltakere=andre_deltakere.strip(),
        opprettet=naa,
        opprettet_av=av,
    )
    drofting.full_clean()
    drofting.save()
    _inviter(drofting, inviterte, av, naa)
    return drofting


@transaction.atomic
def inviter(*, drofting: Drofting, inviterte: Iterable[Bruker], av: Bruker, naa: datetime) -> None:
    """Call more representatives. Raises ValidationError when the drøfting is closed. They are told."""
    drofting = _aapen(drofting)
    med = set(drofting.syn.values_list("bruker_id", flat=True))
    _inviter(drofting, [b for b in inviterte if b.pk not in med], av, naa)


def _inviter(drofting: Drofting, brukere: Iterable[Bruker], av: Bruker, naa: datetime) -> None:
    brukere = list(brukere)
    Droftingssyn.objects.bulk_create(Droftingssyn(drofting=drofting, bruker=b, invitert=naa) for b in brukere)
    varsle(
        til=brukere,
        slag=Varselslag.DROFTING,
        nokkel=f"drofting-{drofting.pk}",
        tekst=_("Du er kalt inn til drøfting av «%(plan)s» %(dato)s.")
        % {"plan": drofting.plan.tittel, "dato": f"{drofting.dato:%d.%m.%Y}"},
        adresse=reverse("planer:drofting", args=[drofting.pk]),
        plan=drofting.plan,
        naa=naa,
        unntatt=av,
    )


@transaction.atomic
def foer_syn(*, drofting: Drofting, av: Bruker, syn: str, protokoll: str, naa: datetime) -> Droftingssyn:
    """Record the person's own view; it can be changed until the drøfting is closed.

    Raises PermissionDenied when they are not called, ValidationError when it is closed, or disagreement has no reason.
    Side effect: when everybody has, those who can send the plan on are told, once.
    """
    drofting = _aapen(drofting)
    mitt = Droftingssyn.objects.select_for_update().filter(drofting=drofting, bruker=av).first()
    if mitt is None:
        raise PermissionDenied(_("Bare den som er kalt inn til drøftingen, kan føre syn, og bare sitt eget."))
    if syn not in Syn:
        raise ValidationError({"syn": [_("Velg enig eller uenig.")]})
    if syn == Syn.UENIG and not protokoll.strip():
        raise ValidationError({"protokoll": [_("Skriv hva dere er uenige i, så det står i protokollen.")]})
    if len(protokoll) > PROTOKOLL_TEGN:
        raise ValidationError({"protokoll": [_("Protokollteksten kan ha høyst 8 000 tegn.")]})
    mitt.syn, mitt.protokoll, mitt.tid = syn, protokoll.strip(), naa
    mitt.full_clean()
    mitt.save()
    if drofting.plan.status == Planstatus.DROFTING and not drofting.syn.filter(syn="").exists():
        _meld_ferdig(drofting, av, naa)
    return mitt


def _meld_ferdig(drofting: Drofting, av: Bruker, naa: datetime) -> None:
    plan = drofting.plan
    videre = next(o for o in OVERGANGER[plan.slag] if o.fra == Planstatus.DROFTING and not o.tilbake)
    varsle(
        til=neste_ut(plan, videre.parter, timezone.localdate(naa)),
        slag=Varselslag.PLAN_VENTER,
        nokkel=f"droftet-{drofting.pk}",
        tekst=_("Alle har ført syn i drøftingen av «%(plan)s». Planen kan sendes videre.") % {"plan": plan.tittel},
        adresse=reverse("planer:plan", args=[plan.pk]),
        plan=plan,
        naa=naa,
        unntatt=av,
    )


@transaction.atomic
def avslutt_drofting(*, drofting: Drofting, av: Bruker, naa: datetime) -> Drofting:
    """Close the drøfting: the views stand as they are. Raises ValidationError before the meeting has been held, or
    while somebody who has not recorded a view still has time to.
    """
    drofting = _aapen(drofting)
    dag = timezone.localdate(naa)
    if drofting.dato > dag:
        raise ValidationError(_("Drøftingen er ikke holdt ennå."))
    venter = [s for s in drofting.syn.select_related("bruker") if not s.syn and frist_for(s, drofting) >= dag]
    if venter:
        ord_ = {"navn": ", ".join(str(s.bruker) for s in venter), "dato": f"{svarfrist(drofting):%d.%m.%Y}"}
        raise ValidationError(
            _("%(navn)s har ikke ført sitt syn, og har frist til og med %(dato)s. Du kan avslutte etter det.") % ord_
        )
    drofting.avsluttet = naa
    drofting.full_clean()
    drofting.save()
    return drofting


@transaction.atomic
def lag_forankring(*, drofting: Drofting, av: Bruker) -> Forankring:
    """Enter a closed drøfting in the temaplan's register of forankring. Raises ValidationError when it is there
    already, is not closed, or the plan has no register.
    """
    plan = drofting.plan
    krev_aapen(plan)
    if not plan.er_temaplan:
        raise ValidationError(_("Bare temaplanen har et forankringsregister."))
    if not drofting.avsluttet:
        raise ValidationError(_("Avslutt drøftingen først."))
    if er_forankret(drofting):
        raise ValidationError(_("Drøftingen står allerede i forankringsregisteret."))
    syn = list(drofting.syn.select_related("bruker"))
    enige, uenige = sum(s.syn == Syn.ENIG for s in syn), sum(s.syn == Syn.UENIG for s in syn)
    deltakere = [*(str(s.bruker) for s in syn), *([drofting.andre_deltakere] if drofting.andre_deltakere else [])]
    rad = Forankring(
        plan=plan,
        dato=drofting.dato,
        slag=Forankringsslag.DROFTING,
        organ=_("Drøftingsmøte"),
        tema=drofting.tema,
        deltakere=", ".join(deltakere)[:500],
        utfall=_("%(enige)s enige, %(uenige)s uenige, %(uten)s uten ført syn.")
        % {"enige": enige, "uenige": uenige, "uten": len(syn) - enige - uenige},
    )
    rad.full_clean()
    rad.save()
    return rad


def er_forankret(drofting: Drofting) -> bool:
    """Is the drøfting in the plan's register? One query."""
    funnet = Forankring.objects.filter(plan_id=drofting.plan_id, dato=drofting.dato, tema=drofting.tema)
    return funnet.filter(slag=Forankringsslag.DROFTING).exists()


def _aapen(drofting: Drofting) -> Drofting:
    """The drøfting as it is now, locked and still open."""
    krev_aapen(drofting.plan)
    laast = Drofting.objects.select_for_update(of=("self",)).select_related("plan").get(pk=drofting.pk)
    if laast.avsluttet:
        raise ValidationError(_("Drøftingen er avsluttet. Synene står slik de er."))
    return laast
