"""Comments on a plan and its sections: saying, answering, resolving, keeping."""

from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from organisasjon.models import Bruker
from planer.enums import Deltakerrolle, Kommentarstatus, Varselslag
from planer.flytparter import deltakere_med
from planer.models import Kommentar, Plan, Seksjon
from planer.services.aapen import krev_aapen
from planer.services.varsler import varsle

ANGRETID = timedelta(minutes=15)
TEGN = 5000


@transaction.atomic
def skriv_kommentar(*, plan: Plan, tekst: str, av: Bruker, naa: datetime, seksjon: Seksjon | None = None) -> Kommentar:
    """Comment on a section, or on the plan as a whole (None). Raises ValidationError when the plan is adopted, or the
    text is empty or too long. Side effect: those responsible for the plan are told.
    """
    if seksjon is not None and seksjon.plan_id != plan.pk:
        raise ValidationError(_("Seksjonen hører til en annen plan."))
    kommentar = _lagre(Kommentar(plan=plan, seksjon=seksjon, av=av, tid=naa), tekst)
    ansvarlige = deltakere_med(plan, [Deltakerrolle.ANSVARLIG, Deltakerrolle.KOMPETANSELEDER])
    _varsle(kommentar, ansvarlige, Varselslag.KOMMENTAR, _("%(hvem)s har kommentert «%(plan)s»."))
    return kommentar


@transaction.atomic
def svar_paa_kommentar(*, kommentar: Kommentar, tekst: str, av: Bruker, naa: datetime) -> Kommentar:
    """Answer. An answer to an answer joins the same thread. Side effect: those in the thread are told."""
    foerste = kommentar.svar_paa or kommentar
    svar = Kommentar(plan=foerste.plan, seksjon_id=foerste.seksjon_id, svar_paa=foerste, av=av, tid=naa)
    _lagre(svar, tekst)
    andre = [k.av for k in [foerste, *foerste.svar.select_related("av")] if k.av]
    _varsle(svar, andre, Varselslag.SVAR, _("%(hvem)s har svart på en kommentar du er med i, i «%(plan)s»."))
    return svar


@transaction.atomic
def avslutt_kommentar(*, kommentar: Kommentar, status: str, av: Bruker, naa: datetime) -> Kommentar:
    """Resolve the thread, or keep it as a view that stands. The caller has checked the right."""
    if status not in (Kommentarstatus.LOST, Kommentarstatus.BEHOLDT):
        raise ValidationError(_("Velg om kommentaren er løst, eller skal bli stående som merknad."))
    return _sett_status(kommentar, status, av, naa)


@transaction.atomic
def gjenaapne_kommentar(*, kommentar: Kommentar) -> Kommentar:
    """Open the thread again."""
    return _sett_status(kommentar, Kommentarstatus.AAPEN, None, None)


@transaction.atomic
def rediger_kommentar(*, kommentar: Kommentar, tekst: str, av: Bruker, naa: datetime) -> Kommentar:
    """Change an own comment soon after. Raises PermissionDenied for others', ValidationError when the time is up."""
    _krev_egen(kommentar, av, naa)
    return _lagre(kommentar, tekst)


@transaction.atomic
def slett_kommentar(*, kommentar: Kommentar, av: Bruker, naa: datetime) -> None:
    """Delete an own comment soon after, when nobody has answered it."""
    _krev_egen(kommentar, av, naa)
    krev_aapen(kommentar.plan)
    if kommentar.svar.exists():
        raise ValidationError(_("Noen har svart på kommentaren. Den kan rettes, men ikke slettes."))
    kommentar.delete()


def kan_rettes(kommentar: Kommentar, bruker_id: int | None, naa: datetime) -> bool:
    """Is it the person's own, and new enough to change?"""
    return bruker_id is not None and kommentar.av_id == bruker_id and naa - kommentar.tid <= ANGRETID


def _krev_egen(kommentar: Kommentar, av: Bruker, naa: datetime) -> None:
    if kommentar.av_id != av.pk:
        raise PermissionDenied(_("Du kan bare rette dine egne kommentarer."))
    if not kan_rettes(kommentar, av.pk, naa):
        raise ValidationError(_("Kommentaren er mer enn 15 minutter gammel. Skriv heller et svar."))


def _lagre(kommentar: Kommentar, tekst: str) -> Kommentar:
    krev_aapen(kommentar.plan)
    if len(tekst) > TEGN:
        raise ValidationError({"tekst": [_("Kommentaren kan ha høyst 5 000 tegn.")]})
    kommentar.tekst = tekst.strip()
    kommentar.full_clean()
    kommentar.save()
    return kommentar


def _sett_status(kommentar: Kommentar, status: str, av: Bruker | None, naa: datetime | None) -> Kommentar:
    kommentar = kommentar.svar_paa or kommentar
    krev_aapen(kommentar.plan)
    kommentar.status, kommentar.avsluttet, kommentar.avsluttet_av = status, naa, av
    kommentar.full_clean()
    kommentar.save()
    return kommentar


def _varsle(kommentar: Kommentar, til: list[Bruker], slag: Varselslag, tekst: str) -> None:
    traad = kommentar.svar_paa_id or kommentar.pk
    varsle(
        til=til,
        slag=slag,
        nokkel=f"kommentar-{kommentar.pk}",
        tekst=tekst % {"hvem": kommentar.av, "plan": kommentar.plan.tittel},
        adresse=reverse("planer:samarbeid", args=[kommentar.plan_id]) + f"#kommentar-{traad}",
        plan=kommentar.plan,
        naa=kommentar.tid,
        unntatt=kommentar.av,
    )
