"""The snapshot that every door of this process reads."""

from __future__ import annotations

from functools import cache

from django.conf import settings

from waypost.publishing.build import FILE_NAME
from waypost.publishing.reader import Current, Snapshot


@cache
def _current() -> Current:
    return Current(settings.WAYPOST_DATA_DIR / FILE_NAME)


def current_snapshot() -> Snapshot:
    """The newest readable snapshot; `NoSnapshot` where none was published yet."""
    return _current().get()
