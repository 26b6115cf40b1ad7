"""Converts a plan to a readable query string and back without loss."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from waypost.levels_of_care.week.plan import (
    DAYS,
    EVENING,
    MINUTES_A_DAY,
    MORNING,
    Age,
    BadWeek,
    Duty,
    DutyKind,
    PlanFault,
    WeekPlan,
    WeekSpan,
)

Query = Mapping[str, Sequence[str]]
SESSIONS = {"day": MORNING, "evening": EVENING}
OWN = "own"
MAX_VALUES = 64


def plan_from_query(query: Query) -> WeekPlan:
    """Read a plan; what is not given has the default of `WeekPlan`.

    Raises:
        BadWeek: with every field that cannot be read.
    """
    if not any(query.get(name) for name in FIELDS):
        return WeekPlan()
    problems: dict[str, PlanFault] = {}
    session = _session(query, problems)
    days = _days(query, "day", problems)
    default = WeekPlan()
    numbers = {
        "times": _whole(query, "times", default.times, problems, PlanFault.BAD_TIMES),
        "travel": _whole(query, "travel", default.travel, problems, PlanFault.BAD_TRAVEL),
        "full_weeks": _whole(query, "full", default.full_weeks, problems, PlanFault.BAD_WEEKS),
        "two_weeks": _whole(query, "two", default.two_weeks, problems, PlanFault.BAD_WEEKS),
    }
    duties = tuple(d for kind in DutyKind if (d := _duty(query, kind, problems)))
    age = _age(query, problems)
    try:
        plan = WeekPlan(session, days, duties=duties, age=age, **numbers)
    except BadWeek as error:
        raise BadWeek(error.problems | problems) from None
    if problems:
        raise BadWeek(problems)
    return plan


FIELDS = (
    *("hours", "start", "end", "day", "times", "travel", "age", "full", "two"),
    *(f"{kind}_{part}" for kind in DutyKind for part in ("day", "from", "to")),
)
"""Every field of a plan's form."""


def query_pairs(plan: WeekPlan) -> list[tuple[str, str]]:
    """The plan as (name, value) pairs that `plan_from_query` reads back."""
    name = next((n for n, span in SESSIONS.items() if span == plan.session), OWN)
    pairs = [("hours", name)]
    if name == OWN:
        pairs += [("start", clock(plan.session.start)), ("end", clock(plan.session.end))]
    pairs += [("day", DAYS[day]) for day in plan.days]
    pairs += [("times", str(plan.times)), ("travel", str(plan.travel)), ("age", plan.age.value)]
    pairs += [("full", str(plan.full_weeks)), ("two", str(plan.two_weeks))]
    for duty in plan.duties:
        pairs += [(f"{duty.kind}_day", DAYS[day]) for day in duty.days]
        pairs.append((f"{duty.kind}_from", clock(duty.span.start)))
        pairs.append((f"{duty.kind}_to", clock(duty.span.end % MINUTES_A_DAY)))
    return pairs


def clock(minutes: int) -> str:
    """Minutes after midnight as a form field has them: 1080 is "18:00", 1440 is "24:00"."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def last(query: Query, name: str) -> str:
    """The last value given for a field, without spaces around it."""
    values = query.get(name, ())
    return values[-1].strip() if values else ""


def _minutes(text: str) -> int | None:
    hours, colon, minutes = text.partition(":")
    whole = text.isascii() and hours.isdigit() and minutes.isdigit() and len(minutes) == 2
    if not (whole and colon and len(hours) <= 2):
        return None
    total = int(hours) * 60 + int(minutes)
    return total if int(minutes) < 60 and total <= MINUTES_A_DAY else None


def _session(query: Query, problems: dict[str, PlanFault]) -> WeekSpan:
    name = last(query, "hours") or "evening"
    if name in SESSIONS:
        return SESSIONS[name]
    if name != OWN:
        problems["hours"] = PlanFault.BAD_CHOICE
        return EVENING
    start, end = _minutes(last(query, "start")), _minutes(last(query, "end"))
    for field, value in (("start", start), ("end", end)):
        if value is None:
            problems[field] = PlanFault.BAD_CLOCK
    return EVENING if start is None or end is None else WeekSpan(start, end)


def _days(query: Query, name: str, problems: dict[str, PlanFault]) -> tuple[int, ...]:
    values = [value for value in query.get(name, ()) if value]
    if len(values) > MAX_VALUES or any(value not in DAYS for value in values):
        problems[name] = PlanFault.BAD_DAY
    return tuple(day for day, day_name in enumerate(DAYS) if day_name in values)


def _whole(
    query: Query, name: str, default: int, problems: dict[str, PlanFault], fault: PlanFault
) -> int:
    text = last(query, name)
    if not text:
        return default
    if not (text.isascii() and text.isdigit() and len(text) <= 4):
        problems[name] = fault
        return default
    return int(text)


def _duty(query: Query, kind: DutyKind, problems: dict[str, PlanFault]) -> Duty | None:
    days = _days(query, f"{kind}_day", problems)
    texts = {part: last(query, f"{kind}_{part}") for part in ("from", "to")}
    times = {part: _minutes(text) for part, text in texts.items()}
    for part, text in texts.items():
        if text and times[part] is None:
            problems[f"{kind}_{part}"] = PlanFault.BAD_CLOCK
    start, end = times["from"], times["to"]
    if not days:
        return None
    if start is None or end is None:
        problems.setdefault(f"{kind}_from", PlanFault.NO_DUTY_HOURS)
        return None
    start %= MINUTES_A_DAY
    if start == end % MINUTES_A_DAY:
        problems[f"{kind}_from"] = PlanFault.SAME_DUTY_HOURS
        return None
    return Duty(kind, days, WeekSpan(start, end if end > start else end + MINUTES_A_DAY))


def _age(query: Query, problems: dict[str, PlanFault]) -> Age:
    try:
        return Age(last(query, "age") or Age.ADULT)
    except ValueError:
        problems["age"] = PlanFault.BAD_CHOICE
        return Age.ADULT
