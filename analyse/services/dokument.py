"""Writes around the document for bystyret: ordering it, making it in the background, trying again."""

import hashlib
import uuid
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from analyse import bystyrerapport
from analyse.enums import Jobbstatus
from analyse.models import Dokumentjobb, Uttrekk
from felles.pdf import PdfFeil, lag_pdf
from organisasjon.models import Bruker

# A document takes seconds; a worker that has said nothing for this long is gone.
UTEN_LIVSTEGN = timedelta(minutes=3)
OPPBEVARING = timedelta(days=30)


def bestill_bystyrerapport(*, bruker: Bruker, uttrekk: Uttrekk, prikket: bool = False) -> Dokumentjobb:
    """Order the PDF, or return the identical one that is finished or being made.

    Side effects: a job in the queue after commit; finished documents older than a month are deleted.
    """
    naa = timezone.now()
    nokkel = dokumentnokkel(bystyrerapport.bystyrerapport_html(uttrekk, prikket=prikket))
    Dokumentjobb.objects.filter(opprettet__lt=naa - OPPBEVARING).delete()
    for jobb in Dokumentjobb.objects.filter(uttrekk=uttrekk, nokkel=nokkel).defer("pdf"):
        if jobb.status == Jobbstatus.FERDIG or (jobb.status != Jobbstatus.FEILET and not har_stoppet(jobb)):
            return jobb
    jobb = Dokumentjobb(
        bruker=bruker,
        opprettet=naa,
        livstegn=naa,
        uttrekk=uttrekk,
        nokkel=nokkel,
        prikket=prikket,
        filnavn=f"bemannings-og-lederrapport-{uttrekk.dato:%Y-%m-%d}{'-aapen' if prikket else ''}.pdf",
    )
    jobb.full_clean()
    with transaction.atomic():
        jobb.save()
        _legg_i_ko(jobb)
    return jobb


def prov_igjen(*, jobb: Dokumentjobb) -> Dokumentjobb:
    """Queue a stopped job again. A job that is done or alive is left alone. Side effect: a job in the queue."""
    with transaction.atomic():
        laast = Dokumentjobb.objects.select_for_update().defer("pdf").get(pk=jobb.pk)
        if laast.status == Jobbstatus.FEILET or har_stoppet(laast):
            laast.status, laast.fremdrift, laast.melding = Jobbstatus.I_KO, 0, ""
            laast.livstegn = timezone.now()
            laast.save(update_fields=["status", "fremdrift", "melding", "livstegn"])
            _legg_i_ko(laast)
    return laast


def utfor(*, jobb_id: uuid.UUID) -> None:
    """Make the document of a queued job; called by the worker. A job that someone has taken is left alone.

    Side effects: status and progress are stored along the way, then the file or the reason why there is none.
    """
    tatt = Dokumentjobb.objects.filter(pk=jobb_id, status=Jobbstatus.I_KO)
    if not tatt.update(status=Jobbstatus.KJORER, livstegn=timezone.now(), fremdrift=5):
        return
    jobb = Dokumentjobb.objects.select_related("uttrekk").defer("pdf").get(pk=jobb_id)
    try:
        html = bystyrerapport.bystyrerapport_html(jobb.uttrekk, prikket=jobb.prikket)
        _livstegn(jobb_id, 15)
        pdf = lag_pdf(
            html, tittel=str(bystyrerapport.TITTEL), fremdrift=lambda p: _livstegn(jobb_id, 15 + p * 80 // 100)
        )
    except PdfFeil as feil:
        _avslutt(jobb_id, Jobbstatus.FEILET, melding=str(feil)[:300])
    except Exception:
        _avslutt(jobb_id, Jobbstatus.FEILET, melding=_("Noe gikk galt mens PDF-en ble laget. Tallene er ikke berørt."))
        raise
    else:
        _avslutt(jobb_id, Jobbstatus.FERDIG, pdf=pdf, fremdrift=100, nokkel=dokumentnokkel(html))


def har_stoppet(jobb: Dokumentjobb) -> bool:
    """Has a job that is not done gone silent?"""
    i_gang = jobb.status in {Jobbstatus.I_KO, Jobbstatus.KJORER}
    return i_gang and timezone.now() - (jobb.livstegn or jobb.opprettet) > UTEN_LIVSTEGN


def dokumentnokkel(html: str) -> str:
    """What makes two documents the same: every word and figure in them."""
    return hashlib.sha256(html.encode()).hexdigest()


def _legg_i_ko(jobb: Dokumentjobb) -> None:
    from analyse.tasks_dokument import lag_dokument  # the task imports this module

    transaction.on_commit(lambda: lag_dokument.enqueue(str(jobb.pk)))


def _livstegn(jobb_id: uuid.UUID, fremdrift: int) -> None:
    Dokumentjobb.objects.filter(pk=jobb_id).update(livstegn=timezone.now(), fremdrift=fremdrift)


def _avslutt(jobb_id: uuid.UUID, status: Jobbstatus, **felt: object) -> None:
    Dokumentjobb.objects.filter(pk=jobb_id).update(status=status, livstegn=timezone.now(), **felt)
