"""What both CAQH CORE adapters share: the account, the envelope's fields, how to ask.

Shape: CAQH CORE 270 Connectivity Rule vC2.2.0 (https://www.caqh.org/core/operating-rules):
a real-time request carries PayloadType, ProcessingMode, PayloadID, TimeStamp, SenderID,
ReceiverID, CORERuleVersion and Payload, in a SOAP body or as MIME parts.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC

from waypost.eligibility.inquiry import Inquiry, InquiryEnds, question_270
from waypost.eligibility.outcome import Missing, OutcomeWhy, Unavailable, Unsupported
from waypost.eligibility.port import Deadline, Reply
from waypost.eligibility.wire import Endpoint, Received, post
from waypost.eligibility.x12_reply import read_reply
from waypost.x12.write_270 import BadInquiry, build_270

RULE_VERSION = "2.2.0"
REQUEST = "X12_270_Request_005010X279A1"
RESPONSE = "X12_271_Response_005010X279A1"


@dataclass(frozen=True, slots=True)
class CoreAccount:
    """An account with a payer or a clearinghouse that speaks CORE. The password never prints."""

    endpoint: Endpoint
    user: str = field(repr=False)
    password: str = field(repr=False)
    ends: InquiryEnds
    payers: frozenset[str]


def core_fields(account: CoreAccount, inquiry: Inquiry) -> dict[str, str] | Unsupported:
    """The envelope's fields in the rule's order, the 270 last."""
    try:
        payload = build_270(question_270(inquiry, account.ends))
    except BadInquiry as error:
        return Unsupported(Missing.FIELD, error.field)
    return {
        "PayloadType": REQUEST,
        "ProcessingMode": "RealTime",
        "PayloadID": inquiry.trace,
        "TimeStamp": f"{inquiry.asked_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "SenderID": account.ends.sender.id,
        "ReceiverID": account.ends.receiver.id,
        "CORERuleVersion": RULE_VERSION,
        "Payload": payload,
    }


def reply_of(fields: Mapping[str, str]) -> Reply | Unavailable:
    """The 271 in the fields of a response; an envelope that says anything else is not a reply."""
    if fields.get("PayloadType") != RESPONSE or fields.get("ErrorCode") not in (None, "Success"):
        return Unavailable(OutcomeWhy.BAD_REPLY)
    return read_reply(fields.get("Payload", ""))


@dataclass(frozen=True, slots=True)
class CoreAdapter(ABC):
    """An adapter for one account; how the envelope is written and read is each one's own."""

    account: CoreAccount

    @property
    @abstractmethod
    def name(self) -> str:
        """A short name for settings and messages."""

    @property
    @abstractmethod
    def expected(self) -> tuple[str, ...]:
        """The media types in which a reply may come."""

    @abstractmethod
    def written(self, fields: dict[str, str]) -> tuple[bytes, dict[str, str]]:
        """The body of a request and its headers."""

    @abstractmethod
    def read(self, received: Received) -> Reply | Unavailable:
        """The reply in what was received."""

    def serves(self, payer_id: str) -> bool:
        """Whether the account may ask the payer."""
        return payer_id in self.account.payers

    def send(self, inquiry: Inquiry, deadline: Deadline) -> Reply | Unavailable | Unsupported:
        """Ask once."""
        fields = core_fields(self.account, inquiry)
        if isinstance(fields, Unsupported):
            return fields
        content, headers = self.written(fields)
        received = post(self.account.endpoint, content, headers, self.expected, deadline)
        return received if isinstance(received, Unavailable) else self.read(received)
