"""The life of a document that is made in the background, the same for every kind of document.

A job is a row with `status`, `fremdrift` (percent), `melding`, `livstegn` (the worker's last sign of life), `nokkel`
(hash of what the document says, so that an identical one is made once), `opprettet` and `pdf`. A worker takes it with
one update, so that two never make the same; one that has been silent for some minutes is gone, and the job can be
queued again.
"""

import hashlib
import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks.base import Task
from django_tasks_db.models import DBTaskResult

from felles.jobbstatus import I_GANG, Jobbstatus
from felles.pdf import PdfFeil

# A document takes seconds; a worker that has said nothing for this long is gone.
UTEN_LIVSTEGN = timedelta(minutes=3)
OPPBEVARING = timedelta(days=30)
HALE = {"pdf"}
Fremdrift = Callable[[int], None]


def nokkel_for(html: str) -> str:
    """What makes two documents the same: every word and figure in them."""
    return hashlib.sha256(html.encode()).hexdigest()


def venter(oppgave: Task) -> bool:
    """Is the task in the queue, not begun? One query."""
    return DBTaskResult.objects.ready().filter(task_path=oppgave.module_path).exists()


def har_stoppet(jobb: Any) -> bool:
    """Has a job that is not done gone silent?"""
    return jobb.status in I_GANG and timezone.now() - (jobb.livstegn or jobb.opprettet) > UTEN_LIVSTEGN


def lever(jobb: Any) -> bool:
    """Is somebody making it, or about to?"""
    return jobb.status in I_GANG and not har_stoppet(jobb)


def finn_lik(like: models.QuerySet) -> Any:
    """The first of these jobs that is finished or being made, or None."""
    return next((j for j in like.defer(*HALE) if j.status == Jobbstatus.FERDIG or lever(j)), None)


def legg_i_ko(jobb: Any, ko: Callable[[str], object]) -> Any:
    """Save a new job and queue it. `ko` is called with its id after commit."""
    jobb.full_clean()
    with transaction.atomic():
        jobb.save()
        transaction.on_commit(lambda: ko(str(jobb.pk)))
    return jobb


def prov_igjen(jobb: Any, ko: Callable[[str], object]) -> Any:
    """Queue a stopped job again. A job that is done or alive is left alone. Side effect: a job in the queue."""
    with transaction.atomic():
        laast = type(jobb).objects.select_for_update().defer(*HALE).get(pk=jobb.pk)
        if laast.status == Jobbstatus.FEILET or har_stoppet(laast):
            laast.status, laast.fremdrift, laast.melding = Jobbstatus.I_KO, 0, ""
            laast.livstegn = timezone.now()
            laast.save(update_fields=["status", "fremdrift", "melding", "livstegn"])
            transaction.on_commit(lambda: ko(str(jobb.pk)))
    return laast


def utfor(jobber: models.QuerySet, jobb_id: uuid.UUID, lag: Callable[[Any, Fremdrift], dict[str, Any]]) -> None:
    """Make the document of a queued job; called by the worker. A job that someone has taken is left alone.

    `lag` gets the job and somewhere to report percent, and returns the fields to store when it is done, or raises
    ValidationError when there is nothing to make.
    Side effects: status and progress are stored along the way, then the file or the reason why there is none.
    """
    rad = jobber.model.objects.filter(pk=jobb_id)
    if not rad.filter(status=Jobbstatus.I_KO).update(status=Jobbstatus.KJORER, livstegn=timezone.now(), fremdrift=5):
        return
    try:
        felt = lag(jobber.defer(*HALE).get(pk=jobb_id), lambda prosent: _livstegn(rad, prosent))
    except PdfFeil as feil:
        _avslutt(rad, Jobbstatus.FEILET, melding=str(feil)[:300])
    except ValidationError as feil:
        _avslutt(rad, Jobbstatus.FEILET, melding=" ".join(feil.messages)[:300])
    except Exception:
        _avslutt(rad, Jobbstatus.FEILET, melding=_("Noe gikk galt mens PDF-en ble laget. Tallene er ikke berørt."))
        raise
    else:
        _avslutt(rad, Jobbstatus.FERDIG, fremdrift=100, **felt)


def _livstegn(rad: models.QuerySet, fremdrift: int) -> None:
    rad.update(livstegn=timezone.now(), fremdrift=fremdrift)


def _avslutt(rad: models.QuerySet, status: Jobbstatus, **felt: Any) -> None:
    rad.update(status=status, livstegn=timezone.now(), **felt)
