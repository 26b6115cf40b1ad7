"""What both CAQH CORE adapters share: the account, and the fields of the envelope.

Shape: CAQH CORE 270 Connectivity Rule vC2.2.0 (https://www.caqh.org/core/operating-rules):
a real-time request carries PayloadType, ProcessingMode, PayloadID, TimeStamp, SenderID,
ReceiverID, CORERuleVersion and Payload, in a SOAP body or as MIME parts.
"""

from dataclasses import dataclass, field
from datetime import UTC

from waypost.eligibility.inquiry import Ends, Inquiry, question_270
from waypost.eligibility.outcome import Missing, Unsupported
from waypost.eligibility.wire import Endpoint
from waypost.x12.write_270 import BadQuestion, build_270

RULE_VERSION = "2.2.0"
REQUEST = "X12_270_Request_005010X279A1"
RESPONSE = "X12_271_Response_005010X279A1"


@dataclass(frozen=True, slots=True)
class CoreAccount:
    """An account with a payer or a clearinghouse that speaks CORE. The password never prints."""

    endpoint: Endpoint
    user: str = field(repr=False)
    password: str = field(repr=False)
    ends: Ends
    payers: frozenset[str]


def core_fields(account: CoreAccount, inquiry: Inquiry) -> dict[str, str] | Unsupported:
    """The envelope's fields in the rule's order, the 270 last."""
    try:
        payload = build_270(question_270(inquiry, account.ends))
    except BadQuestion as error:
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
