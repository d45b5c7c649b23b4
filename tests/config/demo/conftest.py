"""The demo municipality, loaded once for these tests in a transaction that is rolled back afterwards."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.db import transaction

from config.demo.last import last_demo

# After the temaplan's decision, 01.12.2025, so that the demo has lived a while.
DAG = date(2026, 9, 1)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """On SQLite the demo municipality is made once for the whole run and used by every browser test (tests/malbase)."""
    for item in items:
        if "demo" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.bare_postgres)


@pytest.fixture(scope="package")
def demo(django_db_setup: None, django_db_blocker) -> Iterator[None]:
    """Everything `lag_demo` makes. Tests only read, or undo what they do."""
    with django_db_blocker.unblock(), transaction.atomic():
        last_demo(DAG, lambda _tekst: None)
        yield
        transaction.set_rollback(True)
