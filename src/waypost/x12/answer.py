"""What a 271 says, as frozen values: every code kept as sent, known or not.

Shape: ASC X12 005010X279A1 (health care eligibility benefit inquiry and response), X12's TR3
at https://x12.org/products/technical-reports. Money is in integer cents, percentages in basis
points (10,000 = 100 %) and a blank stays `None`: "not said" is never "yes", "no" or zero.
Nothing that names a person is part of a repr. The values that every message has go without
slots: see `filling`.
"""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from waypost.x12.benefit import Benefit
from waypost.x12.notes import Note
from waypost.x12.parts import Dated, Organization, Reference


class Fault(StrEnum):
    """An envelope that does not add up: readable by a person, not to be relied on."""

    SEGMENT_COUNT = "The segment count in SE is not the number of segments sent."
    TRANSACTION_CONTROL = "ST and SE carry different control numbers."
    GROUP_CONTROL = "GS and GE carry different control numbers."
    GROUP_COUNT = "The transaction count in GE is not one."
    INTERCHANGE_CONTROL = "ISA and IEA carry different control numbers."
    INTERCHANGE_COUNT = "The group count in IEA is not one."
    HIERARCHY = "The levels (HL) do not form a tree of payer, provider and person."


@dataclass(frozen=True)
class Envelope:
    """Who sent the interchange to whom, under which control numbers (ISA, GS, ST, BHT)."""

    sender: str
    receiver: str
    interchange_control: str
    group_control: str
    transaction_control: str
    guide: str
    usage: str
    purpose: str
    reference: str
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class Rejection:
    """An AAA segment: where it stands, why the payer refused and what may be done next.

    `loop` is the place in the guide (2100A payer, 2100B provider, 2100C subscriber, 2100D
    dependent, 2110C/D benefit); `request_valid` is AAA01 as sent.
    """

    loop: str
    code: str
    follow_up: str
    request_valid: str


@dataclass(frozen=True, repr=False)
class Member:
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


@dataclass(frozen=True)
class Answer271:
    """A whole 271 about one person.

    `benefits` are in the order sent. `rejections` holds every AAA, wherever it stands; an
    answer that has one is a refusal, whatever else it says. `notes` are (what, segment position),
    `extra` segments of unknown kind as (position, tag): ISA is 1, the whole file 0. `messages`
    are the payer's texts that belong to no benefit.
    """

    envelope: Envelope
    payer: Organization | None
    provider: Organization | None
    subscriber: Member | None
    dependent: Member | None
    benefits: tuple[Benefit, ...]
    rejections: tuple[Rejection, ...]
    notes: tuple[tuple[Note, int], ...]
    extra: tuple[tuple[int, str], ...]
    messages: tuple[str, ...] = field(default=(), repr=False)

    @property
    def person(self) -> Member | None:
        """Whom the benefits are for: the dependent when there is one, else the subscriber."""
        return self.dependent or self.subscriber
