"""The one way out to payers: what every adapter must offer."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from waypost.eligibility.inquiry import Inquiry
from waypost.eligibility.outcome import Unavailable, Unsupported
from waypost.x12.answer import Answer271


@dataclass(frozen=True, slots=True)
class Deadline:
    """A point on a clock that only goes forward (seconds), after which nobody keeps waiting."""

    at: float
    clock: Callable[[], float]

    @property
    def left(self) -> float:
        """Seconds left, never below 0."""
        return max(0.0, self.at - self.clock())


@dataclass(frozen=True, slots=True)
class Reply:
    """What an adapter received, read but not yet checked against the question.

    `direct` says that the payer was sent our own 270: then `echo` is our trace as it came back,
    else it is our control number (nine digits) as the service between returned it. `digest` is
    the SHA-256 of the bytes received.
    """

    answer: Answer271
    echo: str
    digest: str
    direct: bool = True


class EligibilitySource(Protocol):
    """An adapter: carries one question to one service and reads what comes back.

    It never raises for what a payer or a network does (it returns `Unavailable`) and never logs.
    """

    @property
    def name(self) -> str:
        """A short name for settings and messages."""

    def serves(self, payer_id: str) -> bool:
        """Whether this payer can be asked here."""

    def send(self, inquiry: Inquiry, deadline: Deadline) -> Reply | Unavailable | Unsupported:
        """Ask once, within the deadline."""
