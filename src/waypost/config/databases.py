"""Decides which database of the private process has which table."""

from __future__ import annotations

from typing import Any

QUEUE_APPS = frozenset({"directory", "calls"})


class Router:
    """What visitors leave is in the queue's database; everything else is private."""

    def db_for_read(self, model: Any, **hints: Any) -> str:
        """The database of this model."""
        return _database_of(model)

    db_for_write = db_for_read

    def allow_relation(self, first: Any, second: Any, **hints: Any) -> bool:
        """Only rows of the same database may be related."""
        return _database_of(first) == _database_of(second)

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        """Each table in its own database; either process keeps an audit of its own, in its own."""
        return app_label == "audit" or (db == "queue") == (app_label in QUEUE_APPS)


def _database_of(model: Any) -> str:
    """The database of a model's class or row; a row may also be lazily loaded."""
    return "queue" if model._meta.app_label in QUEUE_APPS else "default"
