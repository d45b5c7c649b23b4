from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("planer", "0001_planverket")]

    operations = [
        migrations.AddField(
            model_name="horingssvar",
            name="fra_brev",
            field=models.BooleanField(default=False, verbose_name="kom som brev"),
        ),
    ]
