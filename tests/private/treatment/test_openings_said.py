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
from waypost.treatment.records.actions import add_person, open_new_episode
from waypost.treatment.records.owner import Owner
from waypost.treatment.records.person import PersonWords
from waypost.treatment.timetable.actions import keep_setup, keep_timetable, say_openings
from waypost.treatment.timetable.fitting import fit_in
from waypost.treatment.timetable.greedy import by_hand
from waypost.treatment.timetable.problem import Attendee
from waypost.treatment.timetable.queries import people_of_week, timetable_now
from waypost.treatment.timetable.tasks import repeat_openings

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
    assert not repeat_openings(program.organization, NOW)
    assert repeat_openings(program.organization, NOW.replace(day=2))


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
