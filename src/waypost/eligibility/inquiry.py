"""A live question about one person's coverage, with the consent and the program it needs.

Who may ask: a 270 is a transaction of a provider or a plan (45 CFR 162.1201), so a question
goes out only in the name of a program that opted in, by its NPI, and only with the person's
own consent.
"""

from dataclasses import dataclass
from datetime import date, datetime

from waypost.values.level_of_care import LevelOfCare
from waypost.x12.levels import ASK
from waypost.x12.question import InquiryPerson, Party, Question270


@dataclass(frozen=True, slots=True)
class Consent:
    """The person's explicit yes: when, to which text (its version), for which purpose."""

    given_at: datetime
    text_version: str
    purpose: str = "coverage check"


@dataclass(frozen=True, slots=True)
class Program:
    """The program in whose name we ask. `opted_in_at` is None until it has agreed to that."""

    name: str
    npi: str
    opted_in_at: datetime | None
    taxonomy: str = ""


@dataclass(frozen=True, slots=True)
class Payer:
    """Whom to ask: the id that the clearinghouse or the payer uses, and a name for people."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Inquiry:
    """One question. `trace` and `control_number` are new for each, which proves its answer.

    The people in it never print: see `InquiryPerson`.
    """

    payer: Payer
    program: Program
    subscriber: InquiryPerson
    level: LevelOfCare
    service_date: date
    asked_at: datetime
    trace: str
    control_number: int
    dependent: InquiryPerson | None = None
    test: bool = False

    @property
    def person(self) -> InquiryPerson:
        """Whom the question is about."""
        return self.dependent or self.subscriber


@dataclass(frozen=True, slots=True)
class Numbers:
    """What the sender adds to a question so that its answer can be recognized."""

    trace: str
    control_number: int


@dataclass(frozen=True, slots=True)
class InquiryEnds:
    """Both ends of the interchange, and who we are in TRN03 (ten characters)."""

    sender: Party
    receiver: Party
    originator: str


def question_270(inquiry: Inquiry, ends: InquiryEnds) -> Question270:
    """The inquiry as the fields of a 270, asking only about the level's best service type."""
    return Question270(
        sender=ends.sender,
        receiver=ends.receiver,
        payer_name=inquiry.payer.name,
        payer_id=inquiry.payer.id,
        provider_name=inquiry.program.name,
        provider_npi=inquiry.program.npi,
        provider_taxonomy=inquiry.program.taxonomy,
        subscriber=inquiry.subscriber,
        dependent=inquiry.dependent,
        service_date=inquiry.service_date,
        service_types=ASK[inquiry.level].service_types[:1],
        asked_at=inquiry.asked_at,
        control_number=inquiry.control_number,
        trace=inquiry.trace,
        originator=ends.originator,
        usage="T" if inquiry.test else "P",
    )
