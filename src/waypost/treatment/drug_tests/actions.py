"""Draws a day's tests, and moves a test on; an outcome makes tasks and nothing else."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction

from waypost.audit.actions import record_event
from waypost.treatment.attendance.actions import add_task
from waypost.treatment.attendance.roster import DayAhead
from waypost.treatment.attendance.task_kinds import TaskKind
from waypost.treatment.drug_tests.draw import InDraw, draw, seed_digest
from waypost.treatment.drug_tests.models import DrawSeed, DrugTest
from waypost.treatment.drug_tests.queries import seed_on
from waypost.treatment.drug_tests.result import (
    STEPS,
    ResultFollowUp,
    TestReading,
    TestStep,
    follow_ups,
)
from waypost.treatment.faults import TreatmentFault
from waypost.treatment.records.actions import NoSuchRecord
from waypost.treatment.records.ids import new_id
from waypost.treatment.records.owner import Owner
from waypost.treatment.wall.queries import wall_day
from waypost.values.coded_fault import CodedError, CodedFault

TASK_OF = {
    ResultFollowUp.CONVERSATION: TaskKind.CONVERSATION,
    ResultFollowUp.COLLECT_AGAIN: TaskKind.COLLECT_AGAIN,
}
TASK_DUE = timedelta(days=2)


class BadStep(CodedError, ValueError):
    """A step that a test in its state cannot take."""


def new_seed(owner: Owner, *, day: date, by: str, now: datetime, seed: bytes = b"") -> str:
    """Begin a new seed on a day; its digest, to be written down by whoever audits the draw."""
    seed = seed or secrets.token_bytes(32)
    number, digest = new_id("sed"), seed_digest(seed)
    with transaction.atomic():
        DrawSeed.objects.owned_by(owner).create(
            id=number,
            words=DrawSeed.sealed(number, {"seed": seed.hex()}),
            digest=digest,
            from_day=day,
            at=now,
            by=by,
        )
        record_event(act=f"new seed of the draw, digest {digest}", record=number, by=by, now=now)
    return digest


@transaction.atomic
def draw_day(
    owner: Owner, *, day: date, people: Iterable[InDraw], by: str, now: datetime
) -> list[str]:
    """Draw a day's tests; the people who are tested. The same day again draws nobody else.

    The numbers can be worked out again from the seed; the audit has the digest and the counts. A
    day to come is not drawn: staff see who is drawn, and a test that can be known ahead is not
    random for whoever hears of it.

    Raises:
        DayAhead: the day has not come yet on the program's wall.
    """
    if day > wall_day(owner, now):
        raise DayAhead(CodedFault(TreatmentFault.DRAW_AHEAD, facts={"day": day}))
    seed = seed_on(owner, day)
    if seed is None:
        new_seed(owner, day=day, by=by, now=now)
        seed = seed_on(owner, day)
        assert seed is not None
    lines = draw(seed[0], day, people)
    tested = [line.person for line in lines if line.tested]
    rows = DrugTest.objects.owned_by(owner)
    there = set(rows.filter(day=day).values_list("person", flat=True))
    for person in tested:
        if person not in there:
            _new(owner, person, day, by, now)
    act = f"drew {len(tested)} of {len(lines)} for {day}, seed {seed[1][:16]}"
    record_event(act=act, record=f"organization:{owner.organization}", by=by, now=now)
    return tested


def _new(owner: Owner, person: str, day: date, by: str, now: datetime) -> None:
    number = new_id("tst")
    DrugTest.objects.owned_by(owner).create(
        id=number,
        person=person,
        day=day,
        step=TestStep.DRAWN,
        words=DrugTest.sealed(number, {"readings": []}),
        at=now,
        by=by,
    )


@transaction.atomic
def keep_step(
    owner: Owner,
    *,
    test: str,
    to: TestStep,
    by: str,
    now: datetime,
    readings: Iterable[TestReading] = (),
) -> None:
    """Move a test on; a result has its readings. What is unexpected becomes a conversation.

    Raises:
        BadStep: the test is not there yet, or a result has no reading. NoSuchRecord: no such test.
    """
    row = DrugTest.objects.owned_by(owner).select_for_update().filter(pk=test).first()
    if row is None:
        raise NoSuchRecord("There is no such test here.")
    if to not in STEPS[TestStep(row.step)]:
        facts = {"was": row.step, "to": to.value}
        raise BadStep(CodedFault(TreatmentFault.TEST_STEP, facts=facts))
    readings = tuple(readings)
    if (to is TestStep.RESULT) != bool(readings):
        raise BadStep(TreatmentFault.TEST_READINGS)
    if readings:
        plain = [[r.panel, r.reading, r.expected_positive] for r in readings]
        row.words = DrugTest.sealed(row.pk, {"readings": plain})
    row.step, row.at, row.by = to, now, by
    row.save(update_fields=["step", "words", "at", "by"])
    for follow in follow_ups(to, readings):
        due = wall_day(owner, now) + TASK_DUE
        add_task(owner, person=row.person, kind=TASK_OF[follow], source=row.pk, due=due, now=now)
    record_event(act=f"test is {to}", record=row.pk, by=by, now=now)
