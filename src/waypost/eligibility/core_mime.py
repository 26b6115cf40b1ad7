"""CAQH CORE over HTTP MIME: a client of those who take the fields as multipart/form-data.

Shape: CAQH CORE 270 Connectivity Rule vC2.2.0, with UserName and Password as fields.
"""

from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from uuid import uuid4

from waypost.eligibility.core_account import RESPONSE, CoreAccount, core_fields
from waypost.eligibility.inquiry import Inquiry
from waypost.eligibility.outcome import Unavailable, Unsupported, Why
from waypost.eligibility.port import Deadline, Reply
from waypost.eligibility.wire import Received, post
from waypost.eligibility.x12_reply import read_reply

MULTIPART = ("multipart/form-data", "multipart/mixed", "multipart/related")
MAX_PARTS = 20


@dataclass(frozen=True, slots=True)
class CoreMime:
    """The MIME adapter for one account."""

    account: CoreAccount

    @property
    def name(self) -> str:
        """ "core-mime"."""
        return "core-mime"

    def serves(self, payer_id: str) -> bool:
        """Whether the account may ask the payer."""
        return payer_id in self.account.payers

    def send(self, inquiry: Inquiry, deadline: Deadline) -> Reply | Unavailable | Unsupported:
        """Ask once."""
        fields = core_fields(self.account, inquiry)
        if isinstance(fields, Unsupported):
            return fields
        payload = fields.pop("Payload")
        who = {"UserName": self.account.user, "Password": self.account.password}
        boundary = f"part-{uuid4().hex}"
        content = multipart({**fields, **who, "Payload": payload}, boundary)
        headers = {"Content-Type": f"multipart/form-data; boundary={boundary}"}
        received = post(self.account.endpoint, content, headers, MULTIPART, deadline)
        return received if isinstance(received, Unavailable) else read_mime(received)


def multipart(fields: dict[str, str], boundary: str) -> bytes:
    """Fields as the parts of a multipart/form-data body (RFC 7578)."""
    parts = [
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in fields.items()
    ]
    return ("".join(parts) + f"--{boundary}--\r\n").encode()


def read_mime(received: Received) -> Reply | Unavailable:
    """The 271 inside a multipart reply."""
    fields = _fields(received)
    if fields.get("PayloadType") != RESPONSE or fields.get("ErrorCode") not in (None, "Success"):
        return Unavailable(Why.BAD_REPLY)
    return read_reply(fields.get("Payload", ""))


def _fields(received: Received) -> dict[str, str]:
    """The parts by name; empty when the body is not multipart or has too many parts."""
    head = f"Content-Type: {received.content_type}\r\n\r\n".encode("latin-1", "replace")
    message = message_from_bytes(head + received.body, policy=policy.HTTP)
    if not isinstance(message, EmailMessage) or not message.is_multipart():
        return {}
    parts = message.get_payload()
    if not isinstance(parts, list) or len(parts) > MAX_PARTS:
        return {}
    return {name: text for name, text in map(_field, parts) if name}


def _field(part: object) -> tuple[str, str]:
    """A part's name and text; parts within parts are left alone."""
    if not isinstance(part, EmailMessage) or part.is_multipart():
        return "", ""
    name = part.get_param("name", header="content-disposition")
    body = part.get_payload(decode=True)
    text = body.decode("utf-8", "replace") if isinstance(body, bytes) else ""
    return (name if isinstance(name, str) else ""), text
