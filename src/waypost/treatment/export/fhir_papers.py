"""The parts of a record that are people's work and papers, in FHIR: team, tasks, documents.

CareTeam and Task say what they are in FHIR's own terms. What FHIR R4 has no resource of its own
for (a group's note, a decision with its reason, an earlier version) is a DocumentReference with its
words as plain text, so that the file holds the whole record.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping
from datetime import datetime

from waypost.treatment.export.fhir_parts import Resource, fhir_id, instant, subject
from waypost.treatment.export.whole_record import ExportedSeat, ExportedTask, WholeRecord

BESIDE_PATIENT = ("pronouns", "may_text", "emergency_contact", "own_words")
"""What is known of a person and R4's Patient has no element for."""


def papers(record: WholeRecord) -> Iterator[Resource]:
    """The care team, the tasks of staff, and a document of everything else."""
    if record.team:
        yield _care_team(record)
    for task in record.tasks:
        yield _task(record, task)
    yield from _documents(record)


def _care_team(record: WholeRecord) -> Resource:
    return {
        "resourceType": "CareTeam",
        "id": fhir_id(f"{record.person}-team"),
        "status": "active" if any(s.until is None for s in record.team) else "inactive",
        "subject": subject(record),
        "participant": [_participant(record, seat) for seat in record.team],
    }


def _participant(record: WholeRecord, seat: ExportedSeat) -> Resource:
    period = {"start": instant(seat.since)}
    if seat.until is not None:
        period["end"] = instant(seat.until)
    return {
        "role": [{"text": seat.role}],
        "member": {"display": _name(record, seat.staff)},
        "period": period,
    }


def _task(record: WholeRecord, task: ExportedTask) -> Resource:
    resource: Resource = {
        "resourceType": "Task",
        "id": fhir_id(task.id),
        "status": "completed" if task.done_at else "requested",
        "intent": "order",
        "code": {"text": task.kind},
        "for": subject(record),
        "authoredOn": instant(task.made_at),
        "restriction": {"period": {"end": task.due_on.isoformat()}},
    }
    if task.done_at:
        resource["executionPeriod"] = {"end": instant(task.done_at)}
        resource["owner"] = {"display": _name(record, task.done_by)}
    return resource


def _documents(record: WholeRecord) -> Iterator[Resource]:
    said = {name.replace("_", " "): getattr(record.words, name) for name in BESIDE_PATIENT}
    clocks = {f"reviews, {name}": value for name, value in record.reviews.items()}
    if any((said | clocks).values()):
        yield _document(record, "details", None, "", said | clocks)
    for referral in record.referrals:
        yield _document(record, "referral", referral.at, "", referral.words)
    for assessment in record.assessments:
        if assessment.decision:
            by, words = assessment.signed_by, assessment.decision
            yield _document(record, "level decided", assessment.signed_at, by, words)
    for consent in record.consents:
        yield _document(record, "consent", None, "", consent)
    for entry in record.entries:
        replaced = entry.replaced
        yield _document(record, entry.title, entry.at, entry.by, entry.words, replaced=replaced)


def _document(
    record: WholeRecord,
    what: str,
    at: datetime | None,
    by: str,
    words: Mapping[str, object],
    *,
    replaced: bool = False,
) -> Resource:
    """One document: each name with what it says on a line of its own."""
    named = (f"{name.replace('_', ' ')}: {value}" for name, value in words.items() if value)
    text = "\n".join(named) or "-"  # FHIR has no empty texts
    data = base64.b64encode(text.encode()).decode()
    resource: Resource = {
        "resourceType": "DocumentReference",
        "id": fhir_id(f"{what[:40]}-{at:%Y%m%d%H%M%S}" if at else what),
        "status": "superseded" if replaced else "current",
        "type": {"text": what},
        "subject": subject(record),
        "content": [{"attachment": {"contentType": "text/plain; charset=utf-8", "data": data}}],
    }
    if at is not None:
        resource["date"] = instant(at)
    if by:
        resource["author"] = [{"display": _name(record, by)}]
    return resource


def _name(record: WholeRecord, by: str) -> str:
    """Who it was, by name; the person themselves by that word."""
    return record.staff.get(by, "the person" if by.startswith("self:") else by)
