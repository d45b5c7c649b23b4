"""The limits of the age-risk rule as norms HR can edit. They are the product's own rule, and say so."""

from django.db import migrations

KILDE = "Produktets egen regel"
NORMER = [
    ("aldersrisiko_hoy_60", "Høy aldersrisiko: andel 60 år og mer, prosent", 20),
    ("aldersrisiko_middels_60", "Middels aldersrisiko: andel 60 år og mer, prosent", 12),
    ("aldersrisiko_hoy_67", "Høy aldersrisiko: andel som fyller 67 innen 5 år, prosent", 12),
    ("aldersrisiko_middels_67", "Middels aldersrisiko: andel som fyller 67 innen 5 år, prosent", 8),
]


def legg_inn(apps, schema_editor):
    norm = apps.get_model("analyse", "Norm")
    for nokkel, navn, verdi in NORMER:
        norm.objects.get_or_create(
            nokkel=nokkel,
            defaults={
                "navn": navn,
                "verdi": verdi,
                "kilde": KILDE,
                "forklaring": "Er andelen så høy eller høyere, får enheten dette nivået i rapporten Aldersrisiko.",
            },
        )


def ta_bort(apps, schema_editor):
    apps.get_model("analyse", "Norm").objects.filter(nokkel__in=[n[0] for n in NORMER]).delete()


class Migration(migrations.Migration):
    dependencies = [("analyse", "0003_dokumentjobb_nokkel_og_livstegn")]
    operations = [migrations.RunPython(legg_inn, ta_bort)]
