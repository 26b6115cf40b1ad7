"""Web chat: the same conversation for those without a phone plan; a token is its only key."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db import transaction

from waypost.texting.actions.delivery import count, counted
from waypost.texting.actions.erasing import erase_by_number
from waypost.texting.actions.hearing import contact_for, hear
from waypost.texting.carriers.making import WEB
from waypost.texting.carriers.port import Inbound
from waypost.texting.queries.sealed import digest_of, keyring
from waypost.texting.standing import Channel

PER_ADDRESS, PER_DAY = 20, 2_000
LONGEST_SAID = 1_600


class TooManyChats(ValueError):
    """So many chats were begun today that no more is taken."""


@transaction.atomic
def start_chat(*, language: str, address: str, now: datetime) -> str:
    """Begin a chat and return its token, which only the visitor's browser keeps.

    Raises:
        TooManyChats: the address or the day has had its share.
    """
    day, subject = f"{now:%Y-%m-%d}", keyring().digest(address, "chat.address")
    limits = (("chat address", subject, PER_ADDRESS), ("chat day", "all", PER_DAY))
    if any(counted(kind, whom, day) >= most for kind, whom, most in limits):
        raise TooManyChats
    for kind, whom, _ in limits:
        count(kind, whom, day, 1, now)
    token = secrets.token_urlsafe(24)
    row = contact_for(f"web:{token}", account=WEB, channel=Channel.WEB, now=now)
    row.language = "es" if language == "es" else "en"
    row.save(update_fields=["language"])
    return token


def say_in_chat(*, token: str, text: str, now: datetime, once: str = "") -> int:
    """Store what a visitor wrote; 0 where the same form was sent twice.

    ``once`` is the form's own number. The loop answers, as it answers a text.
    """
    said = Inbound(once or secrets.token_hex(12), f"web:{token}", text[:LONGEST_SAID])
    return hear(account=WEB, said=said, now=now, channel=Channel.WEB)


def end_chat(*, token: str, now: datetime) -> None:
    """Forget a chat at once, as its visitor asks."""
    erase_by_number(digest=digest_of(f"web:{token}"), channel="web", by="person", now=now)
