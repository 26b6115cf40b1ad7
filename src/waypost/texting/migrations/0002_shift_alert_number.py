"""Where somebody on shift is called by text."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """One column, empty for every shift so far."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("texting", "0001_initial")]

    operations: ClassVar[list[migrations.operations.base.Operation]] = [
        migrations.AddField(
            model_name="shift",
            name="alert_number",
            field=models.TextField(blank=True, default=""),
            preserve_default=False,
        ),
    ]
