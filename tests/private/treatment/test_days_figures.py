"""What waits by urgency, how check-ins change, how long people wait, how full groups are."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from waypost.levels_of_care.instruments.bam import score_bam, the_bam
from waypost.treatment.attendance.seen import TaskSeen
from waypost.treatment.attendance.task_kinds import TaskKind
from waypost.treatment.attendance.urgency import A_PAGE, URGENCY, task_pages
from waypost.treatment.progress.bam_history import BamChange, BamOn, bam_change, bam_history
from waypost.treatment.progress.filling import WaitingTime, waiting_time

TODAY = date(2026, 12, 4)
DAY = timedelta(days=1)
NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)


def task(number: int, due: date, kind: str = TaskKind.NO_SHOW) -> TaskSeen:
    return TaskSeen(f"tsk_{number:03}", "pic_1", kind, due, f"ros_{number}", None)


def test_every_kind_of_task_has_its_urgency() -> None:
    assert set(URGENCY) == set(TaskKind) and len(URGENCY) == len(TaskKind)


@pytest.mark.parametrize(
    ("count", "pages"), [(0, [0]), (1, [1]), (20, [20]), (21, [20, 1]), (45, [20, 20, 5])]
)
def test_pages_hold_twenty_each_and_every_task_once(count: int, pages: list[int]) -> None:
    tasks = [task(n, TODAY - n * DAY) for n in range(count)]
    shown = task_pages(tasks, TODAY)
    assert [len(page) for page in shown] == pages
    assert sorted(t.id for page in shown for t in page) == [t.id for t in tasks]


def test_what_came_due_last_is_on_the_first_page_and_what_is_not_due_on_the_last() -> None:
    old = [task(n, TODAY - 60 * DAY - n * DAY) for n in range(A_PAGE)]
    new = [task(100 + n, TODAY - n * DAY) for n in range(A_PAGE)]
    later = [task(200, TODAY + 80 * DAY, TaskKind.FOLLOW_UP_90), task(201, TODAY + DAY)]
    pages = task_pages([*old, *later, *new], TODAY)
    assert {t.id for t in pages[0]} == {t.id for t in new}
    assert {t.id for t in pages[1]} == {t.id for t in old}
    assert [t.id for t in pages[2]] == ["tsk_201", "tsk_200"]


def test_a_page_begins_with_a_talk_and_then_with_the_longest_overdue() -> None:
    tasks = [
        task(1, TODAY),
        task(2, TODAY - 3 * DAY),
        task(3, TODAY, TaskKind.FOLLOW_UP_30),
        task(4, TODAY, TaskKind.CONVERSATION),
        task(5, TODAY + DAY, TaskKind.CONVERSATION),
    ]
    (page,) = task_pages(tasks, TODAY)
    assert [t.id for t in page] == ["tsk_004", "tsk_002", "tsk_001", "tsk_003", "tsk_005"]


def answers(well: bool) -> dict[str, str]:
    """Every item at one end of its scale."""
    end = min if well else max
    return {
        i.id: end(i.choices, key=lambda c: c.score if i.part != "protective" else -c.score).code
        for i in the_bam().items
    }


def test_a_check_in_with_a_gap_is_left_out_and_the_others_are_in_order() -> None:
    bad, good = answers(well=False), answers(well=True)
    gap = {name: code for name, code in bad.items() if name != "1"}
    kept = [("pic_1", TODAY, good), ("pic_1", TODAY - DAY, gap), ("pic_1", TODAY - 9 * DAY, bad)]
    history = bam_history(kept)
    scored = [score_bam(bad), score_bam(good)]
    assert [one.day for one in history] == [TODAY - 9 * DAY, TODAY]
    assert [(o.use, o.risk, o.protective) for o in history] == [
        (s.use, s.risk, s.protective) for s in scored
    ]
    assert (history[0].use, history[0].protective) == (12, 0)


def test_the_change_is_from_the_first_to_the_last_on_average() -> None:
    history = [
        BamOn("pic_1", TODAY - 60 * DAY, 12, 24, 0),  # before the time that is asked for
        BamOn("pic_1", TODAY - 20 * DAY, 8, 10, 6),
        BamOn("pic_2", TODAY - 20 * DAY, 2, 4, 20),
        BamOn("pic_3", TODAY - 10 * DAY, 1, 1, 1),  # once alone says nothing of a change
        BamOn("pic_1", TODAY - 9 * DAY, 12, 24, 0),
        BamOn("pic_1", TODAY, 2, 4, 10),
        BamOn("pic_2", TODAY, 4, 4, 18),
    ]
    change = bam_change(history, TODAY - 30 * DAY, TODAY)
    assert change == BamChange(people=2, use=-2.0, risk=-3.0, protective=1.0)
    assert bam_change(history[:1], TODAY - 90 * DAY, TODAY) is None


def test_waiting_is_counted_in_days_and_nobody_is_no_zero() -> None:
    waits = [
        (NOON - 9 * DAY, NOON - 2 * DAY),
        (NOON - 4 * DAY, NOON - DAY),
        (NOON - 90 * DAY, NOON - 80 * DAY),  # before the time that is asked for
        (NOON - 5 * DAY, None),
        (NOON + 9 * DAY, None),  # after it
    ]
    last = NOON.date()
    assert waiting_time(waits, last - 30 * DAY, last) == WaitingTime(2, 5, 1, 5)
    assert waiting_time([], last, last) == WaitingTime(0, None, 0, None)
