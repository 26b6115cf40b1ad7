"""Stedi's JSON eligibility check: a client for a clearinghouse through which many payers answer.

Shape: Stedi's "Real-Time Eligibility Check JSON" (https://www.stedi.com/docs/healthcare/api-reference),
whose reply carries benefits as JSON and, where the account allows it, the payer's own 271 in
the field `x12`. The payer's 271 is authoritative: if it is there, only it is read.
"""

import json
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from waypost.eligibility.inquiry import Inquiry
from waypost.eligibility.outcome import Missing, OutcomeWhy, Unavailable, Unsupported
from waypost.eligibility.port import Deadline, Reply
from waypost.eligibility.stedi_json import read_json_answer
from waypost.eligibility.wire import Endpoint, Received, post
from waypost.x12.answer import Answer271
from waypost.x12.envelope import BadMessage
from waypost.x12.levels import ASK
from waypost.x12.question import InquiryPerson
from waypost.x12.read_271 import parse_271

STEDI = "https://healthcare.us.stedi.com/2024-04-01/change/medicalnetwork/eligibility/v3"


@dataclass(frozen=True, slots=True)
class StediAccount:
    """An account: the API key never prints. `payers` are Stedi's payer ids."""

    api_key: str = field(repr=False)
    payers: frozenset[str]
    endpoint: Endpoint = field(default_factory=lambda: Endpoint(STEDI))


@dataclass(frozen=True, slots=True)
class Stedi:
    """The JSON adapter."""

    account: StediAccount

    @property
    def name(self) -> str:
        """ "stedi"."""
        return "stedi"

    def serves(self, payer_id: str) -> bool:
        """Whether the account may ask the payer."""
        return payer_id in self.account.payers

    def send(self, inquiry: Inquiry, deadline: Deadline) -> Reply | Unavailable | Unsupported:
        """Ask once."""
        if not inquiry.subscriber.member_id:
            return Unsupported(Missing.FIELD, "subscriber")
        content = json.dumps(request_json(inquiry)).encode()
        headers = {"Content-Type": "application/json", "Authorization": self.account.api_key}
        received = post(self.account.endpoint, content, headers, ("application/json",), deadline)
        return received if isinstance(received, Unavailable) else read_stedi(received)


def request_json(inquiry: Inquiry) -> dict[str, Any]:
    """The request's body."""
    body: dict[str, Any] = {
        "controlNumber": f"{inquiry.control_number:09d}",
        "tradingPartnerServiceId": inquiry.payer.id,
        "provider": {"organizationName": inquiry.program.name, "npi": inquiry.program.npi},
        "subscriber": _person(inquiry.subscriber),
        "encounter": {
            "serviceTypeCodes": list(ASK[inquiry.level].service_types[:1]),
            "dateOfService": f"{inquiry.service_date:%Y%m%d}",
        },
    }
    if inquiry.dependent is not None:
        body["dependents"] = [_person(inquiry.dependent)]
    return body


def _person(person: InquiryPerson) -> dict[str, str]:
    named = {
        "firstName": person.first_name,
        "lastName": person.last_name,
        "dateOfBirth": f"{person.birth_date:%Y%m%d}",
    }
    return named | ({"memberId": person.member_id} if person.member_id else {})


def read_stedi(received: Received) -> Reply | Unavailable:
    """The reply's body: the payer's 271 where it is carried, else the JSON's own fields."""
    try:
        # numbers stay texts, so that money is read by the same strict rule as in X12
        body = json.loads(received.body, parse_int=str, parse_float=str, parse_constant=str)
    except (ValueError, RecursionError):
        return Unavailable(OutcomeWhy.BAD_REPLY)
    if not isinstance(body, dict):
        return Unavailable(OutcomeWhy.BAD_REPLY)
    raw, control = body.get("x12"), body.get("controlNumber")
    answer = _payers_own(raw) if isinstance(raw, str) and raw else read_json_answer(body)
    if answer is None:
        return Unavailable(OutcomeWhy.BAD_REPLY)
    echo = control if isinstance(control, str) else ""
    return Reply(answer, echo, sha256(received.body).hexdigest(), direct=False)


def _payers_own(raw: str) -> Answer271 | None:
    try:
        return parse_271(raw)
    except BadMessage:
        return None
