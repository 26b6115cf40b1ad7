"""Small values that an answer is made of. What may name somebody is not in a repr.

Those that nearly every message has go without slots: see `filling`.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `start` to `end`, both included; a single day has both the same.

    `end` 9999-12-31 is how payers write "no end date".
    """

    start: date
    end: date


@dataclass(frozen=True)
class Dated:
    """A DTP segment: what the date is for (code as sent) and when; `None` when unreadable."""

    qualifier: str
    period: Period | None


@dataclass(frozen=True)
class Reference:
    """A REF segment: an authorization, group or plan number."""

    qualifier: str
    value: str = field(repr=False)
    text: str = ""


@dataclass(frozen=True)
class Contact:
    """A PER segment: a name and ways to reach it as (code, value): TE telephone, UR web page."""

    name: str = field(repr=False)
    ways: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Organization:
    """A payer, a provider or another entity (NM1), with its contacts."""

    role: str
    name: str = field(repr=False)
    id_qualifier: str
    id: str = field(repr=False)
    contacts: tuple[Contact, ...] = ()


@dataclass(frozen=True, slots=True)
class Delivery:
    """An HSD segment: how much of a service, over which time; codes and numbers as sent."""

    quantity_code: str
    quantity: Decimal | None
    unit: str
    per: str
    period: str
    periods: str


@dataclass(frozen=True)
class Setting:
    """An III segment: a place of service (qualifier ZZ) or another code, with its text."""

    qualifier: str
    code: str
    text: str
