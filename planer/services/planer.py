"""Writes to the plan itself: it is made, what it covers, who stands behind it, its title and period, and its end."""

import hashlib
from collections.abc import Collection, Iterable
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lat

from analyse.models import Uttrekk
from felles.laas import Foreldet, krev_uendret, laas_rad
from organisasjon.enums import Enhetstype
from organisasjon.models import Bruker, Enhet
from planer.enums import AAPNE, GJELDENDE, Deltakerrolle, Dokumentslag, Hovedmaal, Planslag, Planstatus
from planer.forslag import foreslaatte_deltakere
from planer.models import Maal, Plan, Plandeltaker, Plandokument, Planomfang
from planer.services.aapen import er_aapen_naa
from planer.services.kopiering import kopier_plan
from planer.services.ramme import sikre_grep, sikre_seksjoner
from planer.services.varsler import meld_ansvarlige

# Deleting is of what the person saw; any save in the plan shows in the stamp.
FELTER_SLETT = ("endret",)
FELTER_PLAN = ("tittel", "fra_aar", "til_aar", "nivaa", "uttrekk", "opphav")
Deltakere = Collection[tuple[Bruker, str]]
_SENDT = _lat("Planen har vært sendt videre, og kan ikke slettes. Det som er behandlet, skal kunne finnes igjen.")


@transaction.atomic
def opprett_temaplan(
    *, tittel: str, fra_aar: int, til_aar: int, uttrekk: Uttrekk | None, av: Bruker | None, naa: datetime
) -> Plan:
    """The temaplan of a period, with its sections and the three overall goals. Raises ValidationError when another
    temaplan, open or in force, has some of the same years.
    """
    # The municipality's row is the lock: two who make a temaplan at once are served one by one.
    list(Enhet.objects.select_for_update().filter(type=Enhetstype.KOMMUNE))
    _krev_ledig_periode(fra_aar, til_aar)
    plan = _lagre_ny(
        Plan(
            slag=Planslag.TEMAPLAN,
            tittel=tittel,
            fra_aar=fra_aar,
            til_aar=til_aar,
            nivaa=Enhetstype.KOMMUNE,
            uttrekk=uttrekk,
        ),
        av,
        naa,
    )
    sikre_seksjoner(plan=plan, naa=naa)
    for maal in Hovedmaal:
        Maal.objects.create(plan=plan, hovedmaal=maal.value, tittel=str(maal.label), rekkefolge=0)
    return plan


@transaction.atomic
def opprett_delplan(
    *,
    tittel: str,
    temaplan: Plan | None,
    enheter: Collection[Enhet],
    fra_aar: int,
    til_aar: int,
    nivaa: str,
    uttrekk: Uttrekk | None,
    av: Bruker | None,
    naa: datetime,
    mal: Plan | None = None,
    deltakere: Deltakere | None = None,
) -> Plan:
    """A delplan beneath the temaplan, with a grepvalg and a section for each innsatsområde.

    `mal`: a template or another delplan whose content is copied; it becomes the origin. `deltakere` None: those that
    the roles of the scope point to. `nivaa` empty: the level of the topmost unit. Raises ValidationError.

    Side effect: those who are responsible are told.
    """
    if not enheter:
        raise ValidationError({"enheter": _("Velg minst én enhet som delplanen gjelder for.")})
    plan = Plan(slag=Planslag.DELPLAN, tittel=tittel, fra_aar=fra_aar, til_aar=til_aar, uttrekk=uttrekk)
    plan.temaplan, plan.nivaa = _krev_temaplan(temaplan), nivaa or nivaa_av(enheter)
    plan = _lagre_ny(plan, av, naa, mal)
    Planomfang.objects.bulk_create(Planomfang(plan=plan, enhet=enhet) for enhet in enheter)
    if deltakere is None:
        deltakere = foreslaatte_deltakere(enheter, timezone.localdate(naa))
    _legg_til_deltakere(plan, deltakere)
    _fyll(plan, mal, naa)
    meld_ansvarlige(plan=plan, nye=deltakere, av=av, naa=naa)
    return plan


@transaction.atomic
def opprett_mal(
    *,
    tittel: str,
    temaplan: Plan | None,
    fra_aar: int,
    til_aar: int,
    av: Bruker | None,
    naa: datetime,
    mal: Plan | None = None,
    nivaa: str = Enhetstype.ENHET,
) -> Plan:
    """A template for delplaner; `mal` is a delplan or template to start from. Raises ValidationError."""
    plan = Plan(slag=Planslag.MAL, tittel=tittel, fra_aar=fra_aar, til_aar=til_aar, nivaa=nivaa)
    plan.temaplan = _krev_temaplan(temaplan)
    plan = _lagre_ny(plan, av, naa, mal)
    _fyll(plan, mal, naa)
    return plan


@transaction.atomic
def endre_plan(*, plan: Plan, verdier: dict, forventet: str | None, av: Bruker | None, naa: datetime) -> Plan:
    """Title, period, level, extract and origin (the keys of `FELTER_PLAN` that are given). Raises Foreldet and
    ValidationError: a plan that is adopted is frozen, and an origin may not lead back to the plan itself.
    """
    plan = krev_uendret(plan, FELTER_PLAN, forventet)
    krev_aapen(plan)
    for felt, verdi in verdier.items():
        setattr(plan, felt, verdi)
    krev_uten_sloyfe(plan, plan.opphav)
    if plan.er_temaplan:
        _krev_ledig_periode(plan.fra_aar, plan.til_aar, plan)
    plan.tittel, plan.endret, plan._history_user = plan.tittel.strip(), naa, av
    plan.full_clean()
    plan.save()
    return plan


@transaction.atomic
def sett_omfang(
    *, plan: Plan, enheter: Collection[Enhet], forventet: str | None = None, av: Bruker | None, naa: datetime
) -> None:
    """The units that the plan covers. Raises Foreldet when somebody has changed them since, and ValidationError.

    Side effect: unprotected PDFs of the plan are deleted when a unit leaves the scope.
    """
    plan = _laas_sett(plan, forventet, omfangsavtrykk)
    if not enheter:
        raise ValidationError(_("Velg minst én enhet som planen gjelder for."))
    naa_i = set(plan.omfang.values_list("enhet_id", flat=True))
    nye = {e.pk for e in enheter}
    if naa_i - nye:
        plan.omfang.filter(enhet_id__in=naa_i - nye).delete()
        # Drafts with all figures show the units that are gone to those who now cover the whole scope.
        Plandokument.objects.filter(slag=Dokumentslag.PLAN, planer=[plan.pk], prikket=False).delete()
    Planomfang.objects.bulk_create(Planomfang(plan=plan, enhet_id=pk) for pk in sorted(nye - naa_i))
    merk_endret(plan, naa, av)


@transaction.atomic
def sett_deltakere(
    *, plan: Plan, deltakere: Deltakere, forventet: str | None = None, av: Bruker | None, naa: datetime
) -> None:
    """The people of the plan, as pairs of person and role. Works on adopted plans too: people change jobs.

    Raises Foreldet when somebody has changed them since, and ValidationError. Side effect: those who have become
    responsible are told.
    """
    plan = _laas_sett(plan, forventet, deltakeravtrykk, frosset=True)
    _krev_kjente_roller(deltakere)
    oensket = {(bruker.pk, str(rolle)) for bruker, rolle in deltakere}
    for deltaker in plan.deltakere.all():
        if (deltaker.bruker_id, deltaker.rolle) not in oensket:
            deltaker.delete()
    har = set(plan.deltakere.values_list("bruker_id", "rolle"))
    Plandeltaker.objects.bulk_create(Plandeltaker(plan=plan, bruker_id=b, rolle=r) for b, r in sorted(oensket - har))
    meld_ansvarlige(plan=plan, nye=[d for d in deltakere if (d[0].pk, str(d[1])) not in har], av=av, naa=naa)
    merk_endret(plan, naa, av)


@transaction.atomic
def slett_plan(*, plan: Plan, forventet: str | None = None, av: Bruker | None = None) -> None:
    """Delete a draft that has never been sent anywhere. Raises ValidationError that says why not, and Foreldet when
    something in the plan has been changed since the person saw it.
    """
    plan = krev_uendret(plan, FELTER_SLETT, forventet)
    grunn = hvorfor_ikke_slette(plan)
    if grunn:
        raise ValidationError(grunn)
    Maal.objects.filter(plan=plan, overordnet__isnull=False).delete()
    plan.tiltak.all().delete()
    plan.grepvalg.all().delete()
    plan._history_user = av
    plan.delete()


def hvorfor_ikke_slette(plan: Plan) -> str:
    """Why the plan cannot be deleted, in a sentence; empty when it can. One query, for a draft."""
    if plan.revisjon_av_id:
        return _("Dette er en revisjon av en vedtatt plan. Bruk «Forkast revisjonen» på plansiden i stedet.")
    if plan.status != Planstatus.UTKAST:
        return str(_SENDT)
    rader = {
        "skifter": plan.statusskifter,
        "under": plan.delplaner,
        "droft": plan.droftinger,
        "hort": plan.horinger,
    }
    finnes = {navn: Exists(funnet.order_by()) for navn, funnet in rader.items()}
    har = Plan.objects.filter(pk=plan.pk).values(**finnes).first() or {}
    if har.get("skifter"):
        return str(_SENDT)
    if har.get("under"):
        return _("Det finnes delplaner under denne temaplanen. Slett eller flytt dem først.")
    if har.get("droft") or har.get("hort"):
        return _("Planen er drøftet eller sendt på høring, og kan ikke slettes.")
    return ""


def krev_aapen(plan: Plan) -> None:
    """Raises ValidationError when the plan's content is frozen."""
    if not er_aapen_naa(plan):
        raise ValidationError(_("Planen er vedtatt og kan ikke endres. Start en revisjon for å endre den."))


def krev_uten_sloyfe(plan: Plan, opphav: Plan | None) -> None:
    """Raises ValidationError when the origin, or the origin's origin, is the plan itself."""
    sett: set[int] = set()
    while opphav is not None and opphav.pk not in sett:
        if opphav.pk == plan.pk:
            raise ValidationError({"opphav": _("En plan kan ikke være laget fra seg selv, heller ikke via andre.")})
        sett.add(opphav.pk)
        opphav = opphav.opphav


def nivaa_av(enheter: Iterable[Enhet]) -> str:
    """The level of the topmost of the units."""
    rekkefolge = list(Enhetstype)
    return min((Enhetstype(e.type) for e in enheter), key=rekkefolge.index, default=Enhetstype.ENHET)


def merk_endret(plan: Plan, naa: datetime, av: Bruker | None = None) -> None:
    """Note that the plan's content was changed. No history row: the content has its own."""
    Plan.objects.filter(pk=plan.pk).update(endret=naa)
    plan.endret = naa


def omfangsavtrykk(plan: Plan) -> str:
    """A fingerprint of the scope, for optimistic locking."""
    return _settavtrykk(plan.omfang.values_list("enhet_id", flat=True))


def deltakeravtrykk(plan: Plan) -> str:
    """A fingerprint of the people, for optimistic locking."""
    return _settavtrykk(f"{b}-{r}" for b, r in plan.deltakere.values_list("bruker_id", "rolle"))


def _settavtrykk(verdier: Iterable) -> str:
    return hashlib.sha256(",".join(sorted(map(str, verdier))).encode()).hexdigest()[:16]


def _laas_sett(plan: Plan, forventet: str | None, avtrykk, *, frosset: bool = False) -> Plan:
    plan = laas_rad(plan)
    if not frosset:
        krev_aapen(plan)
    if forventet is not None and avtrykk(plan) != forventet:
        raise Foreldet(plan)
    return plan


def _lagre_ny(plan: Plan, av: Bruker | None, naa: datetime, opphav: Plan | None = None) -> Plan:
    plan.tittel, plan.opprettet, plan.endret = plan.tittel.strip(), naa, naa
    plan.opprettet_av, plan.opphav, plan._history_user = av, opphav, av
    if opphav is not None and opphav.er_temaplan:
        raise ValidationError(_("En delplan kan lages fra en mal eller en annen delplan, ikke fra temaplanen."))
    plan.full_clean()
    plan.save()
    return plan


def _fyll(plan: Plan, mal: Plan | None, naa: datetime) -> None:
    if mal is not None:
        kopier_plan(kilde=mal, til=plan)
    else:
        sikre_grep(plan=plan, naa=naa)
    sikre_seksjoner(plan=plan, naa=naa)


def _krev_temaplan(temaplan: Plan | None) -> Plan:
    if temaplan is None or not temaplan.er_temaplan:
        raise ValidationError({"temaplan": _("Lag temaplanen først. Delplanene bygger på innsatsområdene i den.")})
    return temaplan


def _krev_ledig_periode(fra_aar: int, til_aar: int, plan: Plan | None = None) -> None:
    andre = Plan.objects.filter(slag=Planslag.TEMAPLAN, status__in=[*AAPNE, *GJELDENDE])
    andre = andre.filter(fra_aar__lte=til_aar, til_aar__gte=fra_aar)
    if plan is not None:
        andre = andre.exclude(stamme=plan.stamme)
    if opptatt := andre.first():
        raise ValidationError(
            _("«%(tittel)s» gjelder allerede for %(periode)s. Velg en annen periode, eller lag en revisjon av den.")
            % {"tittel": opptatt.tittel, "periode": opptatt.periode}
        )


def _krev_kjente_roller(deltakere: Deltakere) -> None:
    if any(rolle not in Deltakerrolle.values for _bruker, rolle in deltakere):
        raise ValidationError(_("Velg en rolle fra listen."))


def _legg_til_deltakere(plan: Plan, deltakere: Deltakere) -> None:
    _krev_kjente_roller(deltakere)
    par = dict.fromkeys((bruker.pk, str(rolle)) for bruker, rolle in deltakere)
    Plandeltaker.objects.bulk_create(Plandeltaker(plan=plan, bruker_id=b, rolle=r) for b, r in par)
