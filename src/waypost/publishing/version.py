"""The version of a snapshot: the digest of all that it says, and not of when it was written."""

from __future__ import annotations

import hashlib
import sqlite3


def version_of(connection: sqlite3.Connection) -> str:
    """The SHA-256 of every site's record, in order, and of every resource of an operator's."""
    digest = hashlib.sha256()
    for (record,) in connection.execute("SELECT record FROM site ORDER BY row"):
        digest.update(record.encode())
    for (of_resource,) in connection.execute("SELECT digest FROM resource ORDER BY type, id"):
        digest.update(of_resource.encode())
    return digest.hexdigest()
