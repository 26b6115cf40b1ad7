"""The story of a made-up program: who comes, misses a day, slips, steps down, and how it ends."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from waypost.cli.demo.made_up_setup import DAY, DAYS, EVENING, made_up_setup
from waypost.levels_of_care.instruments.bam import BamPart, the_bam
from waypost.treatment.attendance.actions import (
    Kept,
    finish_task,
    keep_note,
    keep_roster,
    open_day,
)
from waypost.treatment.attendance.note import GroupNoteWords
from waypost.treatment.attendance.queries import attended, open_tasks, roster, sessions_on
from waypost.treatment.attendance.roster import Presence
from waypost.treatment.drug_tests.actions import draw_day, keep_step, new_seed
from waypost.treatment.drug_tests.eligible import in_draw
from waypost.treatment.drug_tests.queries import drug_tests
from waypost.treatment.drug_tests.result import Panel, PanelReading, TestReading, TestStep
from waypost.treatment.intake.actions import join_waiting_list, leave_waiting_list
from waypost.treatment.intake.waiting import LeftList, Priority
from waypost.treatment.own_page.actions import check_in
from waypost.treatment.plans.actions import save_plan
from waypost.treatment.plans.plan import AskedWeek, PlanLine, PlanWords
from waypost.treatment.plans.queries import newest_plan
from waypost.treatment.progress.actions import end_episode
from waypost.treatment.records.actions import add_person, open_new_episode
from waypost.treatment.records.episode import EndReason, EpisodeState
from waypost.treatment.records.ids import made_up_ids
from waypost.treatment.records.owner import Owner
from waypost.treatment.records.person import PersonWords
from waypost.treatment.records.queries import episodes
from waypost.treatment.timetable.actions import keep_setup, keep_timetable
from waypost.treatment.timetable.fitting import fit_in
from waypost.treatment.timetable.greedy import by_hand
from waypost.treatment.timetable.moving import without_person
from waypost.treatment.timetable.problem import Timetable
from waypost.treatment.timetable.queries import people_of_week, timetable_now
from waypost.treatment.timetable.setup import ProgramSetup

BY = "waypost demo program"
IOP = "iop"
"""The level of everybody's care, as levels.yaml calls it."""
FIRST = ("Ana", "Ben", "Cora", "Dev", "Elena", "Finn", "Grace", "Hugo", "Iris", "Jonah", "Kim",
         "Luis", "Maya", "Noel", "Opal", "Pete", "Quinn", "Rosa", "Sam", "Tess")  # fmt: skip
LAST = ("Example", "Sample", "Fiction", "Placeholder")
CAN_COME = {
    DAY: "mon 9:00-12:00; wed 9:00-12:00; thu 9:00-12:00",
    EVENING: "mon 18:00-21:00; wed 18:00-21:00; thu 18:00-21:00",
}
ENDS = (
    (EndReason.COMPLETED, 40), (EndReason.OTHER_LEVEL, 17), (EndReason.LOST_CONTACT, 16),
    (EndReason.CLIENT_DECISION, 8), (EndReason.ATTENDANCE, 10), (EndReason.PAYMENT, 5),
    (EndReason.MOVED, 4),
)  # fmt: skip
TOPICS = ("Triggers and what comes before them", "Saying no", "Sleep", "Family and trust",
          "A plan for the weekend", "Feelings that are hard to name")  # fmt: skip


@dataclass
class Story:
    """What the story came to."""

    people: int = 0
    in_care: int = 0
    sessions: int = 0
    tests: int = 0
    steady: dict[str, float] = field(default_factory=dict)


def play(
    owner: Owner, *, people: int, weeks: int, seed: int, today: date, groups: int = 30
) -> Story:
    """Play the weeks before today's week and the days of it that are over; what it came to."""
    with made_up_ids(chance_of(seed + 1)):
        return _play(owner, made_up_setup(groups), people, weeks, chance_of(seed), today)


def _play(
    owner: Owner,
    setup: ProgramSetup,
    people: int,
    weeks: int,
    chance: random.Random,
    today: date,
) -> Story:
    story = Story()
    first = monday_before(today, weeks - 1)
    keep_setup(owner, setup=setup, after=0, by=BY, now=evening_of(first))
    new_seed(owner, day=first, by=BY, now=evening_of(first), seed=chance.randbytes(32))
    arrivals = _arrivals(people, weeks, chance)
    for number in range(weeks):
        monday = first + timedelta(weeks=number)
        _catch_up(owner, monday)
        _ends(owner, story, monday, chance)
        for _one in range(arrivals[number]):
            _arrive(owner, story, monday, chance)
        _check_ins(owner, story, monday, chance)
        _new_week(owner, setup, monday)
        for weekday in DAYS:
            day = monday + timedelta(days=weekday)
            if day < today:
                _day(owner, story, day, chance)
    story.in_care = len(episodes(owner, state=EpisodeState.ACTIVE))
    return story


def _arrivals(people: int, weeks: int, chance: random.Random) -> list[int]:
    """A third are there in the first week; the others come one by one."""
    counts = [0] * weeks
    for number in range(people):
        counts[0 if number < people // 3 else chance.randrange(weeks)] += 1
    return counts


def _arrive(owner: Owner, story: Story, monday: date, chance: random.Random) -> None:
    name = f"{FIRST[story.people % len(FIRST)]} {LAST[story.people // len(FIRST) % len(LAST)]}"
    words = _said(name, story.people)
    story.people += 1
    track = chance.choice((DAY, EVENING, EVENING))
    now = evening_of(monday - timedelta(days=2))
    asked = now - timedelta(days=chance.randrange(2, 15))
    person = add_person(owner, words=words, by=BY, now=asked)
    join_waiting_list(owner, person=person, priority=Priority.NONE, reason=track, by=BY, now=asked)
    leave_waiting_list(owner, person=person, left=LeftList.ADMITTED, by=BY, now=now)
    open_new_episode(owner, person=person, level=IOP, by=BY, now=now, starts_on=monday)
    story.steady[person] = chance.choice((0.95, 0.9, 0.85, 0.7, 0.5))
    _plan(owner, person, track, 9, monday, 0)


def _said(name: str, number: int) -> PersonWords:
    """What a made-up person said; the number is of those kept for stories, and nobody is texted."""
    return PersonWords(
        name=name,
        born_on=f"{1962 + number * 7 % 42}-{1 + number % 12:02}-15",
        phone=f"609-555-01{number % 100:02}",
        address="Trenton, NJ 08608",
        own_words="I want my evenings back.",
    )


def _plan(owner: Owner, person: str, track: str, hours: int, monday: date, read: int) -> None:
    line = PlanLine(
        "Alcohol use", "Stay sober this month", "Attend every group", "Group counseling",
        "Counselor", (monday + timedelta(days=30)).isoformat(),
    )  # fmt: skip
    week = AskedWeek(hours, 3 if hours >= 9 else 2, ("process", "skills"), CAN_COME[track])
    words = PlanWords("I want my evenings back.", (line,), week)
    save_plan(owner, person=person, words=words, read_version=read, by=BY, now=evening_of(monday))


def _catch_up(owner: Owner, monday: date) -> None:
    """Staff have done what came due before last week; some of last week's still waits."""
    for task in open_tasks(owner):
        if task.due_on < monday - timedelta(weeks=1):
            finish_task(owner, task=task.id, by=BY, now=evening_of(monday))


def _check_ins(owner: Owner, story: Story, monday: date, chance: random.Random) -> None:
    """Whoever begins or has been here four weeks more answers the monitor, better with time."""
    for episode in episodes(owner, state=EpisodeState.ACTIVE):
        weeks = (monday - (episode.started_on or monday)).days // 7
        if weeks % 4 == 0:
            well = min(1.0, 0.3 + 0.06 * weeks) * story.steady[episode.person]
            answers = {}
            for item in the_bam().items:
                points = sorted(choice.score for choice in item.choices)
                share = well if item.part is BamPart.PROTECTIVE else 1 - well
                wanted = points[min(len(points) - 1, int(len(points) * share * chance.random()))]
                answers[item.id] = next(c.code for c in item.choices if c.score == wanted)
            check_in(owner, person=episode.person, answers=answers, now=evening_of(monday))


def _ends(owner: Owner, story: Story, monday: date, chance: random.Random) -> None:
    """Some end; after eight weeks, who is steady steps down to six hours."""
    for episode in episodes(owner, state=EpisodeState.ACTIVE):
        weeks = (monday - (episode.started_on or monday)).days // 7
        steady = story.steady[episode.person]
        leaves = weeks >= 12 or (weeks and chance.random() > 0.94 + 0.05 * steady)
        if leaves:
            reason = _reason(weeks, chance)
            end_episode(
                owner, episode=episode, on=monday, reason=reason, by=BY, now=evening_of(monday)
            )
        elif weeks == 8 and steady > 0.8:
            plan = newest_plan(owner, episode.person)
            if plan:
                track = DAY if "9:00" in plan.words.week.can_come else EVENING
                _plan(owner, episode.person, track, 6, monday, plan.version)


def _reason(weeks: int, chance: random.Random) -> EndReason:
    if weeks >= 12:
        return EndReason.COMPLETED
    reasons = [reason for reason, _share in ENDS[1:]]
    return chance.choices(reasons, [share for _reason, share in ENDS[1:]])[0]


def _new_week(owner: Owner, setup: ProgramSetup, monday: date) -> None:
    """Whoever left is out; whoever came is fitted in; nobody else is moved."""
    seen, problem = timetable_now(owner), setup.problem(people_of_week(owner))
    here = set(problem.person_of)
    week = seen.timetable if seen.version else Timetable(by_hand(problem).placings)
    for person in sorted({p for p, _group in week.places} - here):
        week = without_person(week, person)
    for attendee in problem.people:
        planned = sum(problem.slot_of[week.placing_of[g].slot].minutes
                      for g in week.groups_of.get(attendee.id, ()))  # fmt: skip
        if planned > attendee.minutes:
            week = without_person(week, attendee.id)
        week = fit_in(problem, week, attendee)
    keep_timetable(
        owner,
        timetable=week,
        after=seen.version,
        from_monday=monday,
        by=BY,
        now=evening_of(monday),
        override="Made up: small groups stay open",
    )


def _day(owner: Owner, story: Story, day: date, chance: random.Random) -> None:
    now = evening_of(day)
    open_day(owner, day=day, by=BY, now=now)
    for session in sessions_on(owner, day, day):
        story.sessions += 1
        kept = {line.person: _came(story.steady.get(line.person, 0.8), chance)
                for line in roster(owner, session.id)}  # fmt: skip
        keep_roster(owner, session=session.id, kept=kept, by=BY, now=now)
        topic = chance.choice(TOPICS)
        words = GroupNoteWords(topic, "Made up: we talked about it, each in turn.", {})
        keep_note(owner, session=session.id, words=words, after=0, by=BY, now=now)
    _tests(owner, story, day, chance)


def _came(steady: float, chance: random.Random) -> Kept:
    if chance.random() < steady:
        return Kept(Presence.PRESENT)
    how = chance.choice((Presence.LATE, Presence.LEFT_EARLY, Presence.ABSENT, Presence.EXCUSED))
    return Kept(how, 60 if how in (Presence.LATE, Presence.LEFT_EARLY) else None)


def _tests(owner: Owner, story: Story, day: date, chance: random.Random) -> None:
    now = evening_of(day)
    here = {line.person for line in attended(owner, day, day) if line.minutes}
    started = {e.person: e.started_on for e in episodes(owner, state=EpisodeState.ACTIVE)}
    draw_day(
        owner, day=day, people=in_draw(here, started, dict.fromkeys(here, 3), day), by=BY, now=now
    )
    for test in drug_tests(owner, day=day):
        story.tests += 1
        if chance.random() > 0.95:
            keep_step(owner, test=test.id, to=TestStep.NOT_COLLECTED, by=BY, now=now)
            continue
        keep_step(owner, test=test.id, to=TestStep.COLLECTED, by=BY, now=now)
        slip = chance.random() > 0.7 + 0.3 * story.steady.get(test.person, 0.9)
        seen = PanelReading.POSITIVE if slip else PanelReading.NEGATIVE
        readings = [
            TestReading(Panel.ALCOHOL, seen),
            TestReading(Panel.COCAINE, PanelReading.NEGATIVE),
        ]
        keep_step(owner, test=test.id, to=TestStep.RESULT, readings=readings, by=BY, now=now)


def monday_before(day: date, weeks: int) -> date:
    """The Monday so many weeks before the week of a day."""
    return day - timedelta(days=day.weekday(), weeks=weeks)


def evening_of(day: date) -> datetime:
    """The end of a day, in UTC: when what happens on it is kept."""
    return datetime.combine(day, time(23), UTC)


def chance_of(seed: int) -> random.Random:
    """The dice of a program."""
    return random.Random(f"made-up program {seed}")  # noqa: S311 - a story, and no secret
