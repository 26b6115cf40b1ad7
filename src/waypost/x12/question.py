"""A question to a payer as a value: who asks, about whom, about what, when."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Party:
    """An end of the interchange: ISA05/07 qualifier and ISA06/08 id of at most 15 characters."""

    id: str
    qualifier: str = "ZZ"


@dataclass(frozen=True, slots=True, repr=False)
class InquiryPerson:
    """Whom the question is about. Prints as nothing: this value names somebody.

    `member_id` is empty for a dependent. `relationship` is INS02: 01 spouse, 19 child, 34 other
    adult; only for a dependent.
    """

    last_name: str
    first_name: str
    birth_date: date
    member_id: str = ""
    relationship: str = ""

    def __repr__(self) -> str:
        return "Person(redacted)"


@dataclass(frozen=True, slots=True)
class Question270:
    """All that a 270 needs. `asked_at` is the sender's local time; `trace` is ours to find again.

    `originator` is TRN03, exactly ten characters. `service_types` are sent in one EQ segment;
    most payers answer best for one at a time. `usage` is "P" for real questions, "T" for tests.
    """

    sender: Party
    receiver: Party
    payer_name: str
    payer_id: str
    provider_name: str
    provider_npi: str
    subscriber: InquiryPerson
    service_date: date
    service_types: tuple[str, ...]
    asked_at: datetime
    control_number: int
    trace: str
    originator: str
    dependent: InquiryPerson | None = None
    provider_taxonomy: str = ""
    procedure: str = ""
    usage: str = "P"
