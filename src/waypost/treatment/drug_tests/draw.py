"""The random draw: which people are tested on a day, from a secret seed, so that it can be audited.

Whether someone is tested on a day is decided by that day, that person and the seed alone: by no
test before it. Yesterday's test gives no safe day, and nobody at the desk can choose. Anyone with
the seed can work the draw out again; without it, a day's result says nothing of the next.

The frequencies are the ASAM consensus document's (Jarvis 2017, J Addict Med 11:163): weekly at
least at first, monthly at least when stable, at random where possible.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

_RANGE = 2**256


class TestPhase(StrEnum):
    """How often someone is tested, as stored."""

    __test__ = False  # a phase of care, and nothing that pytest should collect

    FIRST = "first"
    SETTLED = "settled"
    STABLE = "stable"


TESTS_A_WEEK = {
    TestPhase.FIRST: Fraction(3, 2),
    TestPhase.SETTLED: Fraction(1),
    TestPhase.STABLE: Fraction(1, 3),
}
"""Tests that are expected in a week. By chance some weeks have none and some have several."""


@dataclass(frozen=True, slots=True)
class InDraw:
    """Someone in the draw: their id, their phase, and on how many days a week they attend."""

    person: str
    phase: TestPhase
    days_a_week: int


@dataclass(frozen=True, slots=True)
class Drawn:
    """One line of the audit: the number drawn and the number below which someone is tested."""

    person: str
    number: str
    below: str
    tested: bool


def chance_of(phase: TestPhase, days_a_week: int) -> Fraction:
    """The chance of a test on a day of attendance, the same on each of them."""
    if days_a_week < 1:
        return Fraction(0)
    return min(TESTS_A_WEEK[phase] / days_a_week, Fraction(1))


def draw(seed: bytes, day: date, people: Iterable[InDraw]) -> tuple[Drawn, ...]:
    """The draw of a day over the people who attend on it, in the order of their ids.

    Raises:
        ValueError: the seed is shorter than 32 bytes, so that someone might guess it.
    """
    if len(seed) < 32:
        raise ValueError("The seed of the draw needs 32 bytes.")
    return tuple(
        _drawn(seed, day, entry) for entry in sorted(people, key=lambda entry: entry.person)
    )


def _drawn(seed: bytes, day: date, entry: InDraw) -> Drawn:
    message = f"{day.isoformat()}\n{entry.person}".encode()
    digest = hmac.new(seed, message, hashlib.sha256).hexdigest()
    chance = chance_of(entry.phase, entry.days_a_week)
    below = _RANGE * chance.numerator // chance.denominator
    return Drawn(entry.person, digest, f"{below:065x}", int(digest, 16) < below)


def seed_digest(seed: bytes) -> str:
    """What is written down beforehand, so that the seed cannot be changed after the fact."""
    return hashlib.sha256(b"waypost drug test draw\n" + seed).hexdigest()
