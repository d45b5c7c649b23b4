"""Letters about gap analyses: to those who answer when a round opens, to those who have not finished, and about what
became of an analysis. One letter to each person, sent when what it tells of has been saved.
"""

import logging
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from felles.tall import dato_lang
from kompetanse.enums import GAP_AAPNE
from kompetanse.kilder import avmelding, reserverte
from kompetanse.models import Gapanalyse, Gaprunde
from kompetanse.queries.gapfolk import Gapfolk
from organisasjon.models import Bruker

logg = logging.getLogger(__name__)
Mottakere = dict[Bruker, list[Gapanalyse]]


@dataclass(frozen=True)
class Brev:
    """What one person is told: subject, sentences, and the analyses it is about."""

    til: Bruker
    emne: str
    setninger: tuple[str, ...]
    analyser: tuple[Gapanalyse, ...]


def mottakere(analyser: Iterable[Gapanalyse], folk: Gapfolk, unntatt: Bruker | None = None) -> Mottakere:
    """Person → the analyses to be told about: those who answer. The one who acts is not told. Reads enheter."""
    ut: Mottakere = {}
    for analyse in analyser:
        for bruker in folk.svarer([e.pk for e in analyse.enheter.all()]):
            if unntatt is None or bruker.pk != unntatt.pk:
                ut.setdefault(bruker, []).append(analyse)
    return ut


def naas_av(folk: Collection[Bruker]) -> set[int]:
    """Ids of those who have an address and have not said that they do not want e-mail. One query."""
    med_adresse = {b.pk for b in folk if b.email and b.is_active}
    return med_adresse - reserverte(med_adresse)


def brev_om_aapning(runde: Gaprunde, til: Mottakere) -> list[Brev]:
    """The round is open: answer by the deadline."""
    emne = _("Gapanalysen er åpen: svar innen %(frist)s") % {"frist": dato_lang(runde.frist)}
    setninger = [_("Runden «%(runde)s» er åpen for svar. Fristen er %(frist)s.") % _ord(runde)]
    if runde.ingress:
        setninger.append(runde.ingress)
    setninger.append(_("Du kan lagre underveis og fortsette senere."))
    return _brev(til, emne, setninger)


def brev_om_paaminnelse(runde: Gaprunde, til: Mottakere, over_fristen: bool) -> list[Brev]:
    """Something has not been sent yet."""
    emne = (
        _("Fristen for gapanalysen var %(frist)s") if over_fristen else _("Gapanalysen har frist %(frist)s")
    ) % _ord(runde)
    hva = _("Runden «%(runde)s» venter på svar fra deg.") % _ord(runde)
    naar = _("Fristen er %(frist)s.")
    if over_fristen:
        naar = _("Fristen var %(frist)s. Du kan fortsatt svare til runden stenges.")
    return _brev(til, emne, [hva, naar % _ord(runde)])


def brev_om_avgjorelse(analyse: Gapanalyse, til: Collection[Bruker], tekst: str) -> list[Brev]:
    """What became of an analysis. What was written about it stands in the analysis only."""
    emne = tekst % {"navn": analyse.navn}
    return _brev({bruker: [analyse] for bruker in til}, emne, [_("%(hva)s. Les mer i analysen.") % {"hva": emne}])


def send_etter_lagring(brev: Sequence[Brev]) -> int:
    """Send when the transaction is over. How many will get a letter: not those without an address, nor those who have
    said that they do not want e-mail.
    """
    naaes = naas_av([b.til for b in brev])
    skal = [b for b in brev if b.til.pk in naaes]
    if skal:
        transaction.on_commit(lambda: _send(skal))
    return len(skal)


def _brev(til: Mottakere, emne: str, setninger: Iterable[str]) -> list[Brev]:
    return [Brev(bruker, emne, tuple(setninger), tuple(analyser)) for bruker, analyser in til.items()]


def _ord(runde: Gaprunde) -> dict[str, str]:
    return {"runde": runde.navn, "frist": dato_lang(runde.frist)}


def _send(brev: Sequence[Brev]) -> None:
    """All through one connection. One bad address must not keep the letter from the others; the message of an error may
    hold the address, so only its kind is logged.
    """
    feilet = 0
    with get_connection() as forbindelse:
        for ett in brev:
            try:
                forbindelse.send_messages([lag_epost(ett)])
            except Exception as feil:
                feilet += 1
                logg.error("Brevet om gapanalyse til bruker %s ble ikke sendt: %s", ett.til.pk, type(feil).__name__)
    logg.info("Brev om gapanalyse: %s sendt, %s feilet", len(brev) - feilet, feilet)


def lag_epost(brev: Brev) -> EmailMultiAlternatives:
    """The letter, as text and HTML, with whole addresses and a way out."""
    ut = avmelding(brev.til)
    kontekst = {
        "bruker": brev.til,
        "emne": brev.emne,
        "setninger": brev.setninger,
        "linjer": [(a.navn, settings.NETTADRESSE + _adresse(a)) for a in brev.analyser],
        "hva": ngettext("Gapanalysen", "Gapanalysene", len(brev.analyser)),
        "avmeld": settings.NETTADRESSE + ut if ut else "",
    }
    hode = {"List-Unsubscribe": f"<{kontekst['avmeld']}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    epost = EmailMultiAlternatives(
        subject=" ".join(brev.emne.split()),
        body=render_to_string("kompetanse/gaprunde/epost.txt", kontekst),
        to=[brev.til.email],
        headers=hode if ut else {},
    )
    epost.attach_alternative(render_to_string("kompetanse/gaprunde/epost.html", kontekst), "text/html")
    return epost


def _adresse(analyse: Gapanalyse) -> str:
    """Where the analysis is answered, as long as that can be done; then where it is read."""
    rute = "gapsvar_start" if analyse.status in GAP_AAPNE else "gapanalyse"
    return reverse(f"kompetanse:{rute}", args=[analyse.pk])
