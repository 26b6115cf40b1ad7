"""The port to a carrier: seven calls, a way to close it, and the values that pass through."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from waypost.texting.lanes import OutboxLane

CARRIERS = "/texts/carrier/"
"""Where carriers post to, below our public address."""

LONGEST_TEXT = 1_600
"""Characters of a text that are kept; a carrier sends no more (Twilio's limit)."""


@dataclass(frozen=True, slots=True)
class WebhookCall:
    """What a carrier posted. ``url`` is our public address of it, never read from the request.

    ``headers`` have lower-case names; ``fields`` is a form's, a repeated name with all its values.
    """

    url: str
    body: bytes
    headers: Mapping[str, str]
    fields: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Inbound:
    """A text from outside: numbers in E.164; ``carrier_id`` is unique within the account."""

    carrier_id: str
    number: str
    text: str
    media: int = 0


@dataclass(frozen=True, slots=True)
class StatusNews:
    """What became of a text that we sent: ``ref`` is ours if the carrier repeats it, else ''."""

    carrier_id: str
    status: str
    ref: str = ""
    code: str = ""


def plain_text(value: object) -> str:
    """A text or a number of a JSON answer as text; '' for null and for whatever else is there."""
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One text as it is handed to a carrier; ``since`` is when its first attempt began."""

    ref: str
    number: str
    text: str
    lane: OutboxLane
    since: datetime


@dataclass(frozen=True, slots=True)
class Accepted:
    """The carrier has it, under its own id."""

    carrier_id: str


@dataclass(frozen=True, slots=True)
class SendRejected:
    """The carrier refused it; ``final`` means that trying again is of no use."""

    code: str
    final: bool


@dataclass(frozen=True, slots=True)
class SendUnknown:
    """Nobody knows whether the carrier has it: a time-out, a reset, an error of the server."""

    why: str


SendResult = Accepted | SendRejected | SendUnknown


class CannotAsk(Exception):
    """The carrier cannot be asked what became of a text, or does not answer now."""


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a carrier can do: ``answers_stop`` confirms STOP by itself, ``can_find`` finds one."""

    longest: int = LONGEST_TEXT
    per_second: float = 1.0
    answers_stop: bool = False
    can_find: bool = True
    health_agreement: bool = False


class Carrier(Protocol):
    """A way to the network; a client module, which may use it and never Django."""

    def verify(self, call: WebhookCall, now: datetime) -> bool:
        """Whether the carrier itself sent this; False for anything that is wrong or missing."""

    def parse(self, call: WebhookCall) -> list[Inbound | StatusNews]:
        """What a verified call says; some carriers send several at once."""

    def acknowledgment(self) -> tuple[str, str]:
        """The body and content type that the carrier expects with status 200."""

    def send(self, text: Outgoing) -> SendResult:
        """Hand one text over; never raises for what a network does."""

    def find(self, text: Outgoing) -> str | None:
        """The carrier's id of a text that may have been sent; None if it does not have it.

        Raises:
            CannotAsk: it does not answer, or has no way to ask.
        """

    def capabilities(self) -> Capabilities:
        """What it can do."""

    def health(self) -> bool:
        """Whether it answers now."""

    def close(self) -> None:
        """Close what this thread has open to it."""
