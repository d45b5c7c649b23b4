"""Background job for imports. Run by `manage.py db_worker`."""

import uuid

from django_tasks import task

from analyse.services import innlesing


@task()
def les_inn(innlesing_id: str) -> None:
    """Store a confirmed upload."""
    innlesing.utfor(innlesing_id=uuid.UUID(innlesing_id))
