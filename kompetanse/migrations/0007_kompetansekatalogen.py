"""Competence names that fit municipal services, to begin with. Own choice of names; the municipality adds its own."""

from django.db import migrations

# navn, type, form, nivaa, omraade
KATALOG = [
    ("Autorisasjon som sykepleier", "kunnskap", "formell", "basis", "Helse og omsorg"),
    ("Autorisasjon som vernepleier", "kunnskap", "formell", "basis", "Helse og omsorg"),
    ("Fagbrev som helsefagarbeider", "kunnskap", "formell", "basis", "Helse og omsorg"),
    ("Spesialsykepleie, eldre", "kunnskap", "formell", "spiss", "Helse og omsorg"),
    ("Kreftsykepleie og palliasjon", "kunnskap", "formell", "spiss", "Helse og omsorg"),
    ("Psykisk helse og rus, videreutdanning", "kunnskap", "formell", "spiss", "Helse og omsorg"),
    ("Legemiddelhåndtering", "ferdighet", "formell", "basis", "Helse og omsorg"),
    ("Klinisk observasjon og vurdering", "ferdighet", "real", "basis", "Helse og omsorg"),
    ("Demensomsorg", "ferdighet", "real", "spiss", "Helse og omsorg"),
    ("Velferdsteknologi i hjemmet", "ferdighet", "real", "basis", "Helse og omsorg"),
    ("Tiltak mot tvang og makt", "kunnskap", "real", "spiss", "Helse og omsorg"),
    ("Hverdagsrehabilitering", "ferdighet", "real", "spiss", "Helse og omsorg"),
    ("Lærer i grunnskolen", "kunnskap", "formell", "basis", "Oppvekst"),
    ("Barnehagelærer", "kunnskap", "formell", "basis", "Oppvekst"),
    ("Fagbrev som barne- og ungdomsarbeider", "kunnskap", "formell", "basis", "Oppvekst"),
    ("Spesialpedagogikk", "kunnskap", "formell", "spiss", "Oppvekst"),
    ("Begynneropplæring i lesing og skriving", "ferdighet", "real", "basis", "Oppvekst"),
    ("Norsk som andrespråk", "kunnskap", "formell", "spiss", "Oppvekst"),
    ("Barnevernsfaglig arbeid", "kunnskap", "formell", "spiss", "Oppvekst"),
    ("Samtaler med barn", "ferdighet", "real", "spiss", "Oppvekst"),
    ("Forebyggende brannvern", "kunnskap", "formell", "spiss", "Tekniske tjenester"),
    ("Innsatsledelse", "ferdighet", "formell", "spiss", "Tekniske tjenester"),
    ("Drift av vann- og avløpsanlegg", "ferdighet", "formell", "basis", "Tekniske tjenester"),
    ("Byggesaksbehandling", "kunnskap", "real", "spiss", "Tekniske tjenester"),
    ("Arealplanlegging", "kunnskap", "formell", "spiss", "Tekniske tjenester"),
    ("Renhold etter standard", "ferdighet", "real", "basis", "Tekniske tjenester"),
    ("Vedlikehold av bygg", "ferdighet", "real", "basis", "Tekniske tjenester"),
    ("Kart og geodata", "ferdighet", "formell", "spiss", "Tekniske tjenester"),
    ("Saksbehandling etter forvaltningsloven", "kunnskap", "real", "basis", "Felles"),
    ("Offentlige anskaffelser", "kunnskap", "formell", "spiss", "Felles"),
    ("Økonomistyring i egen enhet", "ferdighet", "real", "basis", "Felles"),
    ("Personvern og informasjonssikkerhet", "kunnskap", "real", "basis", "Felles"),
    ("Lov- og avtaleverk for ledere", "kunnskap", "real", "basis", "Ledelse"),
    ("Lederutdanning", "kunnskap", "formell", "basis", "Ledelse"),
    ("Endringsledelse", "ferdighet", "real", "spiss", "Ledelse"),
    ("Oppfølging av sykefravær", "ferdighet", "real", "basis", "Ledelse"),
    ("Veiledning av lærlinger og studenter", "ferdighet", "real", "basis", "Felles"),
    ("Digitale verktøy i tjenesten", "ferdighet", "real", "basis", "Felles"),
    ("Klart språk", "ferdighet", "real", "basis", "Felles"),
    ("Dialog og konflikthåndtering", "evne", "real", "basis", "Felles"),
    ("Samarbeid på tvers av fag", "evne", "real", "basis", "Felles"),
    ("Stå i det uforutsigbare", "evne", "real", "basis", "Felles"),
    ("Lære nytt og dele det", "holdning", "real", "basis", "Felles"),
    ("Respekt for brukerens egne valg", "holdning", "real", "basis", "Felles"),
]
FELT = ("navn", "type", "form", "nivaa", "omraade")


def legg_inn(apps, schema_editor):
    kompetanse = apps.get_model("kompetanse", "Kompetanse")
    kompetanse.objects.bulk_create(kompetanse(**dict(zip(FELT, rad, strict=True))) for rad in KATALOG)


def ta_ut(apps, schema_editor):
    """Only names that stand as they were put in."""
    kompetanse = apps.get_model("kompetanse", "Kompetanse")
    for rad in KATALOG:
        kompetanse.objects.filter(**dict(zip(FELT, rad, strict=True))).delete()


class Migration(migrations.Migration):
    dependencies = [("kompetanse", "0006_regler_for_kravene")]
    operations = [migrations.RunPython(legg_inn, ta_ut)]
