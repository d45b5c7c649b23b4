"""Background jobs of competence. Run by `manage.py db_worker`."""

import uuid

from django_tasks import task

from kompetanse.services import gapdokument


@task()
def lag_gapdokument(dokument_id: str) -> None:
    """Make the PDF of a Gapdokument."""
    gapdokument.utfor(dokument_id=uuid.UUID(dokument_id))
