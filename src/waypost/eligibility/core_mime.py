"""CAQH CORE over HTTP MIME: a client for services that take the fields as multipart/form-data.

Shape: CAQH CORE 270 Connectivity Rule vC2.2.0, with UserName and Password as fields.
"""

from email import message_from_bytes, policy
from email.message import EmailMessage
from uuid import uuid4

from waypost.eligibility.core_account import CoreAdapter, reply_of
from waypost.eligibility.outcome import Unavailable
from waypost.eligibility.port import Reply
from waypost.eligibility.wire import Received

MAX_PARTS = 20


class CoreMime(CoreAdapter):
    """The MIME adapter for one account."""

    name = "core-mime"
    expected = ("multipart/form-data", "multipart/mixed", "multipart/related")

    def written(self, fields: dict[str, str]) -> tuple[bytes, dict[str, str]]:
        """The fields as parts, the account's name and password among them."""
        payload = fields.pop("Payload")
        who = {"UserName": self.account.user, "Password": self.account.password}
        boundary = f"part-{uuid4().hex}"
        content = multipart({**fields, **who, "Payload": payload}, boundary)
        return content, {"Content-Type": f"multipart/form-data; boundary={boundary}"}

    def read(self, received: Received) -> Reply | Unavailable:
        """The 271 inside a multipart reply."""
        return read_mime(received)


def multipart(fields: dict[str, str], boundary: str) -> bytes:
    """Fields as the parts of a multipart/form-data body (RFC 7578)."""
    parts = [
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in fields.items()
    ]
    return ("".join(parts) + f"--{boundary}--\r\n").encode()


def read_mime(received: Received) -> Reply | Unavailable:
    """The 271 inside a multipart reply."""
    return reply_of(_fields(received))


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
