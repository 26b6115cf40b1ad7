"""Indexes for what is asked of a whole program: a day, the newest first, what waits."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("treatment_consents", "0001_initial"),
        ("treatment_records", "0001_initial"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="disclosure",
            index=models.Index(fields=["organization", "-at", "-id"], name="newest_disclosures"),
        ),
        migrations.AddIndex(
            model_name="recordread",
            index=models.Index(fields=["organization", "-at", "-id"], name="newest_reads"),
        ),
    ]
