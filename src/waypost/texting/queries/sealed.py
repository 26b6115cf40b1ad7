"""What is sealed in the tables, opened inside the process only."""

from __future__ import annotations

from django.conf import settings

from waypost.files.keyring import Keyring
from waypost.texting.operator import Texting

NUMBER, NAME, ZIP = "contact.number", "contact.first_name", "contact.zip"
HEARD, OUTGOING, NOTE = "heard.text", "outbox.text", "note.text"
FIND, REASON = "contact.find_question", "signature.reason"
ALERT = "shift.alert_number"


def keyring() -> Keyring:
    """The keys of people's records."""
    ring: Keyring = settings.WAYPOST_KEYRING
    return ring


def operator() -> Texting:
    """How the operator runs texting."""
    texting: Texting = settings.WAYPOST_TEXTING
    return texting


def sealed(text: str, place: str) -> str:
    """``text`` sealed for its place; an empty one stays empty."""
    return keyring().seal(text, place) if text else ""


def opened(text: str, place: str) -> str:
    """What was sealed for its place."""
    return keyring().open(text, place) if text else ""


def digest_of(number: str) -> str:
    """The keyed digest that a number is looked up by."""
    return keyring().digest(number, NUMBER)
