"""The log of a program: emergencies, disclosures and reads, as an auditor looks at them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

MOST = 200
"""Lines of each kind on a page; a file has them all."""


@dataclass(frozen=True, slots=True)
class LoggedTime:
    """What of the log is asked for: from a moment until before another, of one record or all."""

    since: datetime | None = None
    until: datetime | None = None
    person: str = ""


@dataclass(frozen=True, slots=True)
class DisclosureSeen:
    """A disclosure as the log shows it."""

    id: str
    person: str
    at: datetime
    by: str
    form: str
    basis: str
    recipient: str = field(repr=False)
    what: str = field(repr=False)
    purpose: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ReadSeen:
    """Who opened which part of a record, and whether in an emergency."""

    person: str
    part: str
    emergency: bool
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class EmergencySeen:
    """A record that a clinician opened without being on its team, with the reason they wrote.

    ``finding`` is what somebody else wrote who looked at it; '' and None until somebody did.
    """

    id: str
    person: str
    at: datetime
    by: str
    reason: str = field(repr=False)
    reads: int
    reviewed_at: datetime | None = None
    reviewed_by: str = ""
    finding: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class ProgramLog:
    """The log, each kind newest first."""

    emergencies: tuple[EmergencySeen, ...]
    disclosures: tuple[DisclosureSeen, ...]
    reads: tuple[ReadSeen, ...]
