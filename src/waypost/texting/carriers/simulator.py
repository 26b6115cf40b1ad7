"""A carrier without a network: the default, for a fresh installation, for trying out, for tests.

In the process it is a `Simulator`; in the tests a server speaks Twilio's own API before the same
`SimulatedNetwork`, so that Twilio's client and validator can be used against us.
"""

from __future__ import annotations

import random
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from waypost.texting.carriers.port import (
    Accepted,
    Capabilities,
    Inbound,
    Outgoing,
    SendRejected,
    SendResult,
    SendUnknown,
    StatusNews,
    WebhookCall,
)


@dataclass(frozen=True, slots=True)
class Faults:
    """What goes wrong, each as a share of all calls, and how long a call takes in seconds.

    ``lost`` fails before the network has the text, ``silent`` after it has it; ``refused`` is a
    refusal with ``code``; ``doubled`` statuses and texts come twice; ``shuffled`` out of order.
    """

    delay: float = 0.0
    lost: float = 0.0
    silent: float = 0.0
    refused: float = 0.0
    code: str = "30003"
    doubled: float = 0.0
    shuffled: float = 0.0


NO_FAULTS = Faults()


@dataclass(frozen=True, slots=True)
class SimulatedText:
    """A text that the network took."""

    sid: str
    to: str
    body: str
    at: datetime
    ref: str = ""
    status_url: str = ""
    status: str = "queued"


@dataclass(slots=True)
class SimulatedNetwork:
    """Everything that was sent through it, in order; ``chance`` decides about faults."""

    faults: Faults = NO_FAULTS
    chance: random.Random = field(default_factory=lambda: random.Random(988))  # noqa: S311 - plays faults
    texts: list[SimulatedText] = field(default_factory=list)
    refused_numbers: dict[str, str] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def take(
        self, to: str, body: str, *, ref: str = "", status_url: str = "", at: datetime | None = None
    ) -> SimulatedText | SendRejected | SendUnknown:
        """What a sender hears of a text; `Unknown` may or may not have been taken."""
        faults = self.faults
        if faults.delay:
            time.sleep(faults.delay)
        with self._lock:
            luck = self.chance.random()
            if to in self.refused_numbers:
                return SendRejected(self.refused_numbers[to], final=True)
            if luck < faults.lost:
                return SendUnknown("lost")
            if luck < faults.lost + faults.refused:
                return SendRejected(faults.code, final=faults.code != "20429")
            text = SimulatedText(
                "SM" + secrets.token_hex(16), to, body, at or datetime.now(UTC), ref, status_url
            )
            self.texts.append(text)
            if luck < faults.lost + faults.refused + faults.silent:
                return SendUnknown("silent")
        return text

    def to(self, number: str) -> list[str]:
        """What a phone received, oldest first."""
        with self._lock:
            return [text.body for text in self.texts if text.to == number]

    def find(self, ref: str, to: str, body: str, since: datetime) -> str | None:
        """The id of a text that was taken."""
        with self._lock:
            for text in self.texts:
                if (ref and text.ref == ref) or (
                    text.to == to and text.body == body and text.at >= since
                ):
                    return text.sid
        return None


class Simulator:
    """The network inside this process, as a carrier; its texts are also in the outbox."""

    def __init__(self, network: SimulatedNetwork | None = None, per_second: float = 1_000) -> None:
        self.network = network or SimulatedNetwork()
        self._capabilities = Capabilities(per_second=per_second)
        self.follows: Callable[[], Faults] | None = None
        """Where the faults are looked up before each call, if somebody may change them."""

    def verify(self, call: WebhookCall, now: datetime) -> bool:
        """Always False: what a simulated phone says is stored by the page that shows it."""
        return False

    def parse(self, call: WebhookCall) -> list[Inbound | StatusNews]:
        """No news: nothing comes from outside."""
        return []

    def acknowledgment(self) -> tuple[str, str]:
        """An empty answer, which nobody reads."""
        return "", "text/plain"

    def send(self, text: Outgoing) -> SendResult:
        """Give a text to the network, with its faults."""
        if self.follows is not None:
            self.network.faults = self.follows()
        taken = self.network.take(text.number, text.text, ref=text.ref, at=text.since)
        return Accepted(taken.sid) if isinstance(taken, SimulatedText) else taken

    def find(self, text: Outgoing) -> str | None:
        """Whether the network has it."""
        return self.network.find(text.ref, text.number, text.text, text.since)

    def capabilities(self) -> Capabilities:
        """No limit but the one that a test sets."""
        return self._capabilities

    def close(self) -> None:
        """Nothing to close: there is no connection."""

    def health(self) -> bool:
        """Always True."""
        return True
