"""What a 271 says, as frozen values: every code kept as sent, known or not.

Shape: ASC X12 005010X279A1 (health care eligibility benefit inquiry and response), X12's TR3
at https://x12.org/products/technical-reports. Money is in integer cents, percentages in basis
points (10,000 = 100 %) and a blank stays `None`: "not said" is never "yes", "no" or zero.
Nothing that names a person is part of a repr.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Note(StrEnum):
    """Something odd in a readable answer that a careful reader must know of."""

    LATIN_1 = "The file is not UTF-8; it was read as Latin-1."
    GUIDE_NOT_NAMED = "The file does not name its implementation guide."
    ISA_WIDTH = "The first segment's fields do not have the fixed widths of the standard."
    NO_REPETITION = "The file names no repetition separator; repeated codes cannot be told apart."
    AMOUNT = "An amount of money could not be read; it is left out."
    PERCENT_OVER_ONE = "A percentage over 1 was sent where a fraction belongs; it is not used."
    PERCENT = "A percentage could not be read; it is left out."
    QUANTITY = "A quantity could not be read; it is left out."
    DATE = "A date could not be read; it is left out."
    UNKNOWN_SEGMENT = "A segment that this guide does not have stands in the file."
    OPEN_LOOP = "A related-entity loop is opened and not closed."
    ACTIVE_AND_INACTIVE = "The same service is called both active and inactive."
    REJECTED_AND_ANSWERED = "The payer both refused the question and answered it."
    REMAINING_OVER_TOTAL = "A remaining amount is higher than the total it belongs to."
    CONTROL_CHARACTERS = "Characters that do not print were removed from a text."


class Fault(StrEnum):
    """An envelope that does not add up: readable by a person, not to be relied on."""

    SEGMENT_COUNT = "The segment count in SE is not the number of segments sent."
    TRANSACTION_CONTROL = "ST and SE carry different control numbers."
    GROUP_CONTROL = "GS and GE carry different control numbers."
    GROUP_COUNT = "The transaction count in GE is not one."
    INTERCHANGE_CONTROL = "ISA and IEA carry different control numbers."
    INTERCHANGE_COUNT = "The group count in IEA is not one."
    HIERARCHY = "The levels (HL) do not form a tree of payer, provider and person."


@dataclass(frozen=True, slots=True)
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
class Period:
    """Days from `start` to `end`, both included; a single day has both the same.

    `end` 9999-12-31 is how payers write "no end date".
    """

    start: date
    end: date


@dataclass(frozen=True, slots=True)
class Dated:
    """A DTP segment: what the date is for (code as sent) and when; `None` when unreadable."""

    qualifier: str
    period: Period | None


@dataclass(frozen=True, slots=True)
class Reference:
    """A REF segment: an authorization, group or plan number."""

    qualifier: str
    value: str = field(repr=False)
    text: str = ""


@dataclass(frozen=True, slots=True)
class Contact:
    """A PER segment: a name and ways to reach it as (code, value): TE telephone, UR web page."""

    name: str = field(repr=False)
    ways: tuple[tuple[str, str], ...]


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


@dataclass(frozen=True, slots=True)
class Organization:
    """A payer, a provider or another entity (NM1), with its contacts."""

    role: str
    name: str = field(repr=False)
    id_qualifier: str
    id: str = field(repr=False)
    contacts: tuple[Contact, ...] = ()


@dataclass(frozen=True, slots=True, repr=False)
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


@dataclass(frozen=True, slots=True)
class Delivery:
    """An HSD segment: how much of a service, over which time; codes and numbers as sent."""

    quantity_code: str
    quantity: Decimal | None
    unit: str
    per: str
    period: str
    periods: str


@dataclass(frozen=True, slots=True)
class Setting:
    """An III segment: a place of service (qualifier ZZ) or another code, with its text."""

    qualifier: str
    code: str
    text: str


@dataclass(frozen=True)
class Benefit:
    """One EB segment with everything that hangs on it (loop 2110C or 2110D).

    `cents` and `basis_points` are the patient's share, as the guide says; `None` is "not said"
    or "not readable" (then `sent_amount` or `sent_percent` holds the text). `network` is "Y"
    in, "N" out, "W" both or not applicable, "U" unknown, "" not said.
    """

    loop: str
    code: str
    coverage_level: str
    service_types: tuple[str, ...]
    insurance_type: str
    plan_name: str
    period: str
    cents: int | None
    basis_points: int | None
    quantity_code: str
    quantity: Decimal | None
    authorization: str
    network: str
    procedure: tuple[str, ...]
    sent_amount: str
    sent_percent: str
    messages: tuple[str, ...] = field(default=(), repr=False)
    deliveries: tuple[Delivery, ...] = ()
    settings: tuple[Setting, ...] = ()
    references: tuple[Reference, ...] = ()
    dates: tuple[Dated, ...] = ()
    entities: tuple[Organization, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer271:
    """A whole 271 about one person.

    `benefits` are in the order sent. `rejections` holds every AAA, wherever it stands; an
    answer that has one is a refusal, whatever else it says. `notes` are (what, segment position),
    `extra` segments of unknown kind as (position, tag): ISA is 1, the whole file 0.
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

    @property
    def person(self) -> Member | None:
        """Whom the benefits are for: the dependent when there is one, else the subscriber."""
        return self.dependent or self.subscriber
