"""Whatever moment an act of the day is killed at, it happened whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import connection

from waypost.audit.models import Event
from waypost.cli.demo.story import play
from waypost.treatment.attendance.actions import Kept, keep_note, keep_roster, open_day
from waypost.treatment.attendance.note import GroupNoteWords
from waypost.treatment.attendance.queries import roster, sessions_on
from waypost.treatment.attendance.roster import Presence
from waypost.treatment.drug_tests.actions import draw_day, keep_step, new_seed
from waypost.treatment.drug_tests.draw import InDraw, TestPhase
from waypost.treatment.drug_tests.queries import drug_tests
from waypost.treatment.drug_tests.result import TestStep
from waypost.treatment.progress.actions import keep_transition, plan_follow_ups
from waypost.treatment.progress.transition import TransitionWords
from waypost.treatment.records.episode import EpisodeState
from waypost.treatment.records.owner import Owner
from waypost.treatment.records.person import EpisodeSeen
from waypost.treatment.records.queries import episodes
from waypost.treatment.timetable.actions import (
    keep_one_week,
    keep_timetable,
    keep_wishes,
    make_feed,
)
from waypost.treatment.timetable.attendees import AttendeeWishes
from waypost.treatment.timetable.queries import timetable_now

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 12, 3, 23, tzinfo=UTC)
MONDAY, TODAY = date(2026, 11, 30), date(2026, 12, 4)
OWNER = Owner("org_river")
BY: dict[str, Any] = {"by": "person:1", "now": NOW}
LATER = TODAY + timedelta(days=40)
THEN: dict[str, Any] = {"by": "person:1", "now": NOW + timedelta(days=41)}
"""On that day: tests are drawn on their own day."""
APPS = ("treatment_timetable", "treatment_attendance", "treatment_drug_tests", "treatment_progress")


class Killed(Exception):
    """The process ended here."""


@contextmanager
def killed_at(number: int) -> Iterator[list[str]]:
    """The ``number``th statement that writes is never sent; what was sent is in the list."""
    sent: list[str] = []

    def watch(execute: Callable[..., Any], sql: str, *more: Any) -> Any:
        if sql.split(None, 1)[0] in ("INSERT", "UPDATE", "DELETE"):
            sent.append(sql)
            if len(sent) == number:
                raise Killed
        return execute(sql, *more)

    with connection.execute_wrapper(watch):
        yield sent


def statement_killed(act: Callable[[], object], number: int) -> str:
    """The act's ``number``th statement, at which it was killed; '' where it came to its end."""
    with killed_at(number) as sent:
        try:
            act()
        except Killed:
            return sent[-1]
    return ""


def everything() -> list[Any]:
    tables = [m for m in apps.get_models() if m._meta.app_label in APPS] + [Event]
    return [list(table._base_manager.order_by("pk").values()) for table in tables]


def acts() -> dict[str, Callable[[], object]]:
    session = next(s for s in sessions_on(OWNER, MONDAY, TODAY) if s.people)
    people = [line.person for line in roster(OWNER, session.id)]
    test = next(t for t in drug_tests(OWNER) if t.step == TestStep.DRAWN)
    week, stay = timetable_now(OWNER), episodes(OWNER)[0]
    kept = {person: Kept(Presence.ABSENT) for person in people}
    draws = [InDraw(f"pic_{n}", TestPhase.FIRST, 1) for n in range(3)]
    return {
        "a roster": lambda: keep_roster(OWNER, session=session.id, kept=kept, **BY),
        "a note": lambda: keep_note(OWNER, session=session.id, words=GroupNoteWords("a", "b"), after=1, **BY),
        "a day": lambda: open_day(OWNER, day=MONDAY + timedelta(days=7), **BY),
        "a draw": lambda: draw_day(OWNER, day=LATER, people=draws, **THEN),
        "a step": lambda: keep_step(OWNER, test=test.id, to=TestStep.NOT_COLLECTED, **BY),
        "a week": lambda: keep_timetable(OWNER, timetable=week.timetable, after=week.version, from_monday=MONDAY, override="small", **BY),
        "one week": lambda: keep_one_week(OWNER, timetable=week.timetable, after=week.version + 1, from_monday=LATER - timedelta(days=LATER.weekday()), override="ill", back="as before", **BY),
        "a wish": lambda: keep_wishes(OWNER, person=people[0], wishes=AttendeeWishes(), **BY),
        "a calendar": lambda: make_feed(OWNER, kind="room", subject="Room 1", **BY),
        "a transition": lambda: keep_transition(OWNER, episode=stay, words=TransitionWords(), read_version="", **BY),
    }  # fmt: skip


def test_an_act_that_is_killed_leaves_nothing_behind() -> None:
    play(OWNER, people=3, weeks=1, seed=4, today=TODAY, groups=4)
    draw_day(
        OWNER, day=LATER - timedelta(days=1), people=[InDraw("pic_0", TestPhase.FIRST, 1)], **THEN
    )
    for name, act in acts().items():
        before, number = everything(), 1
        while sent := statement_killed(act, number):
            assert everything() == before, f"{name}, statement {number}: {sent}"
            number += 1
        assert number > 2, f"{name} wrote in {number - 1} statements"
        assert everything() != before, name


def test_follow_ups_that_are_killed_are_planned_by_the_next_try() -> None:
    new_seed(OWNER, day=MONDAY, **BY)
    stay = EpisodeSeen("epi_1", "pic_1", EpisodeState.ENDED, "iop", 1, TODAY, TODAY, "completed")
    common: dict[str, Any] = {"episode": stay, "ended_on": TODAY, "now": NOW}
    with killed_at(2), pytest.raises(Killed):
        plan_follow_ups(OWNER, **common)
    assert plan_follow_ups(OWNER, **common) in (1, 2)
    assert plan_follow_ups(OWNER, **common) == 0
