"""A role of PostgreSQL that may write events and may neither change nor remove one.

Whoever owns the tables can do both, so the desk should run as another role than the one that makes
the tables; SQLite has no roles, and there the chain and its kept digest alone show a change.
"""

from __future__ import annotations

import re

TABLE = "audit_event"
_NAME = re.compile(r"[a-z_][a-z0-9_]{0,62}")


class BadRoleName(ValueError):
    """A name that a role may not have here; letters, digits and underscores are enough."""


def append_only_role(name: str) -> tuple[str, ...]:
    """The statements that give an existing role all that the desk needs, and of events only this.

    Raises `BadRoleName` where the name is more than small letters, digits and underscores.
    """
    if not _NAME.fullmatch(name):
        raise BadRoleName(name)
    rows, sequences = "SELECT, INSERT, UPDATE, DELETE", "USAGE, SELECT"
    here = "IN SCHEMA public"
    return (
        f"GRANT USAGE ON SCHEMA public TO {name}",
        f"GRANT {rows} ON ALL TABLES {here} TO {name}",
        f"GRANT {sequences} ON ALL SEQUENCES {here} TO {name}",
        f"ALTER DEFAULT PRIVILEGES {here} GRANT {rows} ON TABLES TO {name}",
        f"ALTER DEFAULT PRIVILEGES {here} GRANT {sequences} ON SEQUENCES TO {name}",
        f"REVOKE UPDATE, DELETE, TRUNCATE ON {TABLE} FROM {name}",
    )
