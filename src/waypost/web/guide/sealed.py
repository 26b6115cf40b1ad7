"""Answers sealed in the address of a page: read by this site alone, and for some hours only.

A form is sent by POST and answered by a redirect, so Back, Reload and a phone that reopens its
browser all show the page again, and never ask to send a form twice. The next page has to know the
answers; nothing is kept on our side and no cookie is set, so they travel in the address, encrypted
and signed (Fernet: AES and HMAC) with a key made from this installation's secret. What stands in a
browser's history says nothing to anyone, and after `HOURS` it opens nothing.
"""

from __future__ import annotations

import json
import zlib
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cache
from hashlib import sha256
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings

from waypost.levels_of_care.guide.answers import Answers, BadAnswers, read_answers
from waypost.levels_of_care.guide.rules_file import Guide

HOURS = 12
FIRST_PAGE = 1
LONGEST = 4_000
"""Characters of a sealed address; ours are under 1,000."""


class View(StrEnum):
    """Which page the answers lead to."""

    QUESTIONS = "questions"
    EXIT = "exit"
    RESULT = "result"


class Problem(StrEnum):
    """What is amiss with the page that was sent."""

    NONE = ""
    NOT_CHOSEN = "not chosen"
    AGAINST_EACH_OTHER = "against each other"
    NOT_READ = "not read"


class Unreadable(ValueError):
    """A sealed address that is not ours, was cut, or is too old."""


@dataclass(frozen=True, slots=True)
class State:
    """Where a person is: the answers so far, the page, and a place or ''.

    ``ticked`` is what was ticked on the page, where "none of these" stood beside another choice.
    """

    answers: Answers = field(default_factory=dict)
    page: int = FIRST_PAGE
    view: View = View.QUESTIONS
    near: str = ""
    problem: Problem = Problem.NONE
    ticked: Answers = field(default_factory=dict)

    def showing(self, view: View, page: int | None = None) -> State:
        """The same answers on another page, without a problem."""
        page = self.page if page is None else page
        return replace(self, view=view, page=page, problem=Problem.NONE, ticked={})


def seal(state: State) -> str:
    """The state as a piece of an address."""
    plain = {
        "a": _lists(state.answers),
        "p": state.page,
        "v": state.view,
        "n": state.near,
        "x": state.problem,
        "t": _lists(state.ticked),
    }
    packed = zlib.compress(json.dumps(plain, separators=(",", ":")).encode(), 9)
    return _lock().encrypt(packed).decode().rstrip("=")


def unseal(guide: Guide, text: str) -> State:
    """The state that was sealed.

    Raises:
        Unreadable: it is not ours, older than `HOURS`, or from before a change of the questions.
    """
    if len(text) > LONGEST or not text.isascii():
        raise Unreadable("That is no address of ours.")
    try:
        padded = text + "=" * (-len(text) % 4)
        packed = _lock().decrypt(padded.encode(), ttl=HOURS * 3600)
        plain = json.loads(zlib.decompress(packed))
        return _state(guide, plain)
    except (InvalidToken, BadAnswers, KeyError, ValueError, zlib.error) as error:
        raise Unreadable("That address is too old, or not one of ours.") from error


def _state(guide: Guide, plain: Mapping[str, Any]) -> State:
    return State(
        answers=read_answers(guide, plain["a"]),
        page=int(plain["p"]),
        view=View(plain["v"]),
        near=str(plain["n"]),
        problem=Problem(plain["x"]),
        ticked={name: frozenset(values) for name, values in plain["t"].items()},
    )


def _lists(answers: Answers) -> dict[str, list[str]]:
    return {name: sorted(values) for name, values in sorted(answers.items())}


@cache
def _lock() -> Fernet:
    key = sha256(b"waypost guide\x00" + settings.SECRET_KEY.encode()).digest()
    return Fernet(urlsafe_b64encode(key))
