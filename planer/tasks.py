"""Background jobs of the plans. Run by `manage.py db_worker`."""

import uuid

from django_tasks import task

from planer.services import dokument


@task()
def lag_plandokument(dokument_id: str) -> None:
    """Make the PDF of a Plandokument."""
    dokument.utfor(dokument_id=uuid.UUID(dokument_id))


@task()
def lag_vedtaks_pdf(vedtak_id: int) -> None:
    """Make the PDFs of a plan that has been adopted."""
    dokument.lag_vedtaks_pdf(vedtak_id=vedtak_id)
