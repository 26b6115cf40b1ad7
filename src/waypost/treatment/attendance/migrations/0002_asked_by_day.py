"""Indexes for what is asked of a whole program: a day, the newest first, what waits."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("treatment_attendance", "0001_initial"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="groupsession",
            index=models.Index(fields=["organization", "day"], name="sessions_of_a_day"),
        ),
        migrations.AddIndex(
            model_name="stafftask",
            index=models.Index(
                condition=models.Q(("done_at", None)),
                fields=["organization", "due_on"],
                name="tasks_that_wait",
            ),
        ),
    ]
