"""What is known of a person's progress, from attendance, tests, check-ins and the plan."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from waypost.treatment.attendance.attended import Attended
from waypost.treatment.attendance.roster import Presence
from waypost.treatment.drug_tests.result import TestReading
from waypost.treatment.progress.rules import Measured

LAST = timedelta(days=28)
MONTH = timedelta(days=30)
TestOn = tuple[date, Sequence[TestReading]]


def measured(
    *,
    started_on: date | None,
    today: date,
    lines: Iterable[Attended],
    tests: Iterable[TestOn],
    bam: tuple[int, int, int] | None,
    goals: tuple[int, int] | None,
) -> Measured:
    """The measures of the rules; ``bam`` is Use, Risk, Protective, ``goals`` reached and all.

    What there is nothing of is not known, and makes no rule apply. Of whoever came back, an earlier
    stay says nothing. A session that makes up for another is none that the plan asked for besides.
    """
    since = started_on or date.min
    kept = [line for line in lines if line.minutes is not None and since <= line.day <= today]
    recent = [line for line in kept if line.day > today - LAST]
    offered = sum(line.length for line in recent if not line.makes_up)
    results = sorted(
        ((day, list(seen)) for day, seen in tests if seen and day >= since),
        key=lambda result: result[0],
    )
    of_month = [seen for day, seen in results if day > today - MONTH]
    return Measured(
        week=(today - started_on).days // 7 if started_on else None,
        hours=min(sum(x.minutes or 0 for x in recent) / offered, 1.0) if offered else None,
        unexpected=sum(map(_unexpected, of_month)) if of_month else None,
        expected=_in_a_row([seen for _day, seen in results]) if results else None,
        use=bam[0] if bam else None,
        risk=bam[1] if bam else None,
        protective=bam[2] if bam else None,
        goals=goals[0] / goals[1] if goals and goals[1] else None,
        missed=_missed(kept) if kept else None,
    )


def _unexpected(readings: Iterable[TestReading]) -> bool:
    return any(reading.unexpected for reading in readings)


def _in_a_row(results: Sequence[Sequence[TestReading]]) -> int:
    """How many of the newest results were as expected, before one that was not."""
    count = 0
    for readings in reversed(results):
        if _unexpected(readings):
            break
        count += 1
    return count


def _missed(lines: Iterable[Attended]) -> int:
    """The newest planned days in a row on which nothing was attended; an excused one is none."""
    minutes: dict[date, int] = {}
    for line in lines:
        if line.presence == Presence.EXCUSED:
            continue
        minutes[line.day] = minutes.get(line.day, 0) + (line.minutes or 0)
    count = 0
    for day in sorted(minutes, reverse=True):
        if minutes[day]:
            break
        count += 1
    return count
