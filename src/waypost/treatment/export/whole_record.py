"""A person's whole record as one value, and as JSON: what the other formats are made from.

Counseling notes are not in it (42 CFR 2.11): they go out by themselves, on a consent for them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, is_dataclass, replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from waypost.treatment.consents.notices import NOTICE
from waypost.treatment.records.person import EpisodeSeen, PersonWords


@dataclass(frozen=True, slots=True)
class ExportedAssessment:
    """An assessment: what each part says, its check-ups' answers, and the decision if signed."""

    id: str
    begun_at: datetime
    signed_at: datetime | None
    signed_by: str
    parts: Mapping[str, Mapping[str, Any]]
    check_ups: Mapping[str, Mapping[str, str]]
    decision: Mapping[str, str] | None


@dataclass(frozen=True, slots=True)
class ExportedPlan:
    """A version of the plan with its signatures, each "name, role, day"."""

    id: str
    version: int
    at: datetime
    words: Mapping[str, Any]
    signatures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ExportedSession:
    """A session in the timetable that the person is in, and how long they were there.

    ``status`` is FHIR's: booked, fulfilled, noshow or cancelled; minutes are None before it.
    """

    id: str
    title: str
    starts_at: datetime
    ends_at: datetime
    status: str
    minutes: int | None = None


@dataclass(frozen=True, slots=True)
class ExportedObservation:
    """A single finding: a part of the BAM, a drug test's result, a score; one of the values."""

    id: str
    name: str
    at: datetime
    number: int | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class ExportedReferral:
    """A referral as it was taken."""

    at: datetime
    words: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ExportedCheckIn:
    """The answers that the person gave to the BAM on their own page, complete or not."""

    id: str
    at: datetime
    answers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ExportedTask:
    """Something that staff had to do, or have to do, for the person."""

    id: str
    kind: str
    made_at: datetime
    due_on: date
    done_at: datetime | None
    done_by: str


@dataclass(frozen=True, slots=True)
class ExportedSeat:
    """A member of staff on the person's care team; ``until`` is None while they are on it."""

    staff: str
    role: str
    since: datetime
    until: datetime | None


@dataclass(frozen=True, slots=True)
class ExportedEntry:
    """Something else that was kept: what it is, when, by whom ('' where it is nobody's).

    ``replaced`` is an earlier version: somebody wrote a later one, and both are kept.
    """

    what: str
    at: datetime
    by: str
    words: Mapping[str, str]
    replaced: bool = False

    @property
    def title(self) -> str:
        """What it is, in the words of the file."""
        return f"{self.what}, earlier version" if self.replaced else self.what


@dataclass(frozen=True, slots=True)
class WholeRecord:
    """Everything that is kept of one person, except counseling notes and who read what.

    ``staff`` are the names of whoever signed, wrote or cares for them, by how the audit calls them
    ("person:7"). ``reviews`` are the state and payer by whose clocks their plan is reviewed.
    ``disclosed`` says to whom it goes, what, why and on what basis: with a disclosure on a consent
    goes a clear explanation of its scope (42 CFR 2.32(b)).
    """

    person: str
    organization: str
    made_at: datetime
    words: PersonWords
    episodes: tuple[EpisodeSeen, ...]
    referrals: tuple[ExportedReferral, ...]
    assessments: tuple[ExportedAssessment, ...]
    plans: tuple[ExportedPlan, ...]
    consents: tuple[Mapping[str, Any], ...]
    sessions: tuple[ExportedSession, ...] = ()
    observations: tuple[ExportedObservation, ...] = ()
    guardian: Mapping[str, str] = field(default_factory=dict)
    check_ins: tuple[ExportedCheckIn, ...] = ()
    reviews: Mapping[str, str] = field(default_factory=dict)
    team: tuple[ExportedSeat, ...] = ()
    tasks: tuple[ExportedTask, ...] = ()
    entries: tuple[ExportedEntry, ...] = ()
    staff: Mapping[str, str] = field(default_factory=dict)
    disclosed: Mapping[str, str] = field(default_factory=dict)


def on_wall(record: WholeRecord, zone: ZoneInfo) -> WholeRecord:
    """The same record with each moment on a clock: 6 pm prints as 6 pm, on the day that it was."""
    shown: WholeRecord = _on_wall(record, zone)
    return shown


def _on_wall(value: Any, zone: ZoneInfo) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(zone)
    if isinstance(value, tuple):
        return tuple(_on_wall(part, zone) for part in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(
            value, **{of.name: _on_wall(getattr(value, of.name), zone) for of in fields(value)}
        )
    return value


def as_json(record: WholeRecord) -> bytes:
    """The record as JSON, the notice of 42 CFR 2.32 first."""
    data = {"notice": NOTICE, "record": asdict(record)}
    return json.dumps(data, default=_plain, ensure_ascii=False, indent=2).encode()


def _plain(value: object) -> object:
    if isinstance(value, date | datetime):
        return value.isoformat()
    raise TypeError(type(value).__name__)
