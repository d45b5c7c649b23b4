"""Moving a gap analysis that has been sent: approve, send back, open again. The rules are `kompetanse.gapflyt`."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lat
from django.utils.translation import ngettext

from kompetanse.enums import Gapstatus
from kompetanse.gapflyt import PAAMINNELSER, Krav, Overgang, overgang, overganger_fra, parter_i, partsnavn
from kompetanse.models import Gapanalyse
from kompetanse.queries.gapfolk import les_gapfolk
from kompetanse.services import gaprunde_brev as brev
from kompetanse.services.gaprunde import LOGGSLAG
from kompetanse.services.gapside import bestill as bestill_sider
from organisasjon.models import Bruker
from organisasjon.rules import Tilgang
from organisasjon.services import skriv_hendelse

LENGST = 2000


@dataclass(frozen=True)
class Kravsvar:
    """Whether one demand of a move is met, in words. `stopper`: without it the move is refused."""

    krav: Krav
    ok: bool
    tekst: str

    @property
    def stopper(self) -> bool:
        """Does it bar the way?"""
        return not self.ok and self.krav not in PAAMINNELSER


@dataclass(frozen=True)
class Mulighet:
    """A move from where the analysis stands: the rule, what must be in place, whether this person has the part."""

    regel: Overgang
    krav: tuple[Kravsvar, ...]
    kan: bool

    @property
    def hvem(self) -> str:
        """Who does it, in a sentence."""
        return _("Gjøres av %(hvem)s.") % {"hvem": partsnavn(self.regel.parter)}

    @property
    def hindret(self) -> bool:
        """Is something missing?"""
        return any(k.stopper for k in self.krav)


def muligheter(analyse: Gapanalyse, tilgang: Tilgang, bruker_id: int) -> list[Mulighet]:
    """The moves from where the analysis stands, also those that others do. Reads runde, enheter and rader."""
    mine = parter_i([e.pk for e in analyse.enheter.all()], tilgang)
    return [
        Mulighet(regel, tuple(_svar(k, analyse, bruker_id) for k in regel.krav), bool(regel.parter & mine))
        for regel in overganger_fra(analyse.status)
        if not regel.i_stegene
    ]


@transaction.atomic
def flytt_analyse(
    *,
    analyse: Gapanalyse,
    til: str,
    av: Bruker,
    tilgang: Tilgang,
    naa: datetime,
    kommentar: str = "",
    forventet: str | None = None,
    send_brev: bool = True,
) -> Gapanalyse:
    """Approve, send back or open again. `forventet` is the state the person saw.

    Raises PermissionDenied when this person may not, ValidationError when somebody was first or something is missing.
    Side effects: e-mail after commit to those who answer and the one who sent it; history and an entry in the log; the
    results are drawn anew.
    """
    rad = _laas(analyse, forventet)
    regel = overgang(rad.status, til)
    if regel is None:
        raise ValidationError(_("Analysen kan ikke flyttes dit fra «%(naa)s».") % {"naa": rad.get_status_display()})
    if not regel.parter & parter_i([e.pk for e in rad.enheter.all()], tilgang):
        raise PermissionDenied(regel.navn)
    kommentar = kommentar.strip()
    if feil := _feil(regel, rad, av, kommentar):
        raise ValidationError(feil)
    rad.status, rad.kommentar, rad.avgjort, rad.avgjort_av = til, kommentar, naa, av
    rad.full_clean(exclude=["plan"])
    rad._history_user, rad._history_date = av, naa
    rad.save()
    skriv_hendelse(slag=LOGGSLAG, hva=str(rad), hendelse=str(regel.navn), utfoert_av=av)
    bestill_sider()
    if send_brev:
        _si_fra(rad, regel, av, naa)
    return rad


def _laas(analyse: Gapanalyse, forventet: str | None) -> Gapanalyse:
    """The analysis as it is now, locked, if it still stands where the person saw it."""
    rad = Gapanalyse.objects.select_for_update(of=("self",)).select_related("runde").get(pk=analyse.pk)
    if rad.status == (forventet or analyse.status):
        return rad
    ord_ = {"hvem": _sist_flyttet_av(rad), "naa": rad.get_status_display()}
    raise ValidationError(
        _("%(hvem)s kom deg i forkjøpet: analysen er nå «%(naa)s». Ingenting er gjort om igjen.") % ord_
    )


def _sist_flyttet_av(rad: Gapanalyse) -> str:
    siste = rad.historie.select_related("history_user").order_by("-history_id").first()
    return str(siste.history_user) if siste and siste.history_user else _("Noen andre")


def _feil(regel: Overgang, analyse: Gapanalyse, av: Bruker, kommentar: str) -> list[str]:
    feil = [k.tekst for k in (_svar(krav, analyse, av.pk) for krav in regel.krav) if k.stopper]
    if regel.maa_begrunnes and not kommentar:
        feil.append(str(regel.kommentar))
    if len(kommentar) > LENGST:
        feil.append(_("Kommentaren kan ha høyst 2 000 tegn."))
    return feil


def _svar(krav: Krav, analyse: Gapanalyse, bruker_id: int) -> Kravsvar:
    return {Krav.RUNDEN_AAPEN: _runden, Krav.IKKE_EGET: _fire_oyne, Krav.ALT_BESVART: _besvart}[krav](
        analyse, bruker_id
    )


def _runden(analyse: Gapanalyse, bruker_id: int) -> Kravsvar:
    aapen = analyse.runde.er_aapen
    tekst = _("Runden er åpen, så lederen kan svare.") if aapen else _("Runden er stengt. HR må åpne den først.")
    return Kravsvar(Krav.RUNDEN_AAPEN, aapen, tekst)


def _fire_oyne(analyse: Gapanalyse, bruker_id: int) -> Kravsvar:
    if analyse.levert_av_id != bruker_id:
        return Kravsvar(Krav.IKKE_EGET, True, _("En annen enn du har sendt analysen."))
    tekst = _("Du har sendt analysen selv. En annen må lese og avgjøre den, så minst to har sett på svarene.")
    return Kravsvar(Krav.IKKE_EGET, False, tekst)


def _besvart(analyse: Gapanalyse, bruker_id: int) -> Kravsvar:
    rest = analyse.rader.filter(besvart__isnull=True).count()
    if not rest:
        return Kravsvar(Krav.ALT_BESVART, True, _("Alle radene er gått gjennom."))
    tekst = ngettext("%(n)d rad er ikke gått gjennom.", "%(n)d rader er ikke gått gjennom.", rest)
    return Kravsvar(Krav.ALT_BESVART, False, tekst % {"n": rest})


_TEKSTER = {
    (Gapstatus.LEVERT, Gapstatus.GODKJENT): _lat("Gapanalysen for %(navn)s er godkjent"),
    (Gapstatus.LEVERT, Gapstatus.RETURNERT): _lat("Gapanalysen for %(navn)s er sendt tilbake til deg"),
    (Gapstatus.GODKJENT, Gapstatus.RETURNERT): _lat("Gapanalysen for %(navn)s er åpnet igjen"),
}


def _si_fra(analyse: Gapanalyse, regel: Overgang, av: Bruker, naa: datetime) -> None:
    til = les_gapfolk(timezone.localdate(naa)).svarer([e.pk for e in analyse.enheter.all()])
    if analyse.levert_av:
        til = [*til, analyse.levert_av]
    brev.send_etter_lagring(brev.brev_om_avgjorelse(analyse, _andre(til, av), str(_TEKSTER[regel.fra, regel.til])))


def _andre(folk: Collection[Bruker], av: Bruker) -> list[Bruker]:
    return list({b.pk: b for b in folk if b.pk != av.pk}.values())


@dataclass(frozen=True)
class Skifte:
    """That the analysis was moved: when, by whom, to which state, with which words."""

    tid: datetime
    av: str
    til: str
    kommentar: str


def historie_for(analyse: Gapanalyse) -> list[Skifte]:
    """The moves of the analysis, newest first. One query."""
    versjoner = list(analyse.historie.select_related("history_user").order_by("history_id"))
    ut, forrige = [], Gapstatus.IKKE_BEGYNT.value
    for v in versjoner:
        if v.status != forrige:
            avgjort = v.status in (Gapstatus.GODKJENT, Gapstatus.RETURNERT)
            hvem = str(v.history_user) if v.history_user else "–"
            ut.append(Skifte(v.history_date, hvem, v.status, v.kommentar if avgjort else ""))
        forrige = v.status
    return ut[::-1]
