"""Which table stands in which database of the private process."""

from __future__ import annotations

from typing import Any

QUEUE_APPS = frozenset({"directory"})


class Router:
    """What visitors leave stands in the queue; everything else is private."""

    def db_for_read(self, model: Any, **hints: Any) -> str:
        """The database that holds this model."""
        return _database_of(model)

    db_for_write = db_for_read

    def allow_relation(self, first: Any, second: Any, **hints: Any) -> bool:
        """Rows of one database alone are related."""
        return _database_of(first) == _database_of(second)

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        """Each table in its own database, and in no other."""
        return (db == "queue") == (app_label in QUEUE_APPS)


def _database_of(model: Any) -> str:
    """The database of a model's class or row; a row may be one that is loaded on first use."""
    return "queue" if model._meta.app_label in QUEUE_APPS else "default"
