"""What a sealed address holds: a page of this site and its query."""

from __future__ import annotations

from waypost.web.sealing import Unreadable, unseal

PURPOSE = "private walk"


def opened(sealed: str) -> tuple[str, str]:
    """The page, without its language, and the query.

    Raises:
        Unreadable: it is not ours, or too old.
    """
    value = unseal(PURPOSE, sealed)
    if not (isinstance(value, list) and len(value) == 2):
        raise Unreadable("That address is not one of ours.")
    return str(value[0]), str(value[1])
