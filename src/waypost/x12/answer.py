"""What a 271 says, as frozen values: every code kept as sent, known or not.

Shape: ASC X12 005010X279A1 (health care eligibility benefit inquiry and response), X12's TR3
at https://x12.org/products/technical-reports. Money is in integer cents, percentages in basis
points (10,000 = 100 %) and a blank stays `None`: "not said" is never "yes", "no" or zero.
Nothing that names a person is part of a repr. Why these are structs: see `parts`.
"""

from datetime import date
from enum import StrEnum

import msgspec

from waypost.x12.benefit import Benefit
from waypost.x12.notes import Note
from waypost.x12.parts import Dated, Reference, X12Organization


class AnswerFault(StrEnum):
    """An envelope that does not add up: readable by a person, not to be relied on."""

    SEGMENT_COUNT = "segment-count"
    TRANSACTION_CONTROL = "transaction-control"
    GROUP_CONTROL = "group-control"
    GROUP_COUNT = "group-count"
    INTERCHANGE_CONTROL = "interchange-control"
    INTERCHANGE_COUNT = "interchange-count"
    HIERARCHY = "hierarchy"


class Envelope(msgspec.Struct, frozen=True):
    """Who sent the interchange to whom, under which control numbers (ISA, GS, ST, BHT).

    `created` is BHT04, the day the answer was made.
    """

    sender: str
    receiver: str
    interchange_control: str
    group_control: str
    transaction_control: str
    guide: str
    usage: str
    purpose: str
    reference: str
    faults: tuple[AnswerFault, ...]
    created: date | None = None


class Rejection(msgspec.Struct, frozen=True):
    """An AAA segment: where it stands, why the payer refused and what may be done next.

    `loop` is the place in the guide (2100A payer, 2100B provider, 2100C subscriber, 2100D
    dependent, 2110C/D benefit); `request_valid` is AAA01 as sent.
    """

    loop: str
    code: str
    follow_up: str
    request_valid: str


class Member(msgspec.Struct, frozen=True):
    """The person the answer is about. Prints as its role alone: the rest identifies somebody."""

    role: str
    last_name: str
    first_name: str
    id: str
    birth_date: date | None
    gender: str
    traces: tuple[tuple[str, str, str], ...]
    references: tuple[Reference, ...]
    dates: tuple[Dated, ...]

    def __repr__(self) -> str:
        return f"Member(role={self.role!r}, redacted)"


class Answer271(msgspec.Struct, frozen=True):
    """A whole 271 about one person.

    `benefits` are in the order sent. `rejections` holds every AAA, wherever it stands; an
    answer that has one is a refusal, whatever else it says. `notes` are (what, segment position),
    `extra` the segments that are passed over as (position, tag): ISA is 1, the whole file 0.
    `messages` are the payer's texts that belong to no benefit.
    """

    envelope: Envelope
    payer: X12Organization | None
    provider: X12Organization | None
    subscriber: Member | None
    dependent: Member | None
    benefits: tuple[Benefit, ...]
    rejections: tuple[Rejection, ...]
    notes: tuple[tuple[Note, int], ...]
    extra: tuple[tuple[int, str], ...]
    messages: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return f"Answer271(benefits={len(self.benefits)}, redacted)"

    @property
    def person(self) -> Member | None:
        """Whom the benefits are for: the dependent when there is one, else the subscriber."""
        return self.dependent or self.subscriber

    @property
    def day_asked(self) -> date | None:
        """The day the answer is about: its date of service (DTP 472), else the day it was made."""
        for member in (self.dependent, self.subscriber):
            for dated in member.dates if member is not None else ():
                if dated.qualifier == "472" and dated.period is not None:
                    return dated.period.start
        return self.envelope.created
