"""Reads what a whole record has beside its assessments, plans, consents and days.

Pre-screens, the waiting list, changes of state and level, decisions on progress, reviews, absences
that were announced, the group notes of the person's chart, and plans for the time after.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import date, datetime

from waypost.treatment.attendance.queries import notes_for
from waypost.treatment.export.whole_record import ExportedEntry
from waypost.treatment.intake.models import Screening, Waiting
from waypost.treatment.own_page.queries import announced_absences
from waypost.treatment.plans.models import CareMilestone
from waypost.treatment.progress.models import TransitionPlan
from waypost.treatment.progress.queries import decisions
from waypost.treatment.progress.transition import TransitionWords
from waypost.treatment.records.models import EpisodeStatus
from waypost.treatment.records.owner import Owner


def entries(owner: Owner, person: str) -> tuple[ExportedEntry, ...]:
    """Every entry of one person, the oldest first."""
    found = [
        *_of_intake(owner, person),
        *_of_care(owner, person),
        *_of_days(owner, person),
        *_of_the_end(owner, person),
    ]
    return tuple(sorted(found, key=lambda entry: (entry.at, entry.what)))


def _entry(what: str, at: datetime, by: str, words: Mapping[str, object]) -> ExportedEntry:
    """An entry with its words as texts, those that say nothing left out."""
    said = {name: str(value) for name, value in words.items() if value not in ("", None)}
    return ExportedEntry(what, at, by, said)


def _of_intake(owner: Owner, person: str) -> Iterator[ExportedEntry]:
    for row in Screening.objects.owned_by(owner).filter(person=person):
        answers = row.opened().get("answers", {})
        given = {question: ", ".join(choices) for question, choices in answers.items()}
        yield _entry("pre-screen", row.at, row.by, given)
    for wait in Waiting.objects.owned_by(owner).filter(person=person):
        left = {"left": wait.left, "until": wait.until and wait.until.isoformat()}
        yield _entry("waiting list", wait.since, "", wait.opened() | left)


def _of_care(owner: Owner, person: str) -> Iterator[ExportedEntry]:
    for row in EpisodeStatus.objects.owned_by(owner).filter(episode__person=person):
        words = {"state": row.state, "level": row.level, "phase": row.phase, "reason": row.reason}
        yield _entry("state and level", row.at, row.by, words)
    for made in decisions(owner, person):
        rules = ", ".join(made.rules)
        words = {"decision": made.decision, "reason": made.reason, "rules": rules}
        yield _entry("decision on progress", made.at, made.by, words)
    for done in CareMilestone.objects.owned_by(owner).filter(person=person):
        yield _entry(done.kind, done.at, done.by, {"done on": done.on.isoformat()})


def _of_days(owner: Owner, person: str) -> Iterator[ExportedEntry]:
    for said in announced_absences(owner, since=date.min, person=person):
        words = {"on": said.on.isoformat(), "reason": said.reason}
        yield _entry("cannot come", said.at, f"self:{person}", words)
    for session, text in notes_for(owner, person):
        yield _entry("group note", session.starts_at, "", {"group": session.group, "note": text})


def _of_the_end(owner: Owner, person: str) -> Iterator[ExportedEntry]:
    for row in TransitionPlan.objects.owned_by(owner).filter(person=person):
        words = asdict(TransitionWords.read(row.opened()))
        care = {f"continuing care: {name}": value for name, value in words.pop("care").items()}
        yield _entry("plan for the time after", row.at, row.by, words | care)
