"""The header that has a browser save an answer, under a name that is safe on every disk."""

from __future__ import annotations

import re

_SAFE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}", re.ASCII)


def saved_as(name: str) -> str:
    """The value of `Content-Disposition` (RFC 6266) for a file of this name.

    Names are ours or made of ids, so that another letter is a bug: it raises a `ValueError`.
    """
    if not _SAFE.fullmatch(name):
        raise ValueError("A saved file is named with letters, digits, dots, hyphens alone.")
    return f'attachment; filename="{name}"'
