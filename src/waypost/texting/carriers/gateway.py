"""A gateway of the operator's own: JSON both ways, signed with HMAC-SHA256 over time and body.

``POST {base}/send`` with ``{"id", "to", "from", "text"}`` answers ``{"id"}``, and
``GET {base}/sent/ID`` 200 with it, or 404. It posts ``{"id", "from", "text"}`` or
``{"id", "ref", "status"}`` to us.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import quote

from waypost.texting.carriers.calling import Calling, NotSent
from waypost.texting.carriers.port import (
    Accepted,
    CannotAsk,
    Capabilities,
    Inbound,
    Outgoing,
    SendRejected,
    SendResult,
    SendUnknown,
    StatusNews,
    WebhookCall,
    plain_text,
)

OLDEST_SECONDS = 300


@dataclass(frozen=True, slots=True)
class GatewayAccount:
    """``secrets`` may have signed a call; we sign with the first."""

    secrets: tuple[str, ...] = field(repr=False)
    number: str
    base_url: str
    seconds: float = 10.0
    capabilities: Capabilities = field(default_factory=Capabilities)


def gateway_signature(secret: str, stamp: str, body: bytes) -> str:
    """In hex, over the time in seconds, a full stop and the body."""
    return hmac.new(secret.encode(), stamp.encode() + b"." + body, hashlib.sha256).hexdigest()


class Gateway:
    """One gateway and number."""

    def __init__(self, account: GatewayAccount) -> None:
        self.account = account
        self._calling = Calling(account.base_url, account.seconds)

    def verify(self, call: WebhookCall, now: datetime) -> bool:
        """Whether one of the secrets signed it within five minutes of now."""
        stamp = call.headers.get("x-waypost-time", "")
        given = call.headers.get("x-waypost-signature", "").encode("utf-8", "replace")
        if not (stamp.isascii() and stamp.isdigit() and len(stamp) < 12):
            return False
        right = False
        for secret in self.account.secrets:
            expected = gateway_signature(secret, stamp, call.body).encode()
            right |= hmac.compare_digest(expected, given)
        return right and abs(now.timestamp() - int(stamp)) <= OLDEST_SECONDS

    def parse(self, call: WebhookCall) -> list[Inbound | StatusNews]:
        """One event or a list of them; what is not one of ours is left out."""
        try:
            said = json.loads(call.body)
        except ValueError:
            return []
        events = said if isinstance(said, list) else [said]
        return [news for event in events if (news := _event(event)) is not None]

    def acknowledgment(self) -> tuple[str, str]:
        """Any answer with 200 will do."""
        return "{}", "application/json"

    def send(self, text: Outgoing) -> SendResult:
        """Post one text under our reference."""
        words = {
            "id": text.ref,
            "to": text.number,
            "from": self.account.number,
            "text": text.text,
        }
        body = json.dumps(words).encode()
        try:
            answer = self._calling.ask("POST", "/send", body, self._signed(text.since, body))
            said = json.loads(answer.body or b"{}")
        except NotSent as error:
            return SendRejected(f"no connection: {error}"[:40], final=False)
        except (OSError, ValueError) as error:
            return SendUnknown(str(error)[:40])
        if answer.status == 200 and isinstance(said, dict):
            return Accepted(str(said.get("id", text.ref)))
        if answer.status >= 500 or answer.status < 400:
            return SendUnknown(f"status {answer.status}")
        return SendRejected(str(answer.status), final=answer.status != 429)

    def find(self, text: Outgoing) -> str | None:
        """Ask by our reference."""
        try:
            answer = self._calling.ask(
                "GET", f"/sent/{quote(text.ref)}", b"", self._signed(text.since, b"")
            )
        except OSError as error:
            raise CannotAsk(str(error)) from error
        if answer.status == 404:
            return None
        if answer.status != 200:
            raise CannotAsk(f"status {answer.status}")
        return text.ref

    def capabilities(self) -> Capabilities:
        """As the account is set up."""
        return self.account.capabilities

    def close(self) -> None:
        """Close the connection of this thread."""
        self._calling.close()

    def health(self) -> bool:
        """Whether it answers at all."""
        try:
            return self._calling.ask("GET", "/health", b"", {}).status < 500
        except OSError:
            return False

    def _signed(self, since: datetime, body: bytes) -> dict[str, str]:
        stamp = str(int(since.timestamp()))
        return {
            "Content-Type": "application/json",
            "X-Waypost-Time": stamp,
            "X-Waypost-Signature": gateway_signature(self.account.secrets[0], stamp, body),
        }


def _event(event: object) -> Inbound | StatusNews | None:
    """One text or status; None for what has no id, or is neither."""
    if not isinstance(event, dict):
        return None
    said = {name: plain_text(value) for name, value in event.items()}
    if not said.get("id"):
        return None
    if "status" in said:
        ref, code = said.get("ref", ""), said.get("code", "")
        return StatusNews(said["id"], said["status"], ref, code)
    if not said.get("from"):
        return None
    return Inbound(said["id"], said["from"], said.get("text", ""))
