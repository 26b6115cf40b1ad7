"""Whose a stored fact is: every field of every table says so, and a test fails on one without."""

from __future__ import annotations

from enum import StrEnum


class Whose(StrEnum):
    """Who may see a field.

    A person's never leaves the database for a log, an address, the audit or the snapshot; a
    staff's is for those who run the site; what is public may be published.
    """

    PERSON = "person"
    STAFF = "staff"
    PUBLIC = "public"
