"""Background jobs for imports and for what readers see. Run by `manage.py db_worker`."""

import uuid

from django_tasks import task

from analyse.services import innlesing, vern


@task()
def les_inn(innlesing_id: str) -> None:
    """Store a confirmed upload."""
    innlesing.utfor(innlesing_id=uuid.UUID(innlesing_id))


@task()
def regn_ut_for_lesere() -> None:
    """Protect the published extracts' figures, after one was published or withdrawn."""
    vern.regn_ut_for_lesere()
