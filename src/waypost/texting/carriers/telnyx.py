"""A client of Telnyx's messaging API v2; calls are signed with Ed25519 over time and body."""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

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
"""A call signed longer ago is refused (Telnyx, "Webhook signing")."""


@dataclass(frozen=True, slots=True)
class TelnyxAccount:
    """``public_key`` is base64, as the portal shows it."""

    key: str = field(repr=False)
    public_key: str
    number: str
    status_url: str
    base_url: str = "https://api.telnyx.com"
    seconds: float = 10.0
    capabilities: Capabilities = field(default_factory=Capabilities)


class Telnyx:
    """One account and number."""

    def __init__(self, account: TelnyxAccount) -> None:
        self.account = account
        self._calling = Calling(account.base_url, account.seconds)
        self._headers = {
            "Authorization": f"Bearer {account.key}",
            "Content-Type": "application/json",
        }

    def verify(self, call: WebhookCall, now: datetime) -> bool:
        """Whether Telnyx signed it within five minutes of now."""
        stamp = call.headers.get("telnyx-timestamp", "")
        if not (stamp.isascii() and stamp.isdigit() and len(stamp) < 12):
            return False
        if abs(now.timestamp() - int(stamp)) > OLDEST_SECONDS:
            return False
        try:
            key = Ed25519PublicKey.from_public_bytes(base64.b64decode(self.account.public_key))
            signed = base64.b64decode(
                call.headers.get("telnyx-signature-ed25519", ""), validate=True
            )
            key.verify(signed, f"{stamp}|".encode() + call.body)
        except (InvalidSignature, ValueError, binascii.Error):
            return False
        return True

    def parse(self, call: WebhookCall) -> list[Inbound | StatusNews]:
        """A text, or the state of one of ours; [] for an event of another kind."""
        try:
            data = json.loads(call.body)["data"]
            payload: dict[str, Any] = data["payload"]
            kind = data["event_type"]
            if kind == "message.received":
                media = len(payload.get("media") or [])
                number = plain_text(payload["from"]["phone_number"])
                text = plain_text(payload.get("text"))
                return [Inbound(str(payload["id"]), number, text, media)]
            if kind in ("message.sent", "message.finalized"):
                return [_news(payload)]
        except (ValueError, KeyError, TypeError, IndexError, AttributeError):
            return []
        return []

    def acknowledgment(self) -> tuple[str, str]:
        """Any answer with 200 will do."""
        return "{}", "application/json"

    def send(self, text: Outgoing) -> SendResult:
        """Post one message. The key of idempotency makes a second attempt harmless."""
        words = {
            "from": self.account.number,
            "to": text.number,
            "text": text.text,
            "webhook_url": self.account.status_url,
            "tags": [text.ref],
        }
        headers = self._headers | {"Idempotency-Key": text.ref}
        try:
            answer = self._calling.ask("POST", "/v2/messages", json.dumps(words).encode(), headers)
            said = json.loads(answer.body or b"{}")
        except NotSent as error:
            return SendRejected(f"no connection: {error}"[:40], final=False)
        except (OSError, ValueError) as error:
            return SendUnknown(str(error)[:40])
        if answer.status in (200, 202) and "data" in said:
            return Accepted(str(said["data"]["id"]))
        if answer.status >= 500 or answer.status < 400:
            return SendUnknown(f"status {answer.status}")
        code = str(next((fault["code"] for fault in said.get("errors", [])), answer.status))
        return SendRejected(code, final=answer.status != 429)

    def find(self, text: Outgoing) -> str | None:
        """Telnyx finds a message only by its own id."""
        raise CannotAsk("Telnyx finds a message only by its own id.")

    def capabilities(self) -> Capabilities:
        """As the account is set up."""
        return self.account.capabilities

    def close(self) -> None:
        """Close the connection of this thread."""
        self._calling.close()

    def health(self) -> bool:
        """Whether the key is taken."""
        try:
            return self._calling.ask("GET", "/v2/balance", b"", self._headers).status == 200
        except OSError:
            return False


def _news(payload: dict[str, Any]) -> StatusNews:
    """A state in Twilio's words, which ours follow."""
    status = plain_text(payload["to"][0]["status"])
    known = {"sending_failed": "failed", "delivery_failed": "undelivered"}.get(status, status)
    codes = [plain_text(fault["code"]) for fault in payload.get("errors") or []]
    ref = next(iter(payload.get("tags") or []), "")
    return StatusNews(str(payload["id"]), known, plain_text(ref), next(iter(codes), ""))
