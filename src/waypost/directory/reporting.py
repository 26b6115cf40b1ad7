"""What may be reported, what a report may become, and the claim that it makes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from waypost.values.business_days import business_days


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

MOST_A_DAY = 500
"""Reports accepted in a day from everybody together: more than a national directory gets, and few
enough to read. Beyond it, the form says so and the log raises an alarm."""

DECIDE_WITHIN = 5
"""Business days in which a report is decided, as federal law asks of plans' directories (REAL
Health Providers Act); after them it escalates."""

KEPT_DAYS = 180
"""How long a report stays after it was decided; what was decided stays in the audit."""


class TooManyReports(Exception):
    """Today's limit of reports has been reached."""


class ReportFault(StrEnum):
    """Why what a visitor sends cannot be stored."""

    NO_KIND = "no kind"
    NO_WORDS = "no words"
    TOO_LONG = "too long"


class BadReport(ValueError):
    """A report that cannot be stored, or a step that may not be taken.

    A visitor's has a ``fault``, which the page words; an operator's step a message that says why.
    """

    def __init__(self, words: str = "", fault: ReportFault | None = None) -> None:
        super().__init__(words or (fault.value if fault else ""))
        self.fault = fault


class DecidedMeanwhile(BadReport):
    """Somebody else took a step since the page was opened: nothing of it is overwritten."""


def is_late(made_on: date, today: date) -> bool:
    """Whether a report that still waits should have been decided by now."""
    return business_days(made_on, today) > DECIDE_WITHIN


def claim_value(kind: ReportKind, value: str) -> object:
    """An accepted value as the claim's value."""
    if kind is ReportKind.PHONE:
        return (("main", value),)
    return (value, "") if kind is ReportKind.NAME else value
