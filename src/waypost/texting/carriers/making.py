"""Makes the carriers of the operator's accounts."""

from __future__ import annotations

from collections.abc import Mapping

from waypost.texting.carriers.gateway import Gateway, GatewayAccount
from waypost.texting.carriers.port import CARRIERS, Capabilities, Carrier
from waypost.texting.carriers.simulator import Simulator
from waypost.texting.carriers.telnyx import Telnyx, TelnyxAccount
from waypost.texting.carriers.twilio import Twilio, TwilioAccount
from waypost.texting.carriers.web_chat import WebChat
from waypost.texting.operator import CarrierAccount, Texting

WEB = "web"
"""The account of web chat, which every installation has."""


def webhook_url(public_url: str, account: str, what: str) -> str:
    """Where a carrier posts to: ``what`` is "heard" or "status"."""
    return f"{public_url}{CARRIERS}{account}/{what}"


def _capabilities(account: CarrierAccount, *, can_find: bool) -> Capabilities:
    return Capabilities(
        per_second=account.per_second,
        answers_stop=account.answers_stop,
        can_find=can_find,
        health_agreement=account.health_agreement,
    )


def make_carrier(account: CarrierAccount, public_url: str) -> Carrier:
    """The client of one account."""
    status_url = webhook_url(public_url, account.id, "status")
    if account.kind == "simulator" and not account.base_url:
        return Simulator()
    if account.kind in ("twilio", "simulator"):
        return Twilio(
            TwilioAccount(
                sid=account.user,
                tokens=account.secrets,
                number=account.number,
                status_url=status_url,
                base_url=account.base_url or "https://api.twilio.com",
                seconds=account.seconds,
                capabilities=_capabilities(account, can_find=True),
            )
        )
    if account.kind == "telnyx":
        return Telnyx(
            TelnyxAccount(
                key=account.secrets[0],
                public_key=account.public_key,
                number=account.number,
                status_url=status_url,
                base_url=account.base_url or "https://api.telnyx.com",
                seconds=account.seconds,
                capabilities=_capabilities(account, can_find=False),
            )
        )
    return Gateway(
        GatewayAccount(
            secrets=account.secrets,
            number=account.number,
            base_url=account.base_url,
            seconds=account.seconds,
            capabilities=_capabilities(account, can_find=True),
        )
    )


def make_carriers(texting: Texting, public_url: str) -> Mapping[str, Carrier]:
    """Every account's carrier by its id, and web chat."""
    carriers = {account.id: make_carrier(account, public_url) for account in texting.accounts}
    return {**carriers, WEB: WebChat()}
