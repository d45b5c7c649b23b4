"""Background job for documents. Run by `manage.py db_worker`."""

import uuid

from django_tasks import task

from analyse.services import dokument


@task()
def lag_dokument(jobb_id: str) -> None:
    """Make the PDF of a Dokumentjobb."""
    dokument.utfor(jobb_id=uuid.UUID(jobb_id))
