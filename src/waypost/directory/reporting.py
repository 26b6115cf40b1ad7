"""What may be reported, what a report may become, and the claim that it makes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from enum import StrEnum

from waypost.directory.faults import DirectoryFault
from waypost.values.business_days import business_days
from waypost.values.coded_fault import CodedError, CodedFault
from waypost.values.numbers import read_npi, read_tax_id
from waypost.values.phone import read_listed_phone
from waypost.values.plain import plain
from waypost.values.website import read_website


class ReportKind(StrEnum):
    """What the visitor says is wrong."""

    PHONE = "phone"
    CLOSED = "closed"
    ADDRESS = "address"
    NAME = "name"
    SERVICES = "services"
    WEBSITE = "website"
    NPI = "npi"
    TAX_ID = "tax_id"
    OTHER = "other"


class Status(StrEnum):
    """Where a report stands."""

    RECEIVED = "received"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


MOVES: Mapping[Status, frozenset[Status]] = {
    Status.RECEIVED: frozenset({Status.ACCEPTED, Status.REJECTED}),
    Status.ACCEPTED: frozenset({Status.REJECTED}),
    Status.REJECTED: frozenset({Status.ACCEPTED}),
}
"""Which status may follow which."""

CLAIM_FIELDS: Mapping[ReportKind, str] = {
    ReportKind.PHONE: "phones",
    ReportKind.NAME: "name",
    ReportKind.WEBSITE: "website",
    ReportKind.NPI: "npi",
    ReportKind.TAX_ID: "tax_id",
}
"""Kinds whose accepted value goes out with the next publish; others only inform the reviewer."""

VISITOR = "visitor"
"""The actor recorded for a report sent from the page."""

MAX_TEXT = 2000
MOST_NAME, MOST_VALUE = 200, 500

MOST_A_DAY = 500
"""Reports accepted in a day from everybody together: more than a national directory gets, and few
enough to read. Beyond it, the form says so and the log raises an alarm."""

DECIDE_WITHIN = 5
"""Business days in which a report is decided, as federal law asks of plans' directories (REAL
Health Providers Act); after them it escalates."""

KEPT_DAYS = 180
"""How long a report stays after it was decided; what was decided stays in the audit."""


class TooManyReports(CodedError):
    """Today's limit of reports has been reached."""


class BadReport(CodedError, ValueError):
    """A report that cannot be stored, or a step that may not be taken, with the codes of why."""


class NeedsValue(BadReport):
    """An accepted report of this kind says what is right, and nothing was given."""


class DecidedMeanwhile(BadReport):
    """Somebody else took a step since the page was opened: nothing of it is overwritten."""


def is_late(made_on: date, today: date) -> bool:
    """Whether a report that still waits should have been decided by now."""
    return business_days(made_on, today) > DECIDE_WITHIN


def late_before(today: date) -> date:
    """The first day on which a report that still waits today may have come and is not late."""
    day = today - timedelta(days=DECIDE_WITHIN)
    while not is_late(day - timedelta(days=1), today):
        day -= timedelta(days=1)
    return day


def right_value(kind: ReportKind, value: str) -> str:
    """The correct value of an accepted report in its one spelling; '' for a kind without one.

    Raises:
        NeedsValue: nothing is given, and the kind makes a claim.
        BadReport: it cannot be right, and what would be.
    """
    text = " ".join(plain(value).split())
    if kind not in CLAIM_FIELDS:
        return text[:MOST_VALUE]
    if not text:
        raise NeedsValue(CodedFault(_MISSING[kind], "value"))
    read = _READ[kind](text)
    if not read:
        facts = {"value": text[:80]} | ({"most": MOST_NAME} if kind is ReportKind.NAME else {})
        raise BadReport(CodedFault(_WRONG[kind], "value", facts))
    return read


def _phone(text: str) -> str:
    return text if read_listed_phone(text) else ""


def _name(text: str) -> str:
    return text if len(text) <= MOST_NAME and any(map(str.isalnum, text)) else ""


_READ: Mapping[ReportKind, Callable[[str], str]] = {
    ReportKind.PHONE: _phone,
    ReportKind.NAME: _name,
    ReportKind.WEBSITE: read_website,
    ReportKind.NPI: read_npi,
    ReportKind.TAX_ID: read_tax_id,
}
_MISSING: Mapping[ReportKind, DirectoryFault] = {
    ReportKind.PHONE: DirectoryFault.NEEDS_PHONE,
    ReportKind.NAME: DirectoryFault.NEEDS_NAME,
    ReportKind.WEBSITE: DirectoryFault.NEEDS_WEBSITE,
    ReportKind.NPI: DirectoryFault.NEEDS_NPI,
    ReportKind.TAX_ID: DirectoryFault.NEEDS_TAX_ID,
}
_WRONG: Mapping[ReportKind, DirectoryFault] = {
    ReportKind.PHONE: DirectoryFault.BAD_PHONE,
    ReportKind.NAME: DirectoryFault.BAD_NAME,
    ReportKind.WEBSITE: DirectoryFault.BAD_WEBSITE,
    ReportKind.NPI: DirectoryFault.BAD_NPI,
    ReportKind.TAX_ID: DirectoryFault.BAD_TAX_ID,
}


def claim_value(kind: ReportKind, value: str) -> object:
    """An accepted value as the claim's value."""
    if kind is ReportKind.PHONE:
        return (("main", value),)
    return (value, "") if kind is ReportKind.NAME else value
