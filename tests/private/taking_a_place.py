"""In the private process's own database: a program with one place free, and the person who takes it.

Run by a process of its own under the private settings, after `django.setup()`: with the words
`begin SITE`, then `take`. Prints how many places the program now says it has.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from django.utils import timezone

from waypost.accounts.actions import confirm_owner, found_organization
from waypost.accounts.listings import Proof
from waypost.accounts.models import Organization
from waypost.cli.demo.made_up_setup import made_up_setup
from waypost.directory.queries import said_now
from waypost.directory.timetables import OPENINGS
from waypost.treatment.records.actions import add_person, open_new_episode
from waypost.treatment.records.owner import Owner
from waypost.treatment.records.person import PersonWords
from waypost.treatment.timetable.actions import keep_setup, keep_timetable, say_openings
from waypost.treatment.timetable.fitting import fit_in
from waypost.treatment.timetable.greedy import by_hand
from waypost.treatment.timetable.problem import Attendee, Timetable
from waypost.treatment.timetable.queries import people_of_week, setup_now, timetable_now

NOW = timezone.now()
MONDAY = NOW.date() - timedelta(days=NOW.weekday())
BY = "person:1"


def begin(site: str) -> None:
    """A program that speaks for the listing: one track, every group for one person, nobody in it."""
    owner = Owner(found_organization(name="River", kind="program", by=BY, now=NOW))
    confirm_owner(site_id=site, organization=owner.organization, proof=Proof.DECISION,
                  reason="known", by=BY, now=NOW)  # fmt: skip
    usual = made_up_setup()
    slots = tuple(slot for slot in usual.slots if slot.track == usual.slots[0].track)
    groups = tuple(replace(group, most=1) for group in usual.groups)
    rooms = usual.rooms[:1]
    setup = replace(usual, site=site, slots=slots, groups=groups, rooms=rooms)
    keep_setup(owner, setup=setup, after=0, by=BY, now=NOW)
    somebody = (Attendee("pic_1", 540, ((0, 10080),)),)
    keep(owner, replace(by_hand(setup.problem(somebody)), places=frozenset()))
    say_openings(owner, by=BY, now=NOW)


def take() -> None:
    """Somebody begins, and the week that is kept has them in its groups."""
    owner = Owner(Organization.objects.get(name="River").pk)
    words = PersonWords(name="Example")
    person = add_person(owner, words=words, by=BY, now=NOW)
    open_new_episode(owner, person=person, level="2.1", by=BY, now=NOW, starts_on=MONDAY)
    setup = setup_now(owner)
    assert setup is not None
    (attendee,) = people_of_week(owner)
    week = timetable_now(owner).timetable
    keep(owner, fit_in(setup[0].problem((attendee,)), week, attendee))


def keep(owner: Owner, week: Timetable) -> None:
    after = timetable_now(owner).version
    keep_timetable(owner, timetable=week, after=after, from_monday=MONDAY, override="small",
                   by=BY, now=NOW)  # fmt: skip


if __name__ == "__main__":
    acts: dict[str, Callable[..., None]] = {"begin": begin, "take": take}
    acts[sys.argv[1]](*sys.argv[2:])
    site = setup_now(Owner(Organization.objects.get(name="River").pk))
    assert site is not None
    sys.stdout.write(str([o["places"] for o in said_now(site[0].site, OPENINGS)]))
