from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("planer", "0002_horingssvar_fra_brev")]

    operations = [
        migrations.AddField(model_name="vedtak", name="pdf_prikket", field=models.BinaryField(null=True)),
    ]
