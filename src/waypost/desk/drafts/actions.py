"""Keeps what was typed when the session had ended, and gives it back once somebody signed in.

It is sealed with a key that stands in the sender's address alone: the row tells nothing.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from cryptography.fernet import Fernet, InvalidToken
from django.db import transaction

from waypost.desk.models import Draft
from waypost.files.digests import text_digest

LASTS = timedelta(hours=12)
MOST_BYTES = 64 * 1024
MOST_ROWS = 2_000
Typed = Mapping[str, Sequence[str]]


@transaction.atomic
def keep_draft(*, path: str, typed: Typed, now: datetime) -> str:
    """Keep a form; the token that opens it, '' where it is too large or too many are kept."""
    data = json.dumps({name: list(values) for name, values in typed.items()}).encode()
    Draft.objects.filter(made_at__lt=now - LASTS).delete()
    if len(data) > MOST_BYTES or Draft.objects.count() >= MOST_ROWS:
        return ""
    key = Fernet.generate_key()
    Draft.objects.create(
        token_digest=text_digest(key.decode()),
        path=path[:200],
        sealed=Fernet(key).encrypt(data).decode(),
        made_at=now,
    )
    return key.decode()


@transaction.atomic
def open_draft(*, token: str, person: str, now: datetime) -> tuple[str, Typed] | None:
    """The path and the fields of a draft, for whoever opens it first; None where there is none."""
    row = Draft.objects.select_for_update().filter(
        token_digest=text_digest(token), made_at__gte=now - LASTS, person__in=("", person)
    ).first()  # fmt: skip
    if row is None:
        return None
    try:
        data = json.loads(Fernet(token.encode()).decrypt(row.sealed.encode()))
    except (InvalidToken, ValueError):
        return None
    row.person = person
    row.save(update_fields=["person"])
    return row.path, data
