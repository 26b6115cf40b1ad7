"""A program's openings follow each week that is kept, as the claims that others enter by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from waypost.accounts.actions import confirm_owner, found_organization
from waypost.accounts.listings import Proof
from waypost.cli.demo.made_up_setup import made_up_setup
from waypost.cli.publish_command import claims_digest
from waypost.directory.actions import say_timetable
from waypost.directory.queries import said_claims, said_now
from waypost.directory.timetables import OPENINGS, TRACKS, Speaker
from waypost.treatment.attendance.actions import open_day
from waypost.treatment.progress.actions import end_episode
from waypost.treatment.records.actions import add_person, open_new_episode
from waypost.treatment.records.owner import Owner
from waypost.treatment.records.person import PersonWords
from waypost.treatment.records.queries import open_episode
from waypost.treatment.timetable.actions import keep_setup, keep_timetable, say_openings
from waypost.treatment.timetable.fitting import fit_in
from waypost.treatment.timetable.greedy import by_hand
from waypost.treatment.timetable.problem import Attendee
from waypost.treatment.timetable.queries import people_of_week, timetable_now

pytestmark = pytest.mark.django_db
SITE = "site_of_the_program"
MONDAY = date(2026, 11, 30)
NOW = datetime(2026, 12, 1, 15, 2, tzinfo=UTC)


@pytest.fixture
def program() -> Owner:
    """A program that speaks for a listing, with a week in which nobody is yet."""
    number = found_organization(name="River", kind="program", by="test", now=NOW)
    confirm_owner(
        site_id=SITE,
        organization=number,
        proof=Proof.DECISION,
        reason="known",
        by="person:1",
        now=NOW,
    )
    owner = Owner(number)
    setup = replace(made_up_setup(), site=SITE)
    keep_setup(owner, setup=setup, after=0, by="person:1", now=NOW)
    many = tuple(Attendee(f"pic_{n}", 540, ((0, 10080),)) for n in range(12))
    week = replace(by_hand(setup.problem(many)), places=frozenset())
    keep(owner, week)
    say_openings(owner, by="person:1", now=NOW)
    return owner


def keep(owner: Owner, week: object) -> None:
    after = timetable_now(owner).version
    keep_timetable(
        owner,
        timetable=week,
        after=after,
        from_monday=MONDAY,
        override="small",
        by="person:1",
        now=NOW,
    )


def places() -> int:
    return sum(opening["places"] for opening in said_now(SITE, OPENINGS))


def test_a_place_that_is_taken_is_said_at_once_and_is_what_the_next_publish_brings(
    program: Owner, django_capture_on_commit_callbacks: object
) -> None:
    free, digest = places(), claims_digest()
    assert free > 0 and said_now(SITE, TRACKS)
    for number in range(2):
        words = PersonWords(name=f"Example {number}")
        person = add_person(program, words=words, by="person:1", now=NOW)
        open_new_episode(
            program, person=person, level="2.1", by="person:1", now=NOW, starts_on=MONDAY
        )
    setup = replace(made_up_setup(), site=SITE)
    week = timetable_now(program).timetable
    for one in people_of_week(program):
        week = fit_in(setup.problem((one,)), week, one)
    with django_capture_on_commit_callbacks(execute=True):
        keep(program, week)
    assert places() < free
    assert claims_digest() != digest, "so `waypost publish --only-claims --every` publishes"
    claims = {claim.field: claim for claim in said_claims(NOW.date())[SITE]}
    assert claims[OPENINGS].method == Speaker.SOFTWARE


def test_saying_it_again_changes_nothing_on_the_same_day_and_confirms_it_on_the_next(
    program: Owner,
) -> None:
    assert not say_openings(program, by="person:1", now=NOW)
    assert say_openings(program, by="person:1", now=NOW.replace(day=2))


def test_nobody_says_openings_for_a_listing_of_another_program(program: Owner) -> None:
    other = Owner(found_organization(name="Other", kind="program", by="test", now=NOW))
    keep_setup(other, setup=replace(made_up_setup(), site=SITE), after=0, by="person:9", now=NOW)
    before = said_now(SITE, OPENINGS)
    assert not say_openings(other, by="person:9", now=NOW)
    assert said_now(SITE, OPENINGS) == before


def test_by_hand_and_by_software_are_the_same_claim(program: Owner) -> None:
    typed = said_now(SITE, OPENINGS)
    changed = say_timetable(
        site_id=SITE, field=OPENINGS, value=typed, speaker=Speaker.REPRESENTATIVE,
        organization=program.organization, by="person:1", now=NOW,
    )  # fmt: skip
    assert not changed, "the same word, whoever says it"


def newcomer(owner: Owner, name: str = "New") -> str:
    person = add_person(owner, words=PersonWords(name=name), by="person:1", now=NOW)
    open_new_episode(owner, person=person, level="2.1", by="person:1", now=NOW, starts_on=MONDAY)
    return person


def seated(owner: Owner, many: int = 1) -> list[str]:
    """So many people in care, each with their places in the week."""
    people = [newcomer(owner, f"Example {number}") for number in range(many)]
    week, setup = timetable_now(owner).timetable, replace(made_up_setup(), site=SITE)
    for attendee in people_of_week(owner):
        week = fit_in(setup.problem((attendee,)), week, attendee)
    keep(owner, week)
    say_openings(owner, by="person:1", now=NOW)
    return people


def test_the_place_of_who_leaves_is_open_again_at_once(
    program: Owner, django_capture_on_commit_callbacks: object
) -> None:
    free = places()
    (person,) = seated(program)
    assert places() < free
    episode = open_episode(program, person)
    with django_capture_on_commit_callbacks(execute=True):
        end_episode(program, episode=episode, on=NOW.date(), reason="own decision", by="person:1",
                    now=NOW)  # fmt: skip
    assert places() == free


def test_whoever_is_admitted_takes_a_place_before_anybody_has_made_their_week(
    program: Owner,
) -> None:
    free = places()
    newcomer(program)
    say_openings(program, by="person:1", now=NOW)
    before_the_week = places()
    assert before_the_week < free
    week, setup = timetable_now(program).timetable, replace(made_up_setup(), site=SITE)
    (attendee,) = people_of_week(program)
    keep(program, fit_in(setup.problem((attendee,)), week, attendee))
    say_openings(program, by="person:1", now=NOW)
    assert places() == before_the_week, "no place is counted twice"


def test_a_cap_that_is_lowered_below_who_is_in_says_no_place_at_once(
    program: Owner, django_capture_on_commit_callbacks: object
) -> None:
    seated(program, 3)
    setup = replace(made_up_setup(), site=SITE)
    lower = replace(setup, groups=tuple(replace(g, fewest=1, most=2) for g in setup.groups))
    assert places()
    with django_capture_on_commit_callbacks(execute=True):
        keep_setup(program, setup=lower, after=1, by="person:1", now=NOW)
    assert not any(opening["places"] for opening in said_now(SITE, OPENINGS) if taken(opening))


def taken(opening: dict[str, object]) -> bool:
    """Whether the three of `seated` are in the track of an opening."""
    return opening["track"] == said_now(SITE, TRACKS)[0]["id"]


def test_a_holiday_week_made_ahead_says_nothing_of_the_places_there_are_now(
    program: Owner,
) -> None:
    before = said_now(SITE, TRACKS), said_now(SITE, OPENINGS)
    week = replace(timetable_now(program).timetable, placings=())
    after = timetable_now(program).version
    keep_timetable(program, timetable=week, after=after, from_monday=date(2026, 12, 21),
                   override="holidays", by="person:1", now=NOW)  # fmt: skip
    say_openings(program, by="person:1", now=NOW)
    assert (said_now(SITE, TRACKS), said_now(SITE, OPENINGS)) == before


def test_a_place_that_is_taken_from_next_monday_on_is_taken_today(program: Owner) -> None:
    free, setup = places(), replace(made_up_setup(), site=SITE)
    newcomer(program)
    (attendee,) = people_of_week(program)
    week = fit_in(setup.problem((attendee,)), timetable_now(program).timetable, attendee)
    keep_timetable(program, timetable=week, after=timetable_now(program).version,
                   from_monday=date(2026, 12, 7), override="small", by="person:1", now=NOW)  # fmt: skip
    say_openings(program, by="person:1", now=NOW)
    assert places() < free


def test_a_program_that_opens_its_days_confirms_its_openings(
    program: Owner, django_capture_on_commit_callbacks: object
) -> None:
    later = NOW.replace(day=7)
    with django_capture_on_commit_callbacks(execute=True):
        open_day(program, day=later.date(), by="person:1", now=later)
    assert {opening["as_of"] for opening in said_now(SITE, OPENINGS)} == {"2026-12-07"}


def test_a_group_that_the_setup_has_lost_is_no_end_of_saying_openings(program: Owner) -> None:
    setup = replace(made_up_setup(), site=SITE)
    gone = timetable_now(program).timetable.placings[0].group
    fewer = tuple(group for group in setup.groups if group.id != gone)
    keep_setup(program, setup=replace(setup, groups=fewer), after=1, by="person:1", now=NOW)
    newcomer(program)
    say_openings(program, by="person:1", now=NOW)
    assert said_now(SITE, OPENINGS)


def test_what_is_kept_stays_kept_where_the_openings_cannot_be_said(
    program: Owner, django_capture_on_commit_callbacks: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("waypost.treatment.timetable.actions.say_timetable", lambda **_words: 1 / 0)
    later = NOW.replace(day=7)
    with django_capture_on_commit_callbacks(execute=True):
        assert open_day(program, day=later.date(), by="person:1", now=later)
    assert {opening["as_of"] for opening in said_now(SITE, OPENINGS)} == {"2026-12-01"}
