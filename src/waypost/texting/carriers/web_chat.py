"""Web chat as a carrier of its own: what is sent to it stands on the page at once."""

from __future__ import annotations

from datetime import datetime

from waypost.texting.carriers.port import (
    Accepted,
    Capabilities,
    Inbound,
    Outgoing,
    SendResult,
    StatusNews,
    WebhookCall,
)


class WebChat:
    """The page reads the outbox, so sending is marking; nobody posts to it from outside."""

    def verify(self, call: WebhookCall, now: datetime) -> bool:
        """Always False: a chat's texts come through its page."""
        return False

    def parse(self, call: WebhookCall) -> list[Inbound | StatusNews]:
        """No news: nothing comes from outside."""
        return []

    def acknowledgment(self) -> tuple[str, str]:
        """An empty answer, which nobody reads."""
        return "", "text/plain"

    def send(self, text: Outgoing) -> SendResult:
        """It is there."""
        return Accepted(f"web-{text.ref}")

    def find(self, text: Outgoing) -> str | None:
        """It is there."""
        return f"web-{text.ref}"

    def capabilities(self) -> Capabilities:
        """No limit of the carrier's; ours still holds."""
        return Capabilities(per_second=1_000.0)

    def close(self) -> None:
        """Nothing to close: there is no connection."""

    def health(self) -> bool:
        """Always True."""
        return True
