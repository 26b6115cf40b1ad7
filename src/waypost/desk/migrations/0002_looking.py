"""Whoever has a record open is said to be looking at it."""

from django.db import migrations


class Migration(migrations.Migration):
    """Another name for the table."""

    dependencies = [("desk", "0001_drafts")]

    operations = [migrations.RenameModel("Presence", "Looking")]
