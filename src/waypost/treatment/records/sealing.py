"""How a person's words are sealed at rest: as one JSON text a row, for that row alone.

A table keeps what is a person's in one column, ``words``, and names its sealed columns in
``sealed_columns``. Actions seal and queries open, with ``settings.WAYPOST_KEYRING``. The place of
a seal names table, column and row, so that a text moved to another row cannot be opened there.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from waypost.files.keyring import Keyring

WORDS = "words"


def place_of(table: str, row_id: str, column: str = WORDS) -> str:
    """Where a text is sealed for: ``table`` is the model's label in lower case."""
    return f"{table.lower()}.{column}:{row_id}"


def seal_words(keyring: Keyring, table: str, row_id: str, words: Mapping[str, Any]) -> str:
    """``words`` (what JSON can hold) as sealed text for this row."""
    text = json.dumps(words, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return keyring.seal(text, place_of(table, row_id))


def open_words(keyring: Keyring, table: str, row_id: str, sealed: str) -> dict[str, Any]:
    """What was sealed for this row.

    Raises:
        CannotOpen: none of the keys opens it, or it was sealed for another row.
    """
    words: dict[str, Any] = json.loads(keyring.open(sealed, place_of(table, row_id)))
    return words
