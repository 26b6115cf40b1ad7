"""A program's word has its day by the program's own clock; so far it was UTC's."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0007_waiting_reports"),
    ]

    operations = [
        migrations.AddField(
            model_name="programclaim",
            name="zone",
            field=models.CharField(default="UTC", max_length=40),
        ),
    ]
