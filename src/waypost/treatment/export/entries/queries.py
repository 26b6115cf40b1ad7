"""Reads what a whole record has beside its assessments, plans, consents and days.

Pre-screens, the waiting list, changes of state and level, decisions on progress, reviews, absences
that were announced, the group notes of the person's chart, wishes for the week and places in it,
drug tests, plans for the time after; and the earlier versions of whatever is kept in versions.
Beside these entries: the care team, the tasks of staff, and the person's own clocks of review.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, replace
from datetime import date, datetime
from itertools import pairwise
from typing import TypeVar

from waypost.treatment.attendance.models import GroupNoteVersion, RosterLine, StaffTask
from waypost.treatment.attendance.note import GroupNoteWords
from waypost.treatment.drug_tests.models import DrugTest
from waypost.treatment.export.whole_record import ExportedEntry, ExportedSeat, ExportedTask
from waypost.treatment.intake.models import AssessmentPart, Screening, Waiting
from waypost.treatment.minors.models import GuardianVersion
from waypost.treatment.own_page.queries import announced_absences
from waypost.treatment.plans.models import CareMilestone, ReviewSetting
from waypost.treatment.progress.models import TransitionPlan
from waypost.treatment.progress.queries import decisions
from waypost.treatment.progress.transition import TransitionWords
from waypost.treatment.records.models import CareTeamSeat, EpisodeStatus, SavedVersion
from waypost.treatment.records.owner import Owner
from waypost.treatment.timetable.models import AttendeeRow, TimetableVersion

Saved = TypeVar("Saved", bound=SavedVersion)


def entries(owner: Owner, person: str) -> tuple[ExportedEntry, ...]:
    """Every entry of one person, the oldest first."""
    kept = [
        *_of_intake(owner, person),
        *_of_care(owner, person),
        *_of_days(owner, person),
        *_of_notes(owner, person),
        *_of_the_week(owner, person),
        *_of_tests(owner, person),
        *_of_the_end(owner, person),
    ]
    return tuple(sorted(kept, key=lambda entry: (entry.at, entry.what)))


def reviews_by(owner: Owner, person: str) -> dict[str, str]:
    """The state and payer set for this person, not those set for everybody."""
    row = ReviewSetting.objects.owned_by(owner).filter(person=person).first()
    said = {"state": row.state, "payer": row.payer} if row else {}
    return {name: value for name, value in said.items() if value}


def everyone_on_team(owner: Owner, person: str) -> tuple[ExportedSeat, ...]:
    """Who is or was on the person's care team."""
    rows = CareTeamSeat.objects.owned_by(owner).filter(person=person)
    return tuple(ExportedSeat(row.staff, row.role, row.since, row.until) for row in rows)


def every_task(owner: Owner, person: str) -> tuple[ExportedTask, ...]:
    """What staff had to do for the person, done or not."""
    rows = StaffTask.objects.owned_by(owner).filter(person=person).order_by("made_at", "id")
    return tuple(
        ExportedTask(row.pk, row.kind, row.made_at, row.due_on, row.done_at, row.done_by)
        for row in rows
    )


def _entry(what: str, at: datetime, by: str, words: Mapping[str, object]) -> ExportedEntry:
    """An entry with its words as texts, those that say nothing left out."""
    said = {name: _text(value) for name, value in words.items()}
    return ExportedEntry(what, at, by, {name: text for name, text in said.items() if text})


def _text(value: object) -> str:
    if isinstance(value, Mapping):  # such as the answers to a check-up
        return ", ".join(f"{name}: {said}" for name, said in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    return "" if value is None else str(value)


def _earlier(rows: Iterable[Saved], *of: str) -> Iterator[Saved]:
    """The versions that a later one replaced, of rows in order; ``of`` says what they are of."""
    for row, later in pairwise(rows):
        if all(getattr(row, name) == getattr(later, name) for name in of):
            yield row


def _of_intake(owner: Owner, person: str) -> Iterator[ExportedEntry]:
    screenings = list(Screening.objects.owned_by(owner).filter(person=person))
    for row in screenings:
        answers = row.opened().get("answers", {})
        given = {question: ", ".join(choices) for question, choices in answers.items()}
        entry = _entry("pre-screen", row.at, row.by, given)
        yield replace(entry, replaced=row is not screenings[-1])
    for wait in Waiting.objects.owned_by(owner).filter(person=person):
        left = {"left": wait.left, "until": wait.until and wait.until.isoformat()}
        yield _entry("waiting list", wait.since, "", wait.opened() | left)
    parts = AssessmentPart.objects.owned_by(owner).filter(assessment__person=person)
    in_order = parts.order_by("assessment", "part", "version")
    for part in _earlier(in_order, "assessment_id", "part"):
        entry = _entry(f"assessment, {part.part}", part.at, part.by, part.opened())
        yield replace(entry, replaced=True)
    guardians = GuardianVersion.objects.owned_by(owner).filter(person=person)
    for guardian in _earlier(guardians.order_by("version")):
        entry = _entry("guardian", guardian.at, guardian.by, guardian.opened())
        yield replace(entry, replaced=True)


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
        words = {"on": said.on.isoformat(), "session": said.session, "reason": said.reason}
        yield _entry("cannot come", said.at, f"self:{person}", words)


def _of_notes(owner: Owner, person: str) -> Iterator[ExportedEntry]:
    """The group's words and the person's own line, in each version that says something else."""
    lines = RosterLine.objects.owned_by(owner).filter(person=person)
    presences = dict(lines.values_list("session_id", "presence"))
    rows = GroupNoteVersion.objects.owned_by(owner).filter(session__in=presences)
    written: dict[str, list[ExportedEntry]] = {}
    for row in rows.select_related("session").order_by("version"):
        words, session = GroupNoteWords.read(row.opened()), row.session
        if not (presences[session.pk] or words.lines.get(person)):
            continue  # they were not there, and nobody wrote of them
        said = {"group": session.group, "on": session.day, "note": words.of_person(person)}
        entry = _entry("group note", row.at, row.by, said)
        versions = written.setdefault(session.pk, [])
        if not versions or versions[-1].words != entry.words:
            versions.append(entry)
    for versions in written.values():
        yield from (replace(entry, replaced=True) for entry in versions[:-1])
        yield versions[-1]


def _of_the_week(owner: Owner, person: str) -> Iterator[ExportedEntry]:
    for row in AttendeeRow.objects.owned_by(owner).filter(person=person):
        said = {name.replace("_", " "): value for name, value in row.opened().items()}
        yield _entry("wishes for the week", row.at, row.by, said)
    before: list[str] = []
    for week in TimetableVersion.objects.owned_by(owner).order_by("version"):
        groups = sorted(group for who, group in week.opened()["places"] if who == person)
        if groups != before:  # a week is kept often, and mostly changes other people's places
            words = {"from": week.from_monday, "groups": groups or "none"}
            yield _entry("places in the week", week.at, week.by, words)
        before = groups


def _of_tests(owner: Owner, person: str) -> Iterator[ExportedEntry]:
    """Every test, also one that was drawn or not collected; readings are observations as well."""
    for row in DrugTest.objects.owned_by(owner).filter(person=person):
        readings = row.opened()["readings"]
        said = {panel: reading for panel, reading, _expected in readings}
        expected = [panel for panel, _reading, expected in readings if expected]
        words = {"on": row.day, "step": row.step, **said, "expected, by a medicine": expected}
        yield _entry("drug test", row.at, row.by, words)


def _of_the_end(owner: Owner, person: str) -> Iterator[ExportedEntry]:
    for row in TransitionPlan.objects.owned_by(owner).filter(person=person):
        words = asdict(TransitionWords.read(row.opened()))
        care = {f"continuing care: {name}": value for name, value in words.pop("care").items()}
        yield _entry("plan for the time after", row.at, row.by, words | care)
