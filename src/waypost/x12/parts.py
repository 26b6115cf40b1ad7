"""Small values that an answer is made of. None of them prints what may name somebody.

They are msgspec structs and not dataclasses for the sake of the bench (`make bench x12`): a frozen
dataclass sets each field by a call of its own, which took a third of the time of reading a
message. A struct is filled in one step, seven times as fast.
"""

from datetime import date
from decimal import Decimal

import msgspec

PEOPLE_BY_ROLE = frozenset(("IL", "LR", "36", "GP", "P5", "GW"))
PEOPLE_BY_NUMBER = frozenset(("MI", "34", "II", "HN"))  # member ID, Social Security number ...


class Period(msgspec.Struct, frozen=True):
    """Days from `start` to `end`, both included; a single day has both the same.

    `end` 9999-12-31 is how payers write "no end date".
    """

    start: date
    end: date


class Dated(msgspec.Struct, frozen=True):
    """A DTP segment: what the date is for (code as sent) and when; `None` when unreadable.

    `ranged` tells a period (format RD8) from a single day (D8): one day of a plan or of
    eligibility is a beginning, or the day asked about.
    """

    qualifier: str
    period: Period | None
    ranged: bool = False


class Reference(msgspec.Struct, frozen=True):
    """A REF segment: an authorization, group or plan number, or a number of a person."""

    qualifier: str
    value: str
    text: str = ""

    def __repr__(self) -> str:
        return f"Reference(qualifier={self.qualifier!r}, redacted)"


class Contact(msgspec.Struct, frozen=True):
    """A PER segment: a name and ways to reach it as (code, value): TE telephone, UR web page."""

    name: str
    ways: tuple[tuple[str, str], ...]

    def __repr__(self) -> str:
        return "Contact(redacted)"


class X12Organization(msgspec.Struct, frozen=True):
    """A payer, a provider or another entity (NM1), with its contacts.

    `person` says that NM102 calls it a person, such as a physician or the other insured.
    """

    role: str
    name: str
    id_qualifier: str
    id: str
    contacts: tuple[Contact, ...] = ()
    person: bool = False

    def __repr__(self) -> str:
        return f"X12Organization(role={self.role!r}, redacted)"

    @property
    def private(self) -> bool:
        """Whether it is somebody who is insured or acts for them: never named, never numbered."""
        insured = self.role == "IL" or self.id_qualifier in PEOPLE_BY_NUMBER
        return insured or (self.person and self.role in PEOPLE_BY_ROLE)


class Delivery(msgspec.Struct, frozen=True):
    """An HSD segment: how much of a service, how often, over which time; codes as sent.

    "Twelve visits, three a week, for one month" is VS, 12, WK, 3, 34, 1: `quantity_code`,
    `quantity`, `unit`, `per`, `period`, `periods`. `sent_quantity` is HSD02 as sent.
    """

    quantity_code: str
    quantity: Decimal | None
    unit: str
    per: str
    period: str
    periods: str
    pattern: str = ""
    time: str = ""
    sent_quantity: str = ""


class Setting(msgspec.Struct, frozen=True):
    """An III segment: a place of service (qualifier ZZ) or another code, with its text."""

    qualifier: str
    code: str
    text: str
