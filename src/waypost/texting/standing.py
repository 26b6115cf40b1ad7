"""Where a person stands with us, what the consent ledger records, and who is never texted."""

from __future__ import annotations

from enum import StrEnum


class Channel(StrEnum):
    """How a person talks with us."""

    TEXT = "text"
    WEB = "web"


class OptInStanding(StrEnum):
    """Where the double opt-in of a contact stands."""

    NEW = "new"
    ASKED = "asked"
    IN = "in"
    OUT = "out"


class ConsentAct(StrEnum):
    """What an entry of the consent ledger records."""

    ASKED = "asked"
    GIVEN = "given"
    WITHDRAWN = "withdrawn"
    REJOINED = "rejoined"
    ERASED = "erased"


class Suppressed(StrEnum):
    """Why a number is not texted."""

    STOP = "stop"
    CARRIER = "carrier"
    NEVER_ANSWERED = "never answered"
    WRONG_NUMBER = "wrong number"
    ERASED = "erased"


ALL = "all"
"""The scope of a consent to everything, or of its end."""


class SubscriptionState(StrEnum):
    """Where a subscription stands: PENDING until YES, HELD while no version is approved."""

    PENDING = "pending"
    ACTIVE = "active"
    ENDED = "ended"


class WhyEnded(StrEnum):
    """How a subscription ended."""

    COMPLETED = "completed"
    STOPPED = "stopped"
    LEFT = "left"
    STAFF = "staff"
    ERASED = "erased"
