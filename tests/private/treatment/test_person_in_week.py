"""One person in the week: specialized groups, pins and what they break; leave and closed days."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client

from waypost.accounts.roles import Role
from waypost.desk.program.timetable.setup_page import lines_of
from waypost.treatment.attendance.actions import open_day
from waypost.treatment.plans.actions import save_plan, sign_by_person, sign_for_team
from waypost.treatment.plans.plan import AskedWeek, PlanWords
from waypost.treatment.plans.queries import newest_plan, weeks_asked
from waypost.treatment.records.actions import join_team
from waypost.treatment.records.owner import Owner
from waypost.treatment.timetable.checking import WeekRule, check
from waypost.treatment.timetable.queries import (
    newest_week,
    people_of_week,
    setup_now,
    timetable_now,
    wishes_of,
)
from waypost.treatment.timetable.setup import ProgramSetup
from waypost.treatment.who_may import RecordStanding

pytestmark = pytest.mark.django_db
Staff = Callable[[str], Client]
MONDAY = date(2026, 11, 30)
NOW = datetime(2026, 12, 4, 23, tzinfo=UTC)


def setup_form(owner: Owner, **changes: str) -> dict[str, str]:
    """The setup as it is kept, as its form sends it."""
    setup, version = setup_now(owner) or (ProgramSetup("America/New_York"), 0)
    return lines_of(setup) | {"read": str(version)} | changes


def test_a_specialized_group_and_a_pin_are_kept_and_what_breaks_is_said_at_once(
    program: Owner, staff: Staff
) -> None:
    client = staff("clinical supervisor")
    one = people_of_week(program)[0]
    seen = timetable_now(program)
    assert setup_now(program) is not None
    groups = [group.id for group in setup_now(program)[0].groups]
    missing = next(g for g in groups if g not in seen.timetable.groups_of.get(one.id, ()))
    address = f"/program/people/{one.id}/week"
    form = {"for_whom": ["women", "no such kind"], f"group-{groups.index(missing)}": "always"}
    assert client.post(address, form).status_code == 302
    kept = wishes_of(program)[one.id]
    assert (kept.for_whom, kept.pinned) == (("women",), (missing,))
    page = client.get(address).content.decode()
    assert f"is to attend {missing}" in page
    assert 'value="women" checked' in page
    theirs = next(p for p in people_of_week(program) if p.id == one.id)
    assert {kind.value for kind in theirs.for_whom} == {"women"}


def test_who_may_neither_plan_nor_keep_the_week_sees_no_persons_place(
    program: Owner, staff: Staff
) -> None:
    person = people_of_week(program)[0].id
    assert staff("biller").get(f"/program/people/{person}/week").status_code == 403


def test_leave_and_a_closed_day_are_entered_seen_and_kept_from_the_week(
    program: Owner, staff: Staff
) -> None:
    client = staff("program director")
    who = timetable_now(program).timetable.placings[0].facilitator
    form = setup_form(program, leave=f"{who}; 2026-12-07; 2026-12-11", closed="2026-12-10")
    assert client.post("/program/setup", form).status_code == 302
    assert setup_form(program)["leave"] == form["leave"]
    setup, week = setup_now(program)[0], timetable_now(program).timetable
    before = check(setup.problem(people_of_week(program), MONDAY), week)
    later = MONDAY + timedelta(weeks=1)
    broken = check(setup.problem(people_of_week(program), later), week)
    assert {b.rule for b in broken} - {b.rule for b in before} >= {WeekRule.FACILITATOR}
    page = client.get(f"/program/week?monday={later}").content.decode()
    assert f"{who} is on leave" in page
    assert "The program is closed on" in page
    assert f"{who} is on leave" not in client.get(f"/program/week?monday={MONDAY}").content.decode()
    assert open_day(program, day=date(2026, 12, 10), by="person:1", now=NOW) == 0


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"leave": "Nobody; 2026-12-07; 2026-12-09"}, "not one of the facilitators"),
        ({"leave": "Dr. Example; 2026-12-09; 2026-12-07"}, "the last day is before the first"),
        ({"leave": "Dr. Example; soon; 2026-12-07"}, "is not a day such as"),
        ({"closed": "Christmas"}, "is not a day such as"),
    ],
    ids=["nobody", "backwards", "no day", "a holiday by name"],
)
def test_leave_that_cannot_be_read_is_said_and_comes_back(
    program: Owner, staff: Staff, changes: dict[str, str], sentence: str
) -> None:
    client = staff("program director")
    answer = client.post("/program/setup", setup_form(program, **changes))
    assert answer.status_code == 400
    text = answer.content.decode()
    assert sentence in text
    assert next(iter(changes.values())) in text


def test_a_week_to_come_is_made_without_changing_the_one_that_runs(
    program: Owner, staff: Staff
) -> None:
    client, before = staff("program director"), timetable_now(program, MONDAY)
    later = MONDAY + timedelta(weeks=2)
    group = before.timetable.placings[0].group
    person = next(iter(before.timetable.people_of[group]))
    form = {"act": "remove", "remove-person": person, "remove-group": group,
            "monday": later.isoformat(), "remove-reason": "away that week"}  # fmt: skip
    assert client.post("/program/week/change", form).status_code == 302
    assert timetable_now(program, MONDAY) == before
    assert person not in timetable_now(program, later).timetable.people_of.get(group, ())
    form |= {"act": "add", "monday": MONDAY.isoformat(), "add-reason": "again",
             "add-person": person, "add-group": group}  # fmt: skip
    assert client.post("/program/week/change", form).status_code == 302
    assert person not in timetable_now(program, later).timetable.people_of.get(group, ())


def test_the_week_asks_what_the_agreed_plan_says_until_a_newer_one_is_agreed(
    program: Owner,
) -> None:
    person = people_of_week(program)[0].id
    plan, standing = newest_plan(program, person), RecordStanding(frozenset({Role.COUNSELOR}), True)
    join_team(program, person=person, staff="person:7", role="counselor", by="person:1", now=NOW)
    sign_by_person(program, plan=plan.id, name="Jordan", by="person:1", now=NOW)
    sign_for_team(
        program,
        plan=plan.id,
        name="Ana",
        role="counselor",
        standing=standing,
        by="person:7",
        now=NOW,
    )
    words = PlanWords("mine", (), AskedWeek(hours=12))
    save_plan(
        program, person=person, words=words, read_version=plan.version, by="person:1", now=NOW
    )
    assert weeks_asked(program, [person]) == {person: plan.words.week}


def test_the_pages_of_the_week_ask_as_much_for_six_people_as_for_one(
    program: Owner, staff: Staff, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    client = staff("counselor")
    for address in ("/program/week", "/program/hours", "/program/today?day=2026-11-30"):
        client.get(address)
        with django_assert_max_num_queries(26):
            client.get(address)


def taken_out(week: date, owner: Owner, **more: str) -> tuple[str, str, dict[str, str]]:
    """A form that takes somebody out of a group in a week: who, of what, and the form."""
    group = timetable_now(owner, MONDAY).timetable.placings[0].group
    person = min(timetable_now(owner, MONDAY).timetable.people_of[group])
    form = {"act": "remove", "remove-person": person, "remove-group": group}
    form |= {"monday": week.isoformat(), "remove-reason": "Lee is on leave"}
    return person, group, form | more


def test_a_week_that_is_changed_alone_leaves_the_next_as_it_was(
    program: Owner, staff: Staff
) -> None:
    client, before = staff("program director"), timetable_now(program, MONDAY)
    week = MONDAY + timedelta(weeks=2)
    person, group, form = taken_out(week, program, **{"remove-alone": "on"})
    assert client.post("/program/week/change", form).status_code == 302

    def there(monday: date) -> bool:
        return person in timetable_now(program, monday).timetable.people_of.get(group, ())

    weeks = [MONDAY + timedelta(weeks=number) for number in range(1, 6)]
    assert [there(monday) for monday in weeks] == [True, False, True, True, True]
    after = timetable_now(program, week + timedelta(weeks=1))
    assert after.timetable == before.timetable and after.override == before.override
    second = form | {"remove-reason": "still", "monday": (week + timedelta(weeks=1)).isoformat()}
    assert client.post("/program/week/change", second).status_code == 302
    assert [there(monday) for monday in weeks] == [True, False, False, True, True]


def test_a_week_changed_alone_does_not_touch_one_that_is_made_for_the_next(
    program: Owner, staff: Staff
) -> None:
    client, week = staff("program director"), MONDAY + timedelta(weeks=2)
    _person, _group, form = taken_out(week + timedelta(weeks=1), program)
    assert client.post("/program/week/change", form).status_code == 302
    made = timetable_now(program, week + timedelta(weeks=1))
    alone = form | {"remove-alone": "on", "monday": week.isoformat()}
    assert client.post("/program/week/change", alone).status_code == 302
    assert timetable_now(program, week + timedelta(weeks=1)) == made


def test_a_week_alone_that_breaks_a_rule_without_a_reason_keeps_nothing_and_its_choice(
    program: Owner, staff: Staff
) -> None:
    client, week = staff("program director"), MONDAY + timedelta(weeks=2)
    seen = newest_week(program)
    placing = timetable_now(program, MONDAY).timetable.placings[0]
    other = next(p for p in timetable_now(program, MONDAY).timetable.placings if p != placing)
    form = {"act": "move", "move-group": placing.group, "move-slot": other.slot,
            "move-room": other.room, "move-facilitator": other.facilitator, "move-alone": "on",
            "monday": week.isoformat()}  # fmt: skip
    refused = client.post("/program/week/change?part=week.move", form)
    assert refused.status_code == 400 and newest_week(program) == seen
    assert refused.content.decode().count('name="move-alone" checked') == 1
