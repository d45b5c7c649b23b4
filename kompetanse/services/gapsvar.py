"""Answering a gap analysis: begin, save answers with a lock, go on, invite, send.

Everything takes the analysis' row first and looks at its state, so that nothing is written after it was sent or the
round closed: then `Stengt` is raised, and the caller keeps what was typed (`gapsvar_sene`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from kompetanse.enums import Gapradslag, Gapstatus
from kompetanse.gap.fletting import Endret, kollisjoner
from kompetanse.gap.forslag import andel_av
from kompetanse.gapfelt import AVGANG, sett, som_tekst
from kompetanse.models import Gapanalyse, Gaprad, Gapsvar, Gapswot
from kompetanse.queries.gapsvar import er_aapen, er_hel, kan_inviteres, mangler, rader_i
from kompetanse.services.gapside import bestill as bestill_sider
from kompetanse.services.gapsvar_forslag import foreslaatte_rader, hent_grunnlag, sett_avgang
from organisasjon.models import Bruker


class Stengt(Exception):  # noqa: N818 - a Norwegian domain word, not an English error name
    """The round is closed, or the analysis sent or approved: it takes no answers now."""


@dataclass(frozen=True)
class Sending:
    """What one person sent of a row, a task, a SWOT field or an answer: field → what was done to its text, and the
    cleaned value. `forventet` is the lopenummer it was written from.
    """

    objekt: models.Model
    endret: Mapping[str, tuple[Endret, Any]]
    forventet: int


@dataclass(frozen=True)
class Lagring:
    """What came of it. With `ulike` fields nothing of it was written: somebody else has answered them otherwise. None
    as `objekt`: somebody has taken it out. `flettet`: others' answers to other fields stand beside it.
    """

    objekt: models.Model | None
    ulike: tuple[str, ...] = ()
    flettet: bool = False


def laas_aapen(analyse: Gapanalyse) -> Gapanalyse:
    """The analysis as it is now, locked. Call inside a transaction. Raises Stengt."""
    laast = Gapanalyse.objects.select_for_update(of=("self",)).select_related("runde")
    naa = laast.filter(pk=analyse.pk).first()
    if naa is None or not er_aapen(naa):
        raise Stengt
    return naa


def stemple(analyse: Gapanalyse, *, av: Bruker | None, naa: datetime, **felt: Any) -> None:
    """Who last worked on it and when, and other working fields; not kept in the history, since it happens all the time.
    The first answer takes it from «ikke begynt».
    """
    if analyse.status == Gapstatus.IKKE_BEGYNT:
        felt["status"] = Gapstatus.I_ARBEID
    Gapanalyse.objects.filter(pk=analyse.pk).update(endret=naa, endret_av=av, **felt)


@transaction.atomic
def begynn(*, analyse: Gapanalyse, av: Bruker | None, naa: datetime) -> Gapanalyse:
    """Fill in the rows and take the analysis in work. Once: later calls, and two at once, change nothing.

    Raises Stengt. Reads the extract's person rows; what is kept are counts.
    """
    analyse = laas_aapen(analyse)
    if analyse.status != Gapstatus.IKKE_BEGYNT or analyse.rader.exists():
        return analyse
    rader, tilbud = foreslaatte_rader(analyse, hent_grunnlag(analyse))
    for rad in rader:
        rad.full_clean(exclude=["analyse"])
    Gaprad.objects.bulk_create(rader)
    analyse.status, analyse.arbeid, analyse.endret, analyse.endret_av = Gapstatus.I_ARBEID, tilbud, naa, av
    analyse.steg = "rader"
    analyse._history_user = av
    analyse.save()
    return analyse


@transaction.atomic
def lagre_svar(*, analyse: Gapanalyse, sendinger: Sequence[Sending], av: Bruker | None, naa: datetime) -> list[Lagring]:
    """Save what was sent, each by itself, in the same order. Raises Stengt. One or two queries for each that is
    written, and five besides.
    """
    analyse = laas_aapen(analyse)
    rader = _laaste(analyse, [s.objekt for s in sendinger])
    utfall = [_lagre(rader.get(_noekkel(s.objekt)), s, analyse) for s in sendinger]
    if any(u.objekt is not None and not u.ulike for u in utfall):
        stemple(analyse, av=av, naa=naa)
    return utfall


def _lagre(rad: models.Model | None, sending: Sending, analyse: Gapanalyse) -> Lagring:
    if rad is None:
        return Lagring(None)
    naatekst, flettet = som_tekst(rad), rad.lopenummer != sending.forventet
    if flettet:
        ulike = kollisjoner({felt: e for felt, (e, _verdi) in sending.endret.items()}, naatekst)
        if ulike:
            return Lagring(rad, tuple(ulike))
    nye = {felt: verdi for felt, (e, verdi) in sending.endret.items() if naatekst[felt] != e.etter}
    if not nye:
        return Lagring(rad)
    for felt, verdi in nye.items():
        sett(rad, felt, verdi)
    if isinstance(rad, Gaprad):
        _foelg_med(rad, nye, analyse)
    rad.lopenummer += 1
    rad.full_clean(exclude=["analyse"])
    rad.save()
    return Lagring(rad, flettet=flettet)


def _noekkel(objekt: models.Model) -> tuple[Any, ...]:
    """What names it within the analysis; SWOT fields and answers come to be with their first text."""
    if isinstance(objekt, Gapswot):
        return Gapswot, objekt.omraade, objekt.slag
    if isinstance(objekt, Gapsvar):
        return Gapsvar, objekt.sporsmaal_id
    return type(objekt), objekt.pk


def _laaste(analyse: Gapanalyse, objekter: Sequence[models.Model]) -> dict[tuple[Any, ...], models.Model]:
    """The objects as they are now, locked; those that are not stored yet as they are. One query for each kind."""
    ut = {_noekkel(o): o for o in objekter if isinstance(o, Gapswot | Gapsvar)}
    for modell in dict.fromkeys(type(o) for o in objekter):
        rader = modell.objects.select_for_update(of=("self",)).filter(analyse=analyse)
        if modell is Gaprad:
            rader = rader.select_related("kompetanse")
        if modell not in (Gapswot, Gapsvar):
            rader = rader.filter(pk__in=[o.pk for o in objekter if isinstance(o, modell)])
        ut |= {_noekkel(rad): rad for rad in rader}
    return ut


def _foelg_med(rad: Gaprad, nye: Mapping[str, Any], analyse: Gapanalyse) -> None:
    """A competence or task held by another number of people loses another number, as long as nobody has said how many
    leave.
    """
    if rad.slag != Gapradslag.STILLING and "har" in nye and not set(AVGANG) & nye.keys():
        foer = rad.forslag.get("avgang", {})
        if all(getattr(rad, felt) == foer.get(felt.removeprefix("avgang_"), 0) for felt in AVGANG):
            avgang = andel_av(analyse.arbeid.get("alle", {}), rad.har)
            sett_avgang(rad, avgang)
            rad.forslag = rad.forslag | {"avgang": {str(aar): n for aar, n in avgang.items()}}


@transaction.atomic
def gaa_videre(
    *, analyse: Gapanalyse, fra: str, til: str, av: Bruker | None, naa: datetime, ferdig: bool = True
) -> Gapanalyse:
    """Remember where the person goes, and (unless `ferdig` is False) that the step is done. A row is done when all that
    must be answered is. Raises Stengt.
    """
    analyse = laas_aapen(analyse)
    arbeid = analyse.arbeid
    if ferdig and fra.startswith("rad:"):
        _ferdig_med(analyse.rader.select_related("kompetanse").filter(pk=int(fra.removeprefix("rad:"))).first(), naa)
    elif ferdig and fra not in arbeid.get("ferdig", ()):
        arbeid = arbeid | {"ferdig": [*arbeid.get("ferdig", ()), fra]}
    stemple(analyse, av=av, naa=naa, steg=til, arbeid=arbeid)
    analyse.steg, analyse.arbeid = til, arbeid
    return analyse


def _ferdig_med(rad: Gaprad | None, naa: datetime) -> None:
    """Stamp the row when all is answered. A competence that is not needed after all is forgotten now, and not while the
    leader still makes up the mind.
    """
    if rad is None or not er_hel(rad):
        return
    rad.besvart = rad.besvart or naa
    if rad.spesiell is False and (rad.kompetanse_id or rad.kompetansetekst):
        rad.kompetanse, rad.kompetansetekst, rad.lopenummer = None, "", rad.lopenummer + 1
    rad.save(update_fields=["besvart", "kompetanse", "kompetansetekst", "lopenummer"])


@transaction.atomic
def send(*, analyse: Gapanalyse, av: Bruker | None, naa: datetime) -> Gapanalyse:
    """Send it to whoever approves. Raises Stengt, and ValidationError naming what is missing. Side effects: history;
    the results are drawn anew.
    """
    analyse = laas_aapen(analyse)
    stopper = [m.tekst for m in mangler(analyse, rader_i(analyse)) if m.stopper]
    if stopper:
        raise ValidationError(stopper)
    analyse.status, analyse.levert, analyse.levert_av = Gapstatus.LEVERT, naa, av
    analyse.endret, analyse.endret_av, analyse.steg = naa, av, "send"
    analyse._history_user = av
    analyse.full_clean()
    analyse.save()
    bestill_sider()
    return analyse


@transaction.atomic
def inviter(*, analyse: Gapanalyse, bruker: Bruker, dag: date) -> None:
    """Let the person answer the analysis. Raises ValidationError for one who has no leader's role within its units."""
    analyse = Gapanalyse.objects.select_for_update(of=("self",)).get(pk=analyse.pk)
    if bruker.pk not in {b.pk for b, _rolle in kan_inviteres(analyse, dag)}:
        if analyse.inviterte.filter(pk=bruker.pk).exists():
            return
        raise ValidationError(_("Bare ledere med rolle i enhetene kan inviteres."))
    analyse.inviterte.add(bruker)


@transaction.atomic
def trekk_invitasjon(*, analyse: Gapanalyse, bruker: Bruker) -> None:
    """The person answers no more. What they have written stays."""
    Gapanalyse.objects.select_for_update(of=("self",)).get(pk=analyse.pk).inviterte.remove(bruker)
