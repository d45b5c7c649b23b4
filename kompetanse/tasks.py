"""Background jobs of competence. Run by `manage.py db_worker`."""

import uuid

from django_tasks import task

from kompetanse.services import gapdokument, gapside


@task()
def lag_gapdokument(dokument_id: str) -> None:
    """Make the PDF of a Gapdokument."""
    gapdokument.utfor(dokument_id=uuid.UUID(dokument_id))


@task(priority=-10)
def tegn_gapsider() -> None:
    """Draw the results of the rounds ahead; what somebody waits for goes first."""
    gapside.tegn_alle()
