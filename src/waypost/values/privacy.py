"""Who each stored fact belongs to; every field of every table says so, and a test checks it."""

from __future__ import annotations

from enum import StrEnum


class Whose(StrEnum):
    """Who may see a field.

    A person's field never leaves the database for a log, a URL, the audit or the snapshot; a staff
    field is for those who run the site; a public field may be published.
    """

    PERSON = "person"
    STAFF = "staff"
    PUBLIC = "public"
