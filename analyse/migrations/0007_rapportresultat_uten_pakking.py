"""Kept reports lie uncompressed on PostgreSQL: packing them takes a quarter of the time of keeping them."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

SETT = "ALTER TABLE analyse_rapportresultat ALTER COLUMN data SET STORAGE {}"


def uten_pakking(apps: Apps, skjema: BaseDatabaseSchemaEditor) -> None:
    if skjema.connection.vendor == "postgresql":
        skjema.execute(SETT.format("EXTERNAL"))


def med_pakking(apps: Apps, skjema: BaseDatabaseSchemaEditor) -> None:
    if skjema.connection.vendor == "postgresql":
        skjema.execute(SETT.format("EXTENDED"))


class Migration(migrations.Migration):
    dependencies = [("analyse", "0006_dokumentjobb_prikket")]
    operations = [migrations.RunPython(uten_pakking, med_pakking)]
