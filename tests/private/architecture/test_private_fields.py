"""Every field of the private process's own tables says whose it is."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import models

from waypost.values.privacy import Whose


def tables() -> list[type[models.Model]]:
    """Our own tables, whichever room they stand in."""
    return [m for m in apps.get_models() if m.__module__.startswith("waypost.")]


@pytest.mark.parametrize("table", tables(), ids=lambda table: table.__name__)
def test_every_field_says_whose_it_is(table: type[models.Model]) -> None:
    fields = {f.name for f in table._meta.get_fields() if not (f.auto_created or f.primary_key)}
    assert set(getattr(table, "whose", {})) - {"id"} == fields
    assert set(table.whose.values()) <= set(Whose)


def test_the_tables_are_those_of_the_accounts_too() -> None:
    names = {table.__name__ for table in tables()}
    assert names >= {"Person", "Organization", "Membership", "Invitation", "Event"}
