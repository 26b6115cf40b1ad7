"""In which order staff see what is to be done: what came due last first, the most urgent on top."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from waypost.treatment.attendance.seen import TaskSeen
from waypost.treatment.attendance.task_kinds import TaskKind

A_PAGE = 20
URGENCY = (
    TaskKind.CONVERSATION,
    TaskKind.NO_SHOW,
    TaskKind.COLLECT_AGAIN,
    TaskKind.NALOXONE,
    TaskKind.BOOK_VISIT,
    TaskKind.ASK_VISIT,
    TaskKind.CONTINUING_CARE,
    TaskKind.FOLLOW_UP_30,
    TaskKind.FOLLOW_UP_90,
)
"""A talk about a result first, then whoever did not come; then what
a transition plan lacks; calls after an end can wait a day."""


def task_pages(tasks: Iterable[TaskSeen], today: date) -> list[list[TaskSeen]]:
    """Pages of `A_PAGE` tasks each, at least one page, which may be empty.

    Those due by ``today`` come before those that are not due yet; of the former the newest come
    first, of the latter the soonest. Each page is in order of urgency, then of the day.
    """
    rows = sorted(tasks, key=lambda task: _nearness(task, today))
    pages = [rows[start : start + A_PAGE] for start in range(0, len(rows), A_PAGE)] or [[]]
    return [sorted(page, key=lambda task: _urgency(task, today)) for page in pages]


def _nearness(task: TaskSeen, today: date) -> tuple[bool, int, str]:
    return task.due_on > today, abs((today - task.due_on).days), task.id


def _urgency(task: TaskSeen, today: date) -> tuple[bool, int, date, str]:
    return task.due_on > today, URGENCY.index(TaskKind(task.kind)), task.due_on, task.id
