"""A client of Twilio's Messages API, and of whatever speaks it (the simulator does).

Twilio, "Programmable Messaging" and "Validating requests". The scheme signs no time, so a call can
be repeated for ever: texts are unique by MessageSid, and states only move forward.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import parse_qs, urlencode, urlsplit, urlunsplit

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
)

TRY_AGAIN = frozenset({"20429", "63018", "429"})
"""Codes that mean "too fast"; every other refusal is final."""
_BEFORE = timedelta(seconds=5)  # two clocks


@dataclass(frozen=True, slots=True)
class TwilioAccount:
    """``tokens`` are the tokens that may have signed a call, the one that we send with first.

    ``status_url`` is where statuses are sent to; our reference is added to it.
    """

    sid: str
    tokens: tuple[str, ...] = field(repr=False)
    number: str
    status_url: str
    base_url: str = "https://api.twilio.com"
    seconds: float = 10.0
    capabilities: Capabilities = field(default_factory=Capabilities)


def signature(token: str, url: str, fields: Mapping[str, tuple[str, ...]]) -> str:
    """What Twilio signs: the address, then each name with its values, sorted, each value once."""
    text = url + "".join(
        name + value for name in sorted(fields) for value in sorted(set(fields[name]))
    )
    digest = hmac.new(token.encode(), text.encode("utf-8", "surrogatepass"), hashlib.sha1).digest()
    return base64.b64encode(digest).decode()


def spellings(url: str) -> Iterator[str]:
    """An address with and without the usual port, since Twilio signs either."""
    yield url
    parts = urlsplit(url)
    usual = {"https": 443, "http": 80}.get(parts.scheme)
    if parts.port is None:
        netloc = f"{parts.netloc}:{usual}"
    elif parts.port == usual:
        netloc = parts.netloc.rsplit(":", 1)[0]
    else:
        return
    yield urlunsplit(parts._replace(netloc=netloc))


class Twilio:
    """One account and number."""

    def __init__(self, account: TwilioAccount) -> None:
        self.account = account
        self._calling = Calling(account.base_url, account.seconds)
        secret = f"{account.sid}:{account.tokens[0]}".encode()
        self._headers = {
            "Authorization": "Basic " + base64.b64encode(secret).decode(),
            "Content-Type": "application/x-www-form-urlencoded",
        }
        self._path = f"/2010-04-01/Accounts/{account.sid}"

    def verify(self, call: WebhookCall, now: datetime) -> bool:
        """Whether one of the tokens signed it, over every parameter that came."""
        given = call.headers.get("x-twilio-signature", "").encode("utf-8", "replace")
        right = False
        for token in self.account.tokens:
            for url in spellings(call.url):
                expected = signature(token, url, call.fields).encode()
                right |= hmac.compare_digest(expected, given)
        return right

    def parse(self, call: WebhookCall) -> list[Inbound | StatusNews]:
        """A text, or the status of one of ours."""
        said = {name: values[0] for name, values in call.fields.items() if values}
        sid = said.get("MessageSid") or said.get("SmsSid") or ""
        status = said.get("MessageStatus") or said.get("SmsStatus") or ""
        if not sid:
            return []
        if status and status != "received":
            ref = parse_qs(urlsplit(call.url).query).get("m", [""])[0]
            return [StatusNews(sid, status, ref, said.get("ErrorCode", ""))]
        media = said.get("NumMedia", "0")
        text = readable(said.get("Body", ""), said.get("NumSegments", "1"))
        return [
            Inbound(
                sid,
                said.get("From", ""),
                text,
                int(media) if media.isascii() and media.isdigit() else 0,
            )
        ]

    def acknowledgment(self) -> tuple[str, str]:
        """An empty answer in TwiML: replies go through the outbox."""
        return "<Response/>", "text/xml"

    def send(self, text: Outgoing) -> SendResult:
        """Post one message; our reference goes into the address of its statuses."""
        mark = "&" if "?" in self.account.status_url else "?"
        form = {
            "To": text.number,
            "From": self.account.number,
            "Body": text.text,
            "StatusCallback": f"{self.account.status_url}{mark}m={text.ref}",
        }
        try:
            answer = self._calling.ask(
                "POST", f"{self._path}/Messages.json", urlencode(form).encode(), self._headers
            )
        except NotSent as error:
            return SendRejected(f"no connection: {error}"[:40], final=False)
        except OSError as error:
            return SendUnknown(str(error)[:40])
        return _result(answer.status, answer.body)

    def find(self, text: Outgoing) -> str | None:
        """The message to this number with these words, made since the first attempt."""
        asked = urlencode(
            {
                "To": text.number,
                "From": self.account.number,
                "DateSent>": f"{text.since - _BEFORE:%Y-%m-%d}",
                "PageSize": "100",
            }
        )
        try:
            answer = self._calling.ask(
                "GET", f"{self._path}/Messages.json?{asked}", b"", self._headers
            )
            messages = json.loads(answer.body)["messages"] if answer.status == 200 else None
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise CannotAsk(str(error)) from error
        if messages is None:
            raise CannotAsk(f"status {answer.status}")
        return next((str(said["sid"]) for said in messages if _is(said, text)), None)

    def capabilities(self) -> Capabilities:
        """As the account is set up."""
        return self.account.capabilities

    def close(self) -> None:
        """Close the connection of this thread."""
        self._calling.close()

    def health(self) -> bool:
        """Whether the account can be read."""
        try:
            return self._calling.ask("GET", f"{self._path}.json", b"", self._headers).status == 200
        except OSError:
            return False


def _result(status: int, body: bytes) -> SendResult:
    """What an answer to a message means; a server's error means that nobody knows."""
    try:
        said = json.loads(body)
    except ValueError:
        said = {}
    if status in (200, 201) and isinstance(said, dict) and said.get("sid"):
        return Accepted(str(said["sid"]))
    if status >= 500 or status < 400:
        return SendUnknown(f"status {status}")
    code = str(said.get("code", status)) if isinstance(said, dict) else str(status)
    return SendRejected(code, final=code not in TRY_AGAIN and status != 429)


def _is(said: Mapping[str, str], text: Outgoing) -> bool:
    """Whether a message of the carrier's list is this one."""
    created_at = parsedate_to_datetime(said["date_created"])
    if created_at < text.since - _BEFORE:
        return False
    return said["to"] == text.number and said["body"] == text.text


def readable(text: str, segments: str) -> str:
    """The text, decoded where a long one came as base64 (a thing that gateways do)."""
    plain = text.strip()
    if segments in ("", "0", "1") or len(plain) < 100 or len(plain) % 4 or " " in plain:
        return text
    try:
        return base64.b64decode(plain, validate=True).decode()
    except (binascii.Error, UnicodeError):
        return text
