"""Writes to tiltak: make, change, copy, delete, follow up. The content follows the plan, status and log go on after it.

An adopted plan is frozen, so only its tiltak's status and log change there. Side effect of every status change: the
same tiltak (`ident`) in the other versions of the plan that are open or in force gets the same status.
"""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models.functions import Length
from django.utils import timezone
from django.utils.translation import gettext as _

from felles.laas import krev_uendret, laas_rad
from felles.norsk import brett
from organisasjon.models import Bruker
from planer.enums import AAPNE, GJELDENDE, KREVER_GRUNN, Planstatus, Tiltakstatus
from planer.models import Plan, Tiltak, Tiltaksoppfolging
from planer.services.aapen import er_aapen_naa, laas_versjoner

FELTER_TILTAK = (
    "tittel", "hva", "omraade", "hovedmaal", "vei", "ansvarlig", "deltakere", "start", "frist", "status", "statusgrunn",
    "kostnad", "finansiering", "soknadsfrist", "kriterie_resultat", "kriterie_prosess", "maalenhet", "nullpunkt",
    "maaltall",
)  # fmt: skip
# Deleting is of what the person saw; any change shows in the stamp.
FELTER_SLETT = ("endret",)
IKKE_MED_I_KOPI = frozenset({"id", "plan", "ident", "status", "statusgrunn", "endret", "sok"})
# One number series for the whole municipality; PostgreSQL lets two transactions read the same highest number.
LAAS_IDENT = 7203


def neste_ident() -> str:
    """«T-0001» and on: never used before, not even by a deleted tiltak. Call inside the transaction that uses it."""
    if connection.vendor == "postgresql":
        with connection.cursor() as peker:
            peker.execute("SELECT pg_advisory_xact_lock(%s)", [LAAS_IDENT])
    return f"T-{max(_hoyeste(Tiltak.objects), _hoyeste(Tiltak.historie)) + 1:04d}"


def _hoyeste(rader: Any) -> int:
    """The highest number in use; longer ones are higher."""
    rader = rader.filter(ident__startswith="T-").order_by(Length("ident").desc(), "-ident")
    ident = rader.values_list("ident", flat=True).first() or ""
    nummer = ident.removeprefix("T-")
    return int(nummer) if nummer.isdecimal() else 0


@transaction.atomic
def lagre_tiltak(
    *,
    tiltak: Tiltak | None,
    plan: Plan,
    verdier: Mapping[str, Any],
    forventet: str | None = None,
    av: Bruker | None,
    naa: datetime,
) -> Tiltak:
    """Create (tiltak None) or change a tiltak with the given fields of `FELTER_TILTAK` (and, for a new one, where it is
    from: `fra_mal`, `gaprad`).

    Raises Foreldet when `forventet` is stale, ValidationError when the plan is closed or a value cannot be.
    """
    laas_versjoner(Plan.objects.filter(pk=plan.pk))
    krev_aapen(plan)
    if tiltak is None:
        fra = {felt: verdier.get(felt) for felt in ("fra_mal", "gaprad")}
        tiltak = Tiltak(plan=plan, ident=neste_ident(), **fra)
        for_status = tiltak.status
    else:
        tiltak = krev_uendret(tiltak, FELTER_TILTAK, forventet)
        for_status = tiltak.status
    for felt in FELTER_TILTAK:
        if felt in verdier:
            setattr(tiltak, felt, verdier[felt])
    krev_egne_omraader(plan, tiltak)
    skriv(tiltak, av=av, naa=naa)
    if tiltak.status != for_status:
        speil_status(tiltak, av=av, naa=naa)
    Plan.objects.filter(pk=plan.pk).update(endret=naa)
    return tiltak


def krev_aapen(plan: Plan) -> None:
    """Raises ValidationError when the plan's content is frozen."""
    if not er_aapen_naa(plan):
        raise ValidationError(
            _("Planen er vedtatt. Innholdet endres i en ny revisjon, men status og oppfølging kan føres her.")
        )


def krev_egne_omraader(plan: Plan, tiltak: Tiltak) -> None:
    """A tiltak's innsatsområde is one of the temaplan that its plan lies under."""
    temaplan_id = plan.pk if plan.er_temaplan else plan.temaplan_id
    if temaplan_id and tiltak.omraade_id and tiltak.omraade.plan_id != temaplan_id:
        raise ValidationError({"omraade": _("Velg et innsatsområde fra temaplanen som planen hører til.")})


def skriv(tiltak: Tiltak, *, av: Bruker | None, naa: datetime, grunn: str = "") -> None:
    """Check, fold for search and save, with who and why in the history. Raises ValidationError field by field."""
    if tiltak.status not in KREVER_GRUNN:
        tiltak.statusgrunn = ""
    kontroller(tiltak)
    tiltak.endret, tiltak.sok = naa, sokbar(tiltak)
    tiltak._history_user, tiltak._history_date, tiltak._change_reason = av, naa, grunn or None
    tiltak.full_clean()
    tiltak.save()


def kontroller(tiltak: Tiltak) -> None:
    """What the database also refuses, said beside the field it is about."""
    feil: dict[str, str] = {}
    if tiltak.start and tiltak.frist and tiltak.frist < tiltak.start:
        feil["frist"] = _("Fristen kan ikke være før starten.")
    if tiltak.status in KREVER_GRUNN and not tiltak.statusgrunn.strip():
        feil["statusgrunn"] = _("Skriv hvorfor tiltaket er utsatt eller avbrutt.")
    if (tiltak.nullpunkt is not None or tiltak.maaltall is not None) and not tiltak.maalenhet.strip():
        feil["maalenhet"] = _("Skriv hva tallene er, for eksempel «prosent heltid».")
    if feil:
        raise ValidationError(feil)


def sokbar(tiltak: Tiltak) -> str:
    """The text that search goes through, folded."""
    deler = (tiltak.ident, tiltak.tittel, tiltak.hva, tiltak.deltakere, tiltak.finansiering, tiltak.kriterie_resultat)
    return brett(" ".join(deler))


def speil_status(tiltak: Tiltak, *, av: Bruker | None, naa: datetime) -> None:
    """The same status on the same tiltak in the plan's other living versions."""
    andre = Tiltak.objects.filter(
        ident=tiltak.ident, plan__stamme=tiltak.plan.stamme, plan__status__in=[*AAPNE, *GJELDENDE]
    ).exclude(pk=tiltak.pk)
    for annen in andre.order_by("pk").select_for_update(of=("self",)):
        if (annen.status, annen.statusgrunn) != (tiltak.status, tiltak.statusgrunn):
            annen.status, annen.statusgrunn = tiltak.status, tiltak.statusgrunn
            skriv(annen, av=av, naa=naa, grunn=_("Fulgt opp i en annen versjon av planen"))
            Plan.objects.filter(pk=annen.plan_id, status__in=AAPNE).update(endret=naa)


@transaction.atomic
def folg_opp(
    *,
    tiltak: Tiltak,
    dato: date,
    tekst: str,
    status: str,
    verdi: Decimal | None = None,
    statusgrunn: str = "",
    av: Bruker | None,
    naa: datetime,
) -> Tiltaksoppfolging:
    """Write in the tiltak's log, and give it the status. Allowed also when the plan is adopted, not when replaced.

    `statusgrunn` is taken from the text when the status demands a reason and none is given.
    """
    laas_versjoner(Plan.objects.filter(pk=tiltak.plan_id))
    return loggfor(
        laas_rad(tiltak), dato=dato, tekst=tekst, status=status, verdi=verdi, statusgrunn=statusgrunn, av=av, naa=naa
    )


def loggfor(
    tiltak: Tiltak,
    *,
    dato: date,
    tekst: str,
    status: str,
    verdi: Decimal | None,
    statusgrunn: str,
    av: Bruker | None,
    naa: datetime,
) -> Tiltaksoppfolging:
    """`folg_opp` for a row that is already locked and has its plan."""
    if tiltak.plan.status == Planstatus.ERSTATTET:
        raise ValidationError(_("Planen er erstattet. Følg opp tiltaket i den nye versjonen."))
    if dato > timezone.localdate(naa):
        raise ValidationError({"dato": _("Datoen er ikke kommet ennå.")})
    linje = Tiltaksoppfolging(tiltak=tiltak, dato=dato, tekst=tekst.strip(), status=status, verdi=verdi, av=av, tid=naa)
    linje.full_clean(exclude=["av"])  # nobody when the demo or a command writes
    linje.save()
    grunn = (statusgrunn or tekst).strip()[:500] if status in KREVER_GRUNN else ""
    if (tiltak.status, tiltak.statusgrunn) != (status, grunn):
        tiltak.status, tiltak.statusgrunn = status, grunn
        skriv(tiltak, av=av, naa=naa, grunn=_("Oppfølging"))
        speil_status(tiltak, av=av, naa=naa)
        # What an open plan lacks depends on its tiltak; an adopted one has not been changed by this.
        Plan.objects.filter(pk=tiltak.plan_id, status__in=AAPNE).update(endret=naa)
    return linje


@transaction.atomic
def kopier_tiltak(*, tiltak: Tiltak, av: Bruker | None, naa: datetime) -> Tiltak:
    """A new tiltak in the same plan with the same content, planned, with an id of its own."""
    krev_aapen(tiltak.plan)
    felter = [f for f in Tiltak._meta.concrete_fields if f.name not in IKKE_MED_I_KOPI]
    ny = Tiltak(plan=tiltak.plan, ident=neste_ident(), status=Tiltakstatus.PLANLAGT)
    for felt in felter:
        setattr(ny, felt.attname, getattr(tiltak, felt.attname))
    ny.tittel = _("%(tittel)s (kopi)") % {"tittel": tiltak.tittel[:190]}
    skriv(ny, av=av, naa=naa, grunn=_("Kopi av %(ident)s") % {"ident": tiltak.ident})
    Plan.objects.filter(pk=tiltak.plan_id).update(endret=naa)
    return ny


@transaction.atomic
def slett_tiltak(*, tiltak: Tiltak, forventet: str | None = None, av: Bruker | None, naa: datetime) -> None:
    """Take a tiltak out of an open plan. Its history stays, and its id is not used again.

    Raises Foreldet when it has been changed since the person saw it, ValidationError when the plan is closed.
    """
    krev_aapen(tiltak.plan)
    tiltak = krev_uendret(tiltak, FELTER_SLETT, forventet)
    tiltak._history_user, tiltak._history_date = av, naa
    plan_id = tiltak.plan_id
    tiltak.delete()
    Plan.objects.filter(pk=plan_id).update(endret=naa)
