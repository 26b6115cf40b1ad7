"""The shapes that the loopback payer speaks: CORE SOAP, CORE MIME and Stedi's JSON."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from xml.sax.saxutils import escape

from defusedxml.ElementTree import fromstring

from waypost.eligibility.core_account import RESPONSE, RULE_VERSION
from waypost.eligibility.core_mime import multipart
from waypost.eligibility.core_soap import CORE, SOAP
from waypost.eligibility.loopback_answers import (
    LoopbackAsked,
    answer_271,
    answer_json,
    asked_in_270,
    asked_in_json,
    rejection_271,
    rejection_json,
)

BOUNDARY = "loopback-part"


@dataclass(frozen=True, slots=True)
class LoopbackShape:
    """How one kind of service reads questions and wraps answers."""

    content_type: str
    read: Callable[[bytes, str], LoopbackAsked]
    wrap: Callable[[str], bytes]
    answer: Callable[[LoopbackAsked], str]
    rejection: Callable[[LoopbackAsked, str, str], str]

    def write_answer(self, asked: LoopbackAsked) -> tuple[bytes, str]:
        """An answer and its content type."""
        return self.wrap(self.answer(asked)), self.content_type

    def write_rejection(self, asked: LoopbackAsked, code: str, follow_up: str) -> tuple[bytes, str]:
        """A refusal and its content type."""
        return self.wrap(self.rejection(asked, code, follow_up)), self.content_type

    def write_cut(self, asked: LoopbackAsked) -> tuple[bytes, str]:
        """The answer without its second half, in a whole wrapping."""
        whole = self.answer(asked)
        return self.wrap(whole[: len(whole) // 2]), self.content_type


def _fields(payload: str) -> dict[str, str]:
    return {
        "PayloadType": RESPONSE,
        "ProcessingMode": "RealTime",
        "PayloadID": "loopback",
        "TimeStamp": "2026-03-01T12:00:00Z",
        "SenderID": "LOOPBACK",
        "ReceiverID": "WAYPOST",
        "CORERuleVersion": RULE_VERSION,
        "Payload": payload,
        "ErrorCode": "Success",
        "ErrorMessage": "",
    }


def _read_soap(body: bytes, content_type: str) -> LoopbackAsked:
    request = fromstring(body).find(f"{{{SOAP}}}Body/{{{CORE}}}COREEnvelopeRealTimeRequest")
    payload = None if request is None else request.findtext("Payload")
    return asked_in_270(payload or "")


def _wrap_soap(payload: str) -> bytes:
    parts = "".join(f"<{name}>{escape(text)}</{name}>" for name, text in _fields(payload).items())
    return (
        f'<s:Envelope xmlns:s="{SOAP}" xmlns:c="{CORE}"><s:Body><c:COREEnvelopeRealTimeResponse>'
        f"{parts}</c:COREEnvelopeRealTimeResponse></s:Body></s:Envelope>"
    ).encode()


def _read_mime(body: bytes, content_type: str) -> LoopbackAsked:
    head = f"Content-Type: {content_type}\r\n\r\n".encode()
    message = message_from_bytes(head + body, policy=policy.HTTP)
    for part in message.iter_parts() if isinstance(message, EmailMessage) else ():
        if part.get_param("name", header="content-disposition") == "Payload":
            return asked_in_270(str(part.get_content()))
    return asked_in_270("")


def _wrap_mime(payload: str) -> bytes:
    return multipart(_fields(payload), BOUNDARY)


def _read_stedi(body: bytes, content_type: str) -> LoopbackAsked:
    return asked_in_json(json.loads(body))


SHAPES = {
    "/core/soap": LoopbackShape(
        "application/soap+xml", _read_soap, _wrap_soap, answer_271, rejection_271
    ),
    "/core/mime": LoopbackShape(
        f"multipart/form-data; boundary={BOUNDARY}",
        _read_mime,
        _wrap_mime,
        answer_271,
        rejection_271,
    ),
    "/stedi": LoopbackShape(
        "application/json", _read_stedi, str.encode, answer_json, rejection_json
    ),
}
