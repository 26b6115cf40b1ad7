"""Indexes for what is asked of a whole program: a day, the newest first, what waits."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("treatment_drug_tests", "0001_initial"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="drugtest",
            index=models.Index(fields=["organization", "day"], name="tests_of_a_day"),
        ),
    ]
