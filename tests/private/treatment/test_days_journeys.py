"""A program's week and days on a phone in a real browser: no page has a script, and each is seen at both widths."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from browsing import accessible
from waypost.accounts.models import Organization
from waypost.cli.demo.made_up_setup import DAY, EVENING, made_up_setup
from waypost.cli.demo.story import play
from waypost.levels_of_care.instruments.bam import the_bam
from waypost.treatment.attendance.queries import note_of, open_tasks, roster, sessions_on
from waypost.treatment.own_page.actions import check_in
from waypost.treatment.progress.queries import decisions
from waypost.treatment.records.owner import Owner
from waypost.treatment.timetable.queries import people_of_week, timetable_now

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
    pytest.mark.django_db(transaction=True),
]
MONDAY = date(2026, 11, 30)
PHONE, DESK = 360, 1280
SHOTS = os.environ.get("WAYPOST_SHOTS", "")


@dataclass(frozen=True)
class AtWork:
    """Somebody of a program's staff, in a browser on a phone, and the program."""

    page: Page
    owner: Owner


@pytest.fixture
def at_work(
    live_server, browser: Browser, signed_in: Callable[..., Client]
) -> Iterator[Callable[[str], AtWork]]:
    """Signs somebody with this role in at a program with three people and two groups."""
    contexts = []

    def begin(role: str) -> AtWork:
        client = signed_in(role, organization="River House", kind="program")
        owner = Owner(Organization.objects.get().pk)
        play(owner, people=3, weeks=1, seed=3, today=MONDAY, groups=2)
        context = browser.new_context(
            base_url=live_server.url,
            viewport={"width": PHONE, "height": 800},
        )
        contexts.append(context)
        value = client.cookies[settings.SESSION_COOKIE_NAME].value
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}
        context.add_cookies([cookie])
        return AtWork(context.new_page(), owner)

    yield begin
    for context in contexts:
        context.close()


def then_the_page_is_accessible(page: Page, name: str) -> None:
    """At both widths; a picture is kept where one was asked for. No page has a script."""
    expect(page.locator("script")).to_have_count(0)
    for width in (DESK, PHONE):
        page.set_viewport_size({"width": width, "height": 800})
        if SHOTS:
            Path(SHOTS).mkdir(parents=True, exist_ok=True)
            page.screenshot(path=f"{SHOTS}/{name}-{width}.png", full_page=True)
        accessible(page)


def group_day(owner: Owner) -> date:
    """A day of the week on which a group with people meets."""
    week = timetable_now(owner).timetable
    slots = {slot.id: slot for slot in made_up_setup(2).slots}
    placing = next(p for p in week.placings if week.people_of.get(p.group))
    return date.fromordinal(MONDAY.toordinal() + slots[placing.slot].day)


def test_a_week_is_made_and_one_group_is_moved(at_work: Callable[[str], AtWork]) -> None:
    # given a director who looks at the week
    work = at_work("program director")
    page = work.page
    page.goto("/program/week")
    expect(page.get_by_role("heading", name=EVENING)).to_be_visible()

    # when the week is made again, and a group is moved to another time of its track
    page.get_by_role("button", name="Make the week again").click()
    expect(page.get_by_role("status")).to_contain_text("Saved.")
    made = timetable_now(work.owner)
    placing = made.timetable.placings[0]
    here = next(slot for slot in made_up_setup(2).slots if slot.id == placing.slot)
    other = next(s for s in made_up_setup(2).slots if s.track == here.track and s.day != here.day)
    page.get_by_text("Move a group").click()
    page.locator("#move-group").select_option(placing.group)
    page.locator("#move-slot").select_option(other.id)
    page.locator("#move-room").select_option(placing.room)
    page.locator("#move-facilitator").select_option(placing.facilitator)
    page.locator("details:has(#move-group)").get_by_role("button", name="Save").click()

    # then it meets there, nobody else was moved, and the week says so
    expect(page.get_by_role("status")).to_contain_text("Saved.")
    after = timetable_now(work.owner)
    assert after.timetable.placing_of[placing.group].slot == other.id
    assert set(made.timetable.placings) - set(after.timetable.placings) == {placing}
    assert after.timetable.places == made.timetable.places
    then_the_page_is_accessible(page, "week")


def test_a_persons_group_is_pinned_and_the_week_says_what_that_breaks(
    at_work: Callable[[str], AtWork],
) -> None:
    # given an intake coordinator's colleague who asked which groups are for somebody
    work = at_work("clinical supervisor")
    page, person = work.page, people_of_week(work.owner)[0].id
    week = timetable_now(work.owner).timetable
    groups = [group.id for group in made_up_setup(2).groups]
    missing = [g for g in groups if g not in week.groups_of.get(person, ())]

    # when one group is always to be theirs, and a specialized group is for them
    page.goto(f"/program/people/{person}/week")
    page.get_by_label("Young adults").check()
    for group in missing:
        page.get_by_label(f"Attends {group}").select_option("always")
    page.get_by_role("button", name="Save").click()

    # then both are kept, and what the week breaks is said at once
    expect(page.get_by_role("status")).to_contain_text("Saved.")
    expect(page.get_by_label("Young adults")).to_be_checked()
    for group in missing:
        expect(page.get_by_text(f"is to attend {group}")).to_be_visible()
    accessible(page)  # on a phone; the how-tos have no picture of this page yet


def test_a_roster_is_kept_at_the_door_with_a_note(
    at_work: Callable[[str], AtWork], friday: None
) -> None:
    # given a counselor on a day whose groups are not open yet
    work = at_work("counselor")
    page, day = work.page, group_day(work.owner)
    page.goto(f"/program/today?day={day}")
    page.get_by_role("button", name="Open the groups of this day").click()
    session = next(s for s in sessions_on(work.owner, day, day) if s.people)
    page.get_by_role("link", name=session.group).click()

    # when everybody is late but one, who did not come, and the note is written
    people = [line.person for line in roster(work.owner, session.id)]
    for person in people[1:]:
        page.locator(f"[name=presence-{person}][value=late]").check()
        page.locator(f"[name=minutes-{person}]").fill("70")
    page.locator(f"[name=presence-{people[0]}][value=absent]").check()
    page.get_by_role("button", name="Save the roster").click()
    expect(page.get_by_role("status")).to_have_text("Saved.")
    page.get_by_label("Topic").fill("Sleep")
    page.get_by_label("What the group did").fill("Each told of their nights.")
    page.get_by_role("button", name="Save the note").click()
    expect(page.get_by_role("status")).to_contain_text("The note is in each chart")
    then_the_page_is_accessible(page, "roster")

    # then it is kept, and today's page has a task for whoever did not come, done with one press
    minutes = {line.person: line.minutes for line in roster(work.owner, session.id)}
    assert minutes == {people[0]: 0} | dict.fromkeys(people[1:], 70)
    assert note_of(work.owner, session.id).words.topic == "Sleep"
    page.goto(f"/program/today?day={day}")
    expect(page.get_by_role("button", name="Done:")).to_have_count(1)
    then_the_page_is_accessible(page, "today")
    page.get_by_role("button", name="Done:").click()
    expect(page.get_by_text("Nothing waits.")).to_be_visible()
    assert open_tasks(work.owner) == []


def test_a_test_is_drawn_and_its_result_makes_a_talk(
    at_work: Callable[[str], AtWork], friday: None
) -> None:
    # given a counselor on a day with people on its rosters
    work = at_work("counselor")
    page, day = work.page, group_day(work.owner)
    page.goto(f"/program/today?day={day}")
    page.get_by_role("button", name="Open the groups of this day").click()
    page.goto(f"/program/tests?day={day}")

    # when the day is drawn, a test is collected, and its result is not what was expected
    page.get_by_role("button", name="Draw for this day").click()
    test = page.locator("section").filter(has=page.get_by_role("button", name="collected")).first
    expect(test.get_by_role("heading")).to_be_visible()
    who = test.get_by_role("heading").inner_text()
    test.get_by_role("button", name="Collected", exact=True).click()
    test = page.locator("section").filter(has=page.get_by_role("heading", name=who))
    test.get_by_label("Cocaine", exact=True).select_option("positive")
    then_the_page_is_accessible(page, "test")
    test.get_by_label("Cocaine", exact=True).select_option("positive")
    test.get_by_role("button", name="Result", exact=True).click()

    # then it says to talk, and a talk is to be done: nothing else follows
    expect(page.get_by_text("something was not expected: talk")).to_be_visible()
    assert [task.kind for task in open_tasks(work.owner)] == ["conversation"]
    then_the_page_is_accessible(page, "result")


def test_a_suggestion_is_decided_with_a_reason(at_work: Callable[[str], AtWork]) -> None:
    # given a person whose last check-in says that things got harder
    work = at_work("clinical supervisor")
    page, person = work.page, people_of_week(work.owner)[0].id
    hard = {i.id: max(i.choices, key=lambda c: c.score).code for i in the_bam().items}
    later = datetime.combine(MONDAY + timedelta(days=7), time(12), UTC)
    check_in(work.owner, person=person, answers=hard, now=later)
    page.goto(f"/program/people/{person}/progress")
    expect(page.get_by_role("listitem").filter(has_text="More sessions.")).to_be_visible()
    expect(page.get_by_role("img", name="Check-ins over time")).to_be_visible()

    # when it is decided without a reason, and then with one
    page.get_by_label("Decision").select_option("more")
    page.get_by_role("button", name="Keep the decision").click()
    expect(page.get_by_role("alert")).to_contain_text("Write the reason")
    expect(page.get_by_label("Decision")).to_have_value("more")
    page.get_by_label("Reason").fill("Asked for it herself")
    page.get_by_role("button", name="Keep the decision").click()

    # then it is kept with what the rules said, and the page shows both
    expect(page.get_by_text("Asked for it herself")).to_be_visible()
    (decided,) = decisions(work.owner, person)
    assert decided.decision == "more" and "more-sessions-use" in decided.rules
    then_the_page_is_accessible(page, "progress")


def test_a_director_reads_the_reports(at_work: Callable[[str], AtWork]) -> None:
    # given a director, with nothing in the last weeks but what the program made up
    work = at_work("program director")
    page = work.page

    # when the reports are opened from a day before the first of it
    page.goto("/program/reports?from=2026-11-01")

    # then waiting, check-ins, what is due and how stays end are there, and the same as CSV
    figures = page.get_by_role("table", name="Figures")
    for words in ("Days from the waiting list to admission, median", "Tasks overdue", "Began"):
        expect(figures.get_by_role("rowheader", name=words, exact=True)).to_be_visible()
    expect(figures.get_by_role("row").filter(has_text="Change from first")).to_contain_text(
        "nobody checked in twice"
    )
    expect(page.get_by_role("table", name="How stays ended")).to_be_visible()
    then_the_page_is_accessible(page, "reports")
    sheet = page.request.get(page.get_by_role("link", name="CSV").get_attribute("href") or "")
    assert sheet.ok and "Tasks overdue" in sheet.text()
    assert DAY not in sheet.text(), "no session was open, so no track has a share"
