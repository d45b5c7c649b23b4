"""Empty the demo database: drop every table and migrate again, so that nothing of the old is left behind."""

from django.core.management import call_command
from django.db import connection


def tom_databasen() -> None:
    """Drop all tables of the connected database and rebuild them. The caller has made sure this is a demo."""
    tabeller = connection.introspection.table_names()
    kaskade = " CASCADE" if connection.vendor == "postgresql" else ""
    with connection.constraint_checks_disabled(), connection.cursor() as peker:
        for tabell in tabeller:
            peker.execute(f"DROP TABLE {connection.ops.quote_name(tabell)}{kaskade}")
    call_command("migrate", interactive=False, verbosity=0)
