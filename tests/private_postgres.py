"""The private process's databases on PostgreSQL, inside a test session that started on SQLite."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import psycopg
from django.core.management import call_command
from django.db import connections, transaction

from bench import postgres_server

ALIASES = ("default", "queue")
"""Two databases, as an operator has them: each keeps its own list of migrations."""


def settings_of(dsn: str) -> dict[str, dict[str, object]]:
    """Django's settings of both databases, which are made on the server."""
    parts = dict(word.split("=") for word in dsn.split())
    with psycopg.connect(dsn, autocommit=True) as server:
        for alias in ALIASES:
            server.execute(f"CREATE DATABASE waypost_{alias}")
    return {
        alias: {
            **connections.settings[alias],
            "ENGINE": "django.db.backends.postgresql",
            "NAME": f"waypost_{alias}",
            "USER": parts["user"],
            "HOST": parts["host"],
            "PORT": parts["port"],
            "OPTIONS": {},
        }
        for alias in ALIASES
    }


@contextmanager
def in_place(settings: dict[str, dict[str, object]]) -> Iterator[None]:
    """Django's connections lead to these databases until the end; other threads' too."""
    before = {alias: (connections.settings[alias], connections[alias]) for alias in ALIASES}
    for alias in ALIASES:
        connections.settings[alias] = settings[alias]
        connections[alias] = connections.create_connection(alias)
    try:
        yield
    finally:
        for alias, (was, connection) in before.items():
            connections[alias].close()
            connections.settings[alias] = was
            connections[alias] = connection


@contextmanager
def server() -> Iterator[dict[str, dict[str, object]]]:
    """A PostgreSQL server with both databases, migrated."""
    with postgres_server.running(postgres_server.SMALL) as dsn:
        settings = settings_of(dsn)
        with in_place(settings):
            for alias in ALIASES:
                call_command("migrate", database=alias, verbosity=0, interactive=False)
            call_command("createcachetable", database="default", verbosity=0)
        yield settings


@contextmanager
def rolled_back() -> Iterator[None]:
    """What is written into either database is gone at the end."""
    with ExitStack() as stack:
        for alias in ALIASES:
            stack.enter_context(transaction.atomic(using=alias))
        yield
        for alias in ALIASES:
            transaction.set_rollback(True, using=alias)


def empty() -> None:
    """Remove every row of both databases but the list of migrations."""
    for alias in ALIASES:
        connection = connections[alias]
        names = set(connection.introspection.table_names()) - {"django_migrations"}
        with connection.cursor() as cursor:
            tables = ", ".join(connection.ops.quote_name(name) for name in sorted(names))
            cursor.execute(f"TRUNCATE {tables} RESTART IDENTITY CASCADE")
