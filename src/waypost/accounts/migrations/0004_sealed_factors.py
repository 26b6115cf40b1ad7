"""Secrets of second factors from before they were sealed are sealed."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import migrations

from waypost.accounts.sealed_factors import SECRETS, open_factor, seal_factor


def _each_secret(change: Callable[[Any, str], str]) -> Callable[[Any, Any], None]:
    def run(apps: Any, schema_editor: Any) -> None:
        table = apps.get_model("mfa", "Authenticator")
        for row in table.objects.using(schema_editor.connection.alias).iterator():
            secrets = {name: row.data[name] for name in SECRETS if name in row.data}
            if secrets:
                ring = settings.WAYPOST_KEYRING
                row.data |= {name: change(ring, text) for name, text in secrets.items()}
                row.save(update_fields=["data"])

    return run


seal, unseal = _each_secret(seal_factor), _each_secret(open_factor)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_proofs"),
        ("mfa", "0003_authenticator_type_uniq"),
    ]

    operations = [migrations.RunPython(seal, unseal)]
