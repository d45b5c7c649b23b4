"""Writes to rounds of gap analyses: make, change, open, remind, extend, close, open again, delete."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from felles.laas import krev_uendret
from felles.tall import dato_kort
from kompetanse.enums import GAP_AAPNE, Rundestatus
from kompetanse.models import Gapanalyse, Gaprunde
from kompetanse.queries.gapfolk import les_gapfolk
from kompetanse.queries.gaprunde import overlapp
from kompetanse.services import gaprunde_brev as brev
from kompetanse.services.gapside import bestill as bestill_sider
from organisasjon.models import Bruker
from organisasjon.services import skriv_hendelse

FELTER_RUNDE = ("navn", "aar", "frist", "uttrekk", "ingress")
# What can be changed when leaders have begun to answer.
FELTER_AAPEN = ("navn", "ingress")
# A reminder is sent by one person at a time.
FELTER_PAAMINNELSE = ("paaminnet",)
LOGGSLAG = "gaprunde"


@transaction.atomic
def lagre_runde(
    *, runde: Gaprunde | None, verdier: dict[str, Any], av: Bruker, forventet: str | None = None
) -> Gaprunde:
    """Make a round, or change one; an open one keeps year, deadline and extract. Raises Foreldet, ValidationError."""
    rad = krev_uendret(runde, FELTER_RUNDE, forventet) if runde else Gaprunde()
    felter = FELTER_RUNDE if rad.status == Rundestatus.UTKAST else FELTER_AAPEN
    for felt in felter:
        if felt in verdier:
            verdi = verdier[felt]
            setattr(rad, felt, verdi.strip() if isinstance(verdi, str) else verdi)
    return _lagre(rad, av)


@transaction.atomic
def aapne_runde(*, runde: Gaprunde, av: Bruker, naa: datetime, send_brev: bool = True) -> int:
    """Open a prepared round for answers. How many will get a letter. Raises ValidationError when something is missing.

    Side effects: e-mail to those who answer, after commit; an entry in the log.
    """
    rad = _laas(runde, Rundestatus.UTKAST)
    analyser = list(rad.analyser.prefetch_related("enheter"))
    if feil := mangler_for_aapning(rad, analyser, timezone.localdate(naa)):
        raise ValidationError([f.tekst for f in feil])
    rad.status, rad.aapnet = Rundestatus.AAPEN, naa
    _lagre(rad, av)
    _logg(rad, _("Åpnet for svar"), av, ((_("Analyser"), "", str(len(analyser))),))
    if not send_brev:
        return 0
    til = brev.mottakere(analyser, les_gapfolk(timezone.localdate(naa)), unntatt=av)
    return brev.send_etter_lagring(brev.brev_om_aapning(rad, til))


@dataclass(frozen=True)
class Mangel:
    """What keeps a round from being opened, in a sentence, and whether it is the deadline or the units."""

    tekst: str
    gjelder_frist: bool = False


def mangler_for_aapning(runde: Gaprunde, analyser: list[Gapanalyse], dag: date) -> list[Mangel]:
    """What must be seen to before the round can be opened. Reads enheter. One query."""
    feil = []
    if not analyser:
        feil.append(Mangel(_("Ingen enheter er valgt ennå.")))
    if runde.frist < dag:
        feil.append(Mangel(_("Svarfristen er gått ut. Sett en ny."), gjelder_frist=True))
    return feil + [Mangel(o.tekst) for o in overlapp({a.navn: {e.pk for e in a.enheter.all()} for a in analyser})]


@transaction.atomic
def utsett_frist(*, runde: Gaprunde, frist: date, av: Bruker, naa: datetime) -> Gaprunde:
    """Set another deadline of an open round; reminders follow it. Raises ValidationError when it has passed."""
    rad = _laas(runde, Rundestatus.AAPEN)
    _krev_framtid(frist, naa)
    foer, rad.frist = rad.frist, frist
    _logg(rad, _("Ny svarfrist"), av, ((_("Svarfrist"), dato_kort(foer), dato_kort(frist)),))
    return _lagre(rad, av)


@transaction.atomic
def paaminn(*, runde: Gaprunde, av: Bruker | None, naa: datetime, forventet: str | None = None) -> int:
    """Remind those who have not sent their answer. How many will get a letter. `av` None is the nightly job.

    Side effects: e-mail after commit; the round remembers when. Raises ValidationError when it is not open, Foreldet
    when somebody has sent a reminder since the person looked.
    """
    rad, dag = _laas(runde, Rundestatus.AAPEN), timezone.localdate(naa)
    krev_uendret(rad, FELTER_PAAMINNELSE, forventet)
    til = som_venter(rad, dag, av)
    antall = brev.send_etter_lagring(brev.brev_om_paaminnelse(rad, til, over_fristen=rad.frist < dag))
    rad.paaminnet = naa
    _lagre(rad, av)
    _logg(rad, _("Påminnelse sendt"), av, ((_("Mottakere"), "", str(antall)),))
    return antall


def som_venter(runde: Gaprunde, dag: date, av: Bruker | None) -> brev.Mottakere:
    """Those a reminder is for, and the analyses they have not sent; not the one who sends it. Five queries."""
    ventende = runde.analyser.filter(status__in=GAP_AAPNE).prefetch_related("enheter").order_by("navn", "pk")
    return brev.mottakere(ventende, les_gapfolk(dag), unntatt=av)


def skal_paaminnes(runde: Gaprunde, dag: date, dager: int) -> bool:
    """Is it time for the nightly job: within so many days of the deadline, or after it, and not done since?"""
    if runde.frist < dag:
        fra = runde.frist + timedelta(days=1)
    elif runde.frist - timedelta(days=dager) <= dag:
        fra = runde.frist - timedelta(days=dager)
    else:
        return False
    return runde.paaminnet is None or timezone.localdate(runde.paaminnet) < fra


@transaction.atomic
def steng_runde(*, runde: Gaprunde, av: Bruker, naa: datetime) -> Gaprunde:
    """Stop taking answers. What somebody is typing is kept apart and can be taken in if the round opens again."""
    rad = _laas(runde, Rundestatus.AAPEN)
    rad.status, rad.stengt = Rundestatus.STENGT, naa
    _logg(rad, _("Stengt"), av)
    return _lagre(rad, av)


@transaction.atomic
def gjenaapne_runde(*, runde: Gaprunde, frist: date, av: Bruker, naa: datetime) -> Gaprunde:
    """Take answers again, by a deadline to come. Raises ValidationError."""
    rad = _laas(runde, Rundestatus.STENGT)
    _krev_framtid(frist, naa)
    rad.status, rad.stengt, rad.frist = Rundestatus.AAPEN, None, frist
    _logg(rad, _("Åpnet igjen"), av, ((_("Svarfrist"), "", dato_kort(frist)),))
    return _lagre(rad, av)


@transaction.atomic
def slett_runde(*, runde: Gaprunde, av: Bruker) -> None:
    """Delete a round that has never been open, with its questions. Raises ValidationError for others."""
    rad = _laas(runde, Rundestatus.UTKAST)
    _logg(rad, _("Slettet"), av)
    rad._history_user = av
    rad.delete()


def _laas(runde: Gaprunde, status: Rundestatus) -> Gaprunde:
    """The round as it is now, locked, when it still stands where the person saw it."""
    rad = Gaprunde.objects.select_for_update().get(pk=runde.pk)
    if rad.status != status:
        ord_ = {"navn": rad.navn, "status": rad.get_status_display().lower()}
        raise ValidationError(_("Noen kom deg i forkjøpet: «%(navn)s» er nå %(status)s. Ingenting er endret.") % ord_)
    return rad


def _krev_framtid(frist: date, naa: datetime) -> None:
    if frist < timezone.localdate(naa):
        raise ValidationError({"frist": _("Fristen kan ikke være en dag som har vært.")})


def _logg(runde: Gaprunde, hva: str, av: Bruker | None, endringer: tuple[tuple[str, str, str], ...] = ()) -> None:
    skriv_hendelse(slag=LOGGSLAG, hva=runde.navn, hendelse=hva, utfoert_av=av, endringer=endringer)


def _lagre(rad: Gaprunde, av: Bruker | None) -> Gaprunde:
    """Save. Side effects: history; the results are drawn anew."""
    rad.full_clean()
    rad._history_user = av
    rad.save()
    bestill_sider()
    return rad
