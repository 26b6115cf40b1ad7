"""Ids of records: opaque, minted once, safe in an address because they say nothing of anybody."""

from __future__ import annotations

import random
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

PERSON = "pic"
EPISODE = "epi"


_DIGITS: ContextVar[Callable[[int], str]] = ContextVar("digits", default=secrets.token_hex)


@contextmanager
def made_up_ids(chance: random.Random) -> Iterator[None]:
    """Ids from a seed, for made-up records alone: the same seed makes the same ids."""
    token = _DIGITS.set(lambda length: chance.randbytes(length).hex())
    try:
        yield
    finally:
        _DIGITS.reset(token)


def new_id(kind: str) -> str:
    """A new id such as ``pic_3f9c0a7d21e84b56``; 64 random bits are never drawn twice."""
    return f"{kind}_{_DIGITS.get()(8)}"
