"""Writes around the document for bystyret: ordering it, making it in the background, trying again."""

import uuid
from typing import Any

from django.utils import timezone

from analyse import bystyrerapport
from analyse.models import Dokumentjobb, Uttrekk
from felles import jobb as jobber
from felles.jobb import OPPBEVARING, har_stoppet, nokkel_for
from felles.pdf import lag_pdf
from organisasjon.models import Bruker

__all__ = ["bestill_bystyrerapport", "har_stoppet", "prov_igjen", "utfor"]


def bestill_bystyrerapport(*, bruker: Bruker, uttrekk: Uttrekk, prikket: bool = False) -> Dokumentjobb:
    """Order the PDF, or return the identical one that is finished or being made.

    Side effects: a job in the queue after commit; finished documents older than a month are deleted.
    """
    naa = timezone.now()
    nokkel = nokkel_for(bystyrerapport.bystyrerapport_html(uttrekk, prikket=prikket))
    Dokumentjobb.objects.filter(opprettet__lt=naa - OPPBEVARING).delete()
    if lik := jobber.finn_lik(Dokumentjobb.objects.filter(uttrekk=uttrekk, nokkel=nokkel)):
        return lik
    jobb = Dokumentjobb(
        bruker=bruker,
        opprettet=naa,
        livstegn=naa,
        uttrekk=uttrekk,
        nokkel=nokkel,
        prikket=prikket,
        filnavn=f"bemannings-og-lederrapport-{uttrekk.dato:%Y-%m-%d}{'-aapen' if prikket else ''}.pdf",
    )
    return jobber.legg_i_ko(jobb, _ko)


def prov_igjen(*, jobb: Dokumentjobb) -> Dokumentjobb:
    """Queue a stopped job again. A job that is done or alive is left alone. Side effect: a job in the queue."""
    return jobber.prov_igjen(jobb, _ko)


def utfor(*, jobb_id: uuid.UUID) -> None:
    """Make the document of a queued job; called by the worker. A job that someone has taken is left alone.

    Side effects: status and progress are stored along the way, then the file or the reason why there is none.
    """
    jobber.utfor(Dokumentjobb.objects.select_related("uttrekk"), jobb_id, _lag)


def _lag(jobb: Dokumentjobb, fremdrift: jobber.Fremdrift) -> dict[str, Any]:
    html = bystyrerapport.bystyrerapport_html(jobb.uttrekk, prikket=jobb.prikket)
    fremdrift(15)
    pdf = lag_pdf(html, tittel=str(bystyrerapport.TITTEL), fremdrift=lambda p: fremdrift(15 + p * 80 // 100))
    return {"pdf": pdf, "nokkel": nokkel_for(html)}


def _ko(jobb_id: str) -> None:
    from analyse.tasks_dokument import lag_dokument  # the task imports this module

    lag_dokument.enqueue(jobb_id)
