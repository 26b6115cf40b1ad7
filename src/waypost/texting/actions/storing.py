"""Stores texts that came in: all that wait for their turn to write, in one transaction.

On SQLite one writer waits for another, and the handling of texts writes most of the time. A webhook
that waited for a turn of its own would be one of two hundred a second that do; so whoever has the
turn stores what the others brought as well, and each of them answers when its text is stored.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import DatabaseError, connection

from waypost.texting.actions.turns import writing
from waypost.texting.models import TextContact

_STORE = """
INSERT INTO texting_heardtext
       (account, carrier_id, contact_id, text, media, at, handled_as, reasons, rules)
VALUES (%s, %s, %s, %s, %s, %s, '', '', '')
ON CONFLICT (account, carrier_id) DO NOTHING RETURNING id
"""
"""Plain SQL, since all other writers wait meanwhile (the webhooks of `make bench texting`)."""
_HEARD_AT = "UPDATE texting_textcontact SET heard_at = %s WHERE id = %s"


@dataclass(eq=False, slots=True)
class ToStore:
    """A text to store, of a contact that is known, or of one that may have to be made first.

    ``number`` is the stored text's, 0 where it was stored before; None until it is known.
    """

    account: str
    carrier_id: str
    contact: int | TextContact
    text: str
    media: int
    at: datetime
    number: int | None = None


@dataclass(slots=True)
class TextStore:
    """The texts that wait in this process; used by any number of threads."""

    _guard: threading.Lock = field(default_factory=threading.Lock)
    _turn: threading.Lock = field(default_factory=threading.Lock)
    _waiting: list[ToStore] = field(default_factory=list)

    def store(self, text: ToStore) -> int:
        """Store a text, or wait until another thread has; its number, 0 where it was there.

        Raises:
            DatabaseError: it could not be stored.
        """
        with self._guard:
            self._waiting.append(text)
        with self._turn:
            if text.number is None and self._waiting:
                self._store_waiting()
        if text.number is None:  # with the others it failed, and by itself it may be stored
            with writing():
                (text.number,) = _stored([text])
        return text.number

    def _store_waiting(self) -> None:
        """Store all that wait; where that fails nothing is stored, and each tries by itself."""
        texts: list[ToStore] = []
        with suppress(DatabaseError):
            with writing():
                with self._guard:
                    texts, self._waiting = self._waiting, []
                numbers = _stored(texts)
            for text, number in zip(texts, numbers, strict=True):  # only after the commit
                text.number = number


def _stored(texts: Sequence[ToStore]) -> list[int]:
    """The number of each text, 0 where it was stored before."""
    numbers, contacts = [], _made([text.contact for text in texts])
    with connection.cursor() as cursor:
        for text in texts:
            at, whose = connection.ops.adapt_datetimefield_value(text.at), text.contact
            contact = whose if isinstance(whose, int) else contacts[whose.number_digest]
            row: list[Any] = [text.account, text.carrier_id, contact, text.text, text.media, at]
            cursor.execute(_STORE, row)
            stored = cursor.fetchone()
            if stored is not None:
                cursor.execute(_HEARD_AT, [at, contact])
            numbers.append(0 if stored is None else int(stored[0]))
    return numbers


def _made(contacts: Sequence[int | TextContact]) -> dict[str, int]:
    """The number of each contact that was not known, by its digest; those not there are made.

    Where someone writes again after "delete me", the contact is there without its number.
    """
    new = {row.number_digest: row for row in contacts if isinstance(row, TextContact)}
    if not new:
        return {}
    TextContact.objects.bulk_create(new.values(), ignore_conflicts=True)
    fields = ("number_digest", "number", "erased_at")
    rows = TextContact.objects.only(*fields).filter(number_digest__in=new)
    for row in rows:
        if not row.number and row.erased_at is not None:
            row.number, row.erased_at = new[row.number_digest].number, None
            row.save(update_fields=["number", "erased_at"])
    return {row.number_digest: row.pk for row in rows}
